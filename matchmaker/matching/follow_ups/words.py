"""Words of askings and answers; those of a match's states where they mean the same."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, ngettext

from matchmaker.matching.follow_ups.enums import FollowUpState, Standing

STANDINGS: Final = {
    Standing.NO_CONTACT: (_l("No contact yet"), "warn"),
    Standing.IN_TALKS: (_l("In talks"), "ok"),
    Standing.OFFER_SENT: (_l("In talks: a sample or an offer was sent"), "ok"),
    Standing.PARTNERSHIP: (_l("Partnership or a first order"), "ok"),
    Standing.ENDED: (_l("It has ended"), ""),
}
STATES: Final = {
    FollowUpState.ASKED: (lazy_pgettext("follow-up", "Asked"), "info"),
    FollowUpState.OVERDUE: (_l("Overdue"), "danger"),
    FollowUpState.ANSWERED: (_l("Answered"), "ok"),
    FollowUpState.DROPPED: (_l("Match ended before an answer"), ""),
    FollowUpState.UNREACHABLE: (_l("Nobody could be asked"), "warn"),
}


def after_days(days: int) -> str:
    """When after the introduction a firm is asked."""
    return str(ngettext("After %(num)s day", "After %(num)s days", days))
