"""Tells people on the spot: only the kind of news and the name of the day, and only those whom it concerns."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.db import db
from matchmaker.firms.queries import members_to_tell
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

KINDS: dict[str, tuple[LazyString, LazyString]] = {
    "meetings_mended": (
        _l("Your meetings at %(subject)s have changed. Look at your agenda."),
        _l("Your meetings of today have changed."),
    ),
    "meeting_offered": (
        _l("A meeting is offered to you at %(subject)s. Answer soon."),
        _l("A meeting is offered to you. Answer soon."),
    ),
    "meeting_not_taken": (
        _l("The meeting that was offered to you at %(subject)s does not take place."),
        _l("An offered meeting does not take place."),
    ),
}
for _name, (_sentence, _news) in KINDS.items():
    add_kind(_name, NoticeCategory.FIRM, _sentence, _news)


def tell(day: B2bDay, participants: Iterable[int], kind: str, event: str, *, but: int = 0) -> int:
    """Tell the people of some firms; `but` is the person who did it. Answers how many people were told.

    `event` makes the same news known once.
    """
    told = 0
    for number in sorted(set(participants)):
        firm = db.session.get_one(DayParticipant, number)
        for person in members_to_tell(firm.firm_id):
            if person.id != but:
                subject = day.programme.title(person.language)
                path = f"/day-participants/{number}/outcomes"
                told += notify(person.id, kind, subject, path, f"{event}:{number}") is not None
    return told
