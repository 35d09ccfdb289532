"""Writes of declarations of size: declaring, asking for a new one, the rules by which they end."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import show_date
from matchmaker.firms import sizes
from matchmaker.firms.declarations import notices, queries, rules
from matchmaker.firms.declarations.models import DeclarationRequest, RecordedTerm, SizeDeclaration
from matchmaker.firms.models import Firm
from matchmaker.reference.size_rules import SizeClass


@dataclass(frozen=True, slots=True)
class TermToRecord:
    """What a rule says: until which day of the year, from which day on, where it was read."""

    country: str
    holder: str
    month: int
    day: int
    valid_from: date
    source_note: str


def declare(actor: Actor, firm: Firm) -> SizeDeclaration | None:
    """Have the present figures of a firm stand as its declaration of today; part of the deed that changes them.

    Sets the class by the size rule and the last day by the rule of the country, both of today, and answers the request of
    the institution. The same figures given twice a day are one declaration, unless a new one was asked for; None while figures are missing. Raises
    DomainError at turnover_year for figures so old that the declaration would have run out already.
    """
    today = clock.today()
    firm.declared_on = today
    sizes.compute(firm, today)
    if firm.headcount is None or firm.turnover is None:
        return None
    term, year = queries.term_of(firm, today), firm.turnover_year or today.year - 1
    until = rules.last_day(term, year, today)
    if until < today:
        raise DomainError(
            _(
                "Figures of %(year)s counted until %(date)s. Give those of a later year.",
                year=year,
                date=show_date(until),
            ),
            "turnover_year",
        )
    firm.declared_until = until
    row = _row(actor, firm, until, term.version)
    latest = next(iter(queries.declarations_of(firm.id)), None)
    waiting = queries.open_request(firm.id)
    if latest is not None and waiting is None and _said(latest) == _said(row):
        return latest
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "declare", "size_declaration", row.id, after=_told(row))
    if waiting is not None:
        waiting.answered_at = clock.now()
        notices.tell_answered(firm, waiting)
    db.session.flush()
    return row


def _row(actor: Actor, firm: Firm, until: date, term: str) -> SizeDeclaration:
    found = sizes.outcome(firm, clock.today())
    return SizeDeclaration(
        firm_id=firm.id,
        declared_on=clock.today(),
        declared_by_id=actor.person_id,
        headcount=firm.headcount,
        turnover=firm.turnover,
        turnover_currency=firm.turnover_currency,
        turnover_year=firm.turnover_year or clock.today().year - 1,
        balance=firm.balance,
        ownership=dict(firm.ownership),
        size_class="" if found.size_class is SizeClass.UNKNOWN else found.size_class.value,
        size_rule=found.rule,
        size_reason=found.reason.value,
        valid_until=until,
        term=term,
    )


FIGURES = ("headcount", "turnover", "turnover_currency", "turnover_year", "balance", "ownership")


def _said(row: SizeDeclaration) -> tuple[Any, ...]:
    return (row.declared_on, row.valid_until, row.size_class, *(getattr(row, name) for name in FIGURES))


def _told(row: SizeDeclaration) -> dict[str, Any]:
    return {
        "firm": row.firm_id,
        "size_class": row.size_class,
        "size_rule": row.size_rule,
        "turnover_year": row.turnover_year,
        "valid_until": row.valid_until.isoformat(),
    }


def forget(firm: Firm) -> None:
    """Drop what a registration that was not sent yet declared, because it moves to a country with other rules."""
    firm.declared_on = firm.declared_until = None
    db.session.execute(delete(SizeDeclaration).where(SizeDeclaration.firm_id == firm.id))


def ask(actor: Actor, firm: Firm, reason: str) -> DeclarationRequest:
    """Ask a firm for a new declaration; the one it has counts at most until the day by which it is asked.

    The firm is locked by the caller. Raises NotAllowed, Conflict where it is asked already, DomainError at `reason`.
    """
    words = reason.strip()
    if not rules.may_ask(actor, firm):
        raise NotAllowed(_("You do not have permission for this."))
    if not words:
        raise DomainError(_("Give a reason; the firm reads it."), "reason")
    if queries.open_request(firm.id) is not None:
        raise Conflict(_("The firm is asked for a new declaration already."))
    due, before = clock.today() + timedelta(days=rules.ASKED_DAYS), firm.declared_until
    row = DeclarationRequest(firm_id=firm.id, asked_by_id=actor.person_id, reason=words, due_on=due)
    firm.declared_until = min(before, due) if before else due
    db.session.add(row)
    db.session.flush()
    after = {"firm": firm.id, "reason": words, "due_on": due.isoformat()}
    audit.record(actor, "ask", "declaration_request", row.id, after=after)
    notices.tell_asked(firm, row)
    db.session.flush()
    return row


def record_term(actor: Actor, term: TermToRecord) -> RecordedTerm:
    """Record a rule of one's own country; for the same firms and first day it corrects the one there is.

    Declarations made before keep their day. Raises NotAllowed for another country, DomainError at `day`.
    """
    if term.country not in rules.officer_countries(actor):
        raise NotAllowed(_("You record the rules that concern your own country."))
    if not _is_day(term.month, term.day):
        raise DomainError(_("This month has no such day."), "day")
    kept = queries.same_term(term.country, term.holder, term.valid_from) or RecordedTerm()
    before = {"month": kept.month, "day": kept.day, "source_note": kept.source_note} if kept.id else {}
    for name, value in asdict(term).items():
        setattr(kept, name, value)
    kept.recorded_by_id = actor.person_id
    db.session.add(kept)
    db.session.flush()
    after = asdict(term) | {"valid_from": term.valid_from.isoformat()}
    audit.record(actor, "record", "declaration_term", kept.id, before, after)
    db.session.flush()
    return kept


def _is_day(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True
