"""Lists that go out on a schedule: when, to whom, and that nobody gets one twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.errors import DomainError
from matchmaker.core.mail import OutboxMail
from matchmaker.core.schedules import Rhythm, Schedule, last_moment
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.notifications.models import Notice
from matchmaker.programmes.lists import services
from matchmaker.programmes.lists.enums import ListFormat
from matchmaker.programmes.lists.rules import is_due
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.factories.programmes import ProgrammeFactory
from tests.matching.world import actor_of
from tests.programmes.world import programme_with

THURSDAY = datetime(2026, 11, 26, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "zone", "expected"),
    [
        (Schedule(Rhythm.DAILY, 0, "09:00"), "Europe/Istanbul", datetime(2026, 11, 26, 6, tzinfo=UTC)),
        (Schedule(Rhythm.DAILY, 0, "11:00"), "Europe/Istanbul", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        (Schedule(Rhythm.DAILY, 0, "11:00"), "Asia/Yekaterinburg", datetime(2026, 11, 26, 6, tzinfo=UTC)),
        (Schedule(Rhythm.WEEKLY, 3, "09:00"), "Europe/Istanbul", datetime(2026, 11, 26, 6, tzinfo=UTC)),
        (Schedule(Rhythm.WEEKLY, 3, "11:00"), "Europe/Istanbul", datetime(2026, 11, 19, 8, tzinfo=UTC)),
        (Schedule(Rhythm.WEEKLY, 0, "11:00"), "Europe/Istanbul", datetime(2026, 11, 23, 8, tzinfo=UTC)),
    ],
)
def test_the_last_moment_is_counted_by_the_clock_of_the_venue(
    schedule: Schedule, zone: str, expected: datetime
) -> None:
    assert last_moment(schedule, zone, THURSDAY) == expected


def test_a_moment_before_the_planning_or_long_gone_is_not_made_up_for() -> None:
    hour = timedelta(hours=1)

    assert is_due(THURSDAY, THURSDAY - hour, None, THURSDAY)
    assert not is_due(THURSDAY, THURSDAY + hour, None, THURSDAY + hour)
    assert not is_due(THURSDAY, THURSDAY - hour, THURSDAY, THURSDAY + hour)
    assert not is_due(THURSDAY, THURSDAY - hour, None, THURSDAY + 12 * hour)


def test_named_staff_get_a_link_once_and_whoever_left_gets_none(
    session: Any, monkeypatch: pytest.MonkeyPatch, count_statements: Callable[[], Any]
) -> None:
    programme = programme_with()
    one, two = (official(programme.institution, InstitutionRole.STAFF) for _ in range(2))
    plan = Schedule(Rhythm.DAILY, 0, "09:00")
    services.plan(actor_of(one), programme, plan, {"state": "confirmed"}, ListFormat.CSV, [one.id, two.id])
    gone = session.scalars(select(InstitutionMember).where(InstitutionMember.person_id == two.id)).one()
    gone.ended_at = clock.now()
    tomorrow = clock.now() + timedelta(days=1)
    due = last_moment(plan, programme.zone, tomorrow) + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: due)

    assert [services.send_due(), services.send_due()] == [1, 0]
    notice = session.scalars(select(Notice).where(Notice.kind == "scheduled_list")).one()
    mail = session.scalars(select(OutboxMail).where(OutboxMail.to_address == one.email)).one()

    path = f"/programmes/{programme.id}/participants/csv?state=confirmed"
    assert (notice.person_id, notice.path) == (one.id, path)
    assert path in mail.text
    with count_statements() as sent:
        services.send_due()
    assert len(sent) == 1


def test_nobody_else_can_be_named(session: Any) -> None:
    programme = programme_with()
    staff = actor_of(official(programme.institution, InstitutionRole.STAFF))
    stranger = PersonFactory()

    with pytest.raises(DomainError) as refused:
        services.plan(staff, programme, Schedule(Rhythm.DAILY, 0, "09:00"), {}, ListFormat.CSV, [stranger.id])

    assert refused.value.field == "readers"


def test_staff_plan_and_remove_a_list(client: Client, given: Callable[[], Any]) -> None:
    with given() as session:
        programme = ProgrammeFactory()
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
        address = f"/programmes/{programme.id}/lists"
    client.sign_in(staff)

    asked = {"readers": [], "clock_time": "25:00", "q": "Boris"}
    refused = client.submit(f"{address}?lang=en&state=waiting", asked, form="/lists")
    client.submit(f"{address}?state=waiting", {"readers": [str(staff.id)]}, form="/lists")
    page = client.get(address).text

    assert refused.status_code == 422
    assert 'id="readers-error"' in refused.text
    assert 'id="clock_time-error"' in refused.text
    assert 'value="Boris"' in refused.text
    assert "once a week: Monday, 09:00" in page
    assert f'href="/programmes/{programme.id}/participants?state=waiting"' in page
    client.submit(address, {}, form="/remove")
    assert "once a week: Monday" not in client.get(address).text
