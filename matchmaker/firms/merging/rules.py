"""Who may merge two firms and undo it."""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.rules import COMPARED_STATES, may_settle
from matchmaker.firms.rules import VERIFYING_ROLES

if TYPE_CHECKING:
    from matchmaker.firms.duplicates.models import SuspectedPair
    from matchmaker.firms.merging.models import MergeRecord
    from matchmaker.firms.models import Firm

SHORTEST_REASON = 5


def may_merge(actor: Actor, pair: "SuspectedPair") -> bool:
    """Whoever settles an open pair may merge its firms."""
    return pair.state is PairState.OPEN and may_settle(actor, pair)


def can_be_merged(kept: "Firm", merged: "Firm") -> bool:
    """Two different firms of one country that are both in use."""
    return (
        kept.id != merged.id
        and kept.country == merged.country
        and kept.state in COMPARED_STATES
        and merged.state in COMPARED_STATES
    )


def may_see_merge(actor: Actor, merge: "MergeRecord") -> bool:
    """Staff and coordinators of the country see a merge, but not of a firm of their own."""
    own = any(actor.membership(number) for number in (merge.kept_id, merge.merged_id))
    return actor.has(*VERIFYING_ROLES, country=merge.country) and not own


def may_undo(actor: Actor, merge: "MergeRecord") -> bool:
    """They undo it while it stands."""
    return merge.undone_at is None and may_see_merge(actor, merge)
