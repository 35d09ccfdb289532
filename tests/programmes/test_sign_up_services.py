"""Signing up, the waiting list, offers and swaps, one at a time; who comes at once stands in test_sign_up_races.py."""

from datetime import timedelta
from typing import Any

import pytest

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.notifications.models import Notice
from matchmaker.programmes import offers, queries, services
from matchmaker.programmes import sign_up_services as sign_ups
from matchmaker.programmes.enums import (
    ProgrammeState,
    QuestionKind,
    QuestionStage,
    QuotaDimension,
    SignUpState,
)
from matchmaker.programmes.models import ProgrammeQuestion
from matchmaker.programmes.sign_up_services import NewDelegate
from tests.factories.institutions import official
from tests.factories.programmes import quota_of
from tests.matching.world import actor_of
from tests.programmes.world import application, firm_with, person_alone, programme_with, signs_up

pytestmark = pytest.mark.data
S = SignUpState


def test_a_place_is_confirmed_while_there_is_one_then_the_list_begins(session: Any) -> None:
    programme = programme_with(places=2)

    found = [signs_up(person_alone(), programme) for _ in range(4)]

    assert [one.state for one in found] == [S.CONFIRMED, S.CONFIRMED, S.WAITING, S.WAITING]
    assert [one.arrival for one in found] == [1, 2, 3, 4]
    assert [queries.place_in_line(one) for one in found[2:]] == [1, 2]


def test_signed_up_already_or_for_a_foreign_firm_then_refused(session: Any) -> None:
    programme = programme_with()
    actor, firm_id = firm_with()
    signs_up(actor, programme, firm_id)

    with pytest.raises(Conflict):
        signs_up(actor, programme, firm_id)
    with pytest.raises(NotAllowed):
        signs_up(person_alone(), programme, firm_id)


