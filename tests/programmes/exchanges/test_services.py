"""Exchanges from the application to the closing, and what may not happen on the way."""

from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import timekeeping as programme_time
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.exchanges import (
    agreement_services,
    application_services,
    certificates,
    paper_services,
    queries,
    rules,
    timekeeping,
)
from matchmaker.programmes.exchanges.agreement_services import Terms
from matchmaker.programmes.exchanges.enums import (
    ExchangeStage,
    PaperKind,
)
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.exchanges.paper_services import Paper
from matchmaker.programmes.exchanges.rules import PaperToHandIn
from matchmaker.programmes.exchanges.signals import practice_note_offered
from tests.factories.exchanges import TERMS, World, application_of
from tests.programmes.exchanges.deeds import PAPER, apply, confirm_all, hosting, notices_of, stage, vars_of
from tests.programmes.exchanges.people import actor


class TestWholeWay:
    def test_from_the_call_to_the_closing(self, world: World) -> None:
        application = apply(world)
        assert stage(application) is ExchangeStage.WITH_SENDER
        assert notices_of(world.sending_coordinator.id) == ["exchange_to_endorse"]

        application_services.decide_sending(
            actor(world.sending_coordinator), application, endorse=True, note=""
        )
        assert notices_of(world.host_coordinator.id) == ["exchange_to_decide"]
        application_services.accept(actor(world.host_coordinator), application, hosting(world))
        assert stage(application) is ExchangeStage.AGREEMENT

        agreement_services.change_terms(actor(world.host_person), application, TERMS, version=1)
        confirm_all(world, application)
        assert stage(application) is ExchangeStage.READY
        assert queries.application(application.sign_up_id).sign_up.state is SignUpState.CONFIRMED

        agreement_services.start(actor(world.host_person), application)
        assert stage(application) is ExchangeStage.RUNNING
        assert programme_queries.programme(world.call.programme_id).state is ProgrammeState.RUNNING

        application = queries.application(application.sign_up_id)
        application.agreed_from = application.agreed_to = clock.today()
        agreement_services.finish(actor(world.host_person), application)
        assert stage(application) is ExchangeStage.PAPERS

        heard: list[ExchangeApplication] = []
        for person, kind in (
            (world.expert, PaperKind.REPORT),
            (world.expert, PaperKind.EXPERT_EVALUATION),
            (world.host_person, PaperKind.HOST_EVALUATION),
        ):
            assert stage(application) is ExchangeStage.PAPERS
            paper_services.hand_in(actor(person), PaperToHandIn(application, kind), PAPER)
        assert stage(application) is ExchangeStage.CLOSED
        certificate = certificates.of(queries.application(application.sign_up_id))
        assert (certificate.name, certificate.programme_id) == (world.expert.name, world.call.programme_id)
        with practice_note_offered.connected_to(heard.append):
            paper_services.offer_note(actor(world.expert), application)
        assert [one.sign_up_id for one in heard] == [application.sign_up_id]
        with pytest.raises(Conflict, match="already"):
            paper_services.offer_note(actor(world.host_coordinator), application)


class TestAgreement:
    def test_a_change_takes_all_confirmations_back(self, world: World) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)
        assert stage(application) is ExchangeStage.READY

        changed = Terms(**{**vars_of(TERMS), "money": "Less"})
        agreement_services.change_terms(actor(world.expert), application, changed, version=1)

        assert stage(application) is ExchangeStage.AGREEMENT
        agreement = queries.application(application.sign_up_id).agreement
        assert agreement is not None
        assert (agreement.version, agreement.confirmations) == (2, [])

    def test_saving_what_stands_there_changes_nothing(self, world: World) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)

        agreement_services.change_terms(actor(world.expert), application, TERMS, version=1)

        assert stage(application) is ExchangeStage.READY

    def test_an_empty_part_is_named(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)

        with pytest.raises(DomainError) as refused:
            agreement_services.change_terms(
                actor(world.expert), application, Terms(**{**vars_of(TERMS), "insurance": " "}), version=1
            )
        assert refused.value.field == "insurance"

    def test_nobody_confirms_what_they_have_not_read(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)

        with pytest.raises(Conflict, match="Read it again"):
            agreement_services.confirm(actor(world.expert), application, version=0)

    def test_one_part_confirms_once(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)
        agreement_services.confirm(actor(world.expert), application, version=1)

        with pytest.raises(Conflict, match="already"):
            agreement_services.confirm(actor(world.expert), application, version=1)

    def test_others_neither_write_nor_confirm(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)

        with pytest.raises(NotAllowed):
            agreement_services.confirm(actor(world.colleague), application, version=1)
        with pytest.raises(NotAllowed):
            agreement_services.change_terms(actor(world.colleague), application, TERMS, version=1)


