"""What the page of the relevance rate shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core.i18n import language, order_countries, show_number
from matchmaker.matching.relevance import figures
from matchmaker.matching.relevance.enums import Irrelevance
from matchmaker.matching.relevance.rate import Judgement, Rate, rates
from matchmaker.matching.relevance.words import REASONS
from matchmaker.reference import countries, nace

FEW = 20
"""Below so many judgements a rate says little."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate in words."""

    label: str
    judged: int
    wanted: int
    percent: int
    interval: str
    few: bool


@dataclass(frozen=True, slots=True)
class RatePage:
    """The rate in all, and by country, sector and set of points."""

    total: RateRow
    groups: Sequence[tuple[str, Sequence[RateRow]]]
    reasons: Sequence[dict[str, object]]


def rate_page() -> RatePage:
    """The figures of the last year."""
    found = figures.judgements()
    by_country = {rate.key: rate for rate in rates(found, lambda one: one.country)}
    total = rates(found, lambda one: "") or [Rate("", 0, 0)]
    return RatePage(
        total=_row(total[0], ""),
        groups=[
            (
                _("By country of the firm that said so"),
                [_row(by_country[code], countries.label(code, language())) for code in _ordered(by_country)],
            ),
            (_("By sector of the firm that said so"), _by(found, lambda one: one.sector, _sector)),
            (_("By set of points"), _by(found, lambda one: one.weights, str)),
        ],
        reasons=_reasons(),
    )


def _ordered(found: dict[str, Rate]) -> list[str]:
    return order_countries(sorted(code for code in found if code))


def _by(
    found: Sequence[Judgement], key: Callable[[Judgement], str], label: Callable[[str], str]
) -> list[RateRow]:
    return [_row(rate, label(rate.key)) for rate in rates(found, key)]


def _sector(code: str) -> str:
    return nace.label(code, language()) if code else str(_("No sector named"))


def _row(rate: Rate, label: str) -> RateRow:
    least, most = (round(100 * end) for end in rate.interval)
    return RateRow(
        label, rate.judged, rate.wanted, round(100 * rate.share), f"{least}–{most}", rate.judged < FEW
    )


def _reasons() -> list[dict[str, object]]:
    counted = figures.reasons()
    total = sum(count for _reason, count in counted) or 1
    return [
        {
            "label": str(REASONS[Irrelevance(reason)]),
            "value": round(100 * count / total),
            "text": show_number(count),
        }
        for reason, count in counted
    ]
