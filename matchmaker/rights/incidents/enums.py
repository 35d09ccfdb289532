"""Where an incident, a clock, a step and a report stand."""

from enum import StrEnum


class IncidentState(StrEnum):
    """open -> closed with a conclusion; a closed one can be opened again."""

    OPEN = "open"
    CLOSED = "closed"


class ClockOutcome(StrEnum):
    """How a clock was stopped: by the step that the law asks for, or by a reason why it need not be taken."""

    DONE = "done"
    NOT_REQUIRED = "not_required"


class ClockState(StrEnum):
    """What a clock shows at a moment."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    NO_HOUR = "no_hour"
    DONE = "done"
    DONE_LATE = "done_late"
    NOT_REQUIRED = "not_required"


class EntryKind(StrEnum):
    """The kinds of entries of an incident; none is ever changed, only followed by a further one."""

    RECORDED = "recorded"
    STEP = "step"
    NOT_REQUIRED = "not_required"
    MEASURE = "measure"
    FACTS = "facts"
    VOID = "void"
    CLOSED = "closed"
    REOPENED = "reopened"


class ReportState(StrEnum):
    """open -> taken into an incident, or answered that there was none."""

    OPEN = "open"
    TAKEN = "taken"
    DISMISSED = "dismissed"
