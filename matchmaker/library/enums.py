"""Kinds and states of the library."""

from enum import StrEnum


class NoteState(StrEnum):
    """Where the working text of a practice note stands; an approved version stays readable while it is revised."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class NoteVerb(StrEnum):
    """What is done with a practice note as a whole."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REVISE = "revise"
    RETIRE = "retire"


class TextState(StrEnum):
    """Where the words of one language stand beside the words of the source language."""

    SOURCE = "source"
    MISSING = "missing"
    OUTDATED = "outdated"
    UNCHECKED = "unchecked"
    CHECKED = "checked"


class Visibility(StrEnum):
    """Who beside the owner reads something."""

    INSTITUTION = "institution"
    MOU = "mou"
    INSTITUTIONS = "institutions"


class Instrument(StrEnum):
    """By what means a firm is supported."""

    GRANT = "grant"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    TRAINING = "training"
    CONSULTING = "consulting"
    EXPORT_SUPPORT = "export_support"
    INCUBATION = "incubation"
    DIGITAL = "digital"
    NETWORK = "network"


class TargetGroup(StrEnum):
    """Whom a practice or scheme is for."""

    ENTREPRENEURS = "entrepreneurs"
    MICRO = "micro"
    SMES = "smes"
    EXPORTERS = "exporters"
    MANUFACTURERS = "manufacturers"
    WOMEN = "women"
    YOUNG = "young"


class QuestionStatus(StrEnum):
    """Follows from the days of a question."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"


class GuideTopic(StrEnum):
    """What a guide for exporters explains."""

    CERTIFICATES = "certificates"
    CUSTOMS = "customs"
    PAYMENTS = "payments"
    VISAS = "visas"
    LOGISTICS = "logistics"
    CONTRACTS = "contracts"


class GuideState(StrEnum):
    """Whether firms read a guide."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
