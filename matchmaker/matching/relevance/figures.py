"""The judgements behind the relevance rate, read from what firms did in the last year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.firms.models import Firm, FirmSector
from matchmaker.matching.enums import WishKind
from matchmaker.matching.models import Match, Wish
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.rate import Judgement
from matchmaker.matching.weighing.models import WeightSet

PERIOD: Final = timedelta(days=365)
POSITIVE: Final = (WishKind.MUST_MEET, WishKind.WOULD_MEET)
CHUNK: Final = 500
Pair = tuple[int, int]


def judgements() -> list[Judgement]:
    """One per pair of a firm and a firm that it judged; a no outweighs what was said besides."""
    since = clock.now() - PERIOD
    wanted = _wishes(since) | _requests(since)
    refused = {
        (row.firm_id, row.other_id): row.weights
        for row in db.session.execute(
            select(NotRelevant.firm_id, NotRelevant.other_id, NotRelevant.weights).where(
                NotRelevant.created_at >= since
            )
        )
    }
    said = {pair: (True, weights) for pair, weights in wanted.items()}
    said |= {pair: (False, weights) for pair, weights in refused.items()}
    countries, sectors = _facts(sorted({firm_id for firm_id, _other in said}))
    return [
        Judgement(yes, countries.get(firm_id, ""), sectors.get(firm_id, ""), weights)
        for (firm_id, _other_id), (yes, weights) in sorted(said.items())
    ]


def reasons() -> Sequence[tuple[str, int]]:
    """How often each reason was named in the last year, the most frequent first."""
    rows = db.session.scalars(
        select(NotRelevant.reason).where(NotRelevant.created_at >= clock.now() - PERIOD)
    )
    counted = Counter(reason.value for reason in rows)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _requests(since: datetime) -> dict[Pair, str]:
    """Introductions that a firm asked for itself; a proposal by staff is no judgement of the firm."""
    rows = db.session.execute(
        select(Match.asker_id, Match.answerer_id, Match.weights).where(
            Match.proposed_by_id.is_(None), Match.created_at >= since
        )
    )
    return {(row.asker_id, row.answerer_id): row.weights for row in rows}


def _wishes(since: datetime) -> dict[Pair, str]:
    rows = db.session.execute(
        select(Wish.firm_id, Wish.other_id, Wish.created_at).where(
            Wish.kind.in_(POSITIVE), Wish.created_at >= since
        )
    ).all()
    times = _times() if rows else []
    return {(row.firm_id, row.other_id): set_at(times, row.created_at) for row in rows}


def _times() -> list[tuple[datetime, str]]:
    """When each set came into use, in order of time."""
    rows = db.session.execute(
        select(WeightSet.valid_from, WeightSet.name)
        .where(WeightSet.valid_from.is_not(None), WeightSet.name.is_not(None))
        .order_by(WeightSet.valid_from)
    )
    return [(row.valid_from, row.name) for row in rows]


def set_at(times: Sequence[tuple[datetime, str]], moment: datetime) -> str:
    """The set that was in use at a moment; before the first one the set that the product brings."""
    return next((name for begun, name in reversed(times) if begun <= moment), WEIGHTS_2026_1.name)


def _facts(ids: Sequence[int]) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Country, and NACE division of the main branch, of the firms that judged."""
    countries, divisions = dict[int, str](), dict[int, str]()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for number, country in db.session.execute(select(Firm.id, Firm.country).where(Firm.id.in_(part))):
            countries[number] = country
        main = select(FirmSector.firm_id, FirmSector.nace_class).where(
            FirmSector.main, FirmSector.firm_id.in_(part)
        )
        for number, nace_class in db.session.execute(main):
            divisions[number] = (nace_class or "")[:2]
    return countries, divisions
