"""The invitation to work for a firm, as the institution that looks after the firm may word it."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.wordings import LINK, Place, RewordedMail, add_mail

INVITATION = add_mail(
    RewordedMail(
        key="firm_invitation",
        title=_l("Invitation to work for a firm"),
        folder="firm_invitation",
        places=(
            Place("inviter", _l("Name of who invites"), _l("Ayşe Yılmaz")),
            Place("firm", _l("Name of the firm"), _l("Marmara Valve Ltd.")),
            Place("role", _l("Role that is offered"), _l("Editor")),
            Place("days", _l("Days for which the link works"), "14"),
            Place(LINK, _l("Address by which the invitation is accepted"), "", required=True, line=False),
        ),
        button=_l("Accept the invitation"),
        fixed=(_l("The link works once and for %(days)s days."),),
        reason=_l("You get this mail because a firm at %(product)s entered your address."),
        endpoint="firms.accept_invitation",
    )
)
