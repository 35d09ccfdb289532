"""Applications: sent whole or not at all, scored by two who do not see each other, ranked, accepted as far as they fit."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.notifications.models import Notice
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import services as programme_services
from matchmaker.programmes.enums import ProgrammeState, ProgrammeVerb, QuotaDimension, SignUpState
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.trips import (
    assessment_queries,
    assessment_services,
    bulk,
    frame_queries,
    viability_queries,
    viability_services,
)
from matchmaker.programmes.trips.enums import Criterion, DelegateRelation, ViabilityChoice
from matchmaker.programmes.trips.models import (
    TripApplication,
    TripAssessment,
    TripRelation,
    ViabilityDecision,
)
from matchmaker.programmes.trips.score_sheet import score_rows, score_sheet
from matchmaker.programmes.trips.viability_services import Choice
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.programmes import quota_of
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of

Given = Callable[..., Any]
TEXTS = {
    "objectives": "Three distributors",
    "wanted": "Pump works",
    "experience": "None",
    "committed": "y",
}
GOOD = dict.fromkeys(Criterion, 5)
POOR = dict.fromkeys(Criterion, 1)
WHY = dict.fromkeys(Criterion, "Because")


@pytest.fixture
def firm_page(client: Client, given: Given) -> tuple[Client, str, str]:
    """A firm's administrator, the address of the application, and the field of that person."""
    with given():
        trip, firm = TripFactory(), FirmFactory(country="TR")
        person = member_of(firm)
    return client.sign_in(person), f"/programmes/{trip.id}/apply", f"as_p{person.id}"


@pytest.mark.data
def test_a_firm_applies_with_its_people_and_texts(firm_page: tuple[Client, str, str], given: Given) -> None:
    firm, address, me = firm_page

    answer = firm.submit(address, TEXTS | {me: "owner", "added-0-name": "Ali Veli"})

    assert answer.status_code == 303
    with given():
        sign_up = db.session.scalars(select(SignUp)).one()
        kept = db.session.scalars(select(TripApplication)).one()
        relations = db.session.scalars(select(TripRelation).order_by(TripRelation.id)).all()
        assert (sign_up.state, sign_up.people, kept.objectives) == ("applied", 2, "Three distributors")
        assert [one.relation for one in relations] == [DelegateRelation.OWNER, DelegateRelation.OWNER]
    assert "Three distributors" in firm.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"objectives": " "}, "Say what you want to reach"),
        ({"wanted": ""}, "Name the firms or kinds"),
        ({"committed": []}, "Only firms that take part in all items"),
        ({"people": ""}, "Choose who travels."),
        ({"added-0-name": "One", "added-0-email": "nonsense"}, "Enter an e-mail address"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    firm_page: tuple[Client, str, str], given: Given, changed: dict[str, Any], words: str
) -> None:
    firm, address, me = firm_page
    data = TEXTS | {me: "" if "people" in changed else "owner"}
    data |= {name: value for name, value in changed.items() if name != "people"}

    answer = firm.submit(address, data)

    assert (answer.status_code, words in answer.text) == (422, True)
    if "objectives" not in changed:
        assert "Three distributors" in answer.text
    with given():
        assert db.session.scalars(select(SignUp)).all() == []


class Assessed:
    """A trip with three applied firms and two assessors."""

    def __init__(self, **options: Any) -> None:
        self.trip = frame_queries.trip(TripFactory(**options).id)
        self.sign_ups = [
            traveller_of(self.trip, state=SignUpState.APPLIED, arrival=place).sign_up_id
            for place in (1, 2, 3)
        ]
        self.assessors = [actor_of(staff_of(self.trip)) for _ in range(3)]

    def give(self, who: int, which: int, points: dict[Criterion, int]) -> TripAssessment:
        """One assessor sends the same reasons and these points."""
        found = programme_queries.sign_up(self.sign_ups[which])
        return assessment_services.assess(self.assessors[who], found, points, WHY, submit=True)


