"""Tells the members of a firm that an answer by link waits for a step which a link cannot take."""

from typing import Final

from flask_babel import lazy_gettext as _l

from matchmaker.firms.names import shown_name
from matchmaker.firms.queries import members_to_tell
from matchmaker.matching.enums import MatchState
from matchmaker.matching.follow_ups.enums import Standing
from matchmaker.matching.follow_ups.models import FollowUp
from matchmaker.matching.models import Match
from matchmaker.matching.notices import match_path
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

NEWS = _l("There is news of an introduction.")
add_kind(
    "follow_up_partnership",
    NoticeCategory.MATCHES,
    _l("Your firm answered that you reached a partnership with %(subject)s. Record it on the match's page."),
    NEWS,
)
add_kind(
    "follow_up_ended",
    NoticeCategory.MATCHES,
    _l(
        "Your firm answered that it has ended with %(subject)s. Close the match on its page if that is right."
    ),
    NEWS,
)
KINDS: Final = {Standing.PARTNERSHIP: "follow_up_partnership", Standing.ENDED: "follow_up_ended"}
"""The answers after which somebody with an account has something to do."""


def tell(follow_up: FollowUp, match: Match) -> None:
    """Tell the members of the firm what to do, once for an asking and an answer."""
    standing = follow_up.standing
    if standing not in KINDS or match.state is MatchState.PARTNERSHIP:
        return
    other = match.answerer if follow_up.firm_id == match.asker_id else match.asker
    key = f"follow_up:{follow_up.id}:{standing.value}"
    for person in members_to_tell(follow_up.firm_id):
        about = shown_name(other, person.language).text
        notify(person.id, KINDS[standing], about, match_path(match), key)
