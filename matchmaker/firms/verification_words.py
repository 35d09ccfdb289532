"""Words for the checks of staff: decisions, methods, sources, fields that changed."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.firms.enums import FirmSource, StateVerb, VerificationDecision, VerificationMethod


class Choice(NamedTuple):
    """A decision as a choice: what it is called and what it does."""

    label: LazyString
    note: LazyString


CHOICES: dict[StateVerb, Choice] = {
    StateVerb.VERIFY: Choice(_l("Verify"), _l("The firm is listed and can be introduced.")),
    StateVerb.HOLD: Choice(
        _l("Put on hold"), _l("The firm reads the reason, changes its data and sends them again.")
    ),
    StateVerb.SUSPEND: Choice(_l("Suspend"), _l("The firm leaves the directory and its matches end.")),
    StateVerb.ARCHIVE: Choice(_l("Archive"), _l("The firm is no longer active here.")),
    StateVerb.REINSTATE: Choice(_l("Reinstate"), _l("The firm waits to be verified again.")),
    StateVerb.RESTORE: Choice(_l("Reinstate"), _l("The firm waits to be verified again.")),
}
DECISIONS: dict[VerificationDecision, tuple[LazyString, str]] = {
    VerificationDecision.VERIFIED: (_l("Verified"), "ok"),
    VerificationDecision.ON_HOLD: (_l("On hold"), "warn"),
    VerificationDecision.SUSPENDED: (_l("Suspended"), "danger"),
    VerificationDecision.ARCHIVED: (_l("Archived"), ""),
    VerificationDecision.REINSTATED: (_l("Reinstated"), "info"),
    VerificationDecision.REGION_CLEARED: (_l("Region cleared"), "ok"),
    VerificationDecision.REGION_REFUSED: (_l("Region refused"), "danger"),
}
METHODS: dict[VerificationMethod, LazyString] = {
    VerificationMethod.REGISTER: _l("National register"),
    VerificationMethod.DOCUMENT: _l("Document"),
    VerificationMethod.VISIT: _l("Visit"),
    VerificationMethod.CALL: _l("Telephone call"),
}
SOURCES: dict[FirmSource, LazyString] = {
    FirmSource.SELF: _l("Registered itself"),
    FirmSource.IMPORT: _l("From the register"),
    FirmSource.AGENCY: _l("From an agency's list"),
    FirmSource.DEMO: _l("Demonstration"),
}
CHANGED_FIELDS: dict[str, LazyString] = {
    "legal_name": _l("Registered name"),
    "identifiers": _l("Tax and registration numbers"),
    "ownership": _l("Owners"),
    "products_offered": _l("Goods offered"),
    "products_sought": _l("Goods sought"),
}
