"""Which invented firms meet: pairs with a high fit, each firm in few of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matchmaker.core.db import db
from matchmaker.demo.firms import Stored
from matchmaker.demo.special import CONTROLLED_HS, LIKE_LISTED, own_firm
from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.scoring import score
from matchmaker.matching.profiles import load_profiles

BEST = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Two firms, the asking one first, with their fit."""

    asker: Stored
    answerer: Stored
    fit: Fit


class Pairs:
    """Hands out pairs, the best first; the pair of the documented accounts is kept free for the journey."""

    def __init__(self, stored: dict[str, list[Stored]], today: date) -> None:
        self.firms = {one.id: one for made in stored.values() for one in made}
        self.own = {country: _own(made) for country, made in stored.items()}
        self.by_id: dict[int, FitProfile] = {
            one.firm_id: one for one in load_profiles(db.session, list(self.firms), today)
        }
        self.index = FitIndex.build(self.by_id.values())
        self.used = {one.id for one in self.own.values()}
        self._best = self._ranked([one.id for one in stored["TR"] if one.id in self.by_id])

    def _ranked(self, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
        found = [(total, one, other) for one in ids for other, total in self.best_of(one)]
        yield from ((one, other) for total, one, other in sorted(found, key=lambda row: (-row[0], row[1:])))

    def best_of(self, firm_id: int, most: int = BEST) -> list[tuple[int, int]]:
        """The best counterparts across the border with their totals."""
        own = self.by_id[firm_id]
        countries = {"RU"} if own.country == "TR" else {"TR"}
        return [(one.firm_id, one.total) for one in self.index.top(own, most, countries=countries)]

    def pair(self, asker: int, answerer: int) -> Pair:
        """A pair with its fit; both firms count as used."""
        self.used |= {asker, answerer}
        fit = score(self.by_id[asker], self.by_id[answerer])
        return Pair(self.firms[asker], self.firms[answerer], fit)

    def next(self, *, turkish_asks: bool) -> Pair:
        """The best pair of two firms that have no match yet."""
        one, other = next(pair for pair in self._best if not self.used & set(pair))
        return self.pair(one, other) if turkish_asks else self.pair(other, one)

    def of_account(self, country: str, *, asks: bool) -> Pair:
        """The next best pair for the firm of a documented account."""
        own = self.own[country].id
        other = next(number for number, _total in self.best_of(own) if number not in self.used)
        return self.pair(own, other) if asks else self.pair(other, own)

    def flagged(self) -> list[Pair]:
        """A pair for each firm that the checks find something about."""
        found = [one for one in self.firms.values() if one.id in self.by_id and _is_flagged(one)]
        pairs = []
        for one in found:
            other = next(number for number, _total in self.best_of(one.id) if number not in self.used)
            pairs.append(self.pair(one.id, other))
        return pairs


def _own(made: list[Stored]) -> Stored:
    profile = own_firm([one.profile for one in made])
    return next(one for one in made if one.profile is profile)


def _is_flagged(one: Stored) -> bool:
    controlled = any(line.good.hs == CONTROLLED_HS for line in one.profile.lines)
    return controlled or one.profile.name == LIKE_LISTED
