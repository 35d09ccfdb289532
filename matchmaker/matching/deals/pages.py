"""What the card of deals on a match's page and the page of a deal show."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_date, show_money
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.matching import rules as matching
from matchmaker.matching import sides
from matchmaker.matching.deals import queries, rules
from matchmaker.matching.deals.enums import DealState, DealVerb
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.deals.words import STATES, goods_text, kind_word, share_text, state_word
from matchmaker.matching.models import Match


@dataclass(frozen=True, slots=True)
class DealLine:
    """A deal in one line of the match's page."""

    title: str
    text: str
    url: str
    badge: tuple[str, str]
    yours: bool


@dataclass(frozen=True, slots=True)
class DealCard:
    """The deals of a match; `report_url` is empty for who cannot report one now, `hint` says why there is none to report."""

    lines: Sequence[DealLine]
    report_url: str
    hint: str


@dataclass(frozen=True, slots=True)
class DealPage:
    """A deal as its readers see it."""

    deal: Deal
    title: str
    between: str
    facts: Sequence[dict[str, str]]
    badge: tuple[str, str]
    next_step: str
    verbs: frozenset[DealVerb]


def deal_card(actor: Actor, match: Match) -> DealCard | None:
    """The card for a match whose firms were introduced; None before."""
    if match.introduced_at is None:
        return None
    found = queries.deals_of(match.id)
    waiting = any(deal.state is DealState.REPORTED for deal in found)
    may_report = rules.may_report(actor, match)
    return DealCard(
        lines=[_line(actor, deal) for deal in found],
        report_url=url_for("matching.report_deal", match_id=match.id) if may_report and not waiting else "",
        hint=_("A new deal can be reported once the waiting one is answered.")
        if may_report and waiting
        else "",
    )


def deal_page(actor: Actor, deal: Deal) -> DealPage:
    """Put the page of a deal together."""
    match = deal.match
    return DealPage(
        deal=deal,
        title=kind_word(deal.kind),
        between=_("%(one)s and %(other)s", one=reader_name(match.asker), other=reader_name(match.answerer)),
        facts=_facts(deal),
        badge=_badge(deal),
        next_step=_next_step(actor, deal),
        verbs=rules.open_verbs(actor, deal),
    )


def _line(actor: Actor, deal: Deal) -> DealLine:
    parts = (_amount(deal), _when(deal))
    return DealLine(
        title=kind_word(deal.kind),
        text=" · ".join(part for part in parts if part),
        url=url_for("matching.deal", deal_id=deal.id),
        badge=_badge(deal),
        yours=DealVerb.CONFIRM in rules.open_verbs(actor, deal),
    )


def _badge(deal: Deal) -> tuple[str, str]:
    return state_word(deal.state), STATES[deal.state][1]


def _amount(deal: Deal) -> str:
    return show_money(deal.amount, deal.currency.value) if deal.currency else ""


def _when(deal: Deal) -> str:
    if deal.signed_on:
        return str(_("signed on %(day)s", day=show_date(deal.signed_on, "medium")))
    return (
        str(_("expected on %(day)s", day=show_date(deal.expected_on, "medium"))) if deal.expected_on else ""
    )


def _firm(deal: Deal, number: int) -> Firm:
    return deal.match.asker if number == deal.match.asker_id else deal.match.answerer


def _facts(deal: Deal) -> list[dict[str, str]]:
    found = {
        _("Amount"): _amount(deal),
        _("Good"): goods_text(deal.hs_code),
        _("Signed on"): show_date(deal.signed_on, "medium") if deal.signed_on else "",
        _("Expected on"): show_date(deal.expected_on, "medium") if deal.expected_on else "",
        _("Would have come without the programme"): share_text(deal.share_without),
        _("Reported by"): reader_name(_firm(deal, deal.reporter_id)),
        _("Reported on"): sides.day(deal.created_at),
        _("Confirmed on"): sides.day(deal.confirmed_at),
        _("Note"): deal.note,
        _("Why it is not confirmed"): deal.reason,
    }
    return [{"term": str(term), "value": value} for term, value in found.items() if value]


def _next_step(actor: Actor, deal: Deal) -> str:
    if deal.state is DealState.CONFIRMED:
        return str(_("Both firms stand by this deal. It counts once."))
    if deal.state is DealState.REFUSED:
        return str(_("The other firm did not confirm this deal. It does not count."))
    if deal.state is DealState.WITHDRAWN:
        return str(_("The firm that reported this deal took it back. It does not count."))
    if deal.match.state not in matching.TOGETHER:
        return str(_("The match has ended; the deal cannot be confirmed any more."))
    if DealVerb.CONFIRM in rules.open_verbs(actor, deal):
        return str(_("Is this right? The deal counts once you confirm it."))
    answering = reader_name(_firm(deal, rules.other_firm_id(deal)))
    return str(_("Waiting for %(firm)s to confirm it. Until then it does not count.", firm=answering))
