"""What firms said of their suggestions: whom they want to meet, and what they called not relevant."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.demo.pairs import Pairs
from matchmaker.demo.tables import dice
from matchmaker.demo.writing import add_all
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.matching.enums import WishKind
from matchmaker.matching.models import Wish
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.rules import Mark, resembles

SAYING: Final = 5
"""One firm in so many says something."""
REASONS: Final = (*Irrelevance, Irrelevance.GOODS, Irrelevance.GOODS, Irrelevance.SECTOR)


def add_opinions(pairs: Pairs, morning: datetime) -> None:
    """Write opinions of a fifth of the firms, and one of each documented account."""
    accounts = {one.id for one in pairs.own.values()}
    saying = [number for number in sorted(pairs.by_id)[::SAYING] if number not in accounts]
    add_all(NotRelevant, [*_of_accounts(pairs, morning), *_marks(pairs, saying, morning)])
    add_all(Wish, list(_wishes(pairs, saying, morning)))


def _marks(pairs: Pairs, saying: list[int], morning: datetime) -> Iterator[dict[str, Any]]:
    for number in saying:
        chance = dice("not relevant", str(number))
        free = [(other, total) for other, total in pairs.best_of(number)[3:] if other not in pairs.used]
        for other, total in free[: chance.choice((0, 1, 1, 2))]:
            yield _mark(pairs, number, other, total, chance.choice(REASONS), morning)


def _wishes(pairs: Pairs, saying: list[int], morning: datetime) -> Iterator[dict[str, Any]]:
    for number in saying:
        chance = dice("wish", str(number))
        moment = morning - timedelta(days=chance.randrange(3, 200))
        for other, _total in pairs.best_of(number)[: chance.choice((0, 1, 2))]:
            yield {
                "firm_id": number,
                "other_id": other,
                "kind": chance.choice((WishKind.MUST_MEET, WishKind.WOULD_MEET)),
                "created_at": moment,
                "updated_at": moment,
            }


def _of_accounts(pairs: Pairs, morning: datetime) -> Iterator[dict[str, Any]]:
    """The last of the best for a reason that does not lower the firm with which the documented journey goes."""
    one, other = (pairs.own[country].id for country in ("TR", "RU"))
    for own, partner in ((one, other), (other, one)):
        marked, total = pairs.best_of(own)[-1]
        reason = next(
            reason
            for reason in Irrelevance
            if not resembles(pairs.by_id[own], Mark(pairs.by_id[marked], reason), pairs.by_id[partner])
        )
        yield _mark(pairs, own, marked, total, reason, morning)


def _mark(
    pairs: Pairs, own: int, other: int, total: int, reason: Irrelevance, morning: datetime
) -> dict[str, Any]:
    moment = morning - timedelta(days=dice("said", str(own), str(other)).randrange(1, 200))
    return {
        "firm_id": own,
        "other_id": other,
        "reason": reason,
        "person_id": pairs.firms[own].person_id,
        "weights": WEIGHTS_2026_1.name,
        "score": total,
        "created_at": moment,
        "updated_at": moment,
    }
