"""What pages show of checks: everything to the officers of the firm's country, to the firm what it can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.opportunities import rules as opportunities
from matchmaker.opportunities.checks import queries, rules
from matchmaker.opportunities.checks.enums import Outcome
from matchmaker.opportunities.checks.models import OpportunityCheck, OpportunityFinding
from matchmaker.opportunities.checks.words import ADVICE, FINDINGS, KIND, OUTCOMES
from matchmaker.opportunities.enums import OpportunityState
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.words import KINDS, MISSING, STATES
from matchmaker.reference import hs, nace
from matchmaker.reference import languages as all_languages

Badge = tuple[LazyString, str]


@dataclass(frozen=True, slots=True)
class Beside:
    """Another opportunity beside this one, part by part: the name of a part, what this one says, what the other says."""

    id: int
    title: str
    state: Badge
    sent: date | None
    lines: Sequence[tuple[LazyString, str, str]]
    lang: str
    own_lang: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding for an officer."""

    name: LazyString
    points: int
    likeness: int | None
    said: Sequence[str]
    other: Beside | None


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One check for an officer."""

    check: OpportunityCheck
    badge: Badge
    findings: Sequence[ShownFinding]


@dataclass(frozen=True, slots=True)
class Told:
    """What the firm reads of its last check: whether it was given back, and for each finding what to do and where to look."""

    refused: bool
    day: date
    lines: Sequence[tuple[LazyString, str, str, str]]


def checks_for(actor: Actor, opportunity: Opportunity) -> list[ShownCheck]:
    """All checks of an opportunity for the officers of the firm's country, the latest first; nothing for others."""
    if not rules.reads_findings(actor, opportunity):
        return []
    return [
        ShownCheck(
            one,
            OUTCOMES[one.outcome],
            [_finding(actor, opportunity, found) for found in one.findings],
        )
        for one in queries.checks_of(opportunity.id)
    ]


def _finding(actor: Actor, opportunity: Opportunity, found: OpportunityFinding) -> ShownFinding:
    parts = [_part(part) for part in found.parts]
    goods = [_code(code) for code in found.goods]
    said = [line for line in (", ".join(found.words), ", ".join(parts), "; ".join(goods)) if line]
    other = found.other
    shown = other is not None and opportunities.may_see(actor, other)
    return ShownFinding(
        FINDINGS[found.kind],
        found.points,
        found.likeness,
        said,
        _beside(opportunity, other) if shown and other else None,
    )


def _part(part: str) -> str:
    """A field of the words in one language, such as summary_tr."""
    name, _underscore, code = part.rpartition("_")
    return f"{MISSING[name]} ({all_languages.label(code, language())})"


def _beside(this: Opportunity, other: Opportunity) -> Beside:
    said = {text.language: text for text in this.texts if text.title}
    both = [text for text in other.texts if text.title and text.language in said]
    text = min(both, key=lambda one: (one.language != language(), one.language), default=None)
    text = text or opportunities.in_language(other, language())
    own = said.get(text.language) if text else None
    own = own or opportunities.in_language(this, language())
    lines = [
        (MISSING["title"], own.title if own else "", text.title if text else ""),
        (MISSING["summary"], own.summary if own else "", text.summary if text else ""),
        (MISSING["hs_codes"], _goods(this), _goods(other)),
        (MISSING["sectors"], _sectors(this), _sectors(other)),
        (KIND, str(KINDS[this.kind]), str(KINDS[other.kind])),
    ]
    return Beside(
        other.id,
        text.title if text else "",
        STATES[other.state],
        other.submitted_at.date() if other.submitted_at else None,
        [line for line in lines if line[1] or line[2]],
        text.language if text else "",
        own.language if own else "",
    )


def _goods(opportunity: Opportunity) -> str:
    return "; ".join(_code(good.hs_code) for good in opportunity.goods)


def _sectors(opportunity: Opportunity) -> str:
    return "; ".join(f"{one.code} {nace.label(one.code, language())}" for one in opportunity.sectors)


def _code(code: str) -> str:
    known = hs.get(code)
    return f"{known.dotted} {known.label(language())}" if known else code


def told_to(actor: Actor, opportunity: Opportunity) -> Told | None:
    """What the firm itself reads: why its draft was given back, or at what its institution looks closer.

    Each line has the advice, the fields, and the address and title of another opportunity where it is the reader's own.
    Never the words of the list, the points, or anything of another firm.
    """
    waiting = opportunity.state in (OpportunityState.DRAFT, OpportunityState.SUBMITTED)
    if not waiting or not opportunities.is_own(actor, opportunity):
        return None
    last = next(iter(queries.checks_of(opportunity.id)), None)
    refused = last is not None and last.outcome is Outcome.REFUSED
    if last is None or refused is not (opportunity.state is OpportunityState.DRAFT):
        return None
    lines = [_advice(actor, one) for one in last.findings if one.kind in rules.TOLD]
    return Told(refused, last.created_at.date(), lines) if lines else None


def _advice(actor: Actor, found: OpportunityFinding) -> tuple[LazyString, str, str, str]:
    other = found.other if found.other and opportunities.is_own(actor, found.other) else None
    text = opportunities.in_language(other, language()) if other else None
    parts = ", ".join(_part(part) for part in found.parts)
    address = url_for("opportunities.show", opportunity_id=other.id) if other else ""
    return ADVICE[found.kind], parts, address, text.title if text else _("Open") if other else ""


def mark_of(actor: Actor, opportunity: Opportunity) -> Badge | None:
    """The badge of a waiting opportunity in the queue of its officers; None where nobody checked it or for others."""
    waits = opportunity.state is OpportunityState.SUBMITTED and opportunity.points is not None
    if not waits or not rules.reads_findings(actor, opportunity):
        return None
    return OUTCOMES[Outcome.MARKED if opportunity.points else Outcome.CLEAN]
