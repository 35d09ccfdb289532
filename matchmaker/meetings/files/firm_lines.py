"""Firms of a day and their people out of a list: as staff write them into the forms, with everything read once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress

from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.meetings import queries
from matchmaker.meetings.enums import ParticipantState
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay, DayParticipant, DayPerson
from matchmaker.meetings.setup import firm_queries, firm_services, people_services
from matchmaker.meetings.setup.firm_services import Presence
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.people_services import Name
from matchmaker.meetings.setup.rules import PersonOf


def bring_firms(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Add the firms of a list and say when they are there; answers what cannot be."""
    firms = _Firms(actor, day, listed)
    return lines.faults_of(listed, firms.bring)


class _Firms:
    """The firms of a day behind its lock and those that may be added, by number."""

    def __init__(self, actor: Actor, day: B2bDay, listed: Sequence[Line]) -> None:
        self.actor, self.day = actor, to_change(actor, day)
        self.there = {one.firm_id: one for one in queries.participants(self.day.id)}
        self.free = firm_queries.firms_of_numbers(self.day, _numbers(listed) - self.there.keys())
        self.contacts = firm_queries.named_contacts(self.free)
        self.taken = firm_queries.slots_of_firms([one.id for one in self.there.values()])

    def bring(self, line: Line) -> None:
        """Write one line."""
        number = lines.number(line, "firm_id", least=1) or 0
        participant = self.there.get(number) or self._add(number)
        presence = Presence(
            languages=lines.tongues(line, participant.languages),
            least=lines.number(line, "least"),
            most=lines.number(line, "most"),
            arrives_at=lines.moment(self.day, line, "arrives"),
            leaves_at=lines.moment(self.day, line, "leaves"),
            closed=lines.slots(self.day, line, "closed"),
        )
        taken = self.taken.get(participant.id, set())
        firm_services.set_presence_behind(self.actor, participant, presence, taken)
        self._turn(participant, line)

    def _turn(self, participant: DayParticipant, line: Line) -> None:
        """A firm cancels or comes after all; that it stayed away is only noted on the day itself."""
        if not line.get("state", "").strip():
            return
        state = lines.choice(line, "state", ParticipantState)
        if state is ParticipantState.CANCELLED and participant.state is ParticipantState.EXPECTED:
            firm_services.withdraw_behind(self.actor, participant)
        elif state is ParticipantState.EXPECTED and participant.state is not ParticipantState.EXPECTED:
            firm_services.bring_back_behind(self.actor, participant)

    def _add(self, number: int) -> DayParticipant:
        contacts = self.contacts.get(number, [])
        made = firm_services.add_firm_behind(self.actor, self.day, self.free.get(number), contacts)
        self.there[number] = made
        return made


def _numbers(listed: Sequence[Line]) -> set[int]:
    """The firms that lines name, as far as they can be read."""
    found = set()
    for line in listed:
        with suppress(DomainError):
            found.add(lines.number(line, "firm_id", least=1) or 0)
    return found


def bring_people(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Add or change the people of a list; answers what cannot be."""
    people = _People(actor, day)
    return lines.faults_of(listed, people.bring)


class _People:
    """The firms of a day behind its lock, and who comes of each by name; a line of a namesake is about the next of them."""

    def __init__(self, actor: Actor, day: B2bDay) -> None:
        self.actor, self.day = actor, to_change(actor, day)
        self.firms = {one.firm_id: one for one in queries.participants(self.day.id)}
        self.there: dict[tuple[int, str], list[DayPerson]] = defaultdict(list)
        for participant in self.firms.values():
            for one in participant.people:
                if one.left_at is None:
                    self.there[participant.firm_id, one.name].append(one)

    def bring(self, line: Line) -> None:
        """Write one line."""
        participant = lines.firm(self.firms, line)
        name = lines.name(line)
        there = self.there[participant.firm_id, name]
        row = there.pop(0) if there else None
        who = Name(
            name=name,
            name_romanised=lines.word(line, "name_romanised"),
            position=lines.word(line, "position"),
            languages=lines.tongues(line, row.languages if row else ()),
        )
        if row is None:
            people_services.add_person_behind(self.actor, participant, who)
        else:
            people_services.change_person_behind(self.actor, PersonOf(participant, row), who)


def leave_out_unnamed(actor: Actor, day: B2bDay, known: Collection[int], listed: Sequence[Line]) -> None:
    """Of a firm that came with the same file only those come whom the file names, not its first contact besides.

    The lines are written already, so they can be read.
    """
    named = {(lines.number(line, "firm_id", least=1), lines.name(line)) for line in listed}
    firms = {firm for firm, _name in named}
    for participant in queries.participants(day.id):
        number = participant.firm_id
        if number in known or number not in firms:
            continue
        for person in participant.people:
            if person.left_at is None and (number, person.name) not in named:
                people_services.remove_person_behind(actor, PersonOf(participant, person))
