"""The words of matches: states, verbs, reasons, flags, each with the kind of its badge."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.matching.enums import (
    ComplianceOutcome,
    DecisionKind,
    FlagCode,
    MatchState,
    MatchVerb,
    ReasonCode,
    Weight,
)
from matchmaker.matching.fit_words import goods
from matchmaker.matching.gates import Flag
from matchmaker.mous.enums import CoverProblem

STATES: dict[MatchState, tuple[LazyString, str]] = {
    MatchState.PROPOSED: (_l("Proposed"), "info"),
    MatchState.ASKED: (_l("Asked"), "info"),
    MatchState.AGREED: (_l("Both firms agreed"), "info"),
    MatchState.INTRODUCED: (_l("Introduced"), "ok"),
    MatchState.IN_TALKS: (_l("In talks"), "ok"),
    MatchState.PARTNERSHIP: (_l("Partnership"), "ok"),
    MatchState.CLOSED: (_l("Closed"), ""),
    MatchState.REFUSED: (_l("Declined"), "danger"),
    MatchState.WITHDRAWN: (_l("Withdrawn"), "danger"),
    MatchState.EXPIRED: (_l("Expired"), ""),
}

VERBS: dict[MatchVerb, LazyString] = {
    MatchVerb.ASK: _l("Ask for an introduction"),
    MatchVerb.PROPOSE: _l("Propose"),
    MatchVerb.AGREE: _l("Agree"),
    MatchVerb.REFUSE: _l("Decline"),
    MatchVerb.WITHDRAW: _l("Withdraw"),
    MatchVerb.EXPIRE: _l("Expire"),
    MatchVerb.APPROVE: _l("Approve"),
    MatchVerb.DECLINE: _l("Decline"),
    MatchVerb.QUESTION: _l("Ask a question"),
    MatchVerb.REVIEW: _l("Record a compliance decision"),
    MatchVerb.INTRODUCE: _l("Introduce"),
    MatchVerb.START_TALKS: _l("We are in talks"),
    MatchVerb.PARTNER: _l("We reached a partnership"),
    MatchVerb.CLOSE: _l("Close the match"),
}

REASONS: dict[ReasonCode, LazyString] = {
    ReasonCode.NOT_SUITABLE: _l("Not suitable"),
    ReasonCode.CAPACITY: _l("No capacity at the moment"),
    ReasonCode.ALREADY_PARTNERS: _l("Already working together"),
    ReasonCode.DOUBTFUL_DATA: _l("Doubts about the data"),
    ReasonCode.COMPLIANCE: _l("Compliance"),
    ReasonCode.OTHER: _l("Another reason"),
}

DECISIONS: dict[DecisionKind, tuple[LazyString, str]] = {
    DecisionKind.APPROVE: (_l("Approved"), "ok"),
    DecisionKind.DECLINE: (_l("Declined"), "danger"),
    DecisionKind.QUESTION: (_l("Question asked"), "warn"),
}

OUTCOMES: dict[ComplianceOutcome, tuple[LazyString, str]] = {
    ComplianceOutcome.CLEAR: (_l("Clear"), "ok"),
    ComplianceOutcome.OVERRIDE: (_l("Overridden"), "warn"),
    ComplianceOutcome.BLOCK: (_l("Blocked"), "danger"),
}

FLAGS: dict[FlagCode, LazyString] = {
    FlagCode.NO_MEMORANDUM: _l("No memorandum in force"),
    FlagCode.NO_COVER: _l("Memorandum does not cover it"),
    FlagCode.NOT_VERIFIED: _l("Firm not verified"),
    FlagCode.IDENTIFIERS: _l("Numbers not valid"),
    FlagCode.REGION_NOT_MAPPED: _l("Region not mapped"),
    FlagCode.NOT_SCREENED: _l("Not screened"),
    FlagCode.LISTED_NAME: _l("Name on a list"),
    FlagCode.CONTROLLED_GOODS: _l("Export control"),
    FlagCode.SIZE: _l("Size to be checked"),
    FlagCode.NO_CONSENT: _l("Nobody consented to share"),
    FlagCode.NO_BASIS: _l("No transfer basis"),
}

KINDS = {Weight.BAR: "danger", Weight.REASON: "danger", Weight.REVIEW: "warn", Weight.HINT: "info"}


def state_word(state: MatchState) -> str:
    """The word of a state."""
    return str(STATES[state][0])


def verb_word(verb: MatchVerb) -> str:
    """The words on the button of a verb."""
    return str(VERBS[verb])


def flag_word(flag: Flag) -> str:
    """The short words of a flag, for a badge."""
    return str(FLAGS[flag.code])


def flag_kind(flag: Flag) -> str:
    """The kind of the badge of a flag."""
    return "danger" if flag.code is FlagCode.LISTED_NAME else KINDS[flag.weight]


COVER_SENTENCES: dict[str, LazyString] = {
    CoverProblem.TERMINATED: _l("The memorandum of the two countries was terminated."),
    CoverProblem.EXPIRED: _l("The memorandum of the two countries has expired."),
    CoverProblem.NOT_YET: _l("The memorandum of the two countries is not in force yet."),
    CoverProblem.AREA: _l("The memorandum of the two countries does not name commercial cooperation."),
}


def _cover_sentence(problem: str) -> str:
    if problem not in COVER_SENTENCES:
        return ""
    return str(
        _(
            "%(problem)s A coordinator can go on with a reason; contacts stay closed until it is covered.",
            problem=str(COVER_SENTENCES[problem]),
        )
    )


def flag_sentence(flag: Flag, firm: str, *, reviewed: bool = False) -> str:
    """What was found, about whom, and what it means for the decision; `reviewed`: compliance has decided about it."""
    found = _found(flag, firm)
    if flag.weight is not Weight.REVIEW or reviewed:
        return found
    waiting = _("A compliance officer has to decide.")
    return f"{found} {waiting}"


def _found(flag: Flag, firm: str) -> str:
    sentences: dict[FlagCode, str] = {
        FlagCode.NO_MEMORANDUM: _(
            "No memorandum in force names commercial cooperation between these two countries. "
            "Nobody can be introduced without one."
        ),
        FlagCode.NO_COVER: _cover_sentence(flag.detail),
        FlagCode.NOT_VERIFIED: _("%(firm)s is not verified at the moment. Verify it first.", firm=firm),
        FlagCode.IDENTIFIERS: _(
            "%(firm)s has no number of the state with right check digits.",
            firm=firm,
        ),
        FlagCode.REGION_NOT_MAPPED: _("The region of %(firm)s is outside ISO 3166-2.", firm=firm),
        FlagCode.NOT_SCREENED: _(
            "%(firm)s was not compared with the current lists. That is not the same as clear.", firm=firm
        ),
        FlagCode.LISTED_NAME: _(
            "%(firm)s resembles a listed name: %(detail)s.",
            firm=firm,
            detail=flag.detail,
        ),
        FlagCode.CONTROLLED_GOODS: _(
            "A product of %(firm)s is on the common high priority list: %(goods)s.",
            goods=goods(flag.detail),
            firm=firm,
        ),
        FlagCode.SIZE: _("%(firm)s is not shown as a micro, small or medium firm.", firm=firm),
        FlagCode.NO_CONSENT: _(
            "No contact person of %(firm)s has consented to disclosure. Contacts stay closed until one does.",
            firm=firm,
        ),
        FlagCode.NO_BASIS: _(
            "No basis for passing on contact data from the country of %(firm)s is recorded. "
            "Contacts stay closed until one is.",
            firm=firm,
        ),
    }
    return sentences[flag.code]
