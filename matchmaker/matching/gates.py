"""What has to be clear before a match may be approved: facts of both sides, the flags they raise, what holds it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchmaker.compliance.enums import ScreeningState
from matchmaker.matching.enums import ComplianceOutcome, FlagCode, Weight
from matchmaker.mous.enums import CoverProblem

if TYPE_CHECKING:
    from matchmaker.matching.models import ComplianceReview

SME_CLASSES = frozenset({"micro", "small", "medium"})


@dataclass(frozen=True, slots=True)
class SideFacts:
    """What is known about one firm of a match; hits are keys of likenesses not cleared, controlled are HS codes."""

    firm_id: int
    country: str
    identifiers_valid: bool
    verified: bool
    size_class: str
    region_mapped: bool
    screening: ScreeningState
    hits: tuple[str, ...]
    controlled: tuple[str, ...]
    consents: int
    basis: str | None


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What is known about a match; mou_id is the memorandum that covers introductions of the pair or lacks least.

    `uncovered` says what it lacks: approving needs a reason then.
    """

    asker: SideFacts
    answerer: SideFacts
    mou_id: int | None
    uncovered: CoverProblem | None = None

    @property
    def sides(self) -> tuple[SideFacts, SideFacts]:
        """Both sides in the order of asking."""
        return self.asker, self.answerer


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding; `key` is what a compliance officer's decision refers to, so a new finding is never covered by it."""

    code: FlagCode
    weight: Weight
    firm_id: int = 0
    detail: str = ""

    @property
    def key(self) -> str:
        """The identity of the finding."""
        return f"{self.code}:{self.firm_id}:{self.detail}"


def flags(facts: PairFacts) -> tuple[Flag, ...]:
    """Everything that is not clear, the gravest first."""
    found = [] if facts.mou_id else [Flag(FlagCode.NO_MEMORANDUM, Weight.BAR)]
    if facts.uncovered:
        found.append(Flag(FlagCode.NO_COVER, Weight.REASON, detail=facts.uncovered.value))
    for side in facts.sides:
        found.extend(_side_flags(side))
    order = list(reversed(Weight))
    return tuple(sorted(found, key=lambda flag: order.index(flag.weight)))


def _side_flags(side: SideFacts) -> Iterable[Flag]:
    firm = side.firm_id
    if not side.verified:
        yield Flag(FlagCode.NOT_VERIFIED, Weight.BAR, firm)
    if not side.identifiers_valid:
        yield Flag(FlagCode.IDENTIFIERS, Weight.REVIEW, firm)
    if not side.region_mapped:
        yield Flag(FlagCode.REGION_NOT_MAPPED, Weight.REVIEW, firm)
    if side.screening is ScreeningState.UNSCREENED:
        yield Flag(FlagCode.NOT_SCREENED, Weight.REVIEW, firm)
    # A hit that names nothing is still a hit.
    for hit in side.hits or ("",) * (side.screening is ScreeningState.HIT):
        yield Flag(FlagCode.LISTED_NAME, Weight.REVIEW, firm, hit)
    for code in side.controlled:
        yield Flag(FlagCode.CONTROLLED_GOODS, Weight.REVIEW, firm, code)
    if side.size_class not in SME_CLASSES:
        yield Flag(FlagCode.SIZE, Weight.HINT, firm)
    if not side.consents:
        yield Flag(FlagCode.NO_CONSENT, Weight.HINT, firm)
    if side.basis is None:
        yield Flag(FlagCode.NO_BASIS, Weight.HINT, firm)


def reviewed(reviews: Iterable[ComplianceReview]) -> dict[str, ComplianceOutcome]:
    """The latest outcome for each flag that compliance officers dealt with, oldest review first."""
    outcome: dict[str, ComplianceOutcome] = {}
    for review in reviews:
        outcome.update(dict.fromkeys(review.flags, review.outcome))
    return outcome


def open_flags(found: Iterable[Flag], reviews: Iterable[ComplianceReview]) -> tuple[Flag, ...]:
    """The flags that no compliance officer cleared or overrode; one that was blocked stays open."""
    outcome = reviewed(reviews)
    return tuple(flag for flag in found if outcome.get(flag.key) in (None, ComplianceOutcome.BLOCK))


def is_blocked(reviews: Iterable[ComplianceReview]) -> bool:
    """Whether the latest word of compliance is to block the match."""
    last = list(reviews)[-1:]
    return bool(last) and last[0].outcome is ComplianceOutcome.BLOCK


def holding(found: Iterable[Flag], reviews: Iterable[ComplianceReview]) -> tuple[Flag, ...]:
    """The open flags because of which nobody may approve; what a reason of the approver lifts is not among them."""
    passable = (Weight.HINT, Weight.REASON)
    return tuple(flag for flag in open_flags(found, reviews) if flag.weight not in passable)


def contacts_can_open(facts: PairFacts) -> bool:
    """Contacts open to both or to nobody: a recorded basis and a consenting person on each side."""
    return all(side.consents and side.basis is not None for side in facts.sides)
