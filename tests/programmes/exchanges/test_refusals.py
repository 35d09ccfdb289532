"""What an application, a decision, an agenda, a record or a call lacks is named beside its field."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import services as programme_services
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.exchanges import (
    agreement_services,
    application_services,
    calendar,
    call_services,
    expert_services,
    queries,
)
from matchmaker.programmes.exchanges.application_services import Hosting
from matchmaker.programmes.exchanges.call_services import CallPlan
from matchmaker.programmes.exchanges.enums import (
    CostModel,
    ExchangeFormat,
    ExchangeStage,
    SendingDecision,
)
from matchmaker.programmes.exchanges.rules import Window
from matchmaker.programmes.models import Programme
from tests.factories.exchanges import World, application_of, exchange_world
from tests.factories.programmes import SignUpFactory
from tests.programmes.exchanges.deeds import (
    apply,
    hosting,
    notices_of,
    record,
    stage,
    stored_file,
)
from tests.programmes.exchanges.people import actor


class TestApply:
    def test_the_application_is_the_next_in_order_and_is_logged(self, world: World) -> None:
        application = apply(world)

        sign_up = queries.application(application.sign_up_id).sign_up
        assert (sign_up.state, sign_up.arrival, sign_up.country) == (SignUpState.APPLIED, 1, "RU")
        actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "sign_up")).all()
        assert actions == ["apply"]

    def test_a_second_application_is_refused(self, world: World) -> None:
        apply(world)

        with pytest.raises(Conflict, match="already"):
            apply(world)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            (lambda world: {"windows": world.wished[:1]}, "first_2"),
            (lambda world: {"windows": ()}, "first_1"),
            (lambda world: {"windows": (world.wished[0], Window(*(clock.today() + timedelta(days=n) for n in (19, 30))))}, "first_2"),
            (lambda world: {"replacement_id": world.record.id}, "replacement"),
            (lambda world: {"replacement_id": 0}, "replacement"),
        ],
        ids=["one window", "no window", "outside the call", "oneself instead", "nobody instead"],
    )  # fmt: skip
    def test_what_is_missing_is_named_beside_its_field(self, world: World, changed: Any, field: str) -> None:
        with pytest.raises(DomainError) as refused:
            apply(world, **changed(world))

        assert refused.value.field == field

    def test_without_the_consent_of_the_institution_nobody_applies(self, world: World) -> None:
        world.record.consent_at = None

        with pytest.raises(DomainError, match="consented"):
            apply(world)

    def test_an_expert_in_other_areas_is_not_asked(self, world: World) -> None:
        world.record.practice_areas = ["export"]

        with pytest.raises(DomainError, match="practice area"):
            apply(world)

    def test_a_closed_call_takes_nobody(self, session: Any) -> None:
        with pytest.raises(Conflict):
            apply(exchange_world(state=ProgrammeState.CLOSED))


class TestDecisions:
    def test_the_host_waits_for_the_sending_institution(self, world: World) -> None:
        application = application_of(world)

        with pytest.raises(Conflict):
            application_services.accept(actor(world.host_coordinator), application, hosting(world))

    def test_only_its_own_coordinator_decides_for_the_sending_institution(self, world: World) -> None:
        application = application_of(world)

        for person in (world.host_coordinator, world.expert, world.host_person):
            with pytest.raises(NotAllowed):
                application_services.decide_sending(actor(person), application, endorse=True, note="")

    def test_declining_needs_a_reason_that_the_expert_reads(self, world: World) -> None:
        application = application_of(world)
        coordinator = actor(world.sending_coordinator)

        with pytest.raises(DomainError) as refused:
            application_services.decide_sending(coordinator, application, endorse=False, note=" ")
        assert refused.value.field == "note"

    def test_declined_by_the_sender_ends_the_application(self, world: World) -> None:
        application = application_of(world)
        application_services.decide_sending(
            actor(world.sending_coordinator), application, endorse=False, note="Needed at home"
        )

        assert stage(application) is ExchangeStage.ENDED
        assert queries.application(application.sign_up_id).sign_up.reason == "Needed at home"
        assert notices_of(world.expert.id) == ["exchange_declined"]

    @pytest.mark.parametrize(
        ("days", "start", "field"),
        [(2, 0, "agreed_to"), (3, 4, "agreed_from"), (3, 21, "agreed_from")],
        ids=["too short", "between two windows", "outside the call"],
    )
    def test_days_are_of_the_asked_length_and_within_a_window(
        self, world: World, days: int, start: int, field: str
    ) -> None:
        application = application_of(world, sending=SendingDecision.ENDORSED)

        with pytest.raises(DomainError) as refused:
            application_services.accept(
                actor(world.host_coordinator), application, hosting(world, days=days, start=start)
            )
        assert refused.value.field == field

    def test_nobody_looks_after_the_expert_and_stands_for_the_host_as_well(self, world: World) -> None:
        application = application_of(world, sending=SendingDecision.ENDORSED)
        own = Hosting(hosting(world).agreed, world.host_coordinator.id)

        with pytest.raises(DomainError) as refused:
            application_services.accept(actor(world.host_coordinator), application, own)
        assert refused.value.field == "host_person"

    def test_a_full_call_takes_nobody(self, world: World) -> None:
        application = application_of(world, sending=SendingDecision.ENDORSED)
        SignUpFactory(programme_id=world.call.programme_id, state=SignUpState.ACCEPTED)

        with pytest.raises(DomainError, match="taken"):
            application_services.accept(actor(world.host_coordinator), application, hosting(world))


class TestAgenda:
    def test_items_lie_on_agreed_days_and_not_on_top_of_each_other(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)
        host = actor(world.host_person)
        nine = datetime.combine(clock.today(), datetime.min.time(), UTC) + timedelta(hours=9)

        def add(start: datetime, hours: int = 1) -> Any:
            return agreement_services.add_item(
                host, application, starts_at=start, ends_at=start + timedelta(hours=hours), title="Visit",
                place="", people="",
            )  # fmt: skip

        add(nine)
        for start, hours, field in (
            (nine, 1, "starts"),
            (nine + timedelta(days=10), 1, "day"),
            (nine + timedelta(hours=3), -1, "ends"),
        ):
            with pytest.raises(DomainError) as refused:
                add(start, hours)
            assert refused.value.field == field

    def test_the_calendar_has_the_days_and_the_items_of_both_persons(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)
        nine = datetime.combine(clock.today(), datetime.min.time(), UTC) + timedelta(hours=9)
        agreement_services.add_item(
            actor(world.host_person), application, starts_at=nine, ends_at=nine + timedelta(hours=1),
            title="Visit", place="Room 2", people="",
        )  # fmt: skip

        for person in (world.expert, world.host_person):
            keys = [event.key.rsplit("-", 1)[0] for event in calendar.events(person.id)]
            assert keys == ["exchange", "exchange-item"]
        assert calendar.events(world.colleague.id) == []


class TestRecord:
    def test_other_areas_need_the_consent_anew(self, world: World) -> None:
        world.record.cv_file_id = stored_file()
        expert_services.save_record(actor(world.expert), record(years=13))
        assert world.record.consent_at is not None

        expert_services.save_record(actor(world.expert), record(practice_areas=("finance", "export")))
        assert world.record.consent_at is None
        assert notices_of(world.sending_coordinator.id) == ["expert_record"]

    @pytest.mark.parametrize(
        ("changed", "field"),
        [({"practice_areas": ()}, "practice_areas"), ({"languages": {}}, "level_tr"), ({}, "cv")],
    )
    def test_what_is_missing_is_named(self, world: World, changed: dict[str, Any], field: str) -> None:
        with pytest.raises(DomainError) as refused:
            expert_services.save_record(actor(world.expert), record(**changed))
        assert refused.value.field == field

    def test_consent_is_given_and_taken_back_by_the_own_coordinator(self, world: World) -> None:
        shown = queries.shown_expert(world.record.id)
        with pytest.raises(NotAllowed):
            expert_services.withdraw_consent(actor(world.host_coordinator), shown)

        expert_services.withdraw_consent(actor(world.sending_coordinator), shown)
        assert world.record.consent_at is None
        expert_services.give_consent(actor(world.sending_coordinator), shown)
        assert world.record.consent_at is not None
        assert notices_of(world.expert.id)[-1] == "expert_consent"

    def test_partners_see_experts_with_consent_only(self, world: World) -> None:
        world.replacement.consent_at = None
        db.session.flush()

        assert [one.id for one in queries.experts(actor(world.host_coordinator))] == [world.record.id]
        assert len(queries.experts(actor(world.sending_coordinator))) == 2
        assert queries.experts(actor(world.host_coordinator), practice_area="export") == []


class TestCall:
    def plan(self, world: World, **changed: Any) -> CallPlan:
        values = {
            "sending_institution_id": world.sender.id,
            "host_institution_id": world.host.id,
            "format": ExchangeFormat.STUDY_VISIT,
            "practice_area": "export",
            "need": "Need",
            "deliverables": "Report",
            "text_language": "en",
            "windows": (world.window,),
            "days": 5,
            "contact_name": "Host",
            "contact_address": "host@example.com",
            "cost_model": CostModel.HOST,
        }
        return CallPlan(**{**values, **changed})

    def test_a_call_without_its_facts_is_not_published(self, session: Any) -> None:
        world = exchange_world(state=ProgrammeState.DRAFT, with_call=False)
        programme = db.session.scalars(select(Programme)).one()
        coordinator = actor(world.host_coordinator)
        with pytest.raises(DomainError, match="what the call asks for"):
            programme_services.publish(coordinator, programme)

        call_services.save_call(coordinator, programme_queries.programme(programme.id), self.plan(world))
        programme_services.publish(coordinator, programme)
        assert programme_queries.programme(programme.id).state is ProgrammeState.OPEN

    @pytest.mark.parametrize(
        ("changed", "field"),
        [({"windows": ()}, "first_1"), ({"days": 30}, "days"), ({"sending_institution_id": 0}, "direction")],
    )
    def test_what_does_not_fit_is_named(self, session: Any, changed: dict[str, Any], field: str) -> None:
        world = exchange_world(state=ProgrammeState.DRAFT, with_call=False)
        programme = db.session.scalars(select(Programme)).one()
        with pytest.raises(DomainError) as refused:
            call_services.save_call(
                actor(world.host_coordinator),
                programme_queries.programme(programme.id),
                self.plan(world, **changed),
            )
        assert refused.value.field == field

    def test_an_open_call_is_not_changed_any_more(self, world: World) -> None:
        programme = programme_queries.programme(world.call.programme_id)
        with pytest.raises(Conflict):
            call_services.save_call(actor(world.host_coordinator), programme, self.plan(world))
