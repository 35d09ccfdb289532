"""Counts of filters, kept for a while where counting is dear."""

import time
from collections.abc import Mapping
from typing import Any, Final

from flask import current_app

from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.reader import FacetCount, Reader

CHEAP: Final = 20_000
"""Firms up to which counting anew costs less than a page."""
KEPT: Final = 60.0
"""Seconds for which other counts are remembered: among so many firms a minute changes nothing that a reader sees."""
MOST_KEPT: Final = 2_000

Counts = tuple[FacetCount, ...]


def counted_facets(reader: Reader, query: SearchQuery, hits: Mapping[str, int]) -> dict[str, Counts]:
    """The counts of facets by name; `hits` says over how many firms each is counted."""
    kept: dict[Any, tuple[float, Counts]] = current_app.extensions.setdefault("tandem-facets", {})
    now, found, missing = time.monotonic(), {}, []
    for name, firms in hits.items():
        known = kept.get(_key(query, name)) if firms > CHEAP else None
        if known is not None and now - known[0] < KEPT:
            found[name] = known[1]
        else:
            missing.append(name)
    if missing:
        counts = reader.facets(query, missing)
        if len(kept) > MOST_KEPT:
            kept.clear()
        for name in missing:
            found[name] = counts[name]
            if hits[name] > CHEAP:
                kept[_key(query, name)] = (now, counts[name])
    return found


def _key(query: SearchQuery, name: str) -> tuple[object, ...]:
    filters = tuple(sorted((key, codes) for key, codes in query.filters.items() if key != name))
    return query.text, query.level, query.meanings, filters, name
