"""Matches from the question to the partnership, with everything that can stand in the way, on both databases."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.compliance.models import SanctionsList, TransferRecord
from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms import queries as firm_queries
from matchmaker.firms.enums import FirmState, Side
from matchmaker.firms.models import FirmProduct
from matchmaker.firms.signals import firm_state_changed
from matchmaker.matching import queries, rules, services
from matchmaker.matching.decisions import Effect
from matchmaker.matching.enums import (
    ComplianceOutcome,
    DecisionKind,
    MatchState,
    MatchVerb,
    ReasonCode,
)
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.mous.models import Mou, MouTransferBasis
from matchmaker.notifications.models import Notice
from tests.matching.world import (
    TEXT,
    World,
    add_contact,
    add_entry,
    basis,
    consent,
    make_firm,
    make_world,
)

Db = scoped_session[Session]


@pytest.fixture
def world(session: Db) -> World:
    made = make_world()
    session.commit()
    return made


def asked(world: World) -> Match:
    return services.ask(world.actor("firm_tr"), world.firm("TR"), world.firm("RU"), text=TEXT)


def agreed(world: World) -> Match:
    return services.agree(world.actor("firm_ru"), asked(world))


def approve(world: World, match: Match, country: str) -> Effect:
    return services.decide(world.actor(f"coordinator_{country}"), match, DecisionKind.APPROVE)


def introduced(world: World) -> Match:
    match = agreed(world)
    assert approve(world, match, "tr") is Effect.RECORDED
    assert approve(world, match, "ru") is Effect.INTRODUCED
    return queries.match(match.id)


def told(world: World, name: str) -> list[str]:
    kinds = select(Notice.kind).where(Notice.person_id == world.people[name]).order_by(Notice.id)
    return list(db.session.scalars(kinds))


def refusals(action: str) -> int:
    counted = select(func.count()).where(AuditEntry.action == f"refused:{action}")
    return db.session.scalar(counted) or 0


class TestAsk:
    def test_stores_the_request_with_its_fit_and_memorandum(self, world: World) -> None:
        match = asked(world)

        assert (match.state, match.open_pair) == (MatchState.ASKED, rules.pair_key(world.tr, world.ru))
        assert (match.mou_id, match.area.value if match.area else "") == (world.mou, "commercial_cooperation")
        assert match.score == sum(row[1] + row[3] for row in match.points) > 0
        assert match.weights
        assert match.expires_at
        assert timedelta(20) < match.expires_at - clock.now() < timedelta(22)

    def test_tells_the_other_firm_and_writes_history_and_audit(self, world: World) -> None:
        match = asked(world)

        assert told(world, "firm_ru") == told(world, "member_ru") == ["match_asked"]
        assert told(world, "firm_tr") == []
        assert [(event.verb, event.before, event.after) for event in match.events] == [
            (MatchVerb.ASK, None, MatchState.ASKED)
        ]
        entry = db.session.scalar(select(AuditEntry).where(AuditEntry.entity == "match"))
        assert entry is not None
        assert (entry.action, entry.entity_id, entry.actor_id) == ("ask", match.id, world.people["firm_tr"])

    def test_is_refused_to_members_without_a_voice_and_to_strangers(self, world: World) -> None:
        for name in ("member_tr", "firm_ru", "stranger", "coordinator_tr"):
            with pytest.raises(NotAllowed):
                services.ask(world.actor(name), world.firm("TR"), world.firm("RU"), text=TEXT)

    def test_needs_a_text(self, world: World) -> None:
        with pytest.raises(DomainError) as refused:
            services.ask(world.actor("firm_tr"), world.firm("TR"), world.firm("RU"), text="  Hello  ")
        assert refused.value.field == "text"

    def test_needs_two_countries_and_two_verified_firms(self, world: World) -> None:
        neighbour = make_firm("Ege Zeytin", "TR")
        world.firm("RU").state = FirmState.ON_HOLD
        db.session.flush()

        for other in (neighbour.id, world.ru):
            with pytest.raises(DomainError):
                services.ask(world.actor("firm_tr"), world.firm("TR"), firm_queries.firm(other), text=TEXT)

    def test_one_living_match_a_pair_from_either_side(self, world: World) -> None:
        asked(world)

        with pytest.raises(Conflict):
            services.ask(world.actor("firm_ru"), world.firm("RU"), world.firm("TR"), text=TEXT)

    def test_at_most_the_limit_and_a_place_returns(self, world: World) -> None:
        actor, own = world.actor("firm_tr"), world.firm("TR")
        others = [make_firm(f"Firm {place}", "RU", offers="732599", seeks="848180").id for place in range(3)]
        first = services.ask(actor, own, firm_queries.firm(others[0]), text=TEXT, limit=2)
        services.ask(actor, own, firm_queries.firm(others[1]), text=TEXT, limit=2)
        with pytest.raises(DomainError, match="2 unanswered"):
            services.ask(actor, own, firm_queries.firm(others[2]), text=TEXT, limit=2)

        services.withdraw(actor, first)

        assert services.ask(actor, own, firm_queries.firm(others[2]), text=TEXT, limit=2).id
        assert queries.open_requests(own.id) == 2


class TestAnswer:
    def test_a_yes_brings_the_match_before_both_coordinators(self, world: World) -> None:
        match = agreed(world)

        assert (match.state, match.answerer_agreed) == (MatchState.AGREED, True)
        assert match.agreed_at is not None
        for name in ("coordinator_tr", "coordinator_ru"):
            assert told(world, name) == ["approval_waiting"]
        assert told(world, "firm_tr") == ["match_agreed"]

    def test_the_asker_cannot_say_yes_for_the_other(self, world: World) -> None:
        match = asked(world)

        with pytest.raises(NotAllowed):
            services.agree(world.actor("firm_tr"), match)
        assert refusals("agree") == 1

    def test_a_second_yes_is_a_conflict_that_names_the_state(self, world: World) -> None:
        match = agreed(world)

        with pytest.raises(Conflict, match="Both firms agreed"):
            services.agree(world.actor("firm_ru"), match)
        assert refusals("agree") == 1

    def test_a_refusal_ends_it_and_frees_pair_and_place(self, world: World) -> None:
        match = services.refuse(world.actor("firm_ru"), asked(world), code=ReasonCode.CAPACITY, note="Full.")

        assert (match.state, match.reason, match.open_pair) == (MatchState.REFUSED, ReasonCode.CAPACITY, None)
        assert queries.open_requests(world.tr) == 0
        assert told(world, "firm_tr") == ["match_refused"]

    def test_agreed_can_still_be_withdrawn_and_refused(self, world: World) -> None:
        match = agreed(world)

        assert services.withdraw(world.actor("editor_tr"), match).state is MatchState.WITHDRAWN
        with pytest.raises(Conflict):
            services.refuse(world.actor("firm_ru"), match, code=ReasonCode.OTHER)


class TestPropose:
    def test_both_firms_have_to_agree(self, world: World) -> None:
        match = services.propose(world.actor("staff_ru"), world.firm("RU"), world.firm("TR"))
        assert told(world, "firm_tr") == told(world, "firm_ru") == ["match_proposed"]

        match = services.agree(world.actor("firm_tr"), match)
        assert (match.state, match.agreed_at) == (MatchState.PROPOSED, None)
        with pytest.raises(Conflict, match="other firm"):
            services.agree(world.actor("editor_tr"), match)
        assert services.agree(world.actor("firm_ru"), match).state is MatchState.AGREED

    def test_takes_no_place_of_the_firm(self, world: World) -> None:
        services.propose(world.actor("coordinator_tr"), world.firm("TR"), world.firm("RU"))

        assert queries.open_requests(world.tr) == queries.open_requests(world.ru) == 0

    def test_is_for_staff_and_coordinators_of_a_side(self, world: World) -> None:
        for name in ("firm_tr", "compliance_tr", "stranger"):
            with pytest.raises(NotAllowed):
                services.propose(world.actor(name), world.firm("TR"), world.firm("RU"))


class TestDecide:
    def test_two_approvals_introduce(self, world: World) -> None:
        match = introduced(world)

        assert match.state is MatchState.INTRODUCED
        assert match.contacts_opened_at is not None
        assert (match.mou_id, match.expires_at) == (world.mou, None)
        assert [event.verb for event in match.events][-3:] == [
            MatchVerb.APPROVE,
            MatchVerb.APPROVE,
            MatchVerb.INTRODUCE,
        ]
        assert queries.is_introduced(world.ru, world.tr)
        assert "match_introduced" in told(world, "firm_tr")

    def test_one_side_alone_does_not(self, world: World) -> None:
        match = agreed(world)

        assert approve(world, match, "tr") is Effect.RECORDED
        with pytest.raises(Conflict, match="already"):
            services.decide(world.actor("coordinator_tr2"), match, DecisionKind.APPROVE)
        assert queries.match(match.id).state is MatchState.AGREED
        assert not queries.is_introduced(world.tr, world.ru)

    def test_only_coordinators_of_the_two_countries_decide(self, world: World) -> None:
        match = agreed(world)

        for name in ("staff_tr", "compliance_ru", "firm_tr", "stranger"):
            with pytest.raises(NotAllowed):
                services.decide(world.actor(name), match, DecisionKind.APPROVE)
        assert refusals("approve") == 4

    def test_before_both_firms_agreed_nobody_approves(self, world: World) -> None:
        match = asked(world)

        with pytest.raises(Conflict):
            approve(world, match, "tr")
        assert refusals("approve") == 1

    def test_a_question_needs_words_and_leaves_the_decision_open(self, world: World) -> None:
        match, actor = agreed(world), world.actor("coordinator_ru")
        with pytest.raises(DomainError):
            services.decide(actor, match, DecisionKind.QUESTION)

        services.decide(actor, match, DecisionKind.QUESTION, note="Which standard?")

        assert rules.waits_for(queries.match(match.id)) == ("TR", "RU")
        assert "approval_question" in told(world, "coordinator_tr")
        assert services.decide(actor, match, DecisionKind.APPROVE) is Effect.RECORDED

    def test_declining_needs_a_reason_and_ends_the_match(self, world: World) -> None:
        match, actor = agreed(world), world.actor("coordinator_ru")
        with pytest.raises(DomainError) as refused:
            services.decide(actor, match, DecisionKind.DECLINE)
        assert refused.value.field == "reason"

        services.decide(actor, match, DecisionKind.DECLINE, code=ReasonCode.NOT_SUITABLE, note="File only.")

        found = queries.match(match.id)
        assert (found.state, found.open_pair) == (MatchState.REFUSED, None)
        with pytest.raises(Conflict):
            approve(world, match, "tr")

    def test_without_memorandum_in_force_nobody_approves(self, world: World) -> None:
        match = agreed(world)
        db.session.get_one(Mou, world.mou).ended_on = clock.today() - timedelta(days=1)
        db.session.flush()

        with pytest.raises(DomainError, match="ended on"):
            approve(world, match, "tr")

    def test_a_firm_on_hold_is_not_introduced(self, world: World) -> None:
        match = agreed(world)
        approve(world, match, "tr")
        world.firm("RU").state = FirmState.ON_HOLD
        db.session.flush()

        with pytest.raises(DomainError, match="not verified"):
            approve(world, match, "ru")
        assert queries.match(match.id).state is MatchState.AGREED


class TestCompliance:
    def listed_code(self, world: World) -> Match:
        db.session.add(FirmProduct(firm_id=world.tr, side=Side.OFFERED, hs_code="854231"))
        db.session.flush()
        db.session.expire_all()
        return agreed(world)

    def test_a_listed_code_holds_up_until_an_officer_decides(self, world: World) -> None:
        match = self.listed_code(world)
        with pytest.raises(DomainError, match="Export control"):
            approve(world, match, "tr")

        services.review_compliance(
            world.actor("compliance_ru"), match, ComplianceOutcome.OVERRIDE, reason="Civil use."
        )

        assert approve(world, match, "tr") is Effect.RECORDED
        assert approve(world, match, "ru") is Effect.INTRODUCED

    def test_needs_a_reason_an_officer_and_something_to_clear(self, world: World) -> None:
        match = agreed(world)
        officer = world.actor("compliance_tr")

        with pytest.raises(DomainError, match="reason"):
            services.review_compliance(officer, match, ComplianceOutcome.BLOCK, reason=" ")
        with pytest.raises(DomainError, match="nothing to clear"):
            services.review_compliance(officer, match, ComplianceOutcome.CLEAR, reason="Fine.")
        with pytest.raises(NotAllowed):
            services.review_compliance(
                world.actor("coordinator_tr"), match, ComplianceOutcome.CLEAR, reason="Fine."
            )

    def test_block_stops_both_sides_until_lifted(self, world: World) -> None:
        match, officer = agreed(world), world.actor("compliance_tr")
        services.review_compliance(officer, match, ComplianceOutcome.BLOCK, reason="Asked the ministry.")
        for country in ("tr", "ru"):
            with pytest.raises(DomainError):
                approve(world, match, country)

        services.review_compliance(officer, match, ComplianceOutcome.CLEAR, reason="The ministry agrees.")

        assert approve(world, match, "ru") is Effect.RECORDED

    def test_a_name_listed_since_is_found_by_the_fresh_screening(self, world: World) -> None:
        match = agreed(world)
        approve(world, match, "tr")
        add_entry_for(world, "Volga Pump")

        assert approve(world, match, "ru") is Effect.HELD
        assert queries.match(match.id).state is MatchState.AGREED
        assert "match_blocked" in told(world, "compliance_tr")
        with pytest.raises(DomainError, match="Name on a list"):
            approve(world, match, "ru")


def add_entry_for(world: World, name: str) -> None:
    add_entry(db.session.get_one(SanctionsList, world.listed), name)


class TestContacts:
    def records(self) -> list[TransferRecord]:
        return list(db.session.scalars(select(TransferRecord).order_by(TransferRecord.id)))

    def test_open_to_both_at_one_moment_with_a_record_each(self, world: World) -> None:
        match = introduced(world)

        mine = queries.disclosed_contacts(match, world.tr)
        theirs = queries.disclosed_contacts(match, world.ru)
        assert [person.name for person in mine] == ["Anadolu Vana contact 0"]
        assert [person.name for person in theirs] == ["Volga Pump contact 0"]
        records = self.records()
        assert {(item.contact_id, item.recipient_firm_id, item.basis) for item in records} == {
            (mine[0].id, world.ru, "Contract TR 1"),
            (theirs[0].id, world.tr, "Contract RU 1"),
        }
        assert len({item.at for item in records}) == 1
        assert all({"name", "email"} <= set(item.fields) for item in records)

    def test_nothing_is_disclosed_before(self, world: World) -> None:
        match = agreed(world)
        approve(world, match, "tr")

        assert queries.disclosed_contacts(queries.match(match.id), world.ru) == []
        assert self.records() == []

    def test_wait_for_the_basis_of_both_and_open_to_both_later(self, world: World) -> None:
        mou = db.session.get_one(Mou, world.mou)
        db.session.refresh(mou, ["transfer_bases"])
        mou.transfer_bases = []
        db.session.flush()
        match = introduced(world)
        assert (match.state, match.contacts_opened_at) == (MatchState.INTRODUCED, None)

        mou.transfer_bases = [basis("TR")]
        db.session.flush()
        db.session.expire_all()
        assert services.open_contacts_due() == 0
        assert self.records() == []

        db.session.add(new_basis(world, "RU"))
        db.session.flush()
        db.session.expire_all()
        assert services.open_contacts_due() == 1
        assert len(self.records()) == 2
        assert services.open_contacts_due() == 0

    def test_wait_for_somebody_to_consent_on_each_side(self, world: World) -> None:
        lonely = make_firm("Sibir Don", "RU", offers="732599", seeks="848180", consents=0)
        own = world.firm("TR")
        match = services.ask(world.actor("firm_tr"), own, firm_queries.firm(lonely.id), text=TEXT)
        match.state, match.answerer_agreed, match.agreed_at = MatchState.AGREED, True, clock.now()
        db.session.flush()
        approve(world, match, "tr")
        approve(world, match, "ru")
        assert self.records() == []

        person = add_contact(lonely, "Newcomer", consented=False)
        given = consent()
        given.contact_id = person.id
        db.session.add(given)
        db.session.flush()
        db.session.expire_all()

        assert services.open_contacts_due() == 1
        assert len(self.records()) == 2

    def test_a_later_consent_is_disclosed_and_a_withdrawn_one_hidden(self, world: World) -> None:
        match = introduced(world)
        late = add_contact(world.firm("RU"), "Late")
        assert "Late" not in [person.name for person in queries.disclosed_contacts(match, world.ru)]

        assert services.open_contacts_due() == 1
        shown = queries.disclosed_contacts(match, world.ru)
        assert "Late" in [person.name for person in shown]

        late.consents[0].withdrawn_at = clock.now()
        db.session.flush()
        assert "Late" not in [person.name for person in queries.disclosed_contacts(match, world.ru)]

    def test_are_no_longer_shown_once_closed(self, world: World) -> None:
        match = services.close(world.actor("firm_tr"), introduced(world), code=ReasonCode.OTHER)

        assert queries.disclosed_contacts(match, world.ru) == []


def new_basis(world: World, country: str) -> MouTransferBasis:
    row = basis(country)
    row.mou_id = world.mou
    return row


class TestAfterIntroduction:
    def test_talks_and_partnership(self, world: World) -> None:
        match = introduced(world)

        assert services.start_talks(world.actor("firm_ru"), match).state is MatchState.IN_TALKS
        match = services.partner(world.actor("firm_tr"), match)
        assert (match.state, match.open_pair is None) == (MatchState.PARTNERSHIP, False)
        with pytest.raises(Conflict):
            services.close(world.actor("firm_tr"), match, code=ReasonCode.OTHER)

    def test_no_refusal_withdrawal_or_partnership_straight_after(self, world: World) -> None:
        match = introduced(world)

        with pytest.raises(Conflict):
            services.withdraw(world.actor("firm_tr"), match)
        with pytest.raises(Conflict):
            services.refuse(world.actor("firm_ru"), match, code=ReasonCode.OTHER)
        with pytest.raises(Conflict):
            services.partner(world.actor("firm_ru"), match)


class TestTime:
    def test_one_reminder_then_expiry_frees_place_and_pair(self, world: World) -> None:
        match = asked(world)
        db.session.commit()

        with time_machine.travel(clock.now() + timedelta(days=19), tick=False):
            assert (services.expire_due(), services.remind_due(), services.remind_due()) == (0, 1, 0)
        assert told(world, "firm_ru") == ["match_asked", "match_reminder"]
        assert told(world, "firm_tr") == []
        with time_machine.travel(clock.now() + timedelta(days=22), tick=False):
            assert (services.expire_due(), services.expire_due(), services.remind_due()) == (1, 0, 0)
            assert queries.open_requests(world.tr) == 0

        assert queries.match(match.id).state is MatchState.EXPIRED
        assert asked(world).id != match.id

    def test_an_agreed_match_waits_longer_and_reminds_the_open_side(self, world: World) -> None:
        match = agreed(world)
        approve(world, match, "tr")
        before = told(world, "coordinator_tr")

        with time_machine.travel(clock.now() + timedelta(days=88), tick=False):
            assert (services.expire_due(), services.remind_due()) == (0, 1)

        assert told(world, "coordinator_tr") == before
        assert told(world, "coordinator_ru")[-1] == "approval_reminder"


@pytest.mark.parametrize("after", [FirmState.SUSPENDED, FirmState.ARCHIVED])
class TestFirmGone:
    def test_what_is_open_is_withdrawn(self, world: World, after: FirmState) -> None:
        match = agreed(world)

        self.leaves(world, after)

        assert queries.match(match.id).state is MatchState.WITHDRAWN
        assert "match_withdrawn" in told(world, "firm_tr")

    def test_what_was_introduced_is_closed(self, world: World, after: FirmState) -> None:
        match = introduced(world)

        self.leaves(world, after)

        assert queries.match(match.id).state is MatchState.CLOSED

    def leaves(self, world: World, after: FirmState) -> None:
        firm = world.firm("RU")
        firm.state = after
        db.session.flush()
        firm_state_changed.send(
            None, firm=firm, before=FirmState.VERIFIED, after=after, actor=world.actor("staff_ru")
        )


def test_every_step_left_one_event_and_one_audit_line(world: World) -> None:
    match = introduced(world)

    events = db.session.scalars(
        select(MatchEvent.verb).where(MatchEvent.match_id == match.id).order_by(MatchEvent.id)
    )
    audited = db.session.scalars(
        select(AuditEntry.action)
        .where(AuditEntry.entity == "match", AuditEntry.entity_id == match.id)
        .order_by(AuditEntry.id)
    )
    assert list(events) == ["ask", "agree", "approve", "approve", "introduce"]
    assert list(audited) == ["ask", "agree", "approve", "approve", "introduce", "open_contacts"]
