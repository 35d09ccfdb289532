"""A declaration of size that ran out closes new applications for trips and new places, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.programmes import declared, offers, queries
from matchmaker.programmes import sign_up_services as sign_ups
from matchmaker.programmes.declared import RanOut
from matchmaker.programmes.eligibility import Applicant, is_declared
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.trips import bulk
from tests.clients import Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.programmes import ProgrammeFactory
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of
from tests.programmes.world import firm_with, signs_up

Given = Callable[..., Any]
S = SignUpState


def days(number: int | None) -> Any:
    return None if number is None else clock.today() + timedelta(days=number)


def trip(**settings: Any) -> Programme:
    return queries.programme(TripFactory(**settings).id)


def comes(programme: Programme, until: int | None, state: SignUpState, arrival: int = 1) -> SignUp:
    firm = FirmFactory(declared_until=days(until))
    made = traveller_of(programme, firm, state=state, arrival=arrival, confirmed_at=None)
    return queries.sign_up(made.sign_up_id)


@pytest.mark.data
@pytest.mark.usefixtures("session")
class TestRanOut:
    def test_no_new_application_for_a_trip_until_it_is_renewed(self) -> None:
        programme = trip()
        actor, number = firm_with(declared_until=days(-1))
        with pytest.raises(RanOut):
            signs_up(actor, programme, number)
        db.session.get_one(Firm, number).declared_until = days(0)
        assert signs_up(actor, programme, number).state is S.APPLIED

    def test_a_firm_never_asked_applies_and_other_programmes_stay_open(self) -> None:
        assert signs_up(*_swapped(firm_with(declared_until=None), trip())).state is S.APPLIED
        training = queries.programme(ProgrammeFactory().id)
        assert signs_up(*_swapped(firm_with(declared_until=days(-1)), training)).state is S.CONFIRMED

    def test_who_waits_is_passed_over_and_keeps_the_position(self) -> None:
        programme = trip(places=2)
        first, second = comes(programme, -1, S.WAITING, 1), comes(programme, 9, S.WAITING, 2)

        assert offers.offer_places(programme) == 1
        assert [one.state for one in (first, second)] == [S.WAITING, S.OFFERED]
        db.session.get_one(Firm, first.firm_id).declared_until = days(30)
        assert offers.offer_places(programme) == 1

    def test_staff_give_no_place_and_read_why(self) -> None:
        programme = trip()
        found, staff = comes(programme, -1, S.APPLIED), actor_of(staff_of(programme))
        with pytest.raises(RanOut):
            sign_ups.accept(staff, found)
        assert bulk.accept_selected(staff, programme, [found.id]).accepted == ()

    def test_an_offered_place_is_taken_and_a_held_one_stays(self) -> None:
        programme = trip()
        offered, held = comes(programme, -1, S.OFFERED, 1), comes(programme, -1, S.CONFIRMED, 2)

        assert sign_ups.take(_owner(offered), offered).state is S.CONFIRMED
        assert declared.has_run_out(programme, held.firm_id)
        assert held.state is S.CONFIRMED


def _swapped(made: tuple[Any, int], programme: Programme) -> tuple[Any, Programme, int]:
    return made[0], programme, made[1]


def _owner(sign_up: SignUp) -> Any:
    return actor_of(member_of(db.session.get_one(Firm, sign_up.firm_id)))


def test_the_page_says_it_beside_the_button_and_the_form_is_not_shown(client: Client, given: Given) -> None:
    with given():
        programme, firm = TripFactory(), FirmFactory(declared_until=days(-1))
        person = member_of(firm)
    reader, renew = client.sign_in(person), f"/firms/{firm.id}/declaration"

    shown = reader.get(f"/programmes/{programme.id}")
    asked = reader.get(f"/programmes/{programme.id}/apply")

    for answer in (shown, asked):
        assert (answer.status_code, "Your declaration of size ran out on" in answer.text) == (200, True)
        assert renew in answer.text
    assert 'name="objectives"' not in asked.text


@pytest.mark.parametrize(
    ("made", "until", "expected"),
    [
        (None, None, False),
        (-10, None, True),
        (-365, None, False),
        (-500, 0, True),
        (-10, -1, False),
        (None, 20, False),
    ],
)
def test_a_declaration_counts_until_its_last_day_without_one_for_a_year(
    made: int | None, until: int | None, expected: bool
) -> None:
    applicant = Applicant("TR", declared_on=days(made), declared_until=days(until))
    assert is_declared(applicant, clock.today()) is expected
