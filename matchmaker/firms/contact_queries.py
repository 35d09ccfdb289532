"""Reads of contact persons with their consents."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.queries import digest
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution


def contact(contact_id: int) -> ContactPerson:
    """A contact person with firm and consents; raises NotFound."""
    return _only(ContactPerson.id == contact_id)


def contact_for_change(contact_id: int) -> ContactPerson:
    """A contact person, locked until the end of the request; raises NotFound."""
    lock = select(ContactPerson.id).where(ContactPerson.id == contact_id).with_for_update()
    if db.session.scalar(lock) is None:
        raise NotFound
    return contact(contact_id)


def contact_by_token(token: str) -> ContactPerson:
    """The contact person a mailed link belongs to; raises NotFound for a link that was replaced."""
    return _only(ContactPerson.consent_digest == digest(token))


def contacts_of(person_id: int) -> list[ContactPerson]:
    """The contact persons that somebody with an account is, in firms that are not archived."""
    return list(
        db.session.scalars(
            select(ContactPerson)
            .join(Firm, Firm.id == ContactPerson.firm_id)
            .where(ContactPerson.person_id == person_id, Firm.state != FirmState.ARCHIVED)
            .order_by(ContactPerson.id)
            .options(selectinload(ContactPerson.firm), selectinload(ContactPerson.consents))
        )
    )


def contacts_of_firm(firm_id: int) -> list[ContactPerson]:
    """The contact persons of a firm in order of their making."""
    return list(
        db.session.scalars(
            select(ContactPerson)
            .where(ContactPerson.firm_id == firm_id)
            .order_by(ContactPerson.id)
            .options(selectinload(ContactPerson.firm), selectinload(ContactPerson.consents))
            .execution_options(populate_existing=True)
        )
    )


def operator_name(language: str) -> str:
    """Who runs the platform, in a language; empty where no such institution is entered."""
    operator = db.session.scalar(
        select(Institution)
        .where(Institution.kind == InstitutionKind.OPERATOR)
        .order_by(Institution.id)
        .limit(1)
    )
    return operator.name(language) if operator else ""


def _only(condition: ColumnElement[bool]) -> ContactPerson:
    return existing(
        db.session.scalar(
            select(ContactPerson)
            .where(condition)
            .options(selectinload(ContactPerson.firm), selectinload(ContactPerson.consents))
            .execution_options(populate_existing=True)
        )
    )
