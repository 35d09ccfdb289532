"""Who sees and records an incident, which clocks apply, when they end, and what they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.reference.breach_clocks import BreachClock, in_force
from matchmaker.reference.size_rules import area_of
from matchmaker.rights.incidents.enums import ClockOutcome, ClockState, EntryKind, IncidentState

if TYPE_CHECKING:
    from matchmaker.rights.incidents.models import (
        Incident,
        IncidentClock,
        IncidentEntry,
        IncidentReport,
        IncidentTerm,
    )

OFFICERS: Final = (InstitutionRole.COMPLIANCE, InstitutionRole.ADMINISTRATOR)
LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 4000
LONGEST_NOTE: Final = 500
LEAST_HOURS, MOST_HOURS = 1, 720
LONGEST_LEAD: Final = timedelta(hours=12)
CORRECTABLE: Final = frozenset({EntryKind.STEP, EntryKind.NOT_REQUIRED, EntryKind.MEASURE})


# ---------------------------------------------------------------- who


def own_institutions(actor: Actor) -> tuple[int, ...] | None:
    """The institutions whose incidents the actor sees; None for all of them."""
    if actor.is_operator:
        return None
    found = (grant.institution_id for grant in actor.grants if grant.role in OFFICERS)
    return tuple(dict.fromkeys(found))


def own_countries(actor: Actor) -> tuple[str, ...] | None:
    """The countries whose reports the actor looks into; None for all of them."""
    if actor.is_operator:
        return None
    found = (grant.country for grant in actor.grants if grant.role in OFFICERS and grant.country)
    return tuple(dict.fromkeys(found))


def keeps_register(actor: Actor) -> bool:
    """Compliance officers and administrators of an institution, and whoever runs the installation."""
    return actor.has(*OFFICERS)


def may_see(actor: Actor, incident: Incident) -> bool:
    """The officers of the institutions that it concerns; nobody else learns that it exists."""
    own = own_institutions(actor)
    return keeps_register(actor) and (own is None or any(one.id in own for one in incident.institutions))


def may_write(actor: Actor, incident: Incident) -> bool:
    """The same, while it is open."""
    return may_see(actor, incident) and incident.state is IncidentState.OPEN


def may_answer(actor: Actor, clock: IncidentClock) -> bool:
    """Whoever sees the incident reads the notice of a clock."""
    return may_see(actor, clock.incident)


def may_correct(actor: Actor, entry: IncidentEntry) -> bool:
    """Steps and measures of an open incident."""
    return may_write(actor, entry.incident) and entry.kind in CORRECTABLE


def may_reopen(actor: Actor, incident: Incident) -> bool:
    """A closed one."""
    return may_see(actor, incident) and incident.state is IncidentState.CLOSED


def sees_report(actor: Actor, report: IncidentReport) -> bool:
    """The officers of the reporter's country."""
    countries = own_countries(actor)
    return keeps_register(actor) and (countries is None or report.country in countries)


def sets_hours(actor: Actor) -> bool:
    """The clocks are those of the whole installation, so whoever runs it sets them."""
    return actor.is_operator


def may_set_hours(actor: Actor, rule: BreachClock) -> bool:
    """Only of rules that name hours."""
    return sets_hours(actor) and rule.hours is not None


# ---------------------------------------------------------------- which clocks, and when they end


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule with the hours in force; number 0 is the product's own."""

    rule: BreachClock
    hours: int | None
    number: int = 0


def hours_of(rule: BreachClock, terms: Sequence[IncidentTerm], on: date) -> Applied:
    """The hours in force on a day: of those whose day has come the ones set last, else those of the law as delivered."""
    come = [one for one in terms if one.rule == rule.key and one.valid_from <= on]
    if not come or rule.hours is None:
        return Applied(rule, rule.hours)
    last = max(come, key=lambda one: one.number)
    return Applied(rule, last.hours, last.number)


def applying(countries: Iterable[str], terms: Sequence[IncidentTerm], on: date) -> list[Applied]:
    """The clocks of the laws of some countries, of the persons and of the institutions, on the day of the discovery."""
    areas = {area_of(country) for country in countries if country}
    return [hours_of(rule, terms, on) for rule in in_force(on) if rule.area in areas]


def countries_of(incident: Incident) -> list[str]:
    """The countries of the persons and of the institutions."""
    return sorted({*incident.persons, *(one.country for one in incident.institutions if one.country)})


def without_law(countries: Iterable[str], on: date) -> list[str]:
    """The countries for which no rule is recorded: their law has to be looked up."""
    known = {rule.area for rule in in_force(on)}
    return sorted({country for country in countries if country and area_of(country) not in known})


def moment_of(local: datetime, zone: str) -> datetime | None:
    """A moment on the clock of a place; None for an hour that the change to summer time leaves out.

    Of an hour that comes twice the first is taken, so that no deadline is shown later than it may be.
    """
    moment = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment if shown == local.replace(fold=0) else None


def deadline(discovered_at: datetime, hours: int | None) -> datetime | None:
    """The end of so many hours as they pass, whatever the clocks on the walls do meanwhile."""
    return None if hours is None else discovered_at.astimezone(UTC) + timedelta(hours=hours)


def lead_of(hours: int) -> timedelta:
    """How long before its end a clock is told of: six hours of 24, twelve of 72 and more."""
    return min(timedelta(hours=hours) / 4, LONGEST_LEAD)


def state_of(clock: IncidentClock, now: datetime) -> ClockState:
    """What a clock shows."""
    if clock.outcome is ClockOutcome.NOT_REQUIRED:
        return ClockState.NOT_REQUIRED
    if clock.done_at is not None:
        is_late = clock.due_at is not None and clock.done_at > clock.due_at
        return ClockState.DONE_LATE if is_late else ClockState.DONE
    if clock.due_at is None or clock.hours is None:
        return ClockState.NO_HOUR
    if now > clock.due_at:
        return ClockState.LATE
    return ClockState.SOON if now >= clock.due_at - lead_of(clock.hours) else ClockState.RUNNING


def span_of(clock: IncidentClock, now: datetime) -> timedelta:
    """How long there is yet, or for how long it is over; whole minutes, never more time than there is."""
    if clock.due_at is None:
        return timedelta(0)
    left = clock.due_at - now
    return timedelta(minutes=abs(left) // timedelta(minutes=1))


def next_clock(clocks: Iterable[IncidentClock]) -> IncidentClock | None:
    """The open clock that ends first; one without hours comes after all others."""
    waiting = [one for one in clocks if one.outcome is None]
    last = datetime.max.replace(tzinfo=UTC)
    return min(waiting, key=lambda one: (one.due_at or last, one.id), default=None)
