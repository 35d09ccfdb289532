"""Reads of requests for erasure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.compliance.held import TRANSFER
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.mail import MailState, OutboxMail
from matchmaker.core.personal_data import rows
from matchmaker.firms.models import ContactPerson, Firm, FirmMember
from matchmaker.rights.enums import ErasureState
from matchmaker.rights.models import ErasureRecipient, ErasureRequest

PAGE = 50
WHOLE = (
    selectinload(ErasureRequest.person),
    selectinload(ErasureRequest.decided_by),
    selectinload(ErasureRequest.recipients).selectinload(ErasureRecipient.firm),
)


def request(request_id: int) -> ErasureRequest:
    """A request with its person and recipients; raises NotFound."""
    return existing(
        db.session.scalar(select(ErasureRequest).where(ErasureRequest.id == request_id).options(*WHOLE))
    )


def locked_request(request_id: int) -> ErasureRequest:
    """The same as it is now, nobody else deciding it until this transaction ends; raises NotFound."""
    locked = select(ErasureRequest).where(ErasureRequest.id == request_id).with_for_update()
    existing(db.session.scalar(locked.execution_options(populate_existing=True)))
    return request(request_id)


def latest_of(person_id: int) -> ErasureRequest | None:
    """The last request of a person."""
    return db.session.scalar(
        select(ErasureRequest)
        .where(ErasureRequest.person_id == person_id)
        .order_by(ErasureRequest.id.desc())
        .limit(1)
    )


def own_open(person_id: int) -> ErasureRequest:
    """The request of a person that waits for an answer; raises NotFound."""
    return existing(db.session.scalar(select(ErasureRequest).where(ErasureRequest.open_person == person_id)))


def requests(
    countries: Collection[str] | None, *, is_open: bool, page: int = 1
) -> tuple[Sequence[ErasureRequest], int]:
    """One page of the requests of these countries, and how many there are; open ones by the day they are due."""
    conditions = _conditions(countries, is_open)
    total = db.session.scalar(select(func.count(ErasureRequest.id)).where(*conditions)) or 0
    order = (
        (ErasureRequest.due_on, ErasureRequest.id)
        if is_open
        else (ErasureRequest.decided_at.desc(), ErasureRequest.id.desc())
    )
    shown = select(ErasureRequest).where(*conditions).options(*WHOLE).order_by(*order)
    return db.session.scalars(shown.limit(PAGE).offset((page - 1) * PAGE)).all(), total


def count_open(countries: Collection[str] | None) -> int:
    """How many requests of these countries wait for an answer."""
    return (
        db.session.scalar(select(func.count(ErasureRequest.id)).where(*_conditions(countries, is_open=True)))
        or 0
    )


def _conditions(countries: Collection[str] | None, is_open: bool) -> list[ColumnElement[bool]]:
    waiting = ErasureRequest.state == ErasureState.ASKED
    found: list[ColumnElement[bool]] = [waiting if is_open else ~waiting]
    if countries is not None:
        found.append(ErasureRequest.country.in_(countries))
    return found


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A firm that received contact data of a person: which fields, when last, and from which firm."""

    firm: Firm
    fields: list[str]
    at: datetime


def disclosed_to(person: Person) -> list[Disclosed]:
    """The firms to which a person was disclosed, by their number."""
    found: dict[int, Disclosed] = {}
    for record in rows(TRANSFER, person.id, person.email):
        if record.recipient_firm_id is None:
            continue
        before = found.get(record.recipient_firm_id)
        fields = sorted({*(before.fields if before else ()), *record.fields})
        firm = db.session.get_one(Firm, record.recipient_firm_id)
        found[firm.id] = Disclosed(firm, fields, record.at)
    return [found[number] for number in sorted(found)]


def contact_firms(person_id: int) -> list[str]:
    """The names of the firms whose contact person somebody is."""
    found = (
        select(Firm)
        .join(ContactPerson, ContactPerson.firm_id == Firm.id)
        .where(ContactPerson.person_id == person_id)
        .order_by(Firm.id)
    )
    return [firm.name for firm in db.session.scalars(found)]


def recipient(request_id: int, recipient_id: int) -> ErasureRecipient:
    """A recipient that was not told yet, with its request; raises NotFound."""
    return existing(
        db.session.scalar(
            select(ErasureRecipient)
            .where(
                ErasureRecipient.id == recipient_id,
                ErasureRecipient.request_id == request_id,
                ErasureRecipient.told_at.is_(None),
            )
            .options(selectinload(ErasureRecipient.request))
        )
    )


def firm_country(person_id: int) -> str:
    """The country of the firm that a person joined first; empty without one."""
    found = (
        select(Firm.country)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .where(FirmMember.person_id == person_id)
        .order_by(FirmMember.id)
        .limit(1)
    )
    return db.session.scalar(found) or ""


def answer_mails_sent() -> Sequence[ErasureRequest]:
    """Requests whose last mail has left or will not."""
    over = select(OutboxMail.id).where(OutboxMail.state.in_((MailState.SENT, MailState.FAILED)))
    return db.session.scalars(
        select(ErasureRequest).where(ErasureRequest.answer_mail_id.in_(over)).order_by(ErasureRequest.id)
    ).all()
