"""Introductions that were decided long ago: enough accepted and refused ones to judge points by, and to learn from.

The invented firms say yes by a taste of their own, in which goods and certificates count for more than in the points in use and a
firm of the own branch is a rival, and by chance; so there is something to be found, and it is not certain.
"""

from collections.abc import Iterator, Sequence
from math import exp
from typing import Final

from matchmaker.demo.courses import APPROVED, ASKED, BOTH, Course, Step
from matchmaker.demo.pairs import Pair, Pairs
from matchmaker.demo.tables import dice
from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.fit.scoring import score
from matchmaker.matching.enums import MatchState, MatchVerb, ReasonCode

ANSWERING: Final = 12
"""One firm in so many of each country was often asked."""
REQUESTS: Final = 14
TASTE: Final = {
    "products": 8.0,
    "partnership": 0.5,
    "volume": 2.0,
    "certificates": 6.0,
    "languages": 0.5,
    "sector": -5.0,
    "reciprocity": 1.0,
}
"""By how much the log of the odds of a yes grows from none to all points of a criterion."""
CLOSED: Final = (*BOTH, Step(600, MatchVerb.CLOSE, MatchState.CLOSED, "asker"))
REFUSED: Final = (*ASKED, Step(70, MatchVerb.REFUSE, MatchState.REFUSED, "answerer"))


def decided(pairs: Pairs) -> Iterator[tuple[Pair, Course]]:
    """The pairs with their course: each ended more than half a year ago, so none stands in the way of a new match."""
    for own in sorted(pairs.by_id)[::ANSWERING]:
        profile = pairs.firms[own].profile
        chance = dice("history", profile.country, profile.place)
        others = _askers(pairs, own)
        fits = [(other, score(pairs.by_id[other], pairs.by_id[own])) for other in others]
        middle = sum(_liking(fit) for _other, fit in fits) / len(fits) if fits else 0.0
        for other, fit in fits:
            yes = chance.random() < 1 / (1 + exp(middle - _liking(fit)))
            begun = chance.randrange(230, 390)
            pair = Pair(pairs.firms[other], pairs.firms[own], fit)
            yield (
                pair,
                Course(begun, CLOSED, APPROVED)
                if yes
                else Course(begun, REFUSED, (), ReasonCode.NOT_SUITABLE),
            )


def _askers(pairs: Pairs, own: int) -> Sequence[int]:
    """Firms that asked: some of the best and some from further down the list, none that has a match already."""
    free = [other for other, _total in pairs.best_of(own, 84) if other not in pairs.used]
    return free[::6][:REQUESTS] if own not in pairs.used else []


def _liking(fit: Fit) -> float:
    return sum(TASTE[row.criterion] * row.points / (row.most_a + row.most_b) for row in fit.rows)
