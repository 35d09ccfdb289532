"""How the matches of the demo went: their steps with days since they began."""

from dataclasses import dataclass
from typing import Final

from matchmaker.matching.enums import DecisionKind, MatchOrigin, MatchState, MatchVerb, ReasonCode


@dataclass(frozen=True, slots=True)
class Step:
    """One step: hours after the beginning, who took it (asker, answerer, a coordinator's side, staff, nobody)."""

    hours: int
    verb: MatchVerb
    after: MatchState
    who: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """One way of a match up to now; `begun` counts days back from today."""

    begun: int
    steps: tuple[Step, ...]
    decisions: tuple[tuple[str, DecisionKind], ...] = ()
    reason: ReasonCode | None = None
    note: str = ""
    conversation: str = ""
    origin: MatchOrigin = MatchOrigin.SEARCH

    @property
    def state(self) -> MatchState:
        """Where the match stands."""
        return self.steps[-1].after


S, V, D = MatchState, MatchVerb, DecisionKind
ASKED: Final = (Step(0, V.ASK, S.ASKED, "asker"),)
AGREED: Final = (*ASKED, Step(47, V.AGREE, S.AGREED, "answerer"))
PROPOSED: Final = (Step(0, V.PROPOSE, S.PROPOSED, "staff"),)
FIRST: Final = (*AGREED, Step(70, V.APPROVE, S.AGREED, "asker side"))
BOTH: Final = (
    *FIRST,
    Step(94, V.APPROVE, S.AGREED, "answerer side"),
    Step(94, V.INTRODUCE, S.INTRODUCED),
)
TALKS: Final = (*BOTH, Step(145, V.START_TALKS, S.IN_TALKS, "answerer"))
APPROVED: Final = (("asker side", D.APPROVE), ("answerer side", D.APPROVE))
ONE_SIDE: Final = APPROVED[:1]
DECLINED: Final = (*AGREED, Step(80, V.DECLINE, S.REFUSED, "answerer side"))
QUESTIONED: Final = (*AGREED, Step(75, V.QUESTION, S.AGREED, "asker side"))

OF_FIRM_TR: Final = (
    (False, Course(4, ASKED)),
    (True, Course(6, ASKED)),
    (True, Course(40, TALKS, APPROVED, conversation="1")),
    (False, Course(9, AGREED)),
)
"""Whether the firm of firm.tr@ asks, and how it went on; the same for firm.ru@."""
OF_FIRM_RU: Final = (
    (False, Course(3, ASKED)),
    (True, Course(28, BOTH, APPROVED, conversation="2")),
)
OTHERS: Final = (
    *(Course(days, ASKED) for days in (1, 2, 5, 8, 11, 14, 17, 19)),
    *(Course(days, PROPOSED, origin=MatchOrigin.STAFF) for days in (2, 6, 10)),
    *(Course(days, AGREED) for days in (3, 4, 5, 7, 8, 10, 13)),
    *(Course(days, FIRST, ONE_SIDE) for days in (5, 6, 9, 12)),
    Course(
        15,
        QUESTIONED,
        (("asker side", D.QUESTION),),
        note="Which of the listed goods is meant for the first order?",
    ),
    *(Course(days, BOTH, APPROVED, conversation=talk) for days, talk in ((12, "4"), (20, "5"), (26, ""))),
    *(
        Course(days, TALKS, APPROVED, conversation=talk)
        for days, talk in ((33, "3"), (52, "1"), (61, "4"), (75, "2"))
    ),
    *(
        Course(days, (*TALKS, Step(900, V.PARTNER, S.PARTNERSHIP, "asker")), APPROVED, conversation=talk)
        for days, talk in ((95, "3"), (120, "1"), (180, "5"))
    ),
    *(
        Course(
            days,
            (*TALKS, Step(700, V.CLOSE, S.CLOSED, "asker")),
            APPROVED,
            ReasonCode.CAPACITY,
            "The quantities did not suit both sides.",
            talk,
        )
        for days, talk in ((88, "4"), (140, ""))
    ),
    *(
        Course(days, (*ASKED, Step(60, V.REFUSE, S.REFUSED, "answerer")), (), reason)
        for days, reason in (
            (30, ReasonCode.NOT_SUITABLE),
            (64, ReasonCode.CAPACITY),
            (210, ReasonCode.ALREADY_PARTNERS),
        )
    ),
    Course(
        45,
        DECLINED,
        (("answerer side", D.DECLINE),),
        ReasonCode.DOUBTFUL_DATA,
        "The capacity report does not support the quantities offered.",
    ),
    *(Course(days, (*ASKED, Step(100, V.WITHDRAW, S.WITHDRAWN, "asker"))) for days in (25, 70)),
    *(Course(days, (*ASKED, Step(504, V.EXPIRE, S.EXPIRED))) for days in (35, 58, 90)),
)
OF_FLAGGED: Final = (Course(6, AGREED), Course(11, AGREED), Course(18, AGREED))
