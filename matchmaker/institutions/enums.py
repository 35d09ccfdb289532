"""Kinds of institutions."""

from enum import StrEnum


class InstitutionKind(StrEnum):
    """What sort of body it is; the operator runs the installation and signs nothing."""

    SME_AGENCY = "sme_agency"
    MINISTRY = "ministry"
    INTERNATIONAL = "international"
    OPERATOR = "operator"
