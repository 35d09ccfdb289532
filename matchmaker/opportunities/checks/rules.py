"""What a check finds and what that counts, what becomes of an opportunity by it, who reads findings and edits the words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.engines.text.phrases import prepared
from matchmaker.engines.text.sameness import sameness
from matchmaker.opportunities import rules as opportunities
from matchmaker.opportunities.checks.enums import FindingKind, Outcome, WordKind
from matchmaker.opportunities.checks.word_list import VERSION, Word
from matchmaker.opportunities.enums import OpportunityState

if TYPE_CHECKING:
    from matchmaker.opportunities.checks.models import OpportunityCheck, SensitiveWordChange
    from matchmaker.opportunities.models import Opportunity

K = FindingKind
POINTS: Final = {
    K.SAME_OWN: 100,
    K.NEAR_OWN: 40,
    K.SAME_RELATED: 40,
    K.NEAR_RELATED: 20,
    K.REFUSED_BEFORE: 30,
    K.LISTED_GOODS: 40,
    K.MILITARY_WORDS: 50,
    K.DUAL_USE_WORDS: 30,
    K.RULE_WORDS: 60,
    K.CONTACT_WORDS: 60,
    K.REWORDED: 30,
}
"""What a finding of a kind counts, once for each kind."""
MENDED_BY_FIRM: Final = frozenset({K.SAME_OWN, K.NEAR_OWN, K.CONTACT_WORDS})
"""What the firm itself sets right. Only this sends an opportunity back without an officer: about all else a person decides."""
REFUSED_FROM: Final = 100
"""With so many points of what the firm itself sets right it goes back to the firm."""
NEEDS_REASON: Final = frozenset({K.MILITARY_WORDS, K.DUAL_USE_WORDS, K.RULE_WORDS, K.REWORDED})
"""What is shown to the other institution only with a reason, as listed goods are."""
TOLD: Final = MENDED_BY_FIRM | {
    K.REFUSED_BEFORE,
    K.LISTED_GOODS,
    K.MILITARY_WORDS,
    K.DUAL_USE_WORDS,
    K.RULE_WORDS,
}
"""Of which the firm learns that they were found: its own affairs, never those of another firm."""
WORDS_OF: Final = {
    WordKind.MILITARY: K.MILITARY_WORDS,
    WordKind.DUAL_USE: K.DUAL_USE_WORDS,
    WordKind.RULES: K.RULE_WORDS,
    WordKind.CONTACT: K.CONTACT_WORDS,
}
GUARDED: Final = frozenset({K.MILITARY_WORDS, K.DUAL_USE_WORDS, K.RULE_WORDS})
"""Words that a firm may have written out of the way after a check."""
SHARES: Final = {"title": 30, "summary": 40, "codes": 20, "kind": 10}
"""What of two opportunities is compared, and how much of 100 each part counts."""
SAME, NEAR = 98, 82
"""From so many of 100 on two opportunities are the same, or nearly the same."""
LONGEST_PHRASE, LONGEST_REASON, SHORTEST_KEY, MOST_WORDS = 80, 500, 3, 6


@dataclass(frozen=True, slots=True)
class Said:
    """What of an opportunity is compared: by language its title and summary; the codes of goods and sectors; its kind."""

    number: int
    kind: str
    texts: Mapping[str, tuple[str, str]]
    codes: frozenset[str]


class Past(StrEnum):
    """Where another opportunity stands for a comparison."""

    LIVING = "living"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another opportunity of the same firm or of one that belongs together with it, and the guarded words found in it."""

    said: Said
    own: bool
    past: Past
    found: frozenset[FindingKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    kind: FindingKind
    other_id: int | None = None
    likeness: int | None = None
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """What it counts."""
        return POINTS[self.kind]


# ---------------------------------------------------------------- the same again


def likeness(one: Said, other: Said) -> int:
    """How much two opportunities are the same, from 0 to 100; words in the language in which they are most alike."""
    best = max(
        (
            _words_alike(one.texts[spoken], other.texts[spoken], spoken)
            for spoken in one.texts.keys() & other.texts.keys()
        ),
        default=0,
    )
    all_codes = one.codes | other.codes
    codes = 100 * len(one.codes & other.codes) // len(all_codes) if all_codes else 100
    kind = 100 if one.kind == other.kind else 0
    return (best + SHARES["codes"] * codes + SHARES["kind"] * kind) // 100


def _words_alike(one: tuple[str, str], other: tuple[str, str], spoken: str) -> int:
    title, summary = (sameness(a, b, spoken) for a, b in zip(one, other, strict=True))
    return SHARES["title"] * title + SHARES["summary"] * summary


def repeated(said: Said, earlier: Iterable[Earlier]) -> list[Finding]:
    """Which earlier opportunities this one repeats, of each kind the one most alike."""
    best: dict[FindingKind, Finding] = {}
    for one in earlier:
        alike = likeness(said, one.said)
        kind = _kind_of(one, alike)
        known = best.get(kind) if kind else None
        if kind and (known is None or (known.likeness or 0) < alike):
            best[kind] = Finding(kind, one.said.number, alike)
    if K.SAME_OWN in best:
        best.pop(K.NEAR_OWN, None)
    if K.SAME_RELATED in best:
        best.pop(K.NEAR_RELATED, None)
    return [best[kind] for kind in K if kind in best]


def _kind_of(one: Earlier, alike: int) -> FindingKind | None:
    if alike < NEAR or one.past is Past.GONE:
        return None
    if one.past is Past.REFUSED:
        return K.REFUSED_BEFORE if one.own else None
    if one.own:
        return K.SAME_OWN if alike >= SAME else K.NEAR_OWN
    return K.SAME_RELATED if alike >= SAME else K.NEAR_RELATED


def reworded(
    said: Said, earlier: Iterable[Earlier], before: Collection[FindingKind], now: Collection[FindingKind]
) -> list[Finding]:
    """That guarded words found in this opportunity `before`, or in one of the firm's own much like it, are gone now."""
    if (GUARDED & set(before)) - set(now):
        return [Finding(K.REWORDED)]
    for one in earlier:
        if one.own and (GUARDED & one.found) - set(now):
            alike = likeness(said, one.said)
            if alike >= NEAR:
                return [Finding(K.REWORDED, one.said.number, alike)]
    return []


def past_of(opportunity: Opportunity, today: date) -> Past:
    """Where an opportunity stands for a comparison: one that has left the lists, or was never sent, repeats nothing."""
    if opportunity.state is OpportunityState.REFUSED:
        return Past.REFUSED
    living = opportunity.state in (
        OpportunityState.SUBMITTED,
        OpportunityState.ANNOUNCED,
        OpportunityState.PUBLISHED,
    )
    return Past.LIVING if living and not opportunities.is_expired(opportunity, today) else Past.GONE


# ---------------------------------------------------------------- words


def in_force(
    delivered: Iterable[Word], changes: Sequence[SensitiveWordChange], today: date
) -> dict[tuple[str, str], Word]:
    """The list of a day: what is delivered, then each change whose day has come, the one made last deciding."""
    found = {word.key: word for word in delivered}
    for change in sorted(changes, key=lambda one: one.number):
        if change.valid_from > today:
            continue
        word = Word(change.language, WordKind(change.kind), change.phrase)
        if change.listed:
            found[word.key] = word
        else:
            found.pop(word.key, None)
    return found


def list_version(changes: Iterable[SensitiveWordChange], today: date) -> str:
    """The name of the list of a day: the day of the delivered words and the last change in force."""
    last = max((one.number for one in changes if one.valid_from <= today), default=0)
    return f"{VERSION}+{last}"


def sensitive(texts: Iterable[tuple[str, str, str]], words: Iterable[Word]) -> list[Finding]:
    """The words of the list in texts (field, language, text), a finding for each kind with the fields in which they stand."""
    kinds = {word.phrase: word.kind for word in words}
    phrases = prepared(frozenset(kinds))
    parts: dict[FindingKind, list[str]] = {}
    hits: dict[FindingKind, list[str]] = {}
    for part, language, text in texts:
        for found in phrases.found(text, language):
            kind = WORDS_OF[kinds[found.phrase]]
            parts.setdefault(kind, []).append(f"{part}_{language}")
            hits.setdefault(kind, []).append(found.phrase.text)
    return [
        Finding(kind, parts=tuple(dict.fromkeys(parts[kind])), words=tuple(dict.fromkeys(hits[kind])))
        for kind in K
        if kind in hits
    ]


# ---------------------------------------------------------------- what becomes of it


def outcome(findings: Iterable[Finding]) -> Outcome:
    """Back to the firm with enough points of what it sets right itself; else to the review, with marks where there are any."""
    found = list(findings)
    if sum(one.points for one in found if one.kind in MENDED_BY_FIRM) >= REFUSED_FROM:
        return Outcome.REFUSED
    return Outcome.MARKED if found else Outcome.CLEAN


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings with their points and what becomes of the opportunity."""

    findings: tuple[Finding, ...] = ()

    @property
    def points(self) -> int:
        """The points of all findings together."""
        return sum(one.points for one in self.findings)

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        return outcome(self.findings)


def needs_reason(check: OpportunityCheck | None) -> bool:
    """Whether an officer has to give a reason for showing what was found."""
    return check is not None and any(one.kind in NEEDS_REASON for one in check.findings)


# ---------------------------------------------------------------- who


def reads_findings(actor: Actor, opportunity: Opportunity) -> bool:
    """The officers of the firm's country, never anybody of the firm itself."""
    return opportunities.is_own_officer(actor, opportunity)


def may_edit_words(actor: Actor) -> bool:
    """Compliance officers and whoever administers the installation, unless they belong to a firm; nobody else reads the list."""
    edits = actor.is_operator or actor.has(InstitutionRole.COMPLIANCE)
    return edits and not actor.memberships
