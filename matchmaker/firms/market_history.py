"""How the export experience of a firm changed, for its own page and for those who check it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from matchmaker.core.i18n import language
from matchmaker.firms import queries, words
from matchmaker.firms.enums import MarketStatus
from matchmaker.reference import countries


@dataclass(frozen=True, slots=True)
class MarketLine:
    """One change: when, of which country, what was said before and after, and who said it."""

    at: datetime
    country: str
    before: str
    after: str
    person: str


def market_history(firm_id: int) -> list[MarketLine]:
    """The changes of a firm, newest first."""
    return [
        MarketLine(
            change.created_at,
            countries.label(change.country, language()),
            _status(change.before),
            _status(change.after),
            name or "",
        )
        for change, name in queries.market_changes(firm_id)
    ]


def _status(status: MarketStatus | None) -> str:
    return str(words.MARKETS[status]) if status else str(_("not named"))
