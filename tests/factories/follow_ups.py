"""Askings of introduced firms and their links."""

from datetime import timedelta

from factory import LazyAttribute, LazyFunction

from matchmaker.accounts.queries import digest
from matchmaker.core import clock
from matchmaker.matching.follow_ups.models import FollowUp, FollowUpLink
from matchmaker.matching.follow_ups.rules import LINK_TIME
from tests.factories.base import EntityFactory


class FollowUpFactory(EntityFactory):
    """A firm of a match that was asked yesterday, after 30 days, and has not answered."""

    class Meta:
        model = FollowUp

    days = 30
    asked_at = LazyFunction(lambda: clock.now() - timedelta(days=1))
    reached = 1


class FollowUpLinkFactory(EntityFactory):
    """A link that works; `token` is what its address ends with."""

    class Meta:
        model = FollowUpLink
        exclude = ("token",)

    token = "token"
    address = "somebody@example.com"
    expires_at = LazyFunction(lambda: clock.now() + LINK_TIME)

    @LazyAttribute
    def digest(self) -> str:
        """What is kept of the token."""
        return digest(self.token)