@pytest.mark.data
class TestAssessments:
    def test_nobody_reads_another_before_both_are_in(self, session: Any) -> None:
        world = Assessed()
        world.give(0, 0, GOOD)

        before = assessment_queries.assessments(world.assessors[1], world.sign_ups)
        own = assessment_queries.assessments(world.assessors[0], world.sign_ups)
        book = load_workbook(io.BytesIO(score_sheet(world.trip, *score_rows(world.assessors[1], world.trip))))
        told = "".join(str(row) for row in book.worksheets[0].iter_rows(values_only=True))
        world.give(1, 0, POOR)
        after = assessment_queries.assessments(world.assessors[2], world.sign_ups)

        assert before == {}
        assert len(own[world.sign_ups[0]]) == 1
        assert "Because" not in told
        assert len(after[world.sign_ups[0]]) == 2

    def test_the_trail_has_no_points_before_both_are_in(self, session: Any) -> None:
        world = Assessed()
        world.give(0, 0, GOOD)
        lines = select(AuditEntry).where(AuditEntry.entity.in_(("trip_assessment", "sign_up")))
        assert [line.after for line in db.session.scalars(lines)] == [{"sign_up": world.sign_ups[0]}]

        world.give(1, 0, POOR)

        revealed = [line for line in db.session.scalars(lines) if line.action == "reveal"]
        assert sorted(revealed[0].after["scores"].values()) == [20.0, 100.0]

    def test_what_is_sent_stands_and_a_third_is_too_many(self, session: Any) -> None:
        world = Assessed()
        world.give(0, 0, GOOD)
        with pytest.raises(Conflict):
            world.give(0, 0, POOR)
        world.give(1, 0, GOOD)
        with pytest.raises(Conflict):
            world.give(2, 0, GOOD)

    def test_points_need_a_reason(self, session: Any) -> None:
        world = Assessed()
        found = programme_queries.sign_up(world.sign_ups[0])
        reasons = WHY | {Criterion.GOALS: " "}
        with pytest.raises(DomainError) as refused:
            assessment_services.assess(world.assessors[0], found, GOOD, reasons, submit=True)
        assert refused.value.field == "reason_goals"

    def test_a_member_of_the_firm_does_not_assess_it(self, session: Any) -> None:
        world = Assessed()
        found = programme_queries.sign_up(world.sign_ups[0])
        with pytest.raises(NotAllowed):
            assessment_services.assess(actor_of(found.person_id), found, GOOD, WHY, submit=True)

    def test_two_who_begin_at_once_with_a_third_take_two_slots(
        self, app: Flask, given: Given, concurrently: Any
    ) -> None:
        with given():
            world = Assessed()

        def begins(who: int) -> Callable[[], int]:
            def deed() -> int:
                with unit_of_work():
                    return world.give(who, 0, GOOD).slot

            return deed

        results = concurrently(*(begins(who) for who in range(3)))

        assert sorted(one for one in results if isinstance(one, int)) == [1, 2]
        assert sum(isinstance(one, Conflict) for one in results) == 1

    def test_the_best_are_accepted_as_far_as_places_and_quotas_go(self, session: Any) -> None:
        world = Assessed(places=5)
        quota_of(world.trip, QuotaDimension.COUNTRY, "KZ", 3)
        for which, points in enumerate((POOR, GOOD, dict.fromkeys(Criterion, 3))):
            for who in (0, 1):
                world.give(who, which, points)
        programme = programme_queries.programme(world.trip.id)
        db.session.refresh(programme, ["quotas"])

        outcome = bulk.accept_selected(world.assessors[0], programme, world.sign_ups)

        assert outcome.accepted == (world.sign_ups[1], world.sign_ups[2])
        assert len(outcome.left_out) == 1
        states = [programme_queries.sign_up(one).state for one in world.sign_ups]
        assert states == [SignUpState.APPLIED, SignUpState.CONFIRMED, SignUpState.CONFIRMED]


def test_the_ranking_and_the_assessment_as_pages(client: Client, given: Given) -> None:
    with given():
        world = Assessed()
        world.give(0, 0, GOOD)
    page = f"/programmes/{world.trip.id}/trip/scores"
    second = client.sign_in(world.assessors[1].person_id)
    address = f"/trip-applications/{world.sign_ups[0]}/assess"

    refused = second.submit(address, {"submit": "1"})
    hidden = second.get(address).text
    values = {f"points_{one.value}": "4" for one in Criterion} | {
        f"reason_{one.value}": "Fits" for one in Criterion
    }
    kept = second.submit(address, values | {"submit": "1"})

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert "Give points for this criterion." in refused.text
    assert ("Because" in hidden, "Because" in second.get(address).text) == (False, True)
    assert "90.0" in second.get(page).text
    answer = second.send(f"/programmes/{world.trip.id}/trip/accept", {"selected": str(world.sign_ups[0])})
    assert "1 application accepted." in second.get(answer.headers["Location"]).text


