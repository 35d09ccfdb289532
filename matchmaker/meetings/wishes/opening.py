"""What happens when firms are asked for their wishes: what they said before is taken over, and they are told."""

from flask_babel import lazy_gettext as _l

from matchmaker.firms.queries import members_to_tell
from matchmaker.meetings.enums import DayVerb
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.services import add_deed
from matchmaker.meetings.wishes import queries
from matchmaker.meetings.wishes.services import take_opinions
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

ASKED = "b2b_wishes_asked"
add_kind(
    ASKED,
    NoticeCategory.FIRM,
    _l("Say whom you wish to meet: %(subject)s."),
    _l("Say whom you wish to meet at a B2B day."),
)


def ask_firms(day: B2bDay) -> None:
    """Tell the people of each firm once for each time that the wishes are opened."""
    take_opinions(day)
    for one in queries.expected(day):
        path = f"/b2b-days/participants/{one.id}/wishes"
        for person in members_to_tell(one.firm_id):
            subject = day.programme.title(person.language)
            notify(person.id, ASKED, subject, path, f"b2b_day:{day.id}:{ASKED}:{day.version}:{one.id}")


for _verb in (DayVerb.OPEN, DayVerb.REOPEN):
    add_deed(_verb, ask_firms)
