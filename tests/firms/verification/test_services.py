"""Decisions of staff about firms, on both databases."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.datastructures import FileStorage

from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries, verification_queries, verification_services
from matchmaker.firms.enums import (
    FirmState,
    RegisterKind,
    StateVerb,
    VerificationDecision,
    VerificationMethod,
)
from matchmaker.firms.models import Firm, FirmIdentifier, FirmReview, ProfileChange, RegisterEntry
from matchmaker.firms.verification_page import changed_fields, checks, compare
from matchmaker.firms.verification_queries import CheckTab, Filters, Reach
from matchmaker.firms.verification_services import Grounds
from matchmaker.notifications.models import Notice
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.firms.numbers import turkish

Db = scoped_session[Session]
Given = Callable[[], AbstractContextManager[Db]]
BY_REGISTER = Grounds(VerificationMethod.REGISTER)
VKN = turkish(123456789)


def officer(country: str = "TR", role: InstitutionRole = InstitutionRole.STAFF) -> Actor:
    """Somebody of an institution of a country."""
    institution = InstitutionFactory(country=country)
    person = official(institution, role)
    return Actor(person_id=person.id, name=person.name, grants=(Grant(role, institution.id, country),))


def sent(**fields: Any) -> Firm:
    """A firm that waits to be verified, with a number and an administrator."""
    made = FirmFactory(
        **({"state": FirmState.SUBMITTED, "verified_at": None, "submitted_at": clock.now()} | fields)
    )
    db.session.add(FirmIdentifier(firm_id=made.id, scheme="VKN", value=VKN))
    member_of(made)
    db.session.flush()
    return queries.firm(made.id)


def decide(
    actor: Actor, firm: Firm, verb: StateVerb, grounds: Grounds = BY_REGISTER, version: int | None = None
) -> FirmReview:
    shown = firm.version if version is None else version
    return verification_services.decide(actor, firm, verb, grounds, version=shown)


def told(firm: Firm) -> list[tuple[str, str]]:
    administrator = queries.firm(firm.id).members[0].person_id
    wanted = select(Notice.kind, Notice.subject).where(Notice.person_id == administrator)
    return [(kind, subject) for kind, subject in db.session.execute(wanted.order_by(Notice.id))]


def refusals() -> list[str]:
    wanted = select(AuditEntry.action).where(AuditEntry.action.startswith("refused:"))
    return list(db.session.scalars(wanted))


def test_verify_then_listed_numbers_dated_people_told_and_on_record(session: Db) -> None:
    firm, actor = sent(), officer()
    review = decide(actor, firm, StateVerb.VERIFY)
    found = queries.firm(firm.id)
    assert (found.state, found.verified_at is not None) == (FirmState.VERIFIED, True)
    assert [item.verified_on for item in found.identifiers] == [clock.today()]
    assert (review.officer_id, review.method, review.decision) == (
        actor.person_id,
        VerificationMethod.REGISTER,
        VerificationDecision.VERIFIED,
    )
    assert told(firm) == [("firm_verified", firm.name)]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "verify")).one()
    assert (entry.before["state"], entry.after["state"]) == ("submitted", "verified")


def test_hold_needs_a_reason_and_the_firm_reads_it(session: Db) -> None:
    firm, actor = sent(), officer()
    with pytest.raises(DomainError) as refusal:
        decide(actor, firm, StateVerb.HOLD, Grounds(reason="  "))
    assert refusal.value.field == "reason"
    decide(actor, firm, StateVerb.HOLD, Grounds(reason="Send the trade register page."))
    found = queries.firm(firm.id)
    assert (found.state, found.hold_reason) == (FirmState.ON_HOLD, "Send the trade register page.")
    assert told(firm) == [("firm_on_hold", firm.name), ("firm_reason", "Send the trade register page.")]


@pytest.mark.parametrize(
    ("before", "verb", "after"),
    [
        (FirmState.VERIFIED, StateVerb.SUSPEND, FirmState.SUSPENDED),
        (FirmState.VERIFIED, StateVerb.ARCHIVE, FirmState.ARCHIVED),
        (FirmState.SUSPENDED, StateVerb.REINSTATE, FirmState.SUBMITTED),
        (FirmState.ARCHIVED, StateVerb.RESTORE, FirmState.SUBMITTED),
        (FirmState.ON_HOLD, StateVerb.VERIFY, FirmState.VERIFIED),
    ],
)
def test_the_other_steps_of_staff(session: Db, before: FirmState, verb: StateVerb, after: FirmState) -> None:
    firm = sent(state=before)
    decide(officer(), firm, verb, Grounds(VerificationMethod.CALL, "After a talk on the telephone."))
    assert queries.firm(firm.id).state is after


@pytest.mark.parametrize(
    ("before", "verb"),
    [
        (FirmState.SUSPENDED, StateVerb.VERIFY),
        (FirmState.DRAFT, StateVerb.VERIFY),
        (FirmState.VERIFIED, StateVerb.VERIFY),
    ],
)
def test_a_step_outside_the_table_is_refused_and_logged(
    session: Db, before: FirmState, verb: StateVerb
) -> None:
    firm = sent(state=before)
    with pytest.raises(Conflict):
        decide(officer(), firm, verb)
    assert refusals() == [f"refused:{verb.value}"]
    assert queries.firm(firm.id).state is before


def test_only_staff_of_the_country_decide_and_never_about_a_firm_of_their_own(session: Db) -> None:
    firm = sent()
    own = officer()
    colleague = Actor(
        person_id=own.person_id, grants=own.grants, memberships=(Membership(firm.id, FirmRole.MEMBER, "TR"),)
    )
    for actor in (officer("RU"), officer("TR", InstitutionRole.EXPERT), colleague):
        with pytest.raises(NotAllowed):
            decide(actor, firm, StateVerb.VERIFY)
    assert refusals() == ["refused:verify"] * 3


def test_verify_needs_a_method_and_a_document_its_file(session: Db) -> None:
    firm, actor = sent(), officer()
    for grounds, field in ((Grounds(), "method"), (Grounds(VerificationMethod.DOCUMENT), "evidence")):
        with pytest.raises(DomainError) as refusal:
            decide(actor, firm, StateVerb.VERIFY, grounds)
        assert refusal.value.field == field
    pdf = FileStorage(io.BytesIO(b"%PDF-1.7 extract"), "extract.pdf")
    review = decide(actor, firm, StateVerb.VERIFY, Grounds(VerificationMethod.DOCUMENT, "", pdf))
    kept = verification_queries.review(review.id)
    assert kept.evidence is not None
    assert kept.evidence.name == "extract.pdf"


def test_a_page_that_is_out_of_date_decides_nothing(session: Db) -> None:
    firm = sent()
    with pytest.raises(Conflict):
        decide(officer(), firm, StateVerb.VERIFY, version=firm.version - 1)
    with pytest.raises(Conflict):
        verification_services.decide(officer(), firm, StateVerb.VERIFY, BY_REGISTER, version=None)
    assert queries.firm(firm.id).state is FirmState.SUBMITTED


def test_verifying_settles_the_change_of_key_fields(session: Db) -> None:
    firm = sent()
    session.add(ProfileChange(firm_id=firm.id, fields={"legal_name": ["Old Ltd", "New Ltd"]}))
    session.flush()
    decide(officer(), firm, StateVerb.HOLD, Grounds(reason="Why the new name?"))
    assert queries.open_change(firm.id) is not None
    review = decide(officer(), queries.firm(firm.id), StateVerb.VERIFY)
    settled = session.scalars(select(ProfileChange)).one()
    assert (settled.review_id, queries.open_change(firm.id)) == (review.id, None)


def test_an_unmapped_region_waits_for_compliance(session: Db) -> None:
    firm, staff = sent(region_code="", region_note="99 Unknown region"), officer()
    compliance = officer("TR", InstitutionRole.COMPLIANCE)
    with pytest.raises(DomainError) as refusal:
        decide(staff, firm, StateVerb.VERIFY)
    assert refusal.value.field == "verb"
    for actor in (staff, officer("RU", InstitutionRole.COMPLIANCE)):
        with pytest.raises(NotAllowed):
            rule_region(actor, firm, cleared=True)
    rule_region(compliance, firm, cleared=False)
    with pytest.raises(DomainError):
        decide(staff, queries.firm(firm.id), StateVerb.VERIFY)
    rule_region(compliance, queries.firm(firm.id), cleared=True)
    decide(staff, queries.firm(firm.id), StateVerb.VERIFY)
    assert queries.firm(firm.id).state is FirmState.VERIFIED


def rule_region(actor: Actor, firm: Firm, *, cleared: bool, reason: str = "Lists were read.") -> FirmReview:
    return verification_services.decide_region(
        actor, firm, cleared=cleared, reason=reason, version=firm.version
    )


def test_an_unmapped_register_entry_waits_too_whatever_region_was_typed(session: Db) -> None:
    firm = sent()
    session.add(entry_for(region_code=""))
    session.flush()
    with pytest.raises(DomainError):
        decide(officer(), firm, StateVerb.VERIFY)
    rule_region(officer("TR", InstitutionRole.COMPLIANCE), firm, cleared=True)
    decide(officer(), queries.firm(firm.id), StateVerb.VERIFY)


def test_a_region_decision_needs_a_reason_and_something_to_decide(session: Db) -> None:
    compliance = officer("TR", InstitutionRole.COMPLIANCE)
    firm = sent(region_code="", region_note="99")
    with pytest.raises(DomainError) as refusal:
        rule_region(compliance, firm, cleared=True, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(Conflict):
        rule_region(compliance, queries.firm(FirmFactory().id), cleared=True)


def test_two_officers_decide_at_once_then_one_decision_counts(
    given: Given, concurrently: Callable[..., list[Any]], app: Any
) -> None:
    with given():
        firm, officers = sent(), [officer(), officer()]

    def deed(actor: Actor, verb: StateVerb, grounds: Grounds) -> Callable[[], str]:
        def run() -> str:
            with unit_of_work():
                decide(actor, queries.firm(firm.id), verb, grounds, version=firm.version)
            return verb.value

        return run

    results = concurrently(
        deed(officers[0], StateVerb.HOLD, Grounds(reason="Something is missing.")),
        deed(officers[1], StateVerb.VERIFY, BY_REGISTER),
    )
    won = [result for result in results if isinstance(result, str)]
    assert len(won) == 1, results
    assert any(isinstance(result, Conflict) for result in results), results
    with app.app_context():
        state = FirmState.ON_HOLD if won == ["hold"] else FirmState.VERIFIED
        assert queries.firm(firm.id).state is state
        assert db.session.scalar(select(func.count()).select_from(FirmReview)) == 1


def test_the_lists_hold_what_waits_oldest_first_for_the_own_country_only(session: Db) -> None:
    now = clock.now()
    late = FirmFactory(state=FirmState.SUBMITTED, submitted_at=now, name_key="late")
    early = FirmFactory(state=FirmState.SUBMITTED, submitted_at=now - timedelta(days=2), name_key="early")
    changed = FirmFactory(state=FirmState.SUBMITTED, submitted_at=now)
    session.add(ProfileChange(firm_id=changed.id, fields={}))
    FirmFactory(state=FirmState.SUBMITTED, submitted_at=now, country="RU")
    held, barred = FirmFactory(state=FirmState.ON_HOLD), FirmFactory(state=FirmState.SUSPENDED)
    FirmFactory(state=FirmState.ARCHIVED, submitted_at=None)
    session.flush()
    reach = Reach(frozenset({"TR"}))
    listed = {tab: ids(reach, tab) for tab in CheckTab if tab is not CheckTab.JOIN_REQUESTS}
    assert listed == {
        CheckTab.TO_VERIFY: [early.id, late.id],
        CheckTab.CHANGES: [changed.id],
        CheckTab.ON_HOLD: [held.id],
        CheckTab.OUT_OF_USE: [barred.id],
    }
    assert verification_queries.counts(reach) == {tab: len(found) for tab, found in listed.items()} | {
        CheckTab.JOIN_REQUESTS: 0
    }
    assert verification_queries.count_waiting(officer()) == 3
    assert ids(Reach(frozenset({"TR"}), frozenset({early.id})), CheckTab.TO_VERIFY) == [late.id]
    assert ids(reach, CheckTab.TO_VERIFY, Filters(text="Late")) == [late.id]


def ids(reach: Reach, tab: CheckTab, filters: Filters | None = None) -> list[int]:
    return [firm.id for firm in verification_queries.waiting(reach, tab, filters or Filters()).items]


def test_a_number_finds_its_firm(session: Db) -> None:
    firm = sent()
    FirmFactory(state=FirmState.SUBMITTED)
    assert ids(Reach(frozenset({"TR"})), CheckTab.TO_VERIFY, Filters(text=VKN)) == [firm.id]
    assert ids(Reach(frozenset({"TR"})), CheckTab.TO_VERIFY, Filters(region="TR-06")) == []


def entry_for(**fields: Any) -> RegisterEntry:
    """The register entry of the firm's number."""
    values = {
        "country": "TR",
        "identifier": VKN,
        "kind": RegisterKind.COMPANY,
        "name": "ÖRNEK VANA LİMİTED ŞİRKETİ",
        "region_code": "TR-42",
        "place": "Konya",
        "main_sector": "28.14",
        "size_class": "small",
    }
    return RegisterEntry(**(values | fields))


