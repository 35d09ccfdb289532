"""Reporting a deal, and what the two firms do with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.matching import queries as matches
from matchmaker.matching import rules as matching
from matchmaker.matching.deals import notices, queries, rules
from matchmaker.matching.deals.enums import Currency, DealKind, DealState, DealVerb
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.deals.words import state_word
from matchmaker.matching.models import Match
from matchmaker.reference import hs


@dataclass(frozen=True, slots=True)
class DealFacts:
    """What a firm reports; the amount in units of the currency, the HS code of 2, 4 or 6 digits or empty.

    share_without is in per cent of the deal, None where it is not stated.
    """

    kind: DealKind
    amount: Decimal | None
    currency: Currency | None
    hs_code: str
    expected_on: date | None
    signed_on: date | None
    note: str
    share_without: int | None = None


def report(actor: Actor, match: Match, facts: DealFacts) -> Deal:
    """Report a deal on behalf of one's firm; the other firm is asked to confirm it.

    The match is locked meanwhile, so two firms that report at once get one deal. Raises NotAllowed, Conflict where the
    firms are not introduced any more, DomainError at a field or where a deal waits for its answer already.
    """
    match = matches.locked_match(match.id)
    own = rules.reporting_firm_id(actor, match)
    if own is None:
        raise NotAllowed(_("Only administrators and editors of the two firms can report a deal."))
    if match.state not in matching.TOGETHER:
        raise Conflict(_("Deals are reported while the two firms are introduced."))
    _check(facts)
    if queries.waiting_deal(match.id) is not None:
        raise DomainError(_("A deal of this match waits for its confirmation. It has to be answered first."))
    deal = Deal(
        match_id=match.id,
        open_match_id=match.id,
        reporter_id=own,
        kind=facts.kind,
        state=DealState.REPORTED,
        amount=facts.amount,
        currency=facts.currency if facts.amount is not None else None,
        hs_code=facts.hs_code,
        expected_on=facts.expected_on,
        signed_on=facts.signed_on,
        note=facts.note.strip(),
        share_without=facts.share_without,
    )
    db.session.add(deal)
    db.session.flush()
    audit.record(actor, "report", "deal", deal.id, after=_reported(deal))
    notices.tell(deal, match, matching.other_firm_id(match, own))
    db.session.flush()
    return deal


def confirm(actor: Actor, deal: Deal) -> Deal:
    """Confirm what the other firm reported; from now on it counts. Raises NotAllowed or Conflict."""
    return _move(actor, deal, DealVerb.CONFIRM)


def refuse(actor: Actor, deal: Deal, *, reason: str) -> Deal:
    """Say that there is no such deal, and why. Raises DomainError at `reason`, NotAllowed or Conflict."""
    words = reason.strip()
    if not words:
        raise DomainError(_("Say why you do not confirm it."), "reason")
    _check_length(words, "reason")
    return _move(actor, deal, DealVerb.REFUSE, words)


def withdraw(actor: Actor, deal: Deal) -> Deal:
    """Take back what the own firm reported and nobody answered yet. Raises NotAllowed or Conflict."""
    return _move(actor, deal, DealVerb.WITHDRAW)


def _move(actor: Actor, deal: Deal, verb: DealVerb, reason: str = "") -> Deal:
    deal = queries.locked_deal(deal.id)
    if verb not in rules.verbs_of(actor, deal):
        audit.record_refusal(actor, verb.value, "deal", deal.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    if verb not in rules.open_verbs(actor, deal):
        audit.record_refusal(actor, verb.value, "deal", deal.id, f"state is {deal.state.value}")
        if deal.state is DealState.REPORTED:
            raise Conflict(_("The two firms are not introduced any more, so the deal cannot be confirmed."))
        raise Conflict(
            _(
                "This is no longer possible: the deal is in the state “%(state)s”.",
                state=state_word(deal.state),
            )
        )
    before = _state(deal)
    deal.state, deal.open_match_id, deal.reason = rules.AFTER[verb], None, reason
    deal.confirmed_at = clock.now() if verb is DealVerb.CONFIRM else None
    audit.record(actor, verb.value, "deal", deal.id, before, _state(deal))
    told = rules.other_firm_id(deal) if verb is DealVerb.WITHDRAW else deal.reporter_id
    notices.tell(deal, deal.match, told)
    db.session.flush()
    return deal


def _reported(deal: Deal) -> dict[str, Any]:
    facts: dict[str, Any] = {"match": deal.match_id, "firm": deal.reporter_id}
    return _state(deal) | facts | {"share_without": deal.share_without}


def _state(deal: Deal) -> dict[str, str]:
    return {"state": deal.state.value}


def _check(facts: DealFacts) -> None:
    if facts.amount is not None and not 0 < facts.amount <= rules.MOST:
        raise DomainError(_("Enter an amount above zero, at most 12 digits long."), "amount")
    if facts.amount is not None and facts.currency is None:
        raise DomainError(_("Choose the currency of the amount."), "currency")
    if facts.hs_code and hs.get(facts.hs_code) is None:
        raise DomainError(_("Choose a code from the list, or type at least its first two digits."), "hs_code")
    if facts.expected_on is None and facts.signed_on is None:
        raise DomainError(_("Say when it was signed, or when you expect it to be."), "signed_on")
    if facts.signed_on is not None and facts.signed_on > clock.today():
        raise DomainError(_("This day is still to come. Enter it as the expected day."), "signed_on")
    if facts.share_without is not None and facts.share_without not in rules.SHARES:
        raise DomainError(_("Choose a share from the list."), "share_without")
    _check_length(facts.note.strip(), "note")


def _check_length(words: str, field: str) -> None:
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), field)
