"""Decisions about wishes: what two firms speak with each other, and which wishes come together."""

from __future__ import annotations

from collections.abc import Sequence


def spoken(one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """The language that two firms share and, where they share none, the pair that an interpreter has to know.

    Of several shared languages the first of `one` counts. The pair joins the first language of each in order of the
    alphabet, such as "ru-tr"; both are empty where a firm names no language.
    """
    shared = next((code for code in one if code in other), "")
    if shared or not one or not other:
        return shared, ""
    return "", "-".join(sorted((one[0], other[0])))


def living_key(participants: Sequence[int]) -> str:
    """What keeps a second living meeting of the same firms out: their numbers in rising order."""
    return "-".join(str(number) for number in sorted(participants))
