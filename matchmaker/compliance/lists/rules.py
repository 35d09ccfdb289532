"""Who keeps the lists, when a list is old, and what a new version must not do without a word of the officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from matchmaker.compliance.rules import may_screen
from matchmaker.core.actor import Actor

if TYPE_CHECKING:
    from matchmaker.compliance.models import SanctionsList

MANY_GONE = 10
"""Per cent of the entries in use: when more than these are gone from a file, it may be another list or half of one."""


def may_keep_lists(actor: Actor, *_loaded: object) -> bool:
    """Compliance officers of a country, and nobody else, see the lists and take new versions in."""
    return may_screen(actor)


def last_known_on(item: SanctionsList) -> date:
    """The latest day for which a version is known to be right: its own date or that of a later file that said the same."""
    days = [item.dated_on or (item.taken_in_at or item.created_at).date(), item.unchanged_on]
    return max(day for day in days if day is not None)


def is_old(item: SanctionsList, today: date, days: int) -> bool:
    """Whether a version is older than so many days."""
    return today - last_known_on(item) > timedelta(days=days)


def many_gone(found: Mapping[str, Any]) -> bool:
    """Whether the file lacks so many of the present entries that it may be another list or half of one."""
    return 100 * int(found.get("gone", 0)) > MANY_GONE * int(found.get("present", 0))


def needs_word(found: Mapping[str, Any]) -> bool:
    """Whether a checked file is taken in only when the officer says so once more: lines are left out, or many are gone."""
    return bool(found.get("bad_lines")) or many_gone(found)


def differs(found: Mapping[str, Any]) -> bool:
    """Whether a checked file says anything else than the version in use."""
    return found.get("against") is None or any(found.get(name) for name in ("new", "changed", "gone"))
