"""Judgements of firms about each other that domains above know of: each tells here what its records say.

An introduction is answered before two firms have spoken; what they say after a meeting speaks of the same fit. Both are
evidence of one calibration, which lets every event have its own share of yes (see `calibration`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

INTRODUCTIONS: Final = "introductions"
"""The event under which answers to requests for an introduction stand."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a firm, by number, found of another one, and at which event it met it."""

    owner: int
    other: int
    accepted: bool
    event: str


Source = Callable[[], Sequence[Said]]
_sources: dict[str, Source] = {}


def add_source(key: str, source: Source) -> None:
    """Offer judgements to learn from; a source that is named again replaces the former."""
    _sources[key] = source


def told() -> list[Said]:
    """What all sources say, in the order of their names."""
    return [one for key in sorted(_sources) for one in _sources[key]()]


def apart(
    said: Iterable[Said], judged: Iterable[tuple[int, int]], is_held_out: Callable[[int], bool]
) -> list[Said]:
    """What may be learned from where `judged` pairs are kept for judging.

    Neither what a firm says whose decisions are held out, nor what anybody says of a pair that a held-out decision is about:
    otherwise the report would judge points by what they were learned from.
    """
    kept = {frozenset(pair) for pair in judged}
    return [
        one for one in said if not is_held_out(one.owner) and frozenset((one.owner, one.other)) not in kept
    ]
