"""Tells the people of a firm about a request: only the kind of news and the trip, never what was written."""

from flask_babel import lazy_gettext as _l

from matchmaker.firms.queries import members_to_tell
from matchmaker.meetings.models import DayParticipant, Meeting
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

for _name, _sentence, _news in (
    (
        "b2b_meeting_asked",
        _l("A firm asks for a meeting at %(subject)s. Answer in time."),
        _l("A firm asks for a meeting at a B2B day."),
    ),
    (
        "b2b_meeting_accepted",
        _l("A firm agreed to a meeting at %(subject)s."),
        _l("A firm agreed to a meeting at a B2B day."),
    ),
    (
        "b2b_meeting_declined",
        _l("A firm declined a meeting at %(subject)s."),
        _l("A firm declined a meeting at a B2B day."),
    ),
    (
        "b2b_meeting_lapsed",
        _l("A request for a meeting at %(subject)s was not answered in time."),
        _l("A request for a meeting was not answered in time."),
    ),
):
    add_kind(_name, NoticeCategory.FIRM, _sentence, _news)


def tell(meeting: Meeting, participant: DayParticipant, kind: str) -> int:
    """Tell the people of one firm of the meeting; answers how many."""
    path = f"/b2b-days/participants/{participant.id}/requests"
    told = 0
    for person in members_to_tell(participant.firm_id):
        subject = participant.day.programme.title(person.language)
        event = f"meeting:{meeting.id}:{kind}:{meeting.version}"
        told += notify(person.id, kind, subject, path, event) is not None
    return told