def test_the_checks_say_what_digits_register_and_name_say(session: Db) -> None:
    firm = sent(legal_name="Örnek Vana Ltd. Şti.")
    (bare,) = checks(firm, None)
    assert (bare.digits, bare.in_register, bare.name_agrees) == (True, None, None)
    entry = entry_for()
    session.add(entry)
    session.flush()
    (found,) = checks(firm, entry)
    assert (found.in_register, found.name_agrees) == (True, True)
    firm.legal_name = "Başka Ltd. Şti."
    assert checks(firm, entry)[0].name_agrees is False
    firm.identifiers[0].value = "1234567891"
    assert checks(firm, entry)[0].digits is False


def test_a_sole_traders_name_is_never_shown(session: Db) -> None:
    firm = sent()
    entry = entry_for(kind=RegisterKind.SOLE_TRADER, name="YILMAZ AYŞE", place="Çarşı Sokak 1")
    shown = [row.register for row in compare(firm, entry)]
    assert not any("YILMAZ" in text or "Çarşı" in text for text in shown)
    assert any("ÖRNEK" in row.register for row in compare(firm, entry_for()))


def test_a_change_is_shown_value_by_value(session: Db) -> None:
    fields = {"legal_name": ["Old", "New"], "products_offered": [["848180"], ["848180", "848190"]]}
    name, goods = changed_fields(ProfileChange(firm_id=1, fields=fields))
    assert [(item.text, item.mark) for item in (*name.before, *name.after)] == [
        ("Old", "removed"),
        ("New", "added"),
    ]
    assert [item.mark for item in goods.before] == [""]
    assert [item.mark for item in goods.after] == ["", "added"]


def test_staff_are_told_when_a_firm_waits_again(session: Db) -> None:
    staff, firm = officer(), sent(state=FirmState.SUSPENDED)
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        decide(officer(), firm, StateVerb.REINSTATE, Grounds(reason="The matter is settled."))
    kinds = session.scalars(select(Notice.kind).where(Notice.person_id == staff.person_id)).all()
    assert kinds == ["firm_submitted"]


def test_a_firm_that_comes_back_keeps_the_moment_it_was_first_listed(session: Db) -> None:
    firm, actor = sent(listed_at=None), officer()
    decide(actor, firm, StateVerb.VERIFY)
    first = queries.firm(firm.id).listed_at
    assert first == queries.firm(firm.id).verified_at
    why = Grounds(VerificationMethod.CALL, "After a talk on the telephone.")
    for verb in (StateVerb.SUSPEND, StateVerb.REINSTATE, StateVerb.VERIFY):
        decide(actor, queries.firm(firm.id), verb, why)
    found = queries.firm(firm.id)
    assert found.listed_at == first
    assert found.verified_at is not None
    assert first is not None
    assert found.verified_at > first
