"""Kinds and states of programmes and of those who sign up for them."""

from enum import StrEnum


class ProgrammeKind(StrEnum):
    """The three kinds of programmes that a memorandum names."""

    TRAINING = "training"
    EXCHANGE = "exchange"
    TRIP = "trip"


class ProgrammeState(StrEnum):
    """draft -> published -> open -> closed -> confirmed -> running -> done; cancelled from each but the last."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class ProgrammeVerb(StrEnum):
    """What moves a programme."""

    CREATE = "create"
    PUBLISH = "publish"
    OPEN = "open"
    CLOSE = "close"
    CONFIRM = "confirm"
    START = "start"
    FINISH = "finish"
    CANCEL = "cancel"


class ProgrammePart(StrEnum):
    """In what part somebody moves a programme: the planning institution, or the clock."""

    ORGANISER = "organiser"
    SYSTEM = "system"


class ProgrammeMode(StrEnum):
    """Where people meet."""

    ROOM = "room"
    ONLINE = "online"
    MIXED = "mixed"


class SignUpState(StrEnum):
    """The one set of states of a sign-up, for all kinds; what each means for a place stands in rules.HOLDING.

    An offer is a place from the waiting list that is held for a time; an accepted sign-up holds its place until the
    participant has confirmed or filled the second form. attended is said of a traveller too.
    """

    DRAFT = "draft"
    APPLIED = "applied"
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    ATTENDED = "attended"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class SignUpVerb(StrEnum):
    """What moves a sign-up."""

    BEGIN = "begin"
    APPLY = "apply"
    ACCEPT = "accept"
    LIST = "list"
    REFUSE = "refuse"
    OFFER = "offer"
    TAKE = "take"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    ATTEND = "attend"
    COMPLETE = "complete"
    MISS = "miss"
    CANCEL = "cancel"


class SignUpPart(StrEnum):
    """In what part somebody moves a sign-up."""

    APPLICANT = "applicant"
    STAFF = "staff"
    SYSTEM = "system"


class QuotaDimension(StrEnum):
    """By which fact of the applicant places are kept."""

    COUNTRY = "country"
    REGION = "region"
    SIZE = "size"
    SECTOR = "sector"
    WOMEN_LED = "women_led"


class QuestionKind(StrEnum):
    """What an answer to a question of the staff is."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


class QuestionStage(StrEnum):
    """When a question is asked: when signing up, or after acceptance."""

    SIGN_UP = "sign_up"
    ACCEPTED = "accepted"
