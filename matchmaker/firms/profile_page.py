"""What the page of answers and the firm's own page show."""

from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString

from matchmaker.core import clock
from matchmaker.firms import queries, rules, words
from matchmaker.firms.declarations.words import badge_of
from matchmaker.firms.enums import FirmState, StateVerb
from matchmaker.firms.facts import Fact, certificate_line, facts, own_language
from matchmaker.firms.market_history import market_history
from matchmaker.firms.models import Firm
from matchmaker.firms.presentation_forms import open_groups
from matchmaker.firms.steps import BY_NAME, DRAFT_ONLY, STEPS, Step


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One step with its answers; missing: "" when filled, else needed or useful."""

    step: Step
    facts: list[Fact]
    missing: str
    changeable: bool


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A part that is still empty."""

    step: str
    label: LazyString
    required: bool


def profile_page(firm: Firm, *, to_check: bool) -> dict[str, Any]:
    """The names that both templates use."""
    gaps = rules.missing(firm)
    words_of_gaps = {gap.step: "needed" if gap.required else "useful" for gap in gaps}
    return {
        "firm": firm,
        "to_check": to_check,
        "sections": [
            ShownSection(
                step,
                facts(firm, step.name),
                words_of_gaps.get(step.name, ""),
                step.name not in DRAFT_ONLY or firm.state is FirmState.DRAFT,
            )
            for step in STEPS
        ],
        "market_history": market_history(firm.id),
        "gaps": [ShownGap(gap.step, BY_NAME[gap.step].label, gap.required) for gap in gaps],
        "ready": not rules.lacks(firm),
        "completeness": rules.completeness(firm),
        "badge": words.STATE_BADGES[firm.state],
        "what_next": words.WHAT_NEXT[firm.state],
        "waiting_change": queries.open_change(firm.id),
        "can_submit": (firm.state, StateVerb.SUBMIT) in rules.TRANSITIONS,
        "declaration_badge": badge_of(firm.declared_until, clock.today()),
        "own_language": own_language(firm),
        "next_step": firm.wizard_step or "identifiers",
    }


def step_words(firm: Firm) -> dict[str, Any]:
    """The names that the templates of single steps use."""
    return {
        "today": clock.today(),
        "own_language": own_language(firm),
        "size_sentence": words.size_sentence(firm),
        "certificate_line": certificate_line,
        "open_groups": open_groups(),
    }
