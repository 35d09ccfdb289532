"""What the page of the quality shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_number
from matchmaker.matching.quality.measures import Compared
from matchmaker.matching.quality.report import QualityReport, report, weights_of
from matchmaker.matching.weighing import queries, rules
from matchmaker.matching.weighing.models import WeightSet
from matchmaker.matching.weighing.words import name_of

MEASURES: Final[dict[str, tuple[LazyString, LazyString]]] = {
    "precision_5": (
        _l("Precision at 5"),
        _l("Accepted ones among the first five judged firms of a list."),
    ),
    "precision_10": (
        _l("Precision at 10"),
        _l("Accepted ones among the first ten judged firms of a list."),
    ),
    "ndcg_10": (
        _l("nDCG at 10"),
        _l("How near the order of the first ten judged firms comes to the best one; 1 is the best."),
    ),
}
VERDICTS: Final = {
    1: _l("Set %(other)s is shown to order decided introductions better than set %(one)s."),
    0: _l("Set %(other)s is not shown to be better or worse than set %(one)s."),
    -1: _l("Set %(other)s is shown to order decided introductions worse than set %(one)s."),
}
KINDS: Final = {1: "ok", 0: "", -1: "warn"}
INTERVAL_DIGITS: Final = 4
"""Where an interval ends decides whether a difference is shown; three digits would make a nought of an end beside it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A set that can be compared."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in words and numbers."""

    name: str
    about: str
    one: str
    other: str
    difference: str
    interval: str


@dataclass(frozen=True, slots=True)
class QualityPage:
    """The comparison of two sets."""

    found: QualityReport
    rows: Sequence[MeasureRow]
    ones: Sequence[Choice]
    others: Sequence[Choice]
    may_try: bool

    @property
    def verdict(self) -> str:
        """The finding in one sentence."""
        if self.found.few:
            return str(_("Too few decisions to say which set is better."))
        return str(VERDICTS[self.found.verdict]) % {
            "one": self.found.one.name,
            "other": self.found.other.name,
        }

    @property
    def kind(self) -> str:
        """The kind of notice that tells it."""
        return "warn" if self.found.few else KINDS[self.found.verdict]


def quality_page(actor: Actor, one: int, other: int) -> QualityPage:
    """The comparison of two stored sets; 0 stands for the one in use and for the proposal or draft that is newest."""
    sets = _sets()
    by_id = {item.id or 0: item for item in sets}
    first = by_id.get(one) or queries.in_use()
    second = by_id.get(other) or next((item for item in sets if item.name != first.name), first)
    found = report(weights_of(first), weights_of(second))
    return QualityPage(
        found=found,
        rows=[_row(measure) for measure in found.measures],
        ones=_choices(sets, first),
        others=_choices(sets, second),
        may_try=rules.may_try(actor),
    )


def _sets() -> list[WeightSet]:
    """What can be compared: the set in use, proposals, drafts and former sets, the newest of each first."""
    stored = [*queries.history(), *queries.drafts()]
    now = queries.in_use()
    return stored if any(item.name == now.name for item in stored) else [*stored, now]


def _choices(sets: Sequence[WeightSet], chosen: WeightSet) -> list[Choice]:
    return [Choice(str(item.id or 0), name_of(item), item is chosen or item.id == chosen.id) for item in sets]


def _row(found: Compared) -> MeasureRow:
    name, about = MEASURES[found.measure]
    return MeasureRow(
        str(name),
        str(about),
        _three(found.one),
        _three(found.other),
        _signed(found.difference),
        f"{_signed(found.least, INTERVAL_DIGITS)} … {_signed(found.most, INTERVAL_DIGITS)}",
    )


def _three(value: float, digits: int = 3) -> str:
    # Adding zero makes a nought of what is rounded to minus nought.
    return show_number(round(value, digits) + 0.0, digits)


def _signed(value: float, digits: int = 3) -> str:
    return f"+{_three(value, digits)}" if round(value, digits) > 0 else _three(value, digits)
