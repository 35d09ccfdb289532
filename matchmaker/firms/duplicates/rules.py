"""When two firms may be one and the same, by which keys they are found, and who decides about it.

Only firms of one country are compared. Two firms of different countries may belong to one group and carry its name and
domain, but they are two businesses with two registers, two sets of duties and two coordinators: a match between them is
what the product is for, so they are never duplicates.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.engines.text.likeness import SAME, name_likeness, name_words, sorted_key
from matchmaker.engines.text.names import name_key
from matchmaker.firms.duplicates.enums import PairState, Sign
from matchmaker.firms.enums import FirmState
from matchmaker.firms.rules import VERIFYING_ROLES

if TYPE_CHECKING:
    from matchmaker.firms.duplicates.models import SuspectedPair

COMPARED_STATES: Final = (FirmState.SUBMITTED, FirmState.VERIFIED, FirmState.ON_HOLD, FirmState.SUSPENDED)
"""A draft is its author's own affair, an archived firm is out of use."""
MOST_ALIKE: Final = 40
"""A key that more firms share is a word of the trade, not a name; by such keys nobody is compared."""
MOST_OF_A_HOST: Final = 5
"""A domain that more firms use is that of an agency or a host, whoever it is."""
EDGE: Final = 7
"""So many letters at either end of a name find it again where it is misspelt at the other."""
SHORTEST_WORD: Final = 4
SHORTEST_REASON: Final = 5
LONGEST_KEY: Final = 120
_FIGURES: Final = re.compile(r"\d+")
STRENGTH: Final = {Sign.NUMBER: 300, Sign.HOST: 100}


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a firm is compared: the names that it publishes, its numbers with those that follow from them, its domains."""

    firm_id: int
    country: str
    region: str
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """What two firms have in common: a number, a domain, names that are alike by `score` of 100."""

    number: str = ""
    host: str = ""
    score: int = 0

    @property
    def strength(self) -> int:
        """How much it says, for the order of the queue."""
        return STRENGTH[Sign.NUMBER] * bool(self.number) + STRENGTH[Sign.HOST] * bool(self.host) + self.score


def host_key(country: str, host: str) -> str:
    """The key of a domain."""
    return f"{country}:{Sign.HOST}:{host}"


def keys(traits: Traits) -> frozenset[str]:
    """What a firm is found by, each with its country."""
    start = f"{traits.country}:"
    found = {f"{start}{Sign.NUMBER}:{number}" for number in traits.numbers}
    found |= {host_key(traits.country, host) for host in traits.hosts}
    found |= {f"{start}{Sign.NAME}:{piece}" for name in traits.names for piece in _pieces(name)}
    return frozenset(key[:LONGEST_KEY] for key in found)


def _pieces(name: str) -> Iterator[str]:
    """The name itself, its ends, its words and pairs of its words: what stays of it in another spelling."""
    whole, ordered, words = name_key(name), sorted_key(name), sorted(name_words(name))
    if not whole:
        return
    yield from (whole, ordered)
    if len(whole) > EDGE:
        yield f"{whole[:EDGE]}-"
        yield f"-{whole[-EDGE:]}"
    yield from (f"{word}." for word in words if len(word) >= SHORTEST_WORD)
    yield from (f"{one}+{other}" for one, other in combinations(words, 2))


def common(one: Traits, other: Traits, shared_hosts: frozenset[str] = frozenset()) -> Common | None:
    """What two firms have in common that makes them a suspected pair; None where it is nothing that tells.

    Names that are merely alike count for firms of one region or where a region is not known: the same word is the name
    of many small firms of a country. The very same name counts everywhere. Names with other figures in them are not
    alike: works No 5 is not works No 6.
    """
    if one.country != other.country or one.firm_id == other.firm_id:
        return None
    number = min(set(one.numbers) & set(other.numbers), default="")
    host = min((set(one.hosts) & set(other.hosts)) - shared_hosts, default="")
    score = max((_likeness(*names) for names in product(one.names, other.names)), default=0)
    near = one.region == other.region or not one.region or not other.region
    found = Common(number, host, score if near or score == SAME or number or host else 0)
    return found if found.strength else None


def _likeness(one: str, other: str) -> int:
    return name_likeness(one, other) if _FIGURES.findall(one) == _FIGURES.findall(other) else 0


def mark(one: Traits, other: Traits) -> str:
    """The names and numbers of two firms as one short text: another one when any of them changes."""
    told = [
        "\n".join(("names", *sorted(each.names), "numbers", *sorted(each.numbers)))
        for each in sorted((one, other), key=lambda traits: traits.firm_id)
    ]
    return hashlib.sha256("\n\n".join(told).encode()).hexdigest()


def countries(actor: Actor) -> frozenset[str]:
    """The countries whose firms the actor verifies, and of which double ones are the actor's affair."""
    return frozenset(
        grant.country for grant in actor.grants if grant.role in VERIFYING_ROLES and grant.country
    )


def may_see_pairs(actor: Actor) -> bool:
    """Staff and coordinators of a country have a queue of suspected pairs."""
    return bool(countries(actor))


def may_settle(actor: Actor, pair: "SuspectedPair") -> bool:
    """Staff and coordinators of the country settle a pair, but never one with a firm of their own."""
    own = any(actor.membership(number) for number in (pair.first_id, pair.second_id))
    return actor.has(*VERIFYING_ROLES, country=pair.country) and not own


def may_put_aside(actor: Actor, pair: "SuspectedPair") -> bool:
    """Only an open pair is put aside."""
    return pair.state is PairState.OPEN and may_settle(actor, pair)


def may_take_back(actor: Actor, pair: "SuspectedPair") -> bool:
    """Only what was put aside comes back into the queue."""
    return pair.state is PairState.PUT_ASIDE and may_settle(actor, pair)
