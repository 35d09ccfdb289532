"""Clocks of incidents: which apply, when they end whatever the clocks on the walls do, what they show."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.institutions.models import Institution
from matchmaker.rights.incidents import rules
from matchmaker.rights.incidents.enums import ClockOutcome, ClockState
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentTerm

DAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "zone", "hours", "ends"),
    [
        # No change of the clocks.
        ("2026-11-28T12:00", "Europe/Istanbul", 24, "2026-11-29 12:00"),
        ("2026-12-31T23:30", "Europe/Moscow", 72, "2027-01-03 23:30"),
        # A night that lacks an hour: 72 hours end an hour later on the wall.
        ("2026-03-28T12:00", "Europe/Berlin", 72, "2026-03-31 13:00"),
        ("2026-03-28T12:00", "Europe/Berlin", 24, "2026-03-29 13:00"),
        # A night with an hour twice: an hour earlier on the wall.
        ("2026-10-24T12:00", "Europe/Berlin", 72, "2026-10-27 11:00"),
        ("2026-10-24T12:00", "Europe/Berlin", 24, "2026-10-25 11:00"),
        # In the hour that comes twice the first one counts, so that no deadline is shown too late.
        ("2026-10-25T02:30", "Europe/Berlin", 24, "2026-10-26 01:30"),
        # The other side of the world, half an hour off, and a leap day.
        ("2026-10-03T12:00", "Australia/Lord_Howe", 24, "2026-10-04 12:30"),
        ("2028-02-28T23:00", "Asia/Almaty", 24, "2028-02-29 23:00"),
    ],
)
def test_hours_count_as_they_pass(local: str, zone: str, hours: int, ends: str) -> None:
    discovered = rules.moment_of(datetime.fromisoformat(local), zone)
    assert discovered is not None
    due = rules.deadline(discovered.astimezone(ZoneInfo(zone)), hours)
    assert due is not None
    assert due - discovered == timedelta(hours=hours)
    assert f"{due.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == ends


@pytest.mark.parametrize(
    ("local", "zone", "is_there"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", False),
        ("2026-03-29T02:30", "Europe/Istanbul", True),
        ("2026-03-29T03:00", "Europe/Berlin", True),
    ],
)
def test_an_hour_that_is_left_out_is_no_moment(local: str, zone: str, is_there: bool) -> None:
    assert (rules.moment_of(datetime.fromisoformat(local), zone) is not None) == is_there


@pytest.mark.parametrize(
    ("countries", "keys"),
    [
        (["TR"], ["tr_first_notice", "tr_persons"]),
        (["RU"], ["ru_first_notice", "ru_inquiry"]),
        (["TR", "RU"], ["tr_first_notice", "tr_persons", "ru_first_notice", "ru_inquiry"]),
        (["DE", "FR"], ["eu_first_notice", "eu_persons"]),
        (["KZ", ""], []),
    ],
)
def test_the_laws_of_the_countries_apply(countries: list[str], keys: list[str]) -> None:
    assert [one.rule.key for one in rules.applying(countries, [], DAY)] == keys


def test_hours_are_those_of_the_laws() -> None:
    found = {one.rule.key: one.hours for one in rules.applying(["TR", "RU", "DE"], [], DAY)}
    assert found == {
        "tr_first_notice": 72,
        "tr_persons": None,
        "ru_first_notice": 24,
        "ru_inquiry": 72,
        "eu_first_notice": 72,
        "eu_persons": None,
    }


def test_before_a_law_was_in_force_it_has_no_clock_and_unknown_countries_are_named() -> None:
    assert rules.applying(["RU"], [], date(2022, 8, 31)) == []
    assert rules.without_law(["TR", "KZ", "DE", "GE"], DAY) == ["GE", "KZ"]


def test_of_the_hours_that_have_come_those_set_last_hold() -> None:
    def hours(*terms: tuple[int, int, int]) -> int | None:
        rows = [
            IncidentTerm(rule="ru_inquiry", number=number, hours=hours, valid_from=DAY + timedelta(ahead))
            for number, hours, ahead in terms
        ]
        return next(one.hours for one in rules.applying(["RU"], rows, DAY) if one.rule.key == "ru_inquiry")

    assert hours() == 72
    assert hours((1, 48, 0), (2, 60, 1)) == 48
    assert hours((1, 48, -3), (2, 60, -5)) == 60


@pytest.mark.parametrize(("hours", "lead"), [(24, 6), (72, 12), (48, 12), (12, 3), (720, 12)])
def test_a_clock_is_told_of_before_it_ends(hours: int, lead: int) -> None:
    assert rules.lead_of(hours) == timedelta(hours=lead)


def a_clock(
    hours: int | None = 24, done: float | None = None, outcome: ClockOutcome | None = None
) -> IncidentClock:
    """A clock that began at noon; `done` is after how many hours it was stopped."""
    return IncidentClock(
        hours=hours,
        due_at=rules.deadline(NOON, hours),
        outcome=outcome or (ClockOutcome.DONE if done is not None else None),
        done_at=None if done is None else NOON + timedelta(hours=done),
    )


@pytest.mark.parametrize(
    ("after", "clock", "state", "minutes"),
    [
        (0, a_clock(), ClockState.RUNNING, 24 * 60),
        (17.99, a_clock(), ClockState.RUNNING, 360),
        (18, a_clock(), ClockState.SOON, 360),
        (24, a_clock(), ClockState.SOON, 0),
        (24.02, a_clock(), ClockState.LATE, 1),
        (60, a_clock(72), ClockState.SOON, 720),
        (99, a_clock(None), ClockState.NO_HOUR, 0),
        (99, a_clock(done=23), ClockState.DONE, 75 * 60),
        (99, a_clock(done=25), ClockState.DONE_LATE, 75 * 60),
        (99, a_clock(None, done=25), ClockState.DONE, 0),
        (99, a_clock(done=30, outcome=ClockOutcome.NOT_REQUIRED), ClockState.NOT_REQUIRED, 75 * 60),
    ],
)
def test_what_a_clock_shows(after: float, clock: IncidentClock, state: ClockState, minutes: int) -> None:
    now = NOON + timedelta(hours=after)
    assert rules.state_of(clock, now) is state
    assert rules.span_of(clock, now) == timedelta(minutes=minutes)


def actor(role: InstitutionRole, number: int = 1, *, operator: bool = False) -> Actor:
    """Somebody with a role at an institution of Türkiye."""
    return Actor(person_id=5, grants=(Grant(role, number, "TR", operator),))


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (actor(InstitutionRole.COMPLIANCE), True),
        (actor(InstitutionRole.ADMINISTRATOR), True),
        (actor(InstitutionRole.ADMINISTRATOR, 9, operator=True), True),
        (actor(InstitutionRole.COMPLIANCE, 2), False),
        (actor(InstitutionRole.STAFF), False),
        (actor(InstitutionRole.COORDINATOR), False),
        (Actor(person_id=5), False),
    ],
)
def test_officers_of_the_institution_concerned_see_it(who: Actor, sees: bool) -> None:
    assert rules.may_see(who, Incident(institutions=[Institution(id=1)])) is sees
