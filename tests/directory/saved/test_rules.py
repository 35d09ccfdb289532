"""Which searches are the same, whose they are, and when one tells what is new."""

from datetime import UTC, datetime, timedelta

import pytest

from matchmaker.core.actor import Actor
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.queries import selection_of
from matchmaker.directory.saved.rules import SETTLED, is_due, key_of, may_change, moment_to_tell

ISTANBUL = "Europe/Istanbul"
SEVEN = datetime(2026, 11, 26, 4, tzinfo=UTC)
"""A Thursday, at seven in Istanbul."""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("q=valve&size=small&size=micro", "size=micro&size=small&q=valve", True),
        ("q=valve&sort=name&page=3", "q=valve", True),
        ("q=valve", "q=pump", False),
        ("q=valve&words=only", "q=valve", False),
        ("country=RU", "country=any", False),
    ],
)
def test_what_finds_the_same_firms_is_the_same_search(one: str, other: str, same: bool) -> None:
    assert (key_of(selection_of(one)) == key_of(selection_of(other))) is same


def test_a_search_is_its_owners_alone() -> None:
    search = SavedSearch(person_id=7)
    assert may_change(Actor(person_id=7), search)
    assert not may_change(Actor(person_id=8), search)
    assert not may_change(Actor(), SavedSearch(person_id=0))


@pytest.mark.parametrize(
    ("frequency", "now", "expected"),
    [
        (Frequency.DAILY, SEVEN + SETTLED, SEVEN),
        (Frequency.DAILY, SEVEN + SETTLED - timedelta(seconds=1), SEVEN - timedelta(days=1)),
        (Frequency.WEEKLY, SEVEN + SETTLED, SEVEN - timedelta(days=3)),
        (Frequency.NONE, SEVEN + SETTLED, None),
    ],
)
def test_the_moment_waits_until_all_of_before_it_is_committed(
    frequency: Frequency, now: datetime, expected: datetime | None
) -> None:
    assert moment_to_tell(frequency, ISTANBUL, now) == expected


def test_a_moment_is_told_once() -> None:
    assert is_due(SEVEN, SEVEN - timedelta(days=1))
    assert not is_due(SEVEN, SEVEN)
    assert not is_due(None, SEVEN)
