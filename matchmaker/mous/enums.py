"""Kinds and states of memorandums."""

from enum import StrEnum


class MouKind(StrEnum):
    """The kind of text that was signed."""

    MEMORANDUM = "memorandum"
    PROTOCOL = "protocol"
    ACTION_PLAN = "action_plan"


class MouStatus(StrEnum):
    """Follows from the dates of a memorandum."""

    DRAFT = "draft"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class Renewal(StrEnum):
    """What happens at the end of the term."""

    UNKNOWN = "unknown"
    NONE = "none"
    AUTOMATIC = "automatic"
    BY_LETTERS = "by_letters"


class ScopeArea(StrEnum):
    """Areas of cooperation that a memorandum may name."""

    INFORMATION_SHARING = "information_sharing"
    COMMERCIAL_COOPERATION = "commercial_cooperation"
    TRAININGS = "trainings"
    EXPERT_EXCHANGES = "expert_exchanges"
    BUSINESS_TRIPS = "business_trips"


class CoverProblem(StrEnum):
    """Why nothing can be published under a memorandum on a day, the gravest first."""

    UNSIGNED = "unsigned"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    AREA = "area"


class DocumentKind(StrEnum):
    """What a stored paper of a memorandum is."""

    TEXT = "text"
    SIGNED = "signed"
    COUNTER_SIGNED = "counter_signed"
    AMENDMENT = "amendment"
    ANNEX = "annex"


class Carried(StrEnum):
    """What a clone of a memorandum takes over beside its kind and languages."""

    PARTIES = "parties"
    AREAS = "areas"
    TERM = "term"
    CLAUSES = "clauses"


class TransferBasisKind(StrEnum):
    """On what legal ground personal data may leave a country; the operator's lawyers decide, staff record it."""

    ADEQUACY = "adequacy"
    STANDARD_CONTRACT = "standard_contract"
    BINDING_RULES = "binding_rules"
    COMMITMENT = "commitment"
    REGULATOR_NOTICE = "regulator_notice"
