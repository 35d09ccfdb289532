"""What the page "why not these two" shows: every hard rule with its answer, and the fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString

from matchmaker.engines.fit.facts import Fit
from matchmaker.firms.models import Firm
from matchmaker.matching.exclusions import RULES, ExclusionCode, why_not
from matchmaker.matching.finding import meant
from matchmaker.matching.fitting import fit_of
from matchmaker.matching.list_places import PlaceInList, place_in_list
from matchmaker.matching.reasons import ReasonRow, explain


@dataclass(frozen=True, slots=True)
class Choice:
    """What was typed for one of the two firms, and whom it may mean."""

    text: str
    firms: list[Firm]

    @property
    def firm(self) -> Firm | None:
        """The firm when there is only one that is meant."""
        return self.firms[0] if len(self.firms) == 1 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One hard rule: whether it holds for the pair, and the firms that break it."""

    code: ExclusionCode
    rule: LazyString
    holds: bool
    firms: tuple[Firm, ...]


@dataclass(frozen=True, slots=True)
class PairPage:
    """The answers and the fit of a pair; fit is None for a firm with itself."""

    one: Firm
    other: Firm
    answers: list[Answer]
    fit: Fit | None
    rows: list[ReasonRow]
    places: list[PlaceInList] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        """Whether every rule holds."""
        return all(answer.holds for answer in self.answers)


def choices(arguments: Mapping[str, str]) -> dict[str, Choice]:
    """Both firms as typed."""
    found = {}
    for name in ("first", "second"):
        text = arguments.get(name, "")[:200]
        found[name] = Choice(text, meant(text) if text.strip() else [])
    return found


def pair_page(one: Firm, other: Firm) -> PairPage:
    """What the rules and the score say about two firms, both fully loaded."""
    broken = {exclusion.code: exclusion.firms for exclusion in why_not(one, other)}
    by_id = {firm.id: firm for firm in (one, other)}
    answers = [
        Answer(code, rule, code not in broken, tuple(by_id[number] for number in broken.get(code, ())))
        for code, rule in RULES.items()
    ]
    if one.id == other.id:
        return PairPage(one, other, answers[:1], None, [])
    fit = fit_of(one, other)
    places = [place_in_list(one, other), place_in_list(other, one)]
    return PairPage(one, other, answers, fit, explain(fit, one, other), places)
