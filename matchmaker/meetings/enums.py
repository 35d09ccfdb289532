"""States and kinds of B2B days and their meetings."""

from enum import StrEnum


class DayState(StrEnum):
    """Where a B2B day stands: set up, firms say whom they wish to meet, planned, published, going on, over."""

    DRAFT = "draft"
    WISHES = "wishes"
    PLANNING = "planning"
    PUBLISHED = "published"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class DayVerb(StrEnum):
    """What moves a B2B day on."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    PUBLISH = "publish"
    START = "start"
    FINISH = "finish"
    CANCEL = "cancel"


class BlockKind(StrEnum):
    """What a stretch of the day is for."""

    MEETINGS = "meetings"
    BREAK = "break"


class ParticipantState(StrEnum):
    """Whether a firm takes part in the day."""

    EXPECTED = "expected"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class MeetingState(StrEnum):
    """Where a meeting stands.

    A pending one was asked for by one side and blocks nothing; a wished one may be placed; only a placed one takes a
    slot, a table and people. Held and not held are what became of a placed one.
    """

    PENDING = "pending"
    WISHED = "wished"
    PLACED = "placed"
    HELD = "held"
    NOT_HELD = "not_held"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class MeetingOrigin(StrEnum):
    """How two firms came to a meeting."""

    WISHES = "wishes"
    REQUEST = "request"
    STAFF = "staff"
    WALK_IN = "walk_in"


class MeetingVerb(StrEnum):
    """A step of a meeting."""

    CHOOSE = "choose"
    ASK = "ask"
    ACCEPT = "accept"
    DECLINE = "decline"
    PLACE = "place"
    MOVE = "move"
    UNPLACE = "unplace"
    LOCK = "lock"
    UNLOCK = "unlock"
    TAKE_OVER = "take_over"
    HOLD = "hold"
    MISS = "miss"
    CANCEL = "cancel"
    OFFER = "offer"


class StepVerb(StrEnum):
    """A change of the working timetable that can be undone."""

    PLAN = "plan"
    FILL = "fill"
    PLACE = "place"
    MOVE = "move"
    SWAP = "swap"
    UNPLACE = "unplace"
    REPAIR = "repair"


class RunKind(StrEnum):
    """What a run of the timetable engine does."""

    WHOLE = "whole"
    GAPS = "gaps"


class RepairKind(StrEnum):
    """What disturbed the day."""

    LATE = "late"
    EARLY_LEAVE = "early_leave"
    CANCELLATION = "cancellation"
    NO_SHOW = "no_show"
    WALK_IN = "walk_in"


class RepairState(StrEnum):
    """What became of a proposed repair."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    DISCARDED = "discarded"


class CheckRule(StrEnum):
    """How often one person passes a check point."""

    ONCE = "once"
    ONCE_A_DAY = "once_a_day"
    FREE = "free"


class Outcome(StrEnum):
    """What a side says came of a meeting, as events of the kind ask it."""

    NOT_HELD = "not_held"
    NO_INTEREST = "no_interest"
    USEFUL = "useful"
    COOPERATION_POSSIBLE = "cooperation_possible"
    NEXT_STEP_AGREED = "next_step_agreed"
