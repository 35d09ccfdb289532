"""Recording the ground for passing on contact data."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.mous import queries, rules, services
from matchmaker.mous.enums import ScopeArea, TransferBasisKind
from matchmaker.mous.models import Mou
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory
from tests.factories.mous import mou_between

TODAY = date(2026, 11, 22)


@pytest.fixture
def mou(session: scoped_session[Session]) -> Mou:
    """A memorandum of a Turkish and a Russian institution."""
    made = mou_between(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
    return queries.mou(made.id)


def officer_of(mou: Mou, country: str) -> Actor:
    """A compliance officer of the party of a country."""
    party = next(item for item in mou.parties if item.institution.country == country)
    grant = Grant(InstitutionRole.COMPLIANCE, party.institution_id, country)
    return Actor(person_id=PersonFactory().id, grants=(grant,))


def record(mou: Mou, actor: Actor, country: str, reference: str = "No. 7") -> None:
    """Record a standard contract."""
    services.record_transfer_basis(
        actor,
        mou,
        from_country=country,
        kind=TransferBasisKind.STANDARD_CONTRACT,
        reference=reference,
        valid_from=date(2026, 1, 1),
        notified_on=None,
    )


def test_record_then_the_ground_stands_and_the_trail_says_so(
    mou: Mou, session: scoped_session[Session]
) -> None:
    record(mou, officer_of(mou, "TR"), "TR")
    basis = rules.transfer_basis(mou, "TR", TODAY)
    assert basis is not None
    assert basis.reference == "No. 7"
    assert rules.transfer_basis(mou, "RU", TODAY) is None
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "mou")).all()
    assert actions == ["record_transfer_basis"]


def test_record_twice_then_the_later_one_stands(mou: Mou) -> None:
    officer = officer_of(mou, "TR")
    record(mou, officer, "TR")
    record(mou, officer, "TR", "No. 8")
    assert [item.reference for item in mou.transfer_bases] == ["No. 8"]


def test_record_for_the_other_side_then_refused(mou: Mou) -> None:
    with pytest.raises(NotAllowed):
        record(mou, officer_of(mou, "TR"), "RU")


def test_record_without_document_then_refused(mou: Mou) -> None:
    with pytest.raises(DomainError):
        record(mou, officer_of(mou, "TR"), "TR", "  ")


def test_covering_finds_the_memorandum_of_the_pair_only(mou: Mou) -> None:
    area = ScopeArea.COMMERCIAL_COOPERATION
    assert queries.covering("RU", "TR", area, TODAY) == mou
    assert queries.covering("TR", "KZ", area, TODAY) is None
    assert queries.covering("TR", "TR", area, TODAY) is None
