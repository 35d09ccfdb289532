"""Matches between two firms."""

from datetime import timedelta

from factory import LazyAttribute, LazyFunction

from matchmaker.core import clock
from matchmaker.firms.models import Firm
from matchmaker.matching.enums import MatchOrigin, MatchState
from matchmaker.matching.models import Match
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory

LIVING = {
    MatchState.PROPOSED,
    MatchState.ASKED,
    MatchState.AGREED,
    MatchState.INTRODUCED,
    MatchState.IN_TALKS,
    MatchState.PARTNERSHIP,
}
BEFORE_AGREEMENT = {MatchState.PROPOSED, MatchState.ASKED}


class MatchFactory(EntityFactory):
    """A request of a Turkish firm that a Russian firm has not answered yet."""

    class Meta:
        model = Match

    asker_id = LazyAttribute(lambda row: FirmFactory().id)
    answerer_id = LazyAttribute(lambda row: FirmFactory(country="RU").id)
    state = MatchState.ASKED
    origin = MatchOrigin.SEARCH
    request_text = "We make bearings and look for a distributor."
    asked_at = LazyFunction(clock.now)
    expires_at = LazyFunction(lambda: clock.now() + timedelta(days=21))

    agreed_at = LazyAttribute(lambda row: None if row.state in BEFORE_AGREEMENT else clock.now())
    answerer_agreed = LazyAttribute(lambda row: row.state not in BEFORE_AGREEMENT)

    @LazyAttribute
    def open_pair(self) -> str | None:
        """The pair's key while the match lives."""
        low, high = sorted((self.asker_id, self.answerer_id))
        return f"{low}-{high}" if self.state in LIVING else None


def introduced(asker: Firm, state: MatchState = MatchState.INTRODUCED) -> Match:
    """A match of a firm that was introduced to a Russian one, and what became of it."""
    match: Match = MatchFactory(asker_id=asker.id, state=state, introduced_at=clock.now())
    return match
