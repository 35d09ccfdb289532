"""What the inbox shows: tasks with who holds them, narrowed by what stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from flask import url_for
from flask_babel import gettext as _

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor
from matchmaker.core.requests import key_or_none
from matchmaker.home import due_days, inbox
from matchmaker.home.assigning import queries, rules
from matchmaker.home.assigning.queries import Held
from matchmaker.home.enums import TaskKind
from matchmaker.home.inbox import Task
from matchmaker.home.task_labels import KIND_LABELS

MINE, NOBODY = "mine", "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrows the inbox by; holder is mine, none, the number of a colleague, or empty."""

    kind: TaskKind | None = None
    is_late: bool = False
    holder: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        """As they stand in an address; what it does not know it leaves out."""
        kind = next((one for one in TaskKind if one.value == args.get("kind")), None)
        holder = args.get("holder", "")
        known = holder in (MINE, NOBODY) or key_or_none(holder)
        return cls(kind, args.get("overdue", "") == "1", holder if known else "")

    @property
    def query(self) -> dict[str, str]:
        """The part of the address that says the same."""
        found = {"kind": self.kind.value if self.kind else "", "overdue": "1" if self.is_late else ""}
        return {name: value for name, value in (*found.items(), ("holder", self.holder)) if value}

    def url(self) -> str:
        """The address of the inbox so narrowed."""
        values: dict[str, Any] = dict(self.query)
        return url_for("home.list_tasks", **values)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """The inbox of one reader."""

    filters: Filters
    rows: list[Held]
    total: int
    kind_tabs: list[dict[str, object]]
    holders: list[tuple[str, str, int]]
    colleagues: list[Person]


def inbox_page(actor: Actor, filters: Filters) -> InboxPage:
    """The reader's tasks, those to be done first on top."""
    found = inbox.tasks(actor)
    everybody = queries.with_holders(found)
    place = rules.workplace(actor)
    colleagues = queries.colleagues(place.institution_id) if place else []
    held = [one for one in everybody if _is_held_by(one, filters.holder, actor)]
    late = set(due_days.overdue([one.task for one in held], actor.country))
    shown = [
        one
        for one in held
        if (filters.kind is None or one.task.kind is filters.kind)
        and (not filters.is_late or one.task in late)
    ]
    order = {
        task: place for place, task in enumerate(due_days.by_due([one.task for one in shown], actor.country))
    }
    return InboxPage(
        filters=filters,
        rows=sorted(shown, key=lambda one: order[one.task]),
        total=len(found),
        kind_tabs=_kind_tabs(filters, [one.task for one in held], len(late)),
        holders=_holders(everybody, actor, colleagues),
        colleagues=colleagues,
    )


def _is_held_by(one: Held, holder: str, actor: Actor) -> bool:
    if holder == MINE:
        return one.person_id == actor.person_id
    if holder == NOBODY:
        return one.person_id == 0
    return not holder or one.person_id == int(holder)


def _kind_tabs(filters: Filters, held: list[Task], late: int) -> list[dict[str, object]]:
    """All, each kind that there is, and what is overdue; each keeps whose tasks are shown."""
    plain = Filters(holder=filters.holder)
    found: list[dict[str, object]] = [
        {
            "url": plain.url(),
            "label": _("All"),
            "current": filters.kind is None and not filters.is_late,
            "badge": len(held),
        }
    ]
    for kind, count in inbox.counts(held).items():
        url = replace(plain, kind=kind).url()
        current = filters.kind is kind
        found.append({"url": url, "label": KIND_LABELS[kind], "current": current, "badge": count})
    if late or filters.is_late:
        url = replace(plain, is_late=True).url()
        found.append({"url": url, "label": _("Overdue"), "current": filters.is_late, "badge": late})
    return found


def _holders(everybody: list[Held], actor: Actor, colleagues: list[Person]) -> list[tuple[str, str, int]]:
    """Whose tasks can be looked at: the value of the filter, its words and how many there are."""
    numbers = [one.person_id for one in everybody]
    known = {one.person_id: one.person.name for one in everybody if one.person is not None}
    names = {person.id: person.name for person in colleagues} | known
    others = sorted((name, number) for number, name in names.items() if number != actor.person_id)
    return [
        ("", _("Everybody's tasks"), len(numbers)),
        (MINE, _("My tasks"), numbers.count(actor.person_id)),
        (NOBODY, _("Nobody's yet"), numbers.count(0)),
        *((str(number), name, numbers.count(number)) for name, number in others),
    ]


@dataclass(frozen=True, slots=True)
class Load:
    """How much one officer has to do."""

    person: Person | None
    held: int
    late: int


def load_of(institution_id: int, country: str) -> list[Load]:
    """How the tasks of an institution are spread: its officers by name, then what nobody holds."""
    everything = inbox.tasks(rules.whole_institution(institution_id, country))
    late = set(due_days.overdue(everything, country))
    held = queries.with_holders(everything)
    people = queries.colleagues(institution_id)
    return [
        Load(
            person,
            sum(one.person_id == number for one in held),
            sum(one.person_id == number and one.task in late for one in held),
        )
        for person, number in (*((person, person.id) for person in people), (None, 0))
    ]