@pytest.mark.parametrize("settings", [{"state": ProgrammeState.CLOSED}, {"closes_at": clock.now()}])
def test_outside_its_time_nobody_signs_up(session: Any, settings: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        signs_up(person_alone(), programme_with(**settings))


@pytest.mark.parametrize("people", [0, 4])
def test_a_wrong_number_of_people_is_named_at_the_field(session: Any, people: int) -> None:
    with pytest.raises(DomainError) as refused:
        signs_up(person_alone(), programme_with(most_people=3), people=people)

    assert refused.value.field == "people"


@pytest.mark.parametrize(
    "eligibility",
    [
        {"firms_only": True},
        {"countries": ["RU"]},
        {"verified": True},
        {"exports": True},
        {"declared": True},
        {"sizes": ["micro"]},
        {"sectors": ["28"]},
    ],
)
def test_who_does_not_meet_a_condition_is_refused(session: Any, eligibility: dict[str, Any]) -> None:
    programme = programme_with(eligibility=eligibility)

    with pytest.raises(DomainError):
        signs_up(person_alone("TR"), programme)


def test_withdrawn_then_the_next_in_line_is_offered_the_place_at_once(session: Any) -> None:
    programme = programme_with(places=1, offer_hours=5)
    first, second, third = (signs_up(person_alone(), programme) for _ in range(3))

    sign_ups.withdraw(actor_of(first.person_id), first)

    assert (first.state, second.state, third.state) == (S.WITHDRAWN, S.OFFERED, S.WAITING)
    assert second.offer_expires_at is not None
    assert timedelta(hours=4) < second.offer_expires_at - clock.now() <= timedelta(hours=5)
    told = session.query(Notice).filter_by(person_id=second.person_id, kind="sign_up_offered").count()
    assert told == 1


def test_an_offer_given_back_or_run_out_goes_on_and_is_not_made_again(session: Any) -> None:
    programme = programme_with(places=1)
    first, second, third, fourth = (signs_up(person_alone(), programme) for _ in range(4))
    sign_ups.withdraw(actor_of(first.person_id), first)

    sign_ups.withdraw(actor_of(second.person_id), second)
    assert (second.state, third.state) == (S.WITHDRAWN, S.OFFERED)
    third.offer_expires_at = clock.now() - timedelta(seconds=1)
    session.flush()
    with pytest.raises(Conflict):
        sign_ups.take(actor_of(third.person_id), third)
    offers.lapse_due()
    sign_ups.take(actor_of(fourth.person_id), fourth)
    offers.offer_due()

    assert [one.state for one in (first, second, third, fourth)] == [
        S.WITHDRAWN,
        S.WITHDRAWN,
        S.EXPIRED,
        S.CONFIRMED,
    ]


def test_a_group_is_kept_whole_and_keeps_its_position(session: Any) -> None:
    programme = programme_with(places=3)
    (first, first_firm), (second, second_firm) = firm_with(), firm_with()
    three = signs_up(first, programme, first_firm, people=3)
    pair = signs_up(second, programme, second_firm, people=2)
    alone = signs_up(person_alone(), programme)
    assert (pair.state, alone.state) == (S.WAITING, S.WAITING)

    programme = services.edit(
        actor_of(official(programme.institution, InstitutionRole.STAFF)),
        programme,
        plan_of(programme, places=4),
    )
    assert (pair.state, alone.state) == (S.WAITING, S.OFFERED)
    sign_ups.withdraw(actor_of(three.person_id), three)

    assert (pair.state, queries.place_in_line(pair)) == (S.OFFERED, 1)


def plan_of(programme: Any, **changes: Any) -> services.Plan:
    """The plan of a programme as it is, with some changes."""
    names = services.Plan.__dataclass_fields__
    return services.Plan(**{**{name: getattr(programme, name) for name in names}, **changes})


def test_kept_places_go_to_those_they_are_kept_for_until_the_release_day(session: Any) -> None:
    made = programme_with(places=2)
    kept = quota_of(made, QuotaDimension.COUNTRY, "RU", 1)
    session.expire(made)
    programme = queries.programme(made.id)

    turkish, waiting = (signs_up(person_alone("TR"), programme) for _ in range(2))
    russian = signs_up(person_alone("RU"), programme)

    assert (turkish.state, waiting.state, russian.state) == (S.CONFIRMED, S.WAITING, S.CONFIRMED)
    assert (turkish.quota_id, russian.quota_id) == (None, kept.id)


def test_released_then_the_worker_offers_the_unused_places(session: Any) -> None:
    made = programme_with(places=2)
    quota_of(made, QuotaDimension.COUNTRY, "RU", 1)
    session.expire(made)
    programme = queries.programme(made.id)
    _first, waiting = (signs_up(person_alone("TR"), programme) for _ in range(2))
    assert offers.offer_due() == 0

    programme.quotas_release_on = clock.today()
    session.flush()

    assert (offers.offer_due(), waiting.state) == (1, S.OFFERED)


def test_with_approval_staff_accept_list_and_refuse(session: Any) -> None:
    programme = programme_with(places=1, approval=True)
    staff = actor_of(official(programme.institution, InstitutionRole.STAFF))
    first, second, third = (signs_up(person_alone(), programme) for _ in range(3))
    assert {first.state, second.state, third.state} == {S.APPLIED}

    sign_ups.accept(staff, first)
    with pytest.raises(DomainError):
        sign_ups.accept(staff, second)
    sign_ups.put_on_list(staff, second)
    with pytest.raises(DomainError) as refused:
        sign_ups.refuse(staff, third, reason=" ")
    sign_ups.refuse(staff, first, reason="Not from the region.")

    assert refused.value.field == "reason"
    assert [one.state for one in (first, second, third)] == [S.REFUSED, S.OFFERED, S.APPLIED]
    with pytest.raises(NotAllowed):
        sign_ups.accept(actor_of(third.person_id), third)


def test_a_second_form_keeps_the_place_only_when_answered(session: Any) -> None:
    made = programme_with(places=1)
    question = ProgrammeQuestion(
        programme_id=made.id, stage=QuestionStage.ACCEPTED, kind=QuestionKind.TEXT, text_en="Diet?"
    )
    session.add(question)
    session.flush()
    session.expire(made)
    found = signs_up(person_alone(), queries.programme(made.id))
    assert (found.state, found.offer_expires_at is None) == (S.ACCEPTED, False)

    sign_ups.confirm(actor_of(found.person_id), found, {str(question.id): "None"})

    assert (found.state, found.answers, found.offer_expires_at) == (
        S.CONFIRMED,
        {str(question.id): "None"},
        None,
    )


def test_a_delegate_is_swapped_and_the_place_stays(session: Any) -> None:
    actor, firm_id = firm_with("RU")
    programme = programme_with(places=1)
    found = signs_up(actor, programme, firm_id)
    leaving = found.delegates[0]

    coming = sign_ups.swap(actor, found, leaving, NewDelegate("Анна Лесная"))

    assert (found.state, found.people, coming.name_romanised) == (S.CONFIRMED, 1, "Anna Lesnaia")
    assert leaving.left_at is not None
    with pytest.raises(Conflict):
        sign_ups.swap(actor, found, leaving, NewDelegate("Once more"))


def test_cancelled_people_may_sign_up_anew_at_the_end(session: Any) -> None:
    programme = programme_with(places=1)
    holder, again = person_alone(), person_alone()
    signs_up(holder, programme)
    first = signs_up(again, programme)
    sign_ups.withdraw(again, first)

    second = sign_ups.sign_up(again, programme, None, application())

    assert (second.state, second.arrival) == (S.WAITING, 3)
