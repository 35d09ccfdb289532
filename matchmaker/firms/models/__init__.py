"""Tables of firms, in files by subject."""

from matchmaker.firms.models.codes import RegistrationCode
from matchmaker.firms.models.firm import Firm, FirmIdentifier, FirmReview, ProfileChange, SearchOutbox
from matchmaker.firms.models.people import (
    ContactConsent,
    ContactPerson,
    FirmInvitation,
    FirmMember,
    JoinRequest,
)
from matchmaker.firms.models.profile import (
    FirmCertificate,
    FirmLanguage,
    FirmMarket,
    FirmMarketChange,
    FirmPartnership,
    FirmPast,
    FirmProduct,
    FirmSector,
    FirmText,
)
from matchmaker.firms.models.register import RegisterEntry, RegisterImport, RegisterImportError

__all__ = [
    "ContactConsent",
    "ContactPerson",
    "Firm",
    "FirmCertificate",
    "FirmIdentifier",
    "FirmInvitation",
    "FirmLanguage",
    "FirmMarket",
    "FirmMarketChange",
    "FirmMember",
    "FirmPartnership",
    "FirmPast",
    "FirmProduct",
    "FirmReview",
    "FirmSector",
    "FirmText",
    "JoinRequest",
    "ProfileChange",
    "RegisterEntry",
    "RegisterImport",
    "RegisterImportError",
    "RegistrationCode",
    "SearchOutbox",
]
