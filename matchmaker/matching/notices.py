"""Tells people about a match: only the kind of news and the names of the firms, nothing that was written."""

from collections.abc import Callable, Iterable

from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import Person
from matchmaker.core.actor import InstitutionRole
from matchmaker.firms.models import Firm
from matchmaker.firms.names import shown_name
from matchmaker.firms.queries import members_to_tell
from matchmaker.institutions.queries import coordinators, officers
from matchmaker.matching.models import Match
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

add_kind(
    "match_introduced_first",
    NoticeCategory.MATCHES,
    _l("You are introduced to %(subject)s. Contacts open later; the page says what is missing."),
    _l("You are introduced to a firm."),
)
add_kind(
    "match_contacts_open",
    NoticeCategory.MATCHES,
    _l("You and %(subject)s see each other's contacts now."),
    _l("There is news of an introduction."),
)
add_kind(
    "approval_reminder",
    NoticeCategory.WORK,
    _l("The match %(subject)s expires soon without your decision."),
    _l("A match expires soon without your decision."),
)
add_kind(
    "approval_question",
    NoticeCategory.WORK,
    _l("A coordinator asked a question about the match %(subject)s."),
    _l("A coordinator asked a question about a match."),
)
add_kind(
    "approval_declined",
    NoticeCategory.WORK,
    _l("A coordinator declined the match %(subject)s."),
    _l("There is a decision on a match."),
)
add_kind(
    "approval_reviewed",
    NoticeCategory.WORK,
    _l("A compliance officer decided about the match %(subject)s."),
    _l("There is a compliance decision on a match."),
)
add_kind(
    "approval_partnership",
    NoticeCategory.WORK,
    _l("%(subject)s reached a partnership."),
    _l("Two firms reached a partnership."),
)


def tell_firm(match: Match, firm: Firm, kind: str, *, but: int = 0) -> None:
    """Tell the members of one firm of the match; `but` is the person who did it."""
    other = match.answerer if firm.id == match.asker_id else match.asker
    _tell(members_to_tell(firm.id), match, kind, _one(other), match_path(match), but)


def tell_firms(match: Match, kind: str, *, but: int = 0) -> None:
    """Tell the members of both firms."""
    tell_firm(match, match.asker, kind, but=but)
    tell_firm(match, match.answerer, kind, but=but)


def tell_coordinators(match: Match, countries: Iterable[str], kind: str, *, but: int = 0) -> None:
    """Tell the coordinators of some of the two countries."""
    for country in countries:
        _tell(coordinators(country), match, kind, _pair(match, country), approval_path(match), but)


def tell_compliance(match: Match, kind: str) -> None:
    """Tell the compliance officers of both countries."""
    for country in (match.asker.country, match.answerer.country):
        people = officers(country, InstitutionRole.COMPLIANCE)
        _tell(people, match, kind, _pair(match, country), approval_path(match), 0)


def match_path(match: Match) -> str:
    """Where the firms find the match."""
    return f"/matches/{match.id}"


def approval_path(match: Match) -> str:
    """Where the institutions find the match."""
    return f"/approvals/{match.id}"


Subject = Callable[[str], str]
"""What a notice is about, in the letters of a reader of the language."""


def _one(firm: Firm) -> Subject:
    return lambda spoken: shown_name(firm, spoken).text


def _pair(match: Match, country: str) -> Subject:
    """Both firms, the one of the country that is told first."""
    firms = sorted((match.asker, match.answerer), key=lambda firm: firm.country != country)
    return lambda spoken: " – ".join(shown_name(firm, spoken).text for firm in firms)


def _tell(people: Iterable[Person], match: Match, kind: str, subject: Subject, path: str, but: int) -> None:
    for person in people:
        if person.id != but:
            about = subject(person.language)
            notify(person.id, kind, about, path, f"match:{match.id}:{kind}:{match.version}", mail=True)
