"""Words for what a memorandum holds."""

from flask_babel import lazy_gettext as _l

from matchmaker.mous.enums import (
    Carried,
    CoverProblem,
    DocumentKind,
    MouKind,
    MouStatus,
    Renewal,
    ScopeArea,
    TransferBasisKind,
)

AREA_LABELS = {
    ScopeArea.INFORMATION_SHARING: _l("Information and experience sharing"),
    ScopeArea.COMMERCIAL_COOPERATION: _l("Technical and commercial cooperation"),
    ScopeArea.TRAININGS: _l("Trainings for SMEs and entrepreneurs"),
    ScopeArea.EXPERT_EXCHANGES: _l("Expert exchanges on good support practice"),
    ScopeArea.BUSINESS_TRIPS: _l("Mutual business trips"),
}
KIND_LABELS = {
    MouKind.MEMORANDUM: _l("Memorandum"),
    MouKind.PROTOCOL: _l("Protocol"),
    MouKind.ACTION_PLAN: _l("Action plan"),
}
STATUS_BADGES = {
    MouStatus.DRAFT: (_l("Draft"), ""),
    MouStatus.SIGNED: (_l("Signed"), "info"),
    MouStatus.IN_FORCE: (_l("In force"), "ok"),
    MouStatus.EXPIRING: (_l("Ends soon"), "warn"),
    MouStatus.EXPIRED: (_l("Expired"), "danger"),
    MouStatus.TERMINATED: (_l("Terminated"), "danger"),
}
RENEWAL_LABELS = {
    Renewal.UNKNOWN: _l("Not published"),
    Renewal.NONE: _l("No renewal"),
    Renewal.AUTOMATIC: _l("Renewed by itself"),
    Renewal.BY_LETTERS: _l("Renewed by exchange of letters"),
}
DOCUMENT_LABELS = {
    DocumentKind.TEXT: _l("Text, not signed"),
    DocumentKind.SIGNED: _l("Signed copy"),
    DocumentKind.COUNTER_SIGNED: _l("Counter-signed copy"),
    DocumentKind.AMENDMENT: _l("Amendment"),
    DocumentKind.ANNEX: _l("Annex"),
}
CARRIED_LABELS = {
    Carried.PARTIES: _l("Parties"),
    Carried.AREAS: _l("Areas of cooperation"),
    Carried.TERM: _l("Term, renewal and notice"),
    Carried.CLAUSES: _l("Obligations, coordination and clauses"),
}
LACKS = {
    "parties": _l("A second party"),
    "areas": _l("At least one area of cooperation"),
    "titles": _l("The title in all three languages"),
}
DEEDS = {
    "draft": _l("Draft begun"),
    "edit": _l("Draft changed"),
    "confirm": _l("Text confirmed"),
    "sign": _l("Signature recorded"),
    "clone": _l("Made after another memorandum"),
    "amend": _l("Amended"),
    "terminate": _l("Terminated"),
    "add_document": _l("Paper added"),
    "name_contact_point": _l("Contact point named"),
    "end_contact_point": _l("Task of a contact point ended"),
    "record_transfer_basis": _l("Ground for passing on contact data recorded"),
    "override_cover": _l("Something published without cover"),
    "import": _l("Imported from a list"),
    "add_plan": _l("Action plan begun"),
    "edit_plan": _l("Action plan changed"),
    "add_meeting": _l("Meeting of the joint committee recorded"),
    "edit_meeting": _l("Record of a meeting changed"),
    "decide": _l("Decision of the joint committee recorded"),
}
PROBLEM_LABELS = {
    CoverProblem.UNSIGNED: _l("Not signed"),
    CoverProblem.TERMINATED: _l("Terminated"),
    CoverProblem.EXPIRED: _l("Expired"),
    CoverProblem.NOT_YET: _l("Not in force yet"),
    CoverProblem.AREA: _l("Area not named"),
}
SUBJECT_LABELS = {
    "match": _l("Introduction"),
    "programme": _l("Programme"),
}
BASIS_LABELS = {
    TransferBasisKind.ADEQUACY: _l("Decision of adequacy"),
    TransferBasisKind.STANDARD_CONTRACT: _l("Standard contract"),
    TransferBasisKind.BINDING_RULES: _l("Binding rules"),
    TransferBasisKind.COMMITMENT: _l("Written commitment approved by the authority"),
    TransferBasisKind.REGULATOR_NOTICE: _l("Notice to the regulator"),
}
