"""Why words of a mail are refused, in the language of who wrote them."""

from flask_babel import gettext as _

from matchmaker.core.wordings import RewordedMail
from matchmaker.institutions.wordings.rules import Fault


def refusal(mail: RewordedMail, field: str, fault: Fault, piece: str) -> str:
    """The sentence beside the field."""
    here = [place.name for place in mail.places if place.line or field == "text"]
    known = ", ".join(f"{{{name}}}" for name in here)
    said: dict[Fault, str] = {
        Fault.EMPTY: _("Write the subject.") if field == "subject" else _("Write the text."),
        Fault.MALFORMED: _(
            "“%(piece)s” is no whole placeholder. A placeholder is a name between one pair of braces: %(known)s.",
            piece=piece,
            known=known,
        ),
        Fault.UNKNOWN: _(
            "%(piece)s is not known in this mail. You can use: %(known)s.", piece=piece, known=known
        ),
        Fault.NOT_HERE: _(
            "%(piece)s cannot stand in the subject. You can use: %(known)s.", piece=piece, known=known
        ),
        Fault.MISSING: _("%(piece)s has to stay in the text: the mail is of no use without it.", piece=piece),
    }
    return said[fault]