class TestStart:
    @pytest.mark.parametrize("missing", range(4))
    def test_three_confirmations_do_not_start_it(self, world: World, missing: int) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)
        agreement = queries.application(application.sign_up_id).agreement
        assert agreement is not None
        agreement.confirmations.pop(missing)
        db.session.flush()

        with pytest.raises(Conflict, match="both persons and both institutions"):
            agreement_services.start(actor(world.host_person), application)

    def test_the_call_itself_does_not_start_without_an_agreed_exchange(self, world: World) -> None:
        programme = programme_queries.programme(world.call.programme_id)
        programme.state = ProgrammeState.CONFIRMED
        db.session.flush()
        programme_time.move_due()
        assert programme_queries.programme(programme.id).state is ProgrammeState.CONFIRMED
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)
        agreement_services.start(actor(world.host_person), application)
        assert programme_queries.programme(programme.id).state is ProgrammeState.RUNNING

    def test_the_clock_begins_what_is_agreed_and_warns_of_the_rest(self, world: World) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)

        timekeeping.keep_time()
        assert stage(application) is ExchangeStage.RUNNING

    def test_the_clock_warns_of_a_missing_agreement_once(self, world: World) -> None:
        application_of(world, state=SignUpState.ACCEPTED, agreed=True)

        assert (timekeeping.keep_time(), timekeeping.keep_time()) == (4, 0)
        assert notices_of(world.expert.id) == ["exchange_not_agreed"]

    def test_not_before_its_first_day(self, world: World) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)
        application.agreed_from = clock.today() + timedelta(days=1)

        with pytest.raises(Conflict, match="first day"):
            agreement_services.start(actor(world.host_person), application)

    def test_only_the_host_begins_and_ends_it(self, world: World) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)

        with pytest.raises(NotAllowed):
            agreement_services.start(actor(world.expert), application)


class TestReplacement:
    def test_the_colleague_goes_and_all_confirm_again(self, world: World) -> None:
        application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)

        application_services.send_replacement(actor(world.sending_coordinator), application)

        found = queries.application(application.sign_up_id)
        assert (found.expert_id, found.sign_up.person_id) == (world.replacement.id, world.colleague.id)
        assert rules.stage(found) is ExchangeStage.AGREEMENT
        assert [one.name for one in queries.delegates_of(found.sign_up_id)] == [world.colleague.name]

    def test_not_without_consent(self, world: World) -> None:
        application = application_of(world, state=SignUpState.ACCEPTED, agreed=True)
        world.replacement.consent_at = None

        with pytest.raises(DomainError, match="consent"):
            application_services.send_replacement(actor(world.sending_coordinator), application)


class TestPapers:
    @pytest.fixture
    def ended(self, world: World) -> ExchangeApplication:
        application = application_of(world, state=SignUpState.ATTENDED, agreed=True, confirmed=True)
        application.started_at = application.finished_at = clock.now()
        db.session.flush()
        return application

    def test_an_evaluation_needs_a_rating(self, world: World, ended: ExchangeApplication) -> None:
        asked = PaperToHandIn(ended, PaperKind.EXPERT_EVALUATION)

        with pytest.raises(DomainError) as refused:
            paper_services.hand_in(actor(world.expert), asked, Paper("Good", "", None, "en"))
        assert refused.value.field == "rating"

    def test_a_paper_comes_once_and_from_its_own_writer(
        self, world: World, ended: ExchangeApplication
    ) -> None:
        asked = PaperToHandIn(ended, PaperKind.REPORT)
        with pytest.raises(NotAllowed):
            paper_services.hand_in(actor(world.host_person), asked, PAPER)
        paper_services.hand_in(actor(world.expert), asked, PAPER)
        with pytest.raises(Conflict, match="already"):
            paper_services.hand_in(actor(world.expert), asked, PAPER)

    def test_reminders_come_before_and_after_the_due_day_each_once(
        self, world: World, ended: ExchangeApplication
    ) -> None:
        last = clock.today() - timedelta(days=rules.PAPER_DAYS - 14)
        ended.agreed_from = ended.agreed_to = last
        db.session.flush()
        assert (paper_services.remind(), paper_services.remind()) == (2, 0)

        ended.agreed_from = ended.agreed_to = clock.today() - timedelta(days=rules.PAPER_DAYS + 1)
        db.session.flush()
        assert paper_services.remind() == 2
        assert notices_of(world.expert.id) == ["exchange_papers_due", "exchange_papers_late"]

    def test_no_note_before_the_report(self, world: World, ended: ExchangeApplication) -> None:
        with pytest.raises(Conflict, match="report"):
            paper_services.offer_note(actor(world.expert), ended)
