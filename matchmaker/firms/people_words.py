"""Words for the roles in a firm and for the consents of its contact persons."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.core.actor import FirmRole
from matchmaker.firms.enums import ConsentPurpose

ROLES: dict[FirmRole, LazyString] = {
    FirmRole.ADMINISTRATOR: _l("Administrator"),
    FirmRole.EDITOR: _l("Editor"),
    FirmRole.MEMBER: _l("Member"),
}
ROLE_NOTES: dict[FirmRole, LazyString] = {
    FirmRole.ADMINISTRATOR: _l("Changes the profile and decides who belongs to the firm."),
    FirmRole.EDITOR: _l("Changes the profile and the contact persons."),
    FirmRole.MEMBER: _l("Reads everything and changes nothing."),
}
PURPOSES: dict[ConsentPurpose, LazyString] = {
    ConsentPurpose.PUBLICATION: _l("Publication in the directory"),
    ConsentPurpose.DISCLOSURE: _l("Disclosure to a firm of another country"),
}
PURPOSE_NOTES: dict[ConsentPurpose, LazyString] = {
    ConsentPurpose.PUBLICATION: _l("Everybody who opens the firm's page sees your name and contact data."),
    ConsentPurpose.DISCLOSURE: _l(
        "A firm of another country sees your name and contact data after an introduction that both firms agreed to."
    ),
}
