"""Two people of an office decide about the same trip at the same moment, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import sign_up_services
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.trips import assessment_services, frame_queries, frame_services, viability_services
from matchmaker.programmes.trips.enums import CostModel, Criterion, ViabilityChoice
from matchmaker.programmes.trips.frame_services import FrameTerms
from matchmaker.programmes.trips.models import ViabilityDecision
from matchmaker.programmes.trips.viability_services import Choice
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of

pytestmark = pytest.mark.data
Given = Callable[..., Any]
ROUNDS = 3
OTHER_WEIGHTS = dict(zip(Criterion, (10, 20, 20, 20, 30), strict=True))


class Office:
    """A trip with one place, two who applied for it, and two officers."""

    def __init__(self, **options: Any) -> None:
        self.trip = TripFactory(places=1, minimum=1, most_people=1, **options)
        self.applied = [
            traveller_of(self.trip, state=SignUpState.APPLIED, arrival=place).sign_up_id for place in (1, 2)
        ]
        self.officers = [actor_of(staff_of(self.trip)) for _ in range(2)]


def deed(write: Callable[[], Any]) -> Callable[[], str]:
    """A deed in a transaction of its own."""

    def done() -> str:
        with unit_of_work():
            write()
        return "done"

    return done


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_weights_are_not_changed_behind_an_assessment(
    app: Flask, given: Given, concurrently: Any, round_: int
) -> None:
    with given():
        office = Office()
    assessor, planner = office.officers
    reasons = dict.fromkeys(Criterion, "Because")

    def assess() -> None:
        found = programme_queries.sign_up(office.applied[0])
        assessment_services.assess(assessor, found, dict.fromkeys(Criterion, 4), reasons, submit=True)

    def weigh() -> None:
        terms = FrameTerms("TR", (), CostModel.FIRM, "", True, "", None, OTHER_WEIGHTS, 90)
        frame_services.save_frame(planner, frame_queries.trip(office.trip.id), terms)

    sent, weighed = concurrently(deed(assess), deed(weigh))

    assert sent == "done"
    with app.app_context():
        actions = list(
            db.session.scalars(
                select(AuditEntry.action)
                .where(AuditEntry.action.in_(("submit", "frame")))
                .order_by(AuditEntry.id)
            )
        )
    if weighed == "done":
        assert actions == ["frame", "submit"]
    else:
        assert (isinstance(weighed, DomainError), actions) == (True, ["submit"])


def test_two_officers_give_the_last_place_to_one(app: Flask, given: Given, concurrently: Any) -> None:
    with given():
        office = Office()

    def accept(who: int) -> Callable[[], str]:
        return deed(
            lambda: sign_up_services.accept(
                office.officers[who], programme_queries.sign_up(office.applied[who])
            )
        )

    results = concurrently(accept(0), accept(1))

    assert results.count("done") == 1
    assert [type(one) for one in results if one != "done"] == [DomainError]
    with app.app_context():
        states = [programme_queries.sign_up(number).state for number in office.applied]
    assert sorted(states) == [SignUpState.APPLIED, SignUpState.CONFIRMED]


def test_one_application_is_accepted_by_one_of_two_officers(
    app: Flask, given: Given, concurrently: Any
) -> None:
    with given():
        office = Office()
    first, second = office.officers
    number = office.applied[0]

    results = concurrently(
        deed(lambda: sign_up_services.accept(first, programme_queries.sign_up(number))),
        deed(lambda: sign_up_services.accept(second, programme_queries.sign_up(number))),
    )

    assert results.count("done") == 1
    assert [type(one) for one in results if one != "done"] == [Conflict]
    with app.app_context():
        assert programme_queries.sign_up(number).state is SignUpState.CONFIRMED


def test_what_becomes_of_a_short_trip_is_decided_once(app: Flask, given: Given, concurrently: Any) -> None:
    with given():
        office = Office(state=ProgrammeState.CLOSED, decision_on=clock.today() - timedelta(days=1))

    def decide(who: int, choice: ViabilityChoice) -> Callable[[], str]:
        return deed(
            lambda: viability_services.decide(
                office.officers[who], frame_queries.trip(office.trip.id), Choice(choice, "Too few")
            )
        )

    results = concurrently(decide(0, ViabilityChoice.GO_AHEAD), decide(1, ViabilityChoice.CANCEL))

    assert results.count("done") == 1
    assert [type(one) for one in results if one != "done"] == [Conflict]
    with app.app_context():
        kept = db.session.scalars(select(ViabilityDecision)).one()
        state = programme_queries.programme(office.trip.id).state
    cancelled = kept.choice is ViabilityChoice.CANCEL
    assert state is (ProgrammeState.CANCELLED if cancelled else ProgrammeState.CLOSED)
