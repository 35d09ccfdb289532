"""What becomes of matches, deals, follow-ups and wishes when a firm is merged into another one."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select

from matchmaker.core.db import db
from matchmaker.firms.merging.parts import Moving, Part, Staying
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.exposure.models import CappedFirm, CappedPlace
from matchmaker.matching.follow_ups.models import FollowUp
from matchmaker.matching.models import Match, Wish
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.rules import pair_key

COMPUTED = "the next round of the lists computes it anew"


def _of(firm_id: int) -> ColumnElement[bool]:
    return or_(Match.asker_id == firm_id, Match.answerer_id == firm_id)


def _other(match: Any, firm_id: int) -> int:
    return int(match.answerer_id if match.asker_id == firm_id else match.asker_id)


def matches_left(kept_id: int, merged_id: int) -> Collection[int]:
    """Living matches with a firm with which the kept firm has a living match too; they end as the merged firm is archived."""
    living = select(Match.id, Match.asker_id, Match.answerer_id).where(Match.open_pair.is_not(None))
    taken = {_other(match, kept_id) for match in db.session.execute(living.where(_of(kept_id)))}
    own = db.session.execute(living.where(_of(merged_id)))
    return [match.id for match in own if _other(match, merged_id) in taken]


def _follow_asker(match: Any, kept_id: int, merged_id: int) -> dict[str, Any]:
    if match.open_pair is None:
        return {}
    return {"open_pair": pair_key(kept_id, _other(match, merged_id))}


def _deals_left(kept_id: int, merged_id: int) -> Collection[int]:
    staying = Deal.match_id.in_(matches_left(kept_id, merged_id))
    return db.session.scalars(select(Deal.id).where(staying)).all()


def _follow_ups_left(kept_id: int, merged_id: int) -> Collection[int]:
    staying = FollowUp.match_id.in_(matches_left(kept_id, merged_id))
    return db.session.scalars(select(FollowUp.id).where(staying)).all()


PART = Part(
    "matching",
    moving=(
        Moving(Match.asker_id, _l("Matches"), left=matches_left, also=_follow_asker),
        Moving(Match.answerer_id, _l("Matches"), left=matches_left, also=_follow_asker),
        Moving(Deal.reporter_id, _l("Deals"), left=_deals_left),
        Moving(FollowUp.firm_id, _l("Follow-ups"), left=_follow_ups_left),
        Moving(Wish.firm_id, _l("Wishes"), (Wish.other_id,)),
        Moving(Wish.other_id, _l("Wishes of others"), (Wish.firm_id,)),
        Moving(NotRelevant.firm_id, _l("Suggestions called not relevant"), (NotRelevant.other_id,)),
        Moving(NotRelevant.other_id, _l("Suggestions called not relevant"), (NotRelevant.firm_id,)),
    ),
    staying=(
        Staying(CappedFirm.firm_id, COMPUTED),
        Staying(CappedPlace.firm_id, COMPUTED),
        Staying(CappedPlace.list_id, COMPUTED),
    ),
)
