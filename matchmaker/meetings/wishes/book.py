"""Many wishes of a day at once, as a list brings them: each is judged as a single one, with what that needs read once."""

from collections import Counter

from matchmaker.core.actor import Actor
from matchmaker.core.errors import NotFound
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.wishes import queries, services
from matchmaker.meetings.wishes.queries import ToWish


class Book:
    """The wishes of a day behind its lock, for somebody who runs it and speaks for firms that cannot.

    Raises NotAllowed, Conflict once the day is over.
    """

    def __init__(self, actor: Actor, day: B2bDay) -> None:
        self._actor, self._day = actor, to_change(actor, day)
        self.firms = {one.firm_id: one for one in day_queries.participants(day.id)}
        self._apart = queries.apart(self.firms)
        self._rows = queries.wishes_of_day(day.id)
        self._musts = Counter(
            own for (own, _other), row in self._rows.items() if row.kind is WishKind.MUST_MEET
        )

    def say(self, pair: ToWish, kind: WishKind, topic: str | None) -> None:
        """Note one wish; the caller flushes. Raises NotFound for a pair that may not meet, DomainError at `kind`.

        What stands already is no news: a list of the day comes in again though a pair may no longer meet since.
        """
        own, key = pair.own.id, (pair.own.id, pair.other.id)
        before = self._rows.get(key)
        if before is not None and before.kind is kind and topic in (None, before.topic):
            return
        if not queries.may_meet(pair.own, pair.other, self._apart):
            raise NotFound
        was_must = before is not None and before.kind is WishKind.MUST_MEET
        row = services.note(self._actor, pair, before, kind, topic, musts=self._musts[own])
        if row is not None:
            self._rows[key] = row
        self._musts[own] += (kind is WishKind.MUST_MEET) - was_must
