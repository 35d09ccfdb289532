"""Each line of a list is written by the verb behind the form, so that a file can do nothing that a form cannot.

Wishes and meetings stand apart in wish_lines and meeting_lines: there are thousands of them.
"""

from collections.abc import Callable
from typing import Final

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.meetings import queries
from matchmaker.meetings.enums import BlockKind, ParticipantState
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Line
from matchmaker.meetings.files.lists import ListKind
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.setup import (
    block_services,
    firm_services,
    frame_services,
    people_services,
    rules,
    table_services,
)
from matchmaker.meetings.setup.block_services import Block
from matchmaker.meetings.setup.firm_services import Presence
from matchmaker.meetings.setup.frame_services import Frame
from matchmaker.meetings.setup.people_services import Name
from matchmaker.meetings.setup.rules import PersonOf
from matchmaker.meetings.setup.table_services import Interpreter, Table


def _frame(actor: Actor, day: B2bDay, line: Line) -> None:
    host = lines.word(line, "host_country", 2).upper()
    if host and host not in {one.institution.country for one in day.programme.mou.parties}:
        raise DomainError(_("This country is no side of the day."), "host_country")
    least = lines.number(line, "least") or 0
    frame_services.change(
        actor,
        day,
        Frame(
            item_id=day.item_id,
            held_on=day.held_on,
            zone=day.zone,
            place=lines.word(line, "place"),
            entrance=lines.word(line, "entrance"),
            slot_minutes=lines.number(line, "slot_minutes", rules.LEAST_MINUTES, rules.MOST_MINUTES) or 0,
            change_minutes=lines.number(line, "change_minutes", most=60) or 0,
            wishes_until=day.wishes_until,
            least=least,
            most=lines.number(line, "most"),
            fairness=lines.number(line, "fairness") or 0,
            host_country=host,
            same_side=lines.holds(line, "same_side"),
        ),
    )


def _block(actor: Actor, day: B2bDay, line: Line) -> None:
    typed = line.get("kind", "").strip().casefold()
    if typed not in tuple(BlockKind):
        told = ", ".join(BlockKind)
        raise DomainError(_("“%(text)s” is none of: %(words)s.", text=typed[:40], words=told), "kind")
    starts, ends = (lines.moment(day, line, name) for name in ("from", "until"))
    if starts is None or ends is None:
        raise DomainError(_("Enter the time."), "from" if starts is None else "until")
    names = (lines.word(line, f"name_{code}") for code in ("tr", "ru", "en"))
    row = next((one for one in day.blocks if one.starts_at == starts), None)
    block_services.save_block(actor, day, Block(BlockKind(typed), starts, ends, *names), row)


def _firm(actor: Actor, day: B2bDay, line: Line) -> None:
    number = lines.number(line, "firm_id", least=1) or 0
    participant = queries.participant_of(day.id, number)
    if participant is None:
        participant = firm_services.add_firm(actor, day, number)
        participant = queries.participant(participant.id)
    presence = Presence(
        languages=lines.tongues(line, participant.languages),
        least=lines.number(line, "least"),
        most=lines.number(line, "most"),
        arrives_at=lines.moment(day, line, "arrives"),
        leaves_at=lines.moment(day, line, "leaves"),
        closed=lines.slots(day, line, "closed"),
    )
    participant = firm_services.set_presence(actor, participant, presence)
    if line.get("state", "") == ParticipantState.CANCELLED and participant.state is ParticipantState.EXPECTED:
        firm_services.withdraw(actor, participant)


def _person(actor: Actor, day: B2bDay, line: Line) -> None:
    participant = lines.participant(day, line)
    name = lines.word(line, "name")
    if not name:
        raise DomainError(_("Enter the name."), "name")
    there = {one.name: one for one in participant.people if one.left_at is None}
    row = there.get(name)
    who = Name(
        name=name,
        name_romanised=lines.word(line, "name_romanised"),
        position=lines.word(line, "position"),
        languages=lines.tongues(line, row.languages if row else ()),
    )
    if row is None:
        people_services.add_person(actor, participant, who)
    else:
        people_services.change_person(actor, PersonOf(participant, row), who)


def _table(actor: Actor, day: B2bDay, line: Line) -> None:
    number = lines.number(line, "number", least=1) or 0
    row = next((one for one in day.tables if one.number == number), None)
    if row is None:
        (row,) = table_services.add_tables(actor, day, 1, "", ())
    guest = lines.participant(day, line, "host_id") if lines.number(line, "host_id") else None
    wanted = Table(
        number=number,
        room=lines.word(line, "room"),
        languages=lines.tongues(line, ()),
        host_id=guest.id if guest else None,
        closed=lines.slots(day, line, "closed"),
    )
    table_services.save_table(actor, queries.day(day.id), row.id, wanted)


def _interpreter(actor: Actor, day: B2bDay, line: Line) -> None:
    name = lines.word(line, "name")
    if not name:
        raise DomainError(_("Enter the name."), "name")
    pairs = []
    for text in line.get("pairs", "").replace(",", " ").split():
        codes = sorted(text.casefold().split("-"))
        if len(codes) != 2 or any(not lines.is_language(code) for code in codes):
            raise DomainError(_("“%(text)s” is no pair of languages such as ru-tr.", text=text[:40]), "pairs")
        pairs.append("-".join(codes))
    row = next((one for one in day.interpreters if one.name == name), None)
    shut = lines.slots(day, line, "closed")
    wanted = Interpreter(name, tuple(dict.fromkeys(pairs)), lines.word(line, "phone", 40), shut)
    table_services.save_interpreter(actor, day, wanted, row)


WRITERS: Final[dict[ListKind, Callable[[Actor, B2bDay, Line], None]]] = {
    ListKind.FRAME: _frame,
    ListKind.BLOCKS: _block,
    ListKind.FIRMS: _firm,
    ListKind.PEOPLE: _person,
    ListKind.TABLES: _table,
    ListKind.INTERPRETERS: _interpreter,
}
