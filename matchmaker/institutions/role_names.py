"""Words for the kinds of institutions and the roles at one."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import InstitutionRole
from matchmaker.institutions.enums import InstitutionKind

KIND_NAMES: dict[InstitutionKind, LazyString] = {
    InstitutionKind.SME_AGENCY: _l("Agency for small and medium firms"),
    InstitutionKind.MINISTRY: _l("Ministry"),
    InstitutionKind.INTERNATIONAL: _l("International body"),
    InstitutionKind.OPERATOR: _l("Operator of the platform"),
}

ROLE_NAMES: dict[InstitutionRole, LazyString] = {
    InstitutionRole.STAFF: _l("Staff"),
    InstitutionRole.COORDINATOR: _l("Coordinator"),
    InstitutionRole.COMPLIANCE: _l("Compliance officer"),
    InstitutionRole.EXPERT: _l("Expert"),
    InstitutionRole.ADMINISTRATOR: _l("Administrator"),
}
ROLE_NOTES: dict[InstitutionRole, LazyString] = {
    InstitutionRole.STAFF: _l("Verifies firms and looks after the registers."),
    InstitutionRole.COORDINATOR: _l("Approves introductions for the own side."),
    InstitutionRole.COMPLIANCE: _l("Clears or overrides screening and export control."),
    InstitutionRole.EXPERT: _l("Takes part in exchanges of experts."),
    InstitutionRole.ADMINISTRATOR: _l("Invites people and gives them roles."),
}
