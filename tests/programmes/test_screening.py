"""No place on a programme abroad while compliance has to decide about the firm; the firm itself is not told why."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.compliance import queries as compliance
from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.compliance.models import Screening, ScreeningHit
from matchmaker.compliance.services import screen
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.models import Firm
from matchmaker.notifications.models import Notice
from matchmaker.programmes import bulk, offers, queries, screening
from matchmaker.programmes import sign_up_services as sign_ups
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeMode,
    QuestionStage,
    SignUpState,
    SignUpVerb,
)
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.screening import OnHold
from matchmaker.programmes.trips import bulk as trip_bulk
from matchmaker.programmes.trips import frame_queries, letter_runs, letter_services
from matchmaker.programmes.trips.enums import LetterKind
from matchmaker.programmes.trips.letter_services import Order
from tests.clients import Client
from tests.factories.compliance import hit_of, listed, named_firm
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.programmes import ProgrammeFactory, question_of
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of
from tests.programmes.trips.test_letters import with_passport
from tests.programmes.world import signs_up

Given = Callable[..., Any]
S = SignUpState
NAMES = ("Toros Cam", "Ege Pompa", "Marmara Kablo")
NEUTRAL = "A check of your application has not ended. Try again later."


def trip(**settings: Any) -> Programme:
    return queries.programme(TripFactory(**settings).id)


def comes(programme: Programme, arrival: int = 1, state: SignUpState = S.WAITING, name: str = "") -> SignUp:
    """A sign-up of a new firm whose name is like no other here, with one delegate."""
    firm = named_firm(name or NAMES[arrival - 1], "TR")
    return queries.sign_up(
        traveller_of(programme, firm, state=state, arrival=arrival, confirmed_at=None).sign_up_id
    )


def firm_of(sign_up: SignUp) -> Firm:
    assert sign_up.firm is not None
    return sign_up.firm


def cleared(sign_up: SignUp) -> None:
    """What a compliance officer decided: another party."""
    for hit in compliance.screening_state(firm_of(sign_up).id)[1]:
        hit.state = HitState.CLEARED
    db.session.flush()


@pytest.mark.parametrize(
    ("settings", "country", "expected"),
    [
        ({"kind": ProgrammeKind.TRIP, "country": "TR"}, "TR", True),
        ({"kind": ProgrammeKind.TRAINING, "country": "RU"}, "TR", True),
        ({"kind": ProgrammeKind.TRAINING, "country": "TR"}, "TR", False),
        ({"kind": ProgrammeKind.TRAINING, "country": ""}, "TR", False),
        ({"kind": ProgrammeKind.TRAINING, "country": "RU", "mode": ProgrammeMode.ONLINE}, "TR", False),
        ({"kind": ProgrammeKind.TRAINING, "country": "RU", "mode": ProgrammeMode.MIXED}, "TR", True),
    ],
)
def test_what_goes_abroad(settings: dict[str, Any], country: str, expected: bool) -> None:
    assert screening.goes_abroad(Programme(**settings), country) is expected


@pytest.mark.data
@pytest.mark.usefixtures("session")
class TestWaitingList:
    def test_the_place_goes_to_the_next_and_the_firm_keeps_its_position(self) -> None:
        programme = trip(places=2)
        first, second, third = (comes(programme, number) for number in (1, 2, 3))
        hit_of(firm_of(first))

        assert offers.offer_places(programme) == 2
        assert [one.state for one in (first, second, third)] == [S.WAITING, S.OFFERED, S.OFFERED]
        assert queries.place_in_line(first) == 1
        programme.places = 3
        assert offers.offer_places(programme) == 0
        cleared(first)
        assert offers.offer_places(programme) == 1
        assert first.state is S.OFFERED

    def test_a_confirmed_hit_never_gets_a_place(self) -> None:
        programme = trip()
        found = comes(programme)
        hit_of(firm_of(found)).state = HitState.CONFIRMED
        assert offers.offer_places(programme) == 0

    def test_the_firm_is_compared_first_once_for_each_state_of_the_lists(self) -> None:
        programme = trip()
        found = comes(programme, name="Anadolu Vana")
        officer = official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE)
        listed("Anadolu Vana")

        assert [offers.offer_places(programme) for _ in range(3)] == [0, 0, 0]

        assert [one.delegate_id is None for one in db.session.scalars(select(Screening))] == [True, False]
        told = db.session.scalars(select(Notice).where(Notice.kind == "screening_hit")).all()
        assert [one.person_id for one in told] == [officer.id]
        listed("Somebody Else", version="2")
        assert offers.offer_places(programme) == 1
        assert found.state is S.OFFERED

    def test_a_training_at_home_does_not_ask(self) -> None:
        programme = queries.programme(ProgrammeFactory(country="TR").id)
        hit_of(firm_of(comes(programme)))
        assert offers.offer_places(programme) == 1

    def test_an_offer_that_ends_while_compliance_decides_goes_on_but_the_firm_waits_again(self) -> None:
        programme = trip(places=1)
        held, following = comes(programme, 1, S.OFFERED), comes(programme, 2)
        held.offer_expires_at = clock.now() - timedelta(minutes=1)
        hit_of(firm_of(held))

        assert offers.lapse_due() == 1

        assert (held.state, held.offer_expires_at, following.state) == (S.WAITING, None, S.OFFERED)
        assert queries.place_in_line(held) == 1


@pytest.mark.data
@pytest.mark.usefixtures("session")
class TestPlaces:
    def test_where_nobody_decides_the_firm_waits_although_places_are_left(self) -> None:
        programme = trip(approval=False)
        listed("Anadolu Vana")
        states = []
        for name in ("Anadolu Vana", "Ege Pompa"):
            found = comes(trip(), name=name)
            states.append(signs_up(actor_of(found.person), programme, found.firm_id).state)
        assert states == [S.WAITING, S.CONFIRMED]

    def test_staff_cannot_accept_before_the_decision(self) -> None:
        programme = trip()
        found, staff = comes(programme, state=S.APPLIED), actor_of(staff_of(programme))
        hit_of(firm_of(found))

        with pytest.raises(OnHold, match="On hold for compliance"):
            sign_ups.accept(staff, found)

        assert found.state is S.APPLIED
        cleared(found)
        assert sign_ups.accept(staff, found).state is S.CONFIRMED

    def test_of_many_at_once_the_next_gets_the_place(self) -> None:
        programme = trip(places=1)
        staff = actor_of(staff_of(programme))
        held, following = (comes(programme, number, S.APPLIED) for number in (1, 2))
        hit_of(firm_of(held))
        numbers = [held.id, following.id]

        outcome = trip_bulk.accept_selected(staff, programme, numbers)

        assert (outcome.accepted, outcome.left_out, len(outcome.on_hold)) == ((following.id,), (), 1)
        left = bulk.decide(staff, programme, SignUpVerb.ACCEPT, [held.id]).left_out
        assert [why for _one, why in left] == [str(screening.FOR_STAFF)]

    @pytest.mark.parametrize("state", [S.OFFERED, S.ACCEPTED])
    def test_a_hit_after_the_offer_stops_the_firm_with_neutral_words(self, state: SignUpState) -> None:
        programme = trip()
        question_of(programme, QuestionStage.ACCEPTED)
        found = comes(programme, state=state)
        actor = actor_of(found.person)
        hit_of(firm_of(found))

        deed: Any = sign_ups.take if state is S.OFFERED else partial(sign_ups.confirm, answers={})
        with pytest.raises(OnHold) as refused:
            deed(actor, found)

        assert refused.value.message == NEUTRAL
        assert found.state is state

    def test_letters_wait_too(self) -> None:
        programme = trip()
        delegate = frame_queries.delegate(with_passport(programme))
        staff, order = actor_of(staff_of(programme)), Order(LetterKind.VISA_SUPPORT, "en")
        hit_of(firm_of(delegate.sign_up))

        with pytest.raises(OnHold):
            letter_services.issue(staff, programme, delegate, order)

        run = letter_services.order_letters(staff, programme, order)
        written = letter_runs.write_letters(run.id, lambda done, total: None)
        assert (written.letters, written.left_out) == (0, [delegate.id])


@pytest.mark.data
def test_a_list_that_changes_while_a_place_is_given_never_hides_the_hit(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        listed("Somebody Else")
        programme = trip()
        found = comes(programme, state=S.APPLIED, name="Anadolu Vana")
        screen(firm_of(found))
        staff_id, number, firm_id = staff_of(programme).id, found.id, firm_of(found).id

    def accepts() -> SignUpState:
        with unit_of_work():
            return sign_ups.accept(actor_of(staff_id), queries.sign_up(number)).state

    def changes() -> None:
        with unit_of_work():
            listed("Anadolu Vana", version="2")
        with unit_of_work():
            screen(db.session.get_one(Firm, firm_id))

    accepted, changed = concurrently(accepts, changes)

    assert changed is None
    assert accepted is S.CONFIRMED or isinstance(accepted, OnHold)
    with app.app_context():
        state = queries.sign_up(number).state
        assert state is (S.CONFIRMED if accepted is S.CONFIRMED else S.APPLIED)
        assert compliance.screening_state(firm_id)[0] is ScreeningState.HIT


class TestPages:
    @pytest.fixture
    def world(self, given: Given) -> dict[str, Any]:
        """An applicant whose name came on a list that nobody compared with yet."""
        with given():
            programme = trip(places=1)
            found = comes(programme, state=S.APPLIED, name="Anadolu Vana")
            following = comes(programme, 2, S.APPLIED)
            listed("Anadolu Vana")
            return {
                "trip": programme.id,
                "held": found.id,
                "following": following.id,
                "staff": staff_of(programme),
                "firm": found.person,
            }

    def test_what_a_refused_acceptance_found_is_kept_and_staff_read_why(
        self, client: Client, app: Flask, world: dict[str, Any]
    ) -> None:
        staff = client.sign_in(world["staff"])
        page = f"/programmes/sign-ups/{world['held']}"

        refused = staff.send(f"{page}/accept")

        assert (refused.status_code, "On hold for compliance" in refused.text) == (422, True)
        with app.app_context():
            assert [hit.state for hit in db.session.scalars(select(ScreeningHit))] == [HitState.OPEN]
        for address in (
            page,
            f"/trip-applications/{world['held']}",
            f"/programmes/{world['trip']}/participants",
            f"/programmes/{world['trip']}/participants/fit?selected={world['held']}",
            f"/programmes/{world['trip']}/trip/scores",
        ):
            assert "On hold for compliance" in staff.get(address).text, address

    def test_the_firm_reads_nothing_of_it(self, client: Client, given: Given, world: dict[str, Any]) -> None:
        with given():
            screen(firm_of(queries.sign_up(world["held"])))
            queries.sign_up(world["held"]).state = S.WAITING
        firm = client.sign_in(world["firm"])
        for address in (f"/programmes/sign-ups/{world['held']}", f"/trip-applications/{world['held']}"):
            text = firm.get(address).text
            assert "hold" not in text.lower().replace("holding", "")
            assert "compliance" not in text.lower()
        with given():
            queries.sign_up(world["held"]).state = S.OFFERED
        refused = firm.send(f"/programmes/sign-ups/{world['held']}/take")
        assert (refused.status_code, NEUTRAL in refused.text) == (422, True)
        assert "compliance" not in refused.text.lower()

    def test_the_best_first_names_who_waits(self, client: Client, world: dict[str, Any]) -> None:
        staff = client.sign_in(world["staff"])
        chosen = {"selected": [str(world["held"]), str(world["following"])]}

        answer = staff.send(f"/programmes/{world['trip']}/trip/accept", chosen)

        text = staff.get(answer.headers["Location"]).text
        assert "1 application accepted. On hold for compliance: Anadolu Vana." in text
