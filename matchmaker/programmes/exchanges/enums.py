"""Kinds and states of expert exchanges."""

from enum import StrEnum


class ExchangeFormat(StrEnum):
    """What the expert does at the host."""

    MISSION = "mission"
    STUDY_VISIT = "study_visit"
    ASSESSMENT = "assessment"
    SECONDMENT = "secondment"


class CostModel(StrEnum):
    """Who bears travel, lodging and daily allowance."""

    HOST = "host"
    SENDER = "sender"
    SHARED = "shared"
    RECIPROCAL = "reciprocal"


class SendingDecision(StrEnum):
    """What the coordinator of the expert's own institution said."""

    PENDING = "pending"
    ENDORSED = "endorsed"
    DECLINED = "declined"


class AgreementParty(StrEnum):
    """The four who confirm an agreement: two persons and two institutions."""

    EXPERT = "expert"
    HOST_PERSON = "host_person"
    SENDING_INSTITUTION = "sending_institution"
    HOST_INSTITUTION = "host_institution"


class PaperKind(StrEnum):
    """What is due after the return."""

    REPORT = "report"
    EXPERT_EVALUATION = "expert_evaluation"
    HOST_EVALUATION = "host_evaluation"


class LanguageLevel(StrEnum):
    """How well an expert works in a language, by the Common European Framework."""

    B1 = "b1"
    B2 = "b2"
    C1 = "c1"
    C2 = "c2"
    NATIVE = "native"


class ExchangeStage(StrEnum):
    """Where an application stands; follows from its records and is stored nowhere."""

    WITH_SENDER = "with_sender"
    WITH_HOST = "with_host"
    AGREEMENT = "agreement"
    READY = "ready"
    RUNNING = "running"
    PAPERS = "papers"
    CLOSED = "closed"
    ENDED = "ended"
