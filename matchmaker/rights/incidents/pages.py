"""What the pages of incidents show: clocks with the time left, entries with what took their place, lists and files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import language, order_countries, show_number
from matchmaker.core.requests import key_or_none
from matchmaker.core.sheets_out import Cell
from matchmaker.core.zones import show_datetime
from matchmaker.institutions.models import Institution
from matchmaker.reference import countries
from matchmaker.reference.breach_clocks import breach_clocks, notice_items
from matchmaker.rights.incidents import queries, rules, words
from matchmaker.rights.incidents.enums import ClockState, EntryKind, IncidentState
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentEntry
from matchmaker.rights.incidents.queries import Asked

ENDED = frozenset({ClockState.DONE, ClockState.DONE_LATE, ClockState.NOT_REQUIRED})


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock: whose law, which step, by when, and in words how it stands."""

    id: int
    word: str
    law: str
    badge: tuple[str, str]
    deadline: str
    time: str
    is_open: bool
    ready: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry; `instead` is the number of the entry that took its place."""

    entry: IncidentEntry
    title: str
    about: str
    changes: Sequence[tuple[str, str, str]]
    items: Sequence[tuple[str, bool, str]]
    instead: int | None
    corrects: int | None
    can_correct: bool


def clock_lines(incident: Incident, now: datetime | None = None) -> list[ClockLine]:
    """The clocks of an incident, those that end first on top."""
    ordered = sorted(
        incident.clocks, key=lambda one: (one.due_at is None, one.due_at or one.created_at, one.id)
    )
    return [clock_line(one, now or clock.now()) for one in ordered]


def clock_line(one: IncidentClock, now: datetime) -> ClockLine:
    """One clock at a moment."""
    state = rules.state_of(one, now)
    text, kind = words.CLOCK_STATES[state]
    items = notice_items(one.rule)
    done = sum(bool(one.checklist.get(item, {}).get("done")) for item in items)
    return ClockLine(
        id=one.id,
        word=words.clock_word(one),
        law=words.law_word(one.law),
        badge=(str(text), kind),
        deadline=show_datetime(one.due_at)
        if one.due_at
        else str(_("as soon as possible, the law names no hour")),
        time=_time_word(one, state, now),
        is_open=state not in ENDED,
        ready=str(_("%(done)s of %(all)s points ready", done=done, all=len(items))),
    )


def _time_word(one: IncidentClock, state: ClockState, now: datetime) -> str:
    """How long there is yet, or how late it is; empty where there is nothing to count."""
    if state in (ClockState.RUNNING, ClockState.SOON):
        return str(_("%(time)s left", time=hours_word(one, now)))
    if state is ClockState.LATE:
        return str(_("%(time)s late", time=hours_word(one, now)))
    if state is ClockState.DONE_LATE and one.done_at is not None:
        return str(_("%(time)s late", time=hours_word(one, one.done_at)))
    return ""


def hours_word(one: IncidentClock, now: datetime) -> str:
    """The time to or since the deadline in whole hours and minutes."""
    minutes = int(rules.span_of(one, now).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return str(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))


def entry_lines(incident: Incident, may_write: bool) -> list[EntryLine]:
    """The entries, the latest first."""
    instead = {one.corrects_id: one.number for one in incident.entries if one.corrects_id}
    numbers = {one.id: one.number for one in incident.entries}
    clocks = {one.rule: words.clock_word(one) for one in incident.clocks}
    return [
        EntryLine(
            entry=one,
            title=str(words.ENTRIES[one.kind]),
            about=clocks.get(one.rule, ""),
            changes=_changes(one),
            items=_items(one),
            instead=instead.get(one.id),
            corrects=numbers.get(one.corrects_id) if one.corrects_id else None,
            can_correct=may_write and one.kind in rules.CORRECTABLE and one.id not in instead,
        )
        for one in reversed(incident.entries)
    ]


def _items(one: IncidentEntry) -> list[tuple[str, bool, str]]:
    return [
        (words.item_word(item), bool(said.get("done")), str(said.get("note", "")))
        for item, said in one.checklist.items()
    ]


def _changes(one: IncidentEntry) -> list[tuple[str, str, str]]:
    found = [(name, one.changed[name]) for name in words.FACTS if name in one.changed]
    return [(str(words.FACTS[name]), _fact(name, pair[0]), _fact(name, pair[1])) for name, pair in found]


def _fact(name: str, value: Any) -> str:
    """A fact as an entry keeps it, in words."""
    if name in ("discovered", "occurred"):
        return show_datetime(datetime.fromisoformat(value)) if value else "–"
    if name == "data_classes":
        return ", ".join(words.class_words(value)) or "–"
    if name == "persons":
        return persons_word(value)
    if name == "institutions":
        return names_of(one for one in queries.institutions() if one.id in value)
    return str(value)


def persons_word(persons: Mapping[str, int | None]) -> str:
    """About how many people of which countries."""
    parts = []
    for code in order_countries(list(persons)):
        people = persons[code]
        shown = str(_("not known yet")) if people is None else str(_("about %(n)s", n=show_number(people)))
        parts.append(f"{countries.label(code, language())}: {shown}")
    return "; ".join(parts) or str(_("not known yet"))


def without_law(incident: Incident) -> str:
    """The countries for which no law is recorded here."""
    found = rules.without_law(rules.countries_of(incident), incident.discovered_at.date())
    return ", ".join(countries.label(code, language()) for code in found)


# ---------------------------------------------------------------- lists


@dataclass(frozen=True, slots=True)
class Filters:
    """What stands in the address of a list."""

    asked: Asked

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        """As typed; what it does not know it leaves out."""
        states = {"closed": IncidentState.CLOSED, "all": None}
        area = args.get("area", "")
        return cls(
            Asked(
                state=states.get(args.get("state", ""), IncidentState.OPEN),
                area=area if area in areas() else "",
                institution_id=key_or_none(args.get("institution", "")),
                is_late=args.get("late") == "1",
            )
        )

    @property
    def query(self) -> dict[str, str]:
        """The part of the address that says the same."""
        asked = self.asked
        found = {
            "state": asked.state.value if asked.state else "all",
            "area": asked.area,
            "institution": str(asked.institution_id or ""),
            "late": "1" if asked.is_late else "",
        }
        return {name: value for name, value in found.items() if value}

    def url(self, **changed: Any) -> str:
        """The address of the list, narrowed otherwise in some respects."""
        values: dict[str, Any] = self.query | changed
        return url_for("rights.incidents", **values)

    def sheet_url(self, kind: str) -> str:
        """The address of the same list as a file."""
        values: dict[str, Any] = dict(self.query)
        return url_for("rights.incidents_sheet", kind=kind, **values)


def areas() -> list[str]:
    """The countries and unions whose laws have clocks."""
    return list(dict.fromkeys(one.area for one in breach_clocks()))


def institution_choices(found: Iterable[Institution], own: Sequence[int] | None) -> list[tuple[int, str]]:
    """The institutions that a reader can narrow the list by."""
    return [(one.id, one.name(language())) for one in found if own is None or one.id in own]


def next_line(incident: Incident) -> ClockLine | None:
    """The open clock that ends first."""
    one = rules.next_clock(incident.clocks)
    return clock_line(one, clock.now()) if one else None


def columns() -> list[str]:
    """The heads of the file."""
    return [
        _("No."), _("Name of the incident"), _("State"), _("Discovered"), _("Happened"), _("People concerned"),
        _("Kinds of data"), _("Institutions concerned"), _("Clock"), _("Law"), _("Hours"), _("Deadline"), _("Done"),
        _("Outcome"), _("Number of the notice"), _("Closed"),
    ]  # fmt: skip


def sheet(found: Sequence[Incident]) -> list[list[Cell]]:
    """A row for each clock of each incident; one without clocks has a row of its own."""
    now = clock.now()
    return [row for one in found for row in _rows(one, now)]


def _rows(incident: Incident, now: datetime) -> list[list[Cell]]:
    first: list[Cell] = [
        incident.id, incident.title, str(words.STATES[incident.state][0]), incident.discovered_at,
        incident.occurred_at, persons_word(incident.persons), ", ".join(words.class_words(incident.data_classes)),
        ", ".join(one.name(language()) for one in incident.institutions),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            *first, words.clock_word(one), words.law_word(one.law), one.hours, one.due_at, one.done_at,
            str(words.CLOCK_STATES[rules.state_of(one, now)][0]), reference_of(incident, one.rule),
            incident.closed_at,
        ]
        for one in incident.clocks
    ]  # fmt: skip
    return rows or [[*first, *[None] * 7, incident.closed_at]]


def reference_of(incident: Incident, rule: str) -> str:
    """The number at the authority under which the step of a clock stands now."""
    gone = {one.corrects_id for one in incident.entries}
    steps = [one for one in incident.entries if one.rule == rule and one.id not in gone]
    return next((one.reference for one in reversed(steps) if one.kind is EntryKind.STEP), "")


def names_of(institutions: Iterable[Institution]) -> str:
    """The institutions by name."""
    return ", ".join(one.name(language()) for one in institutions)
