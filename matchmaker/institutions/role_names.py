"""Words for the roles at an institution."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import InstitutionRole

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
