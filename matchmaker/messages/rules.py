"""Who reads and who writes in the conversation of a match."""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.matching.enums import MatchState
from matchmaker.matching.rules import acts_for, is_member

if TYPE_CHECKING:
    from matchmaker.matching.models import Match
    from matchmaker.messages.models import MessageAttachment

WRITABLE = frozenset({MatchState.INTRODUCED, MatchState.IN_TALKS, MatchState.PARTNERSHIP})
LONGEST = 5000
MOST_FILES = 5


def has_conversations(actor: Actor) -> bool:
    """Members of a firm have conversations; institutions do not read along."""
    return bool(actor.memberships)


def may_read(actor: Actor, match: "Match") -> bool:
    """The members of both firms, from the introduction on, also after the match was closed."""
    return is_member(actor, match) and match.introduced_at is not None


def may_write(actor: Actor, match: "Match") -> bool:
    """Who speaks for one of the firms, as long as the two are in touch."""
    speaks = acts_for(actor, match.asker_id) or acts_for(actor, match.answerer_id)
    return may_read(actor, match) and match.state in WRITABLE and speaks


def may_read_file(actor: Actor, attachment: "MessageAttachment") -> bool:
    """Whoever reads the message reads its files."""
    return may_read(actor, attachment.message.match)


def own_firm_id(actor: Actor, match: "Match") -> int:
    """The firm of the match that the actor belongs to; raises StopIteration for an outsider."""
    return next(number for number in (match.asker_id, match.answerer_id) if actor.membership(number))
