"""What deals count under a memorandum: confirmed ones on the day of their confirmation, and their value by currency.

Of the value each row also says how much would not have come without the programme, where the firms stated that share.

The rows name no firm: who reads an indicator need not see the match, and the page of a deal opens only for who does.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from matchmaker.core.db import db
from matchmaker.matching.deals.enums import Currency, DealState
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.deals.rules import caused
from matchmaker.matching.deals.words import kind_word
from matchmaker.matching.models import Match
from matchmaker.mous.figures import Figure, FigureRow, add_figure


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _confirmed(since: date | None, currency: Currency | None) -> list[ColumnElement[bool]]:
    found = [Deal.state == DealState.CONFIRMED, Match.mou_id.is_not(None)]
    if since is not None:
        found.append(Deal.confirmed_at >= _moment(since))
    if currency is not None:
        found.append(Deal.currency == currency)
    return found


def rows(currency: Currency | None, mou_id: int, since: date, until: date) -> Sequence[FigureRow]:
    """The deals confirmed in the time: each as one, or with its amount where a currency is asked for."""
    found = (
        select(Deal)
        .join(Match, Match.id == Deal.match_id)
        .where(
            Match.mou_id == mou_id,
            Deal.confirmed_at < _moment(until + timedelta(days=1)),
            *_confirmed(since, currency),
        )
        .order_by(Deal.confirmed_at, Deal.id)
    )
    return [_row(deal, currency) for deal in db.session.scalars(found)]


def _row(deal: Deal, currency: Currency | None) -> FigureRow:
    amount = deal.amount if currency and deal.amount is not None else Decimal(1)
    added = caused(amount, deal.share_without) if currency else None
    label = _("%(kind)s, deal no. %(number)s", kind=kind_word(deal.kind), number=deal.id)
    day = (deal.confirmed_at or deal.updated_at).date()
    return FigureRow(day, amount, label, f"/deals/{deal.id}", added)


def in_all(currency: Currency | None, since: date | None) -> Mapping[int, Decimal]:
    """How many deals, or how much in a currency, by memorandum since a day."""
    counted = func.sum(Deal.amount) if currency else func.count()
    found = (
        select(Match.mou_id, counted)
        .select_from(Deal)
        .join(Match, Match.id == Deal.match_id)
        .where(*_confirmed(since, currency))
        .group_by(Match.mou_id)
    )
    return {number: Decimal(total or 0) for number, total in db.session.execute(found) if number}


add_figure(Figure("deals", _l("Deals agreed"), "", partial(rows, None), partial(in_all, None), kept=True))
for one in Currency:
    add_figure(
        Figure(
            f"deal_value_{one.value.lower()}",
            _l("Value of deals, %(currency)s", currency=one.value),
            one.value,
            partial(rows, one),
            partial(in_all, one),
            kept=True,
        )
    )
