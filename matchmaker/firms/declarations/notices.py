"""Tells the people of a firm that its declaration ends or is asked for, and who asked that it is there."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.i18n import in_language, show_date
from matchmaker.firms.declarations.models import DeclarationRequest
from matchmaker.firms.models import Firm
from matchmaker.firms.names import shown_name
from matchmaker.firms.queries import speakers
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

add_kind(
    "declaration_ends",
    NoticeCategory.FIRM,
    _l("The declaration of size ends soon: %(subject)s. Renew it, or the firm cannot apply for trips."),
    _l("The declaration of size of your firm ends soon."),
)
add_kind(
    "declaration_asked",
    NoticeCategory.FIRM,
    _l("Your institution asks for a new declaration of size: %(subject)s."),
    _l("Your institution asks for a new declaration of size."),
)
add_kind(
    "declaration_made",
    NoticeCategory.WORK,
    _l("%(subject)s has made the declaration of size you asked for."),
    _l("A firm has made the declaration of size you asked for."),
)


def tell_ending(firm: Firm, days: int) -> None:
    """Remind those who can renew; each once for this last day and this number of days, however often it is tried."""
    if firm.declared_until is None:
        return
    _tell(firm, "declaration_ends", f"declaration {firm.id} ends {firm.declared_until} in {days}")


def tell_asked(firm: Firm, request: DeclarationRequest) -> None:
    """Tell those who can renew that they are asked to, and until when."""
    _tell(firm, "declaration_asked", f"declaration request {request.id}")


def _tell(firm: Firm, kind: str, key: str) -> None:
    for person in speakers(firm.id):
        with in_language(person.language):
            subject = f"{shown_name(firm, person.language).text}, {show_date(firm.declared_until)}"
        notify(person.id, kind, subject, f"/firms/{firm.id}/declaration", key)


def tell_answered(firm: Firm, request: DeclarationRequest) -> None:
    """Tell who asked."""
    key = f"declaration request {request.id} answered"
    subject = shown_name(firm, request.asked_by.language).text
    notify(request.asked_by_id, "declaration_made", subject, f"/firms/{firm.id}/review", key)
