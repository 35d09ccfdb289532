"""States of a set of points."""

from enum import StrEnum


class WeightState(StrEnum):
    """draft -> proposed -> in use -> replaced; a proposal may also be declined or withdrawn."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_USE = "in_use"
    REPLACED = "replaced"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class WeightOrigin(StrEnum):
    """Where the numbers come from."""

    PERSON = "person"
    CALIBRATION = "calibration"
