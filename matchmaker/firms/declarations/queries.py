"""Reads of declarations of size, of requests for a new one, and of the rules by which they end."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from matchmaker.core.db import db
from matchmaker.firms.declarations import rules
from matchmaker.firms.declarations.models import DeclarationRequest, RecordedTerm, SizeDeclaration
from matchmaker.firms.models import Firm
from matchmaker.reference.declaration_terms import DeclarationTerm, holder_of, term_on
from matchmaker.reference.tables import Labels


def declarations_of(firm_id: int) -> Sequence[SizeDeclaration]:
    """What a firm declared, the newest first, with who did."""
    return db.session.scalars(
        select(SizeDeclaration)
        .where(SizeDeclaration.firm_id == firm_id)
        .options(joinedload(SizeDeclaration.declared_by))
        .order_by(SizeDeclaration.id.desc())
    ).all()


def open_request(firm_id: int) -> DeclarationRequest | None:
    """The request for a new declaration that the firm has not answered yet, with who asked."""
    return db.session.scalar(
        select(DeclarationRequest)
        .where(DeclarationRequest.firm_id == firm_id, DeclarationRequest.answered_at.is_(None))
        .options(joinedload(DeclarationRequest.asked_by))
    )


def requests_of(firm_id: int) -> Sequence[DeclarationRequest]:
    """All requests to a firm, the newest first, with who asked."""
    return db.session.scalars(
        select(DeclarationRequest)
        .where(DeclarationRequest.firm_id == firm_id)
        .options(joinedload(DeclarationRequest.asked_by))
        .order_by(DeclarationRequest.id.desc())
    ).all()


def counts_until(firm_id: int) -> date | None:
    """The last day on which the declaration of a firm counts, read anew; None for a firm that was never asked."""
    return db.session.scalar(select(Firm.declared_until).where(Firm.id == firm_id))


def recorded_terms() -> Sequence[RecordedTerm]:
    """The rules that staff recorded, by country, the newest first."""
    return db.session.scalars(
        select(RecordedTerm).order_by(
            RecordedTerm.country, RecordedTerm.valid_from.desc(), RecordedTerm.holder, RecordedTerm.id
        )
    ).all()


def same_term(country: str, holder: str, valid_from: date) -> RecordedTerm | None:
    """The row for the same firms of a country that begins on the same day, if any."""
    return db.session.scalar(
        select(RecordedTerm).where(
            RecordedTerm.country == country,
            RecordedTerm.holder == holder,
            RecordedTerm.valid_from == valid_from,
        )
    )


def as_term(row: RecordedTerm) -> DeclarationTerm:
    """A recorded rule in the form of those that the product brings."""
    note = Labels(row.source_note, row.source_note, row.source_note)
    return DeclarationTerm(row.country, row.holder, row.valid_from, row.month, row.day, note, recorded=True)


def term_of(firm: Firm, day: date) -> DeclarationTerm:
    """The rule for a declaration that a firm makes on a day."""
    recorded = db.session.scalars(select(RecordedTerm).where(RecordedTerm.country == firm.country))
    return term_on(map(as_term, recorded), firm.country, holder_of(firm.legal_form), day)


def ending_soon(today: date) -> Sequence[Firm]:
    """The firms in use whose declaration ends within the days of the reminders and that staff have not just asked anew."""
    asked = exists().where(
        DeclarationRequest.firm_id == Firm.id,
        DeclarationRequest.answered_at.is_(None),
        DeclarationRequest.due_on == Firm.declared_until,
        DeclarationRequest.due_on > today + timedelta(days=min(rules.REMINDED_DAYS)),
    )
    return db.session.scalars(
        select(Firm)
        .where(
            Firm.declared_until >= today,
            Firm.declared_until <= today + timedelta(days=max(rules.REMINDED_DAYS)),
            Firm.state.in_(rules.REMINDED_STATES),
            ~asked,
        )
        .order_by(Firm.declared_until, Firm.id)
    ).all()
