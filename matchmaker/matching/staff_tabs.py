"""The pages about suggestions that the institutions read, as tabs of one place in the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.core.navigation import Place, add_place
from matchmaker.matching.weighing import queries, rules

PAGES: dict[str, LazyString] = {
    "matching.weights": _l("Points"),
    "matching.exposure": _l("Exposure"),
    "matching.relevance": lazy_pgettext("suggestions", "Relevance"),
    "matching.quality": _l("Quality"),
}
"""Endpoint and word of each page, in the order of the tabs."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One page to choose."""

    url: str
    label: str
    current: bool
    badge: int = 0


def staff_tabs(current: str | None = None) -> Sequence[Tab]:
    """The tabs; the page of this request is marked, or the one that is named."""
    here = current or request.endpoint
    return [Tab(url_for(endpoint), str(label), endpoint == here) for endpoint, label in PAGES.items()]


add_place(
    Place(
        "matching.weights",
        _l("Suggestions"),
        "list-filter",
        rules.sees_weights,
        45,
        badge=queries.waiting_for,
        also=(*PAGES, "matching.try_weights", "matching.weight_set", "matching.method"),
    )
)
