"""States and kinds of firms and what belongs to them."""

from enum import StrEnum


class FirmState(StrEnum):
    """The one state of a firm; only a verified one is listed and matchable."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    ON_HOLD = "on_hold"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"


class FirmSource(StrEnum):
    """How the record came."""

    SELF = "self"
    IMPORT = "import"
    AGENCY = "agency"
    DEMO = "demo"


class Side(StrEnum):
    """Whether a firm offers a thing or seeks it."""

    OFFERED = "offered"
    SOUGHT = "sought"


class FieldGroup(StrEnum):
    """Fields that are shown or hidden together."""

    NAME = "name"
    REGION = "region"
    SECTOR = "sector"
    PRODUCTS = "products"
    TEXTS = "texts"
    SIZE = "size"
    CERTIFICATES = "certificates"
    MARKETS = "markets"
    PARTNERSHIPS = "partnerships"
    WEBSITE = "website"
    ADDRESS = "address"
    IDENTIFIERS = "identifiers"


class Visibility(StrEnum):
    """Who sees a field group, from everybody to the institutions only; each level includes those after it."""

    PUBLIC = "public"
    REGISTERED = "registered"
    PARTNER = "partner"
    STAFF = "staff"


class TextSource(StrEnum):
    """Where a text in a language comes from; machine translation is not offered."""

    AUTHOR = "author"
    TRANSLATION = "translation"


class MarketStatus(StrEnum):
    """What a firm does or wants in a country."""

    EXPORTING = "exporting"
    INTERESTED = "interested"
    NOT_INTERESTED = "not_interested"


class PartnershipSide(StrEnum):
    """Which end of a partnership type the firm takes: it offers (side a) or seeks (side b)."""

    OFFERS = "offers"
    SEEKS = "seeks"


class ConsentPurpose(StrEnum):
    """What a contact person agrees to, each in a consent of its own."""

    PUBLICATION = "publication"
    DISCLOSURE = "disclosure"


class JoinState(StrEnum):
    """Where a request to join a firm stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class VerificationMethod(StrEnum):
    """How staff checked a firm."""

    REGISTER = "register"
    DOCUMENT = "document"
    VISIT = "visit"
    CALL = "call"


class VerificationDecision(StrEnum):
    """What an officer decided about a firm; the last two are compliance's, about a region outside ISO 3166-2."""

    VERIFIED = "verified"
    ON_HOLD = "on_hold"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"
    REINSTATED = "reinstated"
    REGION_CLEARED = "region_cleared"
    REGION_REFUSED = "region_refused"


class RegisterKind(StrEnum):
    """Whom a register entry is about."""

    COMPANY = "company"
    SOLE_TRADER = "sole_trader"


class RegisterStatus(StrEnum):
    """What the national register says about a firm that registers itself."""

    FOUND = "found"
    NAME_TO_CONFIRM = "name_to_confirm"
    NAME_DIFFERS = "name_differs"
    NOT_FOUND = "not_found"


class Who(StrEnum):
    """Who may take a step of a firm's state: its people, its administrator, or staff of its country."""

    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    STAFF = "staff"


class StateVerb(StrEnum):
    """The steps between the states of a firm."""

    SUBMIT = "submit"
    VERIFY = "verify"
    HOLD = "hold"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    ARCHIVE = "archive"
    RESTORE = "restore"
