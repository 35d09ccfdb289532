"""Mails of notices whose words institutions may write: without details, as all mails of notices are."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.wordings import LINK, Place, RewordedMail, add_mail
from matchmaker.notifications.kinds import KINDS

READER = Place("name", _l("Name of the reader"), _l("Ayşe Yılmaz"))


def wording_key(kind: str) -> str:
    """The name under which the mail of a kind of notice is worded."""
    return f"notice.{kind}"


def reword_notice(kind: str) -> RewordedMail:
    """Let institutions word the mail of a kind of notice; it gets a name and a link, and nothing of what it is about."""
    news = KINDS[kind].news
    return add_mail(
        RewordedMail(
            key=wording_key(kind),
            title=news,
            folder="notice",
            places=(
                READER,
                Place(
                    LINK, _l("Address of the page it is about"), "", required=True, line=False, source="url"
                ),
            ),
            button=_l("Read more"),
            fixed=(_l("For your protection the details are not in this mail."),),
            needs={"news": news},
        )
    )
