"""A code lets the business it is bound to skip the check by hand, exactly once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import code_services, queries, rules
from matchmaker.firms.code_rules import CodeState, state_of
from matchmaker.firms.enums import FirmState, RegisterStatus
from matchmaker.firms.models import Firm, FirmIdentifier, FirmReview, RegistrationCode
from tests.factories.codes import code_for
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.registers import RegisterEntryFactory
from tests.matching.world import actor_of

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[Any]]
TEXT = "ABCD-EFGH-JKLM"


@pytest.fixture
def entry(session: Session) -> Any:
    return RegisterEntryFactory(identifier="7700000016")


@pytest.fixture
def staff(session: Session) -> Any:
    return official(InstitutionFactory(country="RU"), InstitutionRole.STAFF)


@pytest.fixture
def draft(session: Session, monkeypatch: pytest.MonkeyPatch) -> tuple[Actor, Firm]:
    """A registration that could be sent."""
    monkeypatch.setattr(rules, "lacks", lambda _firm: [])
    firm = FirmFactory(country="RU", state=FirmState.DRAFT)
    return actor_of(member_of(firm, FirmRole.ADMINISTRATOR)), queries.firm(firm.id)


def number_of(firm: Firm, value: str) -> None:
    firm.identifiers.append(FirmIdentifier(scheme="INN10", value=value))
    db.session.flush()


def code_of(entry: Any, staff: Any, **changed: Any) -> RegistrationCode:
    institution = InstitutionFactory(country=entry.country)
    return code_for(entry, institution, staff.id, TEXT, **changed)


class TestIssue:
    def test_when_staff_of_the_country_then_bound_to_the_number_and_in_the_trail(
        self, entry: Any, staff: Any
    ) -> None:
        code = code_services.issue(actor_of(staff), entry)
        text = code_services.text_of(code)
        assert len(text.replace("-", "")) == 12
        assert text not in (code.digest, code.locked)
        assert (code.identifier, state_of(code, clock.now())) == (entry.identifier, CodeState.OPEN)
        trail = db.session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "registration_code"))
        assert list(trail) == ["issue"]

    def test_when_issued_again_then_the_first_is_taken_back(self, entry: Any, staff: Any) -> None:
        first = code_services.issue(actor_of(staff), entry)
        second = code_services.issue(actor_of(staff), entry)
        assert state_of(first, clock.now()) is CodeState.REVOKED
        assert state_of(second, clock.now()) is CodeState.OPEN
        first.expires_at = clock.now() - timedelta(days=1)
        assert state_of(first, clock.now()) is CodeState.EXPIRED
        with pytest.raises(Conflict):
            code_services.text_of(first)

    def test_when_of_another_country_or_role_then_refused(self, session: Session, entry: Any) -> None:
        for country, role in (("TR", InstitutionRole.STAFF), ("RU", InstitutionRole.EXPERT)):
            with pytest.raises(NotAllowed):
                code_services.issue(actor_of(official(InstitutionFactory(country=country), role)), entry)

    def test_when_registered_or_not_mapped_then_refused(self, entry: Any, staff: Any) -> None:
        number_of(queries.firm(FirmFactory(country="RU").id), entry.identifier)
        with pytest.raises(Conflict):
            code_services.issue(actor_of(staff), entry)
        with pytest.raises(DomainError, match="not mapped"):
            code_services.issue(actor_of(staff), RegisterEntryFactory(region_code=""))


class TestClaim:
    @pytest.mark.parametrize("typed", [TEXT, "abcdefghjklm", " ABCD EFGH JKLM "])
    def test_when_typed_in_any_way_then_taken(
        self, entry: Any, staff: Any, draft: tuple[Actor, Firm], typed: str
    ) -> None:
        code = code_of(entry, staff)
        code_services.claim(*draft, typed, {"INN10": entry.identifier})
        assert (code.firm_id, code.used_at) == (draft[1].id, None)

    @pytest.mark.parametrize(
        ("changed", "number"),
        [
            ({}, "7700000023"),
            ({"used_at": clock.now(), "open_key": None}, "7700000016"),
            ({"revoked_at": clock.now(), "open_key": None}, "7700000016"),
            ({"expires_at": clock.now() - timedelta(minutes=1)}, "7700000016"),
            ({"country": "TR"}, "7700000016"),
        ],
    )
    def test_when_it_does_not_fit_then_refused_at_its_field(
        self, entry: Any, staff: Any, draft: tuple[Actor, Firm], changed: dict[str, Any], number: str
    ) -> None:
        code_of(entry, staff, **changed)
        with pytest.raises(DomainError) as refused:
            code_services.claim(*draft, TEXT, {"INN10": number})
        assert refused.value.field == "code"

    def test_when_unknown_then_refused(self, draft: tuple[Actor, Firm]) -> None:
        with pytest.raises(DomainError):
            code_services.claim(*draft, "0000", {"INN10": "7700000016"})


class TestSubmit:
    def test_when_a_code_was_typed_then_verified_once_and_by_hand_afterwards(
        self, entry: Any, staff: Any, draft: tuple[Actor, Firm]
    ) -> None:
        actor, firm = draft
        code = code_of(entry, staff)
        number_of(firm, entry.identifier)
        code_services.claim(actor, firm, TEXT, {"INN10": entry.identifier})
        assert code_services.submit(actor, firm)
        assert (firm.state, state_of(code, clock.now())) == (FirmState.VERIFIED, CodeState.USED)
        review = db.session.scalars(select(FirmReview)).one()
        assert (review.officer_id, f"{code.id}" in review.reason) == (staff.id, True)
        assert all(row.verified_on == clock.today() for row in firm.identifiers)
        firm.state = FirmState.DRAFT
        assert not code_services.submit(actor, firm)
        assert firm.state is FirmState.SUBMITTED

    @pytest.mark.parametrize("doubt", ["none typed", "other number", "no region", "name", "expired"])
    def test_when_there_is_a_doubt_then_checked_by_hand(
        self, entry: Any, staff: Any, draft: tuple[Actor, Firm], doubt: str
    ) -> None:
        actor, firm = draft
        code = code_of(entry, staff)
        number_of(firm, "7700000023" if doubt == "other number" else entry.identifier)
        if doubt != "none typed":
            code_services.claim(actor, firm, TEXT, {"INN10": entry.identifier})
        if doubt == "no region":
            firm.region_code, firm.region_note = "", "Somewhere"
        if doubt == "name":
            firm.register_status = RegisterStatus.NAME_DIFFERS
        if doubt == "expired":
            code.expires_at = clock.now() - timedelta(days=1)
        assert not code_services.submit(actor, firm)
        assert (firm.state, code.used_at) == (FirmState.SUBMITTED, None)


def test_issue_when_two_officers_at_once_then_one_code_can_be_used(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        institution = InstitutionFactory(country="RU")
        officers = [official(institution, InstitutionRole.STAFF) for _ in range(2)]
        entry = RegisterEntryFactory()

    def issue(officer: Any) -> Callable[[], None]:
        def deed() -> None:
            with unit_of_work():
                code_services.issue(actor_of(officer), entry)

        return deed

    concurrently(*map(issue, officers))
    with app.app_context():
        usable = select(func.count(RegistrationCode.id)).where(RegistrationCode.revoked_at.is_(None))
        assert db.session.scalar(usable) == 1


def test_submit_when_sent_twice_at_once_then_spent_once(
    app: Flask,
    given: Given,
    concurrently: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "lacks", lambda _firm: [])
    with given():
        institution = InstitutionFactory(country="RU")
        officer, entry = official(institution, InstitutionRole.STAFF), RegisterEntryFactory()
        firm = FirmFactory(country="RU", state=FirmState.DRAFT)
        person = member_of(firm, FirmRole.ADMINISTRATOR)
        db.session.add(FirmIdentifier(firm_id=firm.id, scheme="INN10", value=entry.identifier))
        code_for(entry, institution, officer.id, TEXT, firm_id=firm.id)

    def deed() -> None:
        with unit_of_work():
            code_services.submit(actor_of(person), queries.firm_for_change(firm.id))

    concurrently(deed, deed)
    with app.app_context():
        assert db.session.scalar(select(func.count(FirmReview.id))) == 1
        assert queries.firm(firm.id).state is FirmState.VERIFIED
