"""Messages and reminders of programmes, as institutions may word what stands around them."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.wordings import LINK, Place, RewordedMail, add_mail
from matchmaker.notifications.wordings import READER

_PLACES = (
    READER,
    Place("heading", _l("Subject of the message"), _l("The room has changed")),
    Place(
        "words",
        _l("Text of the message"),
        _l("We meet on the second floor, in room 204. Please come ten minutes early."),
        required=True,
        line=False,
    ),
    Place("title", _l("Title of the programme"), _l("Export contracts for small firms")),
    Place("organiser", _l("Name of the organising institution"), _l("The agency for small firms")),
    Place(LINK, _l("Address of the programme's page"), "", required=True, line=False, source="url"),
)


def _mail(key: str, title: str) -> RewordedMail:
    return add_mail(
        RewordedMail(
            key=key,
            title=title,
            folder="programme_message",
            places=_PLACES,
            button=_l("See the programme"),
            fixed=(_l("You get this mail because you signed up for %(title)s."),),
        )
    )


MESSAGE = _mail("programme_message", _l("Message to those who signed up"))
REMINDER = _mail("programme_reminder", _l("Reminder to those who signed up"))