@pytest.mark.data
class TestViability:
    @pytest.fixture
    def short(self, session: Any) -> Programme:
        """A trip that needs three firms, has one, and whose deadline was yesterday."""
        trip = TripFactory(
            minimum=3, decision_on=clock.today() - timedelta(days=1), state=ProgrammeState.CLOSED
        )
        self.applicant = traveller_of(trip).person_id
        self.waiting = traveller_of(trip, state=SignUpState.APPLIED).person_id
        self.officer = actor_of(staff_of(trip))
        return frame_queries.trip(trip.id)

    def decide(self, short: Programme, choice: ViabilityChoice, **options: Any) -> ViabilityDecision:
        return viability_services.decide(self.officer, short, Choice(choice, "Too few", **options))

    def told(self, kind: str) -> set[int]:
        """Who got a notice of a kind."""
        found = select(Notice.person_id).where(Notice.kind == kind)
        return set(db.session.scalars(found))

    def test_without_a_decision_it_cannot_be_confirmed(self, short: Programme) -> None:
        with pytest.raises(DomainError, match="Only 1 of at least 3"):
            programme_services.move(self.officer, short, ProgrammeVerb.CONFIRM)
        self.decide(short, ViabilityChoice.GO_AHEAD)
        confirmed = programme_services.move(self.officer, short, ProgrammeVerb.CONFIRM)
        assert confirmed.state is ProgrammeState.CONFIRMED
        assert self.told("trip_goes_ahead") == {self.applicant, self.waiting}

    def test_an_extension_opens_the_sign_up_again_and_asks_again_later(self, short: Programme) -> None:
        new = clock.today() + timedelta(days=10)
        with pytest.raises(DomainError) as refused:
            self.decide(short, ViabilityChoice.EXTEND, new_deadline=clock.today())
        assert refused.value.field == "new_deadline"

        self.decide(short, ViabilityChoice.EXTEND, new_deadline=new)

        assert (short.state, short.decision_on) == (ProgrammeState.OPEN, new)
        assert self.told("trip_extended") == {self.applicant, self.waiting}
        assert not viability_queries.must_decide(short)
        with time_machine.travel(clock.now() + timedelta(days=12)):
            assert viability_queries.must_decide(short)

    def test_cancelling_ends_every_sign_up_and_tells_them(self, short: Programme) -> None:
        self.decide(short, ViabilityChoice.CANCEL)
        states = {one.state for one in programme_queries.sign_ups_of(short.id)}
        assert (short.state, states) == (ProgrammeState.CANCELLED, {SignUpState.CANCELLED})
        assert self.told("trip_cancelled") == {self.applicant, self.waiting}

    def test_a_merger_takes_applications_and_people_over(self, short: Programme) -> None:
        target = TripFactory(mou_id=short.mou_id, institution_id=short.institution_id)
        self.decide(short, ViabilityChoice.MERGE, merge_into_id=target.id)

        found = programme_queries.sign_ups_of(target.id)
        assert [(one.state, one.arrival, len(one.delegates)) for one in found] == [
            (SignUpState.APPLIED, 1, 1),
            (SignUpState.APPLIED, 2, 1),
        ]
        assert short.state is ProgrammeState.CANCELLED
        assert self.told("trip_merged") == {self.applicant, self.waiting}

    def test_the_staff_are_told_once_that_a_decision_is_due(self, short: Programme) -> None:
        assert viability_services.flag_short() == 1
        assert viability_services.flag_short() == 1
        notices = db.session.scalars(select(Notice).where(Notice.kind == "trip_short")).all()
        assert [one.person_id for one in notices] == [self.officer.person_id]

    def test_nothing_is_decided_where_firms_enough_are_confirmed(self, short: Programme) -> None:
        for _ in range(2):
            traveller_of(short, FirmFactory(country="TR"))
        with pytest.raises(Conflict):
            self.decide(short, ViabilityChoice.CANCEL)


def test_the_decision_as_a_page(client: Client, given: Given) -> None:
    with given():
        trip = TripFactory(
            minimum=3, decision_on=clock.today() - timedelta(days=1), state=ProgrammeState.CLOSED
        )
        traveller_of(trip)
        officer, stranger = staff_of(trip), PersonFactory()
    page = f"/programmes/{trip.id}/trip/firms"
    staff = client.sign_in(officer)

    early = staff.send(f"/programmes/{trip.id}/move/confirm")
    refused = staff.submit(page, {"choice": "extend", "reason": "More time"}, form=page)
    kept = staff.submit(page, {"choice": "go_ahead", "reason": "The host insists"}, form=page)

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert (early.status_code, "Only 1 of at least 3" in early.text) == (422, True)
    assert "Enter the new deadline." in refused.text
    assert "The host insists" in staff.get(page).text
    assert client.sign_in(stranger).get(page).status_code == 404
