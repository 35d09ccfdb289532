"""The words of programmes: kinds, states, verbs, each state with the kind of its badge."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeMode,
    ProgrammeState,
    ProgrammeVerb,
    QuestionKind,
    QuestionStage,
    SignUpState,
    SignUpVerb,
)

KINDS: dict[ProgrammeKind, LazyString] = {
    ProgrammeKind.TRAINING: _l("Training"),
    ProgrammeKind.EXCHANGE: _l("Expert exchange"),
    ProgrammeKind.TRIP: _l("Business trip"),
}
KINDS_OF_MANY: dict[ProgrammeKind, LazyString] = {
    ProgrammeKind.TRAINING: _l("Trainings"),
    ProgrammeKind.EXCHANGE: _l("Expert exchanges"),
    ProgrammeKind.TRIP: _l("Business trips"),
}
ICONS: dict[ProgrammeKind, str] = {
    ProgrammeKind.TRAINING: "graduation-cap",
    ProgrammeKind.EXCHANGE: "arrow-left-right",
    ProgrammeKind.TRIP: "bus",
}
MODES: dict[ProgrammeMode, LazyString] = {
    ProgrammeMode.ROOM: _l("in a room"),
    ProgrammeMode.ONLINE: _l("online"),
    ProgrammeMode.MIXED: _l("in a room and online"),
}
STATES: dict[ProgrammeState, tuple[LazyString, str]] = {
    ProgrammeState.DRAFT: (lazy_pgettext("programme", "Draft"), ""),
    ProgrammeState.PUBLISHED: (lazy_pgettext("programme", "Published"), "info"),
    ProgrammeState.OPEN: (lazy_pgettext("programme", "Open"), "ok"),
    ProgrammeState.CLOSED: (lazy_pgettext("programme", "Sign-up closed"), "info"),
    ProgrammeState.CONFIRMED: (lazy_pgettext("programme", "Confirmed"), "ok"),
    ProgrammeState.RUNNING: (lazy_pgettext("programme", "Running"), "ok"),
    ProgrammeState.DONE: (lazy_pgettext("programme", "Done"), ""),
    ProgrammeState.CANCELLED: (lazy_pgettext("programme", "Cancelled"), "danger"),
}
VERBS: dict[ProgrammeVerb, LazyString] = {
    ProgrammeVerb.CREATE: _l("Plan"),
    ProgrammeVerb.PUBLISH: _l("Publish"),
    ProgrammeVerb.OPEN: _l("Open the sign-up"),
    ProgrammeVerb.CLOSE: _l("Close the sign-up"),
    ProgrammeVerb.CONFIRM: _l("Confirm that it takes place"),
    ProgrammeVerb.START: _l("Start"),
    ProgrammeVerb.FINISH: _l("Finish"),
    ProgrammeVerb.CANCEL: _l("Cancel the programme"),
}
SIGN_UP_STATES: dict[SignUpState, tuple[LazyString, str]] = {
    SignUpState.DRAFT: (lazy_pgettext("sign-up", "Draft"), ""),
    SignUpState.APPLIED: (lazy_pgettext("sign-up", "Applied"), "info"),
    SignUpState.WAITING: (lazy_pgettext("sign-up", "Waiting list"), ""),
    SignUpState.OFFERED: (lazy_pgettext("sign-up", "Place offered"), "warn"),
    SignUpState.ACCEPTED: (lazy_pgettext("sign-up", "Accepted, to be confirmed"), "warn"),
    SignUpState.CONFIRMED: (lazy_pgettext("sign-up", "Confirmed"), "ok"),
    SignUpState.ATTENDED: (lazy_pgettext("sign-up", "Took part"), "ok"),
    SignUpState.COMPLETED: (lazy_pgettext("sign-up", "Completed"), "ok"),
    SignUpState.NO_SHOW: (lazy_pgettext("sign-up", "Did not come"), "danger"),
    SignUpState.REFUSED: (lazy_pgettext("sign-up", "Declined"), "danger"),
    SignUpState.WITHDRAWN: (lazy_pgettext("sign-up", "Withdrawn"), "danger"),
    SignUpState.EXPIRED: (lazy_pgettext("sign-up", "Expired"), ""),
    SignUpState.CANCELLED: (lazy_pgettext("sign-up", "Programme cancelled"), ""),
}
SIGN_UP_VERBS: dict[SignUpVerb, LazyString] = {
    SignUpVerb.BEGIN: _l("Begin the application"),
    SignUpVerb.APPLY: lazy_pgettext("programme", "Sign up"),
    SignUpVerb.ACCEPT: _l("Accept"),
    SignUpVerb.LIST: _l("Put on the waiting list"),
    SignUpVerb.REFUSE: _l("Decline"),
    SignUpVerb.OFFER: _l("Offer a place"),
    SignUpVerb.TAKE: _l("Take the place"),
    SignUpVerb.CONFIRM: _l("Confirm the place"),
    SignUpVerb.WITHDRAW: _l("Withdraw"),
    SignUpVerb.LAPSE: _l("Let lapse"),
    SignUpVerb.ATTEND: _l("Took part"),
    SignUpVerb.COMPLETE: _l("Complete"),
    SignUpVerb.MISS: _l("Did not come"),
    SignUpVerb.CANCEL: _l("Cancel"),
}


def state_word(state: ProgrammeState) -> str:
    """The word of a programme's state."""
    return str(STATES[state][0])


def verb_word(verb: ProgrammeVerb) -> str:
    """The words on the button of a programme's verb."""
    return str(VERBS[verb])


def sign_up_word(state: SignUpState) -> str:
    """The word of a sign-up's state."""
    return str(SIGN_UP_STATES[state][0])


def sign_up_verb(verb: SignUpVerb) -> str:
    """The words on the button of a sign-up's verb."""
    return str(SIGN_UP_VERBS[verb])


WOMEN_LED = _l("Firms led by women")
QUESTION_KINDS: dict[QuestionKind, LazyString] = {
    QuestionKind.TEXT: _l("A text"),
    QuestionKind.CHOICE: _l("One of several options"),
    QuestionKind.NUMBER: _l("A number"),
    QuestionKind.DATE: _l("A date"),
    QuestionKind.FILE: _l("A file"),
}
QUESTION_STAGES: dict[QuestionStage, LazyString] = {
    QuestionStage.SIGN_UP: _l("When signing up"),
    QuestionStage.ACCEPTED: _l("After acceptance"),
}
CARRIED_WORDS: dict[str, LazyString] = {
    "texts": _l("Summary and goals"),
    "conditions": _l("Who can sign up"),
    "quotas": _l("Kept places"),
    "questions": _l("Questions"),
}
