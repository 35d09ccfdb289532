"""Decided introductions as a ranking is judged by them, and which of them nobody may learn from.

A decision is a firm's answer to a request: accepted where both firms agreed, refused where the firm asked said no because the
other one did not suit. A no for lack of capacity, because the two are partners already, or by a coordinator says nothing about the
fit and is left out, and so are requests that were withdrawn or ran out. A decision stands in the list of the firm that answered.
Firms are compared by their profiles of today: what they said then is not kept. Other domains add what they know to what may be
learned from (`evidence`); the quality is judged by introductions alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import or_, select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights
from matchmaker.matching.enums import MatchState, ReasonCode
from matchmaker.matching.models import Match
from matchmaker.matching.profiles import load_profiles
from matchmaker.matching.quality import evidence
from matchmaker.matching.quality.calibration import Decision
from matchmaker.matching.quality.evidence import INTRODUCTIONS, Said

MOST: Final = 5000
"""The newest decisions that are looked at."""
TELLING: Final = (ReasonCode.NOT_SUITABLE, ReasonCode.OTHER)


@dataclass(frozen=True, slots=True)
class Answer:
    """One decision with the profiles of both firms, the one that answered first."""

    own: FitProfile
    other: FitProfile
    accepted: bool
    event: str = INTRODUCTIONS


def is_held_out(firm_id: int) -> bool:
    """Whether the decisions of a firm are kept for judging: half of the firms, the same ones for ever."""
    return sha256(f"held out {firm_id}".encode()).digest()[0] % 2 == 0


def introductions(*, held_out: bool) -> list[Said]:
    """The newest answers to requests of the one or the other half of the firms, in order of the firms that answered."""
    refused = (Match.state == MatchState.REFUSED) & or_(Match.reason.is_(None), Match.reason.in_(TELLING))
    rows = db.session.execute(
        select(Match.answerer_id, Match.asker_id, Match.agreed_at)
        .where(Match.proposed_by_id.is_(None), or_(Match.agreed_at.is_not(None), refused))
        .order_by(Match.id.desc())
        .limit(MOST)
    ).all()
    said = {
        (row.answerer_id, row.asker_id): row.agreed_at is not None
        for row in reversed(rows)
        if is_held_out(row.answerer_id) is held_out
    }
    return [Said(own, other, accepted, INTRODUCTIONS) for (own, other), accepted in sorted(said.items())]


def answers(*, held_out: bool) -> list[Answer]:
    """The same with the profiles of both firms."""
    return with_profiles(introductions(held_out=held_out))


def with_profiles(said: Iterable[Said]) -> list[Answer]:
    """Judgements with the profiles of both firms, in the same order; without those of firms that have no list today."""
    known = list(said)
    wanted = {number for one in known for number in (one.owner, one.other)}
    profiles = {one.firm_id: one for one in load_profiles(db.session, wanted, clock.today())}
    return [
        Answer(profiles[one.owner], profiles[one.other], one.accepted, one.event)
        for one in known
        if one.owner in profiles and one.other in profiles
    ]


def judged_lists(found: Sequence[Answer], weights: Weights) -> Mapping[int, list[bool]]:
    """By the firm that answered, its decisions in the order of its list by these points."""
    by_owner: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for one in found:
        total = score(one.own, one.other, weights).total
        by_owner[one.own.firm_id].append((-total, one.other.firm_id, one.accepted))
    return {owner: [accepted for _total, _id, accepted in sorted(rows)] for owner, rows in by_owner.items()}


def to_learn_from() -> list[Decision]:
    """The decisions that are not held out, those that other domains know of included."""
    return shares_of([*answers(held_out=False), *with_profiles(learnable(evidence.told()))])


def learnable(said: Iterable[Said]) -> list[Said]:
    """What firms said elsewhere, without what would tell of decisions that are held out."""
    judged = ((one.owner, one.other) for one in introductions(held_out=True))
    return evidence.apart(said, judged, is_held_out)


def shares_of(found: Iterable[Answer]) -> list[Decision]:
    """Decisions with the share of each criterion's points that the pair gets.

    Shares are measured with the product's first set, in which every criterion has points, so that a criterion without
    points today can be learned too.
    """
    return [
        Decision(
            one.own.firm_id,
            tuple(
                row.points / (row.most_a + row.most_b)
                for row in score(one.own, one.other, WEIGHTS_2026_1).rows
            ),
            one.accepted,
            one.event,
        )
        for one in found
    ]
