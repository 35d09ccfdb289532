"""Reads of wishes: who may meet whom, what was said, how well two firms fit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.compliance.queries import firms_with_hits
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.engines.fit.facts import Fit
from matchmaker.engines.fit.scoring import score
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.matching.enums import MatchState, WishKind
from matchmaker.matching.exclusions import REST
from matchmaker.matching.gates import is_blocked
from matchmaker.matching.models import Match, Wish
from matchmaker.matching.profiles import load_profiles
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.weighing.queries import weights_in_use
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import ParticipantState
from matchmaker.meetings.models import B2bDay, DayParticipant, DayWish

Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Apart:
    """Firms that nobody may meet and pairs of firms that may not meet each other, whatever they wish."""

    firms: frozenset[int]
    pairs: frozenset[Pair]

    def keeps(self, one: int, other: int) -> bool:
        """Whether these two firms, by number, stay apart."""
        return one in self.firms or other in self.firms or frozenset((one, other)) in self.pairs


@dataclass(frozen=True, slots=True)
class ToWish:
    """A firm that says what it wishes of another one of the same day."""

    own: DayParticipant
    other: DayParticipant


def apart(firm_ids: Collection[int]) -> Apart:
    """Who among these firms may not meet: a match that was refused and still rests, one that compliance blocks, a no
    thanks or a "not relevant" of either, a firm that is not verified or has a hit on a list.
    """
    ids = list(firm_ids)
    shut = set(db.session.scalars(select(Firm.id).where(Firm.id.in_(ids), Firm.state != FirmState.VERIFIED)))
    both = (Match.asker_id.in_(ids), Match.answerer_id.in_(ids))
    matches = db.session.scalars(
        select(Match)
        .where(*both, (Match.state == MatchState.REFUSED) | Match.open_pair.is_not(None))
        .options(selectinload(Match.reviews))
    )
    rests = clock.now() - REST
    pairs = {
        frozenset((one.asker_id, one.answerer_id))
        for one in matches
        if (one.state is MatchState.REFUSED and one.ended_at and one.ended_at > rests)
        or (one.open_pair and is_blocked(one.reviews))
    }
    for model, more in ((Wish, [Wish.kind == WishKind.NO_THANKS]), (NotRelevant, [])):
        rows = select(model.firm_id, model.other_id).where(
            model.firm_id.in_(ids), model.other_id.in_(ids), *more
        )
        pairs |= {frozenset(row) for row in db.session.execute(rows)}
    return Apart(frozenset(shut | firms_with_hits(ids)), frozenset(pairs))


def fits(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Fit]:
    """The fit of pairs of firms by number, scored with the first as the reader; firms that cannot be matched have none."""
    wanted = list(pairs)
    ids = {number for pair in wanted for number in pair}
    known = {one.firm_id: one for one in load_profiles(db.session, ids, clock.today())}
    weights = weights_in_use()
    return {
        (one, other): score(known[one], known[other], weights)
        for one, other in wanted
        if one in known and other in known
    }


def to_wish(participant_id: int, other_id: int) -> ToWish:
    """Two firms of one day by number; raises NotFound also where they are of two days or the same."""
    own, other = day_queries.participant(participant_id), day_queries.participant(other_id)
    if own.day_id != other.day_id or own.id == other.id:
        raise NotFound
    return ToWish(own, other)


def possible(own: DayParticipant) -> list[DayParticipant]:
    """The firms of the day that a firm may wish to meet: the other side, its own where staff allow it, nobody kept apart."""
    firms = [
        one
        for one in day_queries.participants(own.day_id)
        if one.id != own.id and one.state is ParticipantState.EXPECTED and crosses(own, one)
    ]
    shut = apart([own.firm_id, *(one.firm_id for one in firms)])
    return [one for one in firms if not shut.keeps(own.firm_id, one.firm_id)]


def crosses(own: DayParticipant, other: DayParticipant) -> bool:
    """Whether two firms are of two sides, or of one on a day at which that does not matter."""
    return own.day.same_side or own.firm.country != other.firm.country


def may_meet(own: DayParticipant, other: DayParticipant, shut: Apart | None = None) -> bool:
    """Whether a firm may wish to meet another one; `shut` where who is kept apart was read for more firms already."""
    there = ParticipantState.EXPECTED
    if own.id == other.id or other.state is not there or own.state is not there or not crosses(own, other):
        return False
    shut = shut or apart([own.firm_id, other.firm_id])
    return not shut.keeps(own.firm_id, other.firm_id)


def said_by(participant_id: int) -> dict[int, DayWish]:
    """What a firm wishes of others, by number of the participant."""
    rows = db.session.scalars(select(DayWish).where(DayWish.from_id == participant_id))
    return {one.to_id: one for one in rows}


def musts_of(participant_id: int) -> int:
    """How many firms a firm wants to meet by all means."""
    musts = select(func.count()).where(DayWish.from_id == participant_id, DayWish.kind == WishKind.MUST_MEET)
    return db.session.scalar(musts) or 0


def wishes_of_day(day_id: int) -> dict[tuple[int, int], DayWish]:
    """All wishes of a day as rows: from whom, of whom."""
    rows = db.session.scalars(select(DayWish).where(DayWish.day_id == day_id))
    return {(one.from_id, one.to_id): one for one in rows}


def said_of_day(day_id: int) -> dict[tuple[int, int], WishKind]:
    """All wishes of a day: from whom, of whom."""
    rows = db.session.execute(
        select(DayWish.from_id, DayWish.to_id, DayWish.kind).where(DayWish.day_id == day_id)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def topics_of_day(day_id: int) -> dict[tuple[int, int], str]:
    """What the wishes of a day are about, where somebody said it: from whom, of whom."""
    rows = db.session.execute(
        select(DayWish.from_id, DayWish.to_id, DayWish.topic).where(
            DayWish.day_id == day_id, DayWish.topic != ""
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def opinions(firm_ids: Collection[int]) -> Mapping[tuple[int, int], WishKind]:
    """What these firms wish of each other apart from any day."""
    ids = list(firm_ids)
    rows = db.session.execute(
        select(Wish.firm_id, Wish.other_id, Wish.kind).where(Wish.firm_id.in_(ids), Wish.other_id.in_(ids))
    )
    return {(row[0], row[1]): row[2] for row in rows}


def expected(day: B2bDay) -> list[DayParticipant]:
    """The firms of a day that are expected, by country and name."""
    return [one for one in day_queries.participants(day.id) if one.state is ParticipantState.EXPECTED]
