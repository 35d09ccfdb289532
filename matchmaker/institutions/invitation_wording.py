"""The invitation to work for an institution, as it may word it."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.wordings import LINK, Place, RewordedMail, add_mail

INVITATION = add_mail(
    RewordedMail(
        key="invitation",
        title=_l("Invitation to work for the institution"),
        folder="invitation",
        places=(
            Place("inviter", _l("Name of who invites"), _l("Ayşe Yılmaz")),
            Place("institution", _l("Name of the institution"), _l("The agency for small firms")),
            Place("role", _l("Role that is offered"), _l("Staff")),
            Place(LINK, _l("Address by which the invitation is accepted"), "", required=True, line=False),
        ),
        button=_l("Accept the invitation"),
        fixed=(
            _l("The link works once and for 14 days. You will need an app for one-time codes on your phone."),
        ),
        endpoint="institutions.accept",
    )
)
