"""Two deals of introduced firms: one that both confirmed, and one that waits for the firm of an account."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from matchmaker.demo.matches import Story
from matchmaker.demo.writing import add_all
from matchmaker.firms.enums import Side
from matchmaker.matching.deals.enums import Currency, DealKind, DealState
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.enums import MatchState


def add_deals(stories: Sequence[Story], morning: datetime) -> None:
    """Write them: the first match in talks is one of a documented account, which has to answer."""
    add_all(Deal, list(_deals(stories, morning)))


def _deals(stories: Sequence[Story], morning: datetime) -> Iterator[dict[str, Any]]:
    partners = next(one for one in stories if one.course.state is MatchState.PARTNERSHIP)
    talking = next(one for one in stories if one.course.state is MatchState.IN_TALKS)
    reported, confirmed = morning - timedelta(days=24), morning - timedelta(days=21)
    yield {
        **_of(partners, reported),
        "kind": DealKind.SALE,
        "state": DealState.CONFIRMED,
        "open_match_id": None,
        "amount": Decimal(84_000),
        "currency": Currency.USD,
        "share_without": 25,
        "signed_on": (reported - timedelta(days=3)).date(),
        "expected_on": None,
        "confirmed_at": confirmed,
        "updated_at": confirmed,
    }
    yield {
        **_of(talking, morning - timedelta(days=2)),
        "kind": DealKind.DISTRIBUTION,
        "state": DealState.REPORTED,
        "open_match_id": talking.id,
        "amount": Decimal(120_000),
        "currency": Currency.EUR,
        "share_without": None,
        "signed_on": None,
        "expected_on": (morning + timedelta(days=40)).date(),
        "confirmed_at": None,
        "updated_at": morning - timedelta(days=2),
    }


def _of(story: Story, moment: datetime) -> dict[str, Any]:
    """The answering firm reports what it buys of the asking firm's goods."""
    good = story.pair.asker.profile.lines_of(Side.OFFERED)[0].good
    return {
        "match_id": story.id,
        "reporter_id": story.pair.answerer.id,
        "hs_code": good.hs,
        "created_at": moment,
    }
