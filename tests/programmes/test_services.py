"""Planning, publishing and moving programmes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.mous import queries as mous
from matchmaker.programmes import queries, services, timekeeping
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.services import Plan
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.factories.programmes import ProgrammeFactory, SignUpFactory
from tests.matching.world import actor_of

START = datetime(2027, 1, 19, 9, tzinfo=UTC)


def plan(**changes: Any) -> Plan:
    titles = {"title_tr": "Kalite", "title_ru": "Качество", "title_en": "Quality"}
    times = {
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "closes_at": START - timedelta(days=3),
    }
    return Plan(**{**titles, **times, "places": 20, **changes})


def staff_of(programme: Programme) -> Actor:
    return actor_of(official(programme.institution, InstitutionRole.STAFF))


@pytest.mark.parametrize("side", [0, 1])
def test_staff_of_either_party_plan_a_programme(session: Any, side: int) -> None:
    parties = [InstitutionFactory(country="TR"), InstitutionFactory(country="RU")]
    mou = mous.mou(mou_between(*parties).id)
    staff = actor_of(official(parties[side], InstitutionRole.STAFF))

    made = services.create(staff, mou, ProgrammeKind.TRAINING, parties[side].id, plan())

    assert (made.state, made.institution_id) == (ProgrammeState.DRAFT, parties[side].id)


def test_others_do_not_plan(session: Any) -> None:
    party = InstitutionFactory(country="TR")
    mou = mous.mou(mou_between(party, InstitutionFactory(country="RU")).id)
    stranger = actor_of(official(InstitutionFactory(country="TR"), InstitutionRole.STAFF))

    with pytest.raises(NotAllowed):
        services.create(stranger, mou, ProgrammeKind.TRIP, party.id, plan())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": START - timedelta(minutes=1)}, "ends_at"),
        ({"places": 0}, "places"),
        ({"places": -3}, "places"),
        ({"minimum": 21}, "minimum"),
        ({"most_people": 21}, "most_people"),
        ({"opens_at": START - timedelta(days=2)}, "closes_at"),
        ({"closes_at": START + timedelta(days=2)}, "closes_at"),
        ({"title_tr": "", "title_ru": "", "title_en": ""}, "title_en"),
        ({"host_institution_id": 999_999}, "host_institution_id"),
        ({"offer_hours": 0}, "offer_hours"),
        ({"attendance_share": 101}, "attendance_share"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused_at_its_field(
    session: Any, changes: dict[str, Any], field: str
) -> None:
    party = InstitutionFactory(country="TR")
    mou = mous.mou(mou_between(party, InstitutionFactory(country="RU")).id)

    with pytest.raises(DomainError) as refused:
        services.check_plan(plan(**changes), mou)

    assert refused.value.field == field


def test_published_then_open_where_the_time_has_come(session: Any) -> None:
    programme = queries.programme(ProgrammeFactory(state=ProgrammeState.DRAFT).id)

    services.publish(staff_of(programme), programme)

    assert programme.state is ProgrammeState.OPEN
    assert programme.published_at is not None


@pytest.mark.parametrize(("missing", "field"), [("title_ru", "title_ru"), ("closes_at", "closes_at")])
def test_what_lacks_something_is_not_published(session: Any, missing: str, field: str) -> None:
    programme = queries.programme(ProgrammeFactory(state=ProgrammeState.DRAFT).id)
    setattr(programme, missing, None if missing == "closes_at" else "")
    session.flush()

    with pytest.raises(DomainError) as refused:
        services.publish(staff_of(programme), programme)

    assert refused.value.field == field


def test_places_are_not_set_below_those_taken(session: Any) -> None:
    programme = queries.programme(ProgrammeFactory().id)
    SignUpFactory(programme_id=programme.id, people=4)

    with pytest.raises(DomainError) as refused:
        services.edit(staff_of(programme), programme, plan(places=3))

    assert refused.value.field == "places"


def test_an_edit_of_an_outdated_page_is_refused(session: Any) -> None:
    programme = queries.programme(ProgrammeFactory().id)

    with pytest.raises(Conflict):
        services.edit(staff_of(programme), programme, plan(), version=programme.version - 1)


def test_the_other_party_sees_but_does_not_change(session: Any) -> None:
    programme = queries.programme(ProgrammeFactory(state=ProgrammeState.DRAFT).id)
    other = next(one for one in programme.mou.parties if one.institution_id != programme.institution_id)
    partner = actor_of(official(other.institution, InstitutionRole.STAFF))

    assert programme in queries.listed(partner)
    with pytest.raises(NotAllowed):
        services.edit(partner, programme, plan())


def test_cancelled_then_every_sign_up_ends_with_the_reason(session: Any) -> None:
    programme = queries.programme(ProgrammeFactory().id)
    living = SignUpFactory(programme_id=programme.id, state=SignUpState.WAITING)

    services.cancel(staff_of(programme), programme, reason="The trainer is ill.")

    assert programme.state is ProgrammeState.CANCELLED
    assert (living.state, living.reason, living.living_key) == (
        SignUpState.CANCELLED,
        "The trainer is ill.",
        None,
    )


@pytest.mark.parametrize(
    ("state", "moment", "after"),
    [
        (ProgrammeState.PUBLISHED, "opens_at", ProgrammeState.OPEN),
        (ProgrammeState.OPEN, "closes_at", ProgrammeState.CLOSED),
        (ProgrammeState.CONFIRMED, "starts_at", ProgrammeState.RUNNING),
        (ProgrammeState.RUNNING, "ends_at", ProgrammeState.DONE),
    ],
)
def test_the_clock_moves_what_is_due(
    session: Any, state: ProgrammeState, moment: str, after: ProgrammeState
) -> None:
    now = clock.now()
    programme = ProgrammeFactory(
        state=state, starts_at=now - timedelta(hours=4), ends_at=now + timedelta(hours=4)
    )
    later = ProgrammeFactory(state=state, opens_at=now + timedelta(days=1))
    setattr(programme, moment, now - timedelta(minutes=1))
    session.flush()

    timekeeping.move_due()

    assert (programme.state, later.state) == (after, state)
