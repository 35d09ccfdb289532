"""Finding suspected pairs: each firm keeps the keys it is found by, and is compared with those that share one.

The work grows with the number of firms: a firm has a few dozen keys at most, and a key that many firms share is not
followed. What is found for one firm is the same whether it is looked at alone or with all others.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import aliased

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.models import DuplicateKey, SuspectedPair
from matchmaker.firms.duplicates.reading import traits_of
from matchmaker.firms.duplicates.rules import (
    MOST_ALIKE,
    MOST_OF_A_HOST,
    Common,
    Traits,
    common,
    host_key,
    keys,
    mark,
)

Pairs = dict[tuple[int, int], Common]


def renew_keys(ids: Collection[int]) -> int:
    """Keep what these firms are found by as they are now, answering how many keys are new; out of use they have none."""
    now = traits_of(ids)
    stored: dict[int, set[str]] = {number: set() for number in ids}
    rows = select(DuplicateKey.firm_id, DuplicateKey.key).where(DuplicateKey.firm_id.in_(sorted(ids)))
    for firm_id, key in db.session.execute(rows):
        stored[firm_id].add(key)
    added = []
    for number in sorted(ids):
        wanted = keys(now[number]) if number in now else frozenset()
        if gone := stored[number] - wanted:
            old = DuplicateKey.firm_id == number, DuplicateKey.key.in_(sorted(gone))
            db.session.execute(delete(DuplicateKey).where(*old))
        added += [{"firm_id": number, "key": key} for key in sorted(wanted - stored[number])]
    if added:
        db.session.execute(insert(DuplicateKey), added)
    return len(added)


def renew_pairs(ids: Collection[int]) -> int:
    """Bring the suspected pairs of these firms up to date; answers how many new ones there are.

    A pair that was put aside stays so while names and numbers of both are as they were; an open one that has nothing in
    common any more goes.
    """
    near = _sharing(ids)
    traits = traits_of({*ids, *(other for others in near.values() for other in others)})
    shared = _shared_hosts(traits[number] for number in ids if number in traits)
    found: Pairs = {}
    for number, others in near.items():
        for other in others:
            if number in traits and other in traits:
                alike = common(traits[number], traits[other], shared)
                if alike:
                    found[min(number, other), max(number, other)] = alike
    return _store(ids, found, traits)


def _sharing(ids: Collection[int]) -> dict[int, set[int]]:
    """For each firm those that share a key with it which few enough have."""
    own, other, last = aliased(DuplicateKey), aliased(DuplicateKey), aliased(DuplicateKey)
    # Whether there is one more than followed: asked so, a key of half the country costs no more than any other.
    many = select(last.id).where(last.key == own.key).limit(1).offset(MOST_ALIKE).scalar_subquery()
    rows = (
        select(own.firm_id, other.firm_id)
        .join(other, other.key == own.key)
        .where(own.firm_id.in_(sorted(ids)), other.firm_id != own.firm_id, many.is_(None))
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for one, two in db.session.execute(rows):
        found.setdefault(one, set()).add(two)
    return found


def _shared_hosts(traits: Iterable[Traits]) -> frozenset[str]:
    """Domains of these firms that more firms use than one business has."""
    hosts = {host_key(one.country, host): host for one in traits for host in one.hosts}
    crowded = (
        select(DuplicateKey.key)
        .where(DuplicateKey.key.in_(sorted(hosts)))
        .group_by(DuplicateKey.key)
        .having(func.count() > MOST_OF_A_HOST)
    )
    return frozenset(hosts[key] for key in db.session.scalars(crowded))


def _store(ids: Collection[int], found: Pairs, traits: dict[int, Traits]) -> int:
    touched = or_(SuspectedPair.first_id.in_(sorted(ids)), SuspectedPair.second_id.in_(sorted(ids)))
    rows = db.session.scalars(select(SuspectedPair).where(touched).order_by(SuspectedPair.id))
    known = {(pair.first_id, pair.second_id): pair for pair in rows}
    for numbers, pair in known.items():
        if numbers in found:
            _refresh(pair, found[numbers], mark(*(traits[number] for number in numbers)))
        elif pair.state is PairState.OPEN:
            db.session.delete(pair)
    fresh = sorted(found.keys() - known.keys())
    for first, second in fresh:
        pair = SuspectedPair(first_id=first, second_id=second, country=traits[first].country)
        _describe(pair, found[first, second])
        db.session.add(pair)
    db.session.flush()
    return len(fresh)


def _refresh(pair: SuspectedPair, alike: Common, now: str) -> None:
    _describe(pair, alike)
    if pair.state is PairState.PUT_ASIDE and pair.mark != now:
        pair.state, pair.created_at = PairState.OPEN, clock.now()


def _describe(pair: SuspectedPair, alike: Common) -> None:
    pair.number, pair.host = alike.number, alike.host
    pair.score, pair.strength = alike.score, alike.strength
