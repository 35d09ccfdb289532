"""The kinds of notices: what they say on the page, what the mail may say, and the category they belong to.

A sentence has the place %(subject)s for the name of what it is about; the line for the mail has none, because a mail
passes through many hands. A domain that needs another kind adds it with add_kind when it is imported.
"""

from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.notifications.enums import NoticeCategory


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: `sentence` on the page, `news` in the mail."""

    name: str
    category: NoticeCategory
    sentence: LazyString
    news: LazyString


_kinds: dict[str, Kind] = {}
KINDS = MappingProxyType(_kinds)


def add_kind(name: str, category: NoticeCategory, sentence: LazyString, news: LazyString) -> None:
    """Add a kind; raises ValueError for a name that is taken."""
    if name in _kinds:
        raise ValueError(f"two kinds of notice are called {name}")
    _kinds[name] = Kind(name, category, sentence, news)


_MATCHES, _MESSAGES, _FIRM, _WORK = (
    NoticeCategory.MATCHES,
    NoticeCategory.MESSAGES,
    NoticeCategory.FIRM,
    NoticeCategory.WORK,
)
for _name, _category, _sentence, _news in (
    (
        "match_asked",
        _MATCHES,
        _l("%(subject)s asks to be introduced to you."),
        _l("A firm asks to be introduced to you."),
    ),
    (
        "match_proposed",
        _MATCHES,
        _l("Your institution proposes an introduction to %(subject)s."),
        _l("Your institution proposes an introduction."),
    ),
    (
        "match_agreed",
        _MATCHES,
        _l("%(subject)s agreed to the introduction."),
        _l("A firm agreed to an introduction."),
    ),
    (
        "match_refused",
        _MATCHES,
        _l("%(subject)s declined the introduction."),
        _l("There is an answer to an introduction."),
    ),
    (
        "match_withdrawn",
        _MATCHES,
        _l("The request for an introduction to %(subject)s was withdrawn."),
        _l("A request for an introduction was withdrawn."),
    ),
    (
        "match_reminder",
        _MATCHES,
        _l("The request of %(subject)s waits for your answer and expires soon."),
        _l("A request for an introduction waits for your answer and expires soon."),
    ),
    (
        "match_expired",
        _MATCHES,
        _l("The request between you and %(subject)s expired without an answer."),
        _l("A request for an introduction expired without an answer."),
    ),
    (
        "match_approved",
        _MATCHES,
        _l("A coordinator approved the introduction to %(subject)s."),
        _l("A coordinator approved an introduction."),
    ),
    (
        "match_declined",
        _MATCHES,
        _l("The introduction to %(subject)s was not approved."),
        _l("There is a decision on an introduction."),
    ),
    (
        "match_introduced",
        _MATCHES,
        _l("You are introduced to %(subject)s. You see each other's contacts now."),
        _l("You are introduced to a firm."),
    ),
    (
        "match_in_talks",
        _MATCHES,
        _l("You are in talks with %(subject)s."),
        _l("There is news of an introduction."),
    ),
    (
        "match_partnership",
        _MATCHES,
        _l("You and %(subject)s reached a partnership."),
        _l("You reached a partnership."),
    ),
    ("match_closed", _MATCHES, _l("The match with %(subject)s was closed."), _l("A match was closed.")),
    (
        "match_blocked",
        _WORK,
        _l("The match %(subject)s needs a compliance decision."),
        _l("A match needs a decision."),
    ),
    (
        "approval_waiting",
        _WORK,
        _l("The introduction %(subject)s waits for your approval."),
        _l("An introduction waits for your approval."),
    ),
    (
        "message",
        _MESSAGES,
        _l("There is a new message from %(subject)s."),
        _l("There is a new message for you."),
    ),
    ("firm_submitted", _WORK, _l("%(subject)s waits to be verified."), _l("A firm waits to be verified.")),
    (
        "firm_verified",
        _FIRM,
        _l("%(subject)s is verified and listed in the directory."),
        _l("Your firm is verified."),
    ),
    (
        "firm_rejected",
        _FIRM,
        _l("%(subject)s could not be verified. Read what to change."),
        _l("There is a decision on your firm."),
    ),
    ("firm_on_hold", _FIRM, _l("%(subject)s is on hold."), _l("There is a decision on your firm.")),
    ("firm_suspended", _FIRM, _l("%(subject)s is suspended."), _l("There is a decision on your firm.")),
    ("firm_reinstated", _FIRM, _l("%(subject)s is open again."), _l("There is a decision on your firm.")),
    (
        "firm_changed",
        _WORK,
        _l("%(subject)s changed key facts. Check them."),
        _l("A firm changed key facts."),
    ),
    ("join_asked", _FIRM, _l("Somebody asks to join %(subject)s."), _l("Somebody asks to join your firm.")),
    (
        "join_accepted",
        _FIRM,
        _l("You are now a member of %(subject)s."),
        _l("You are now a member of a firm."),
    ),
    (
        "join_refused",
        _FIRM,
        _l("Your request to join %(subject)s was declined."),
        _l("There is an answer to your request to join a firm."),
    ),
    ("member_joined", _FIRM, _l("Somebody joined %(subject)s."), _l("Somebody joined your firm.")),
    (
        "member_removed",
        _FIRM,
        _l("You are no longer a member of %(subject)s."),
        _l("Your membership in a firm ended."),
    ),
):
    add_kind(_name, _category, _sentence, _news)
