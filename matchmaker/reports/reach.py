"""Which firms had reached which stage by a moment, and on which day; only records that nothing writes over are read."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Subquery, exists, func, select, union_all
from sqlalchemy.orm import aliased

from matchmaker.firms.models import Firm
from matchmaker.matching.deals.enums import DealState
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import B2bDay, DayParticipant, MeetingEvent, MeetingParty
from matchmaker.programmes.models import Programme
from matchmaker.reports.enums import Stage


@dataclass(frozen=True, slots=True)
class Under:
    """A memorandum and the countries of its parties.

    Nothing before an introduction is recorded under a memorandum: firms count as registered and verified under each that
    their country is a party of, and as matched where the countries of both firms are. From the introduction on the
    memorandum decides that is recorded with it, for meetings that of their programme.
    """

    mou_id: int
    countries: frozenset[str]


def reached(stage: Stage, before: datetime, under: Under | None) -> Subquery:
    """Each firm that had reached a stage before a moment, as firm_id, with the first moment or day as `at`."""
    return _firsts(SOURCES[stage](before, under))


def _firsts(rows: Select[Any]) -> Subquery:
    found = rows.subquery()
    return select(found.c.firm_id, func.min(found.c.at).label("at")).group_by(found.c.firm_id).subquery()


def own_moment(stage: Stage) -> Any:
    """The column of the firm itself that says when it reached a stage; None where other records say it."""
    return {Stage.REGISTERED: Firm.registered_at, Stage.VERIFIED: Firm.listed_at}.get(stage)


def _both(at: Any, *where: Any, mou: Under | None, through: Any = None) -> Select[Any]:
    """Both firms of matches at a moment of theirs or of what hangs on them."""
    ends = []
    for firm in (Match.asker_id, Match.answerer_id):
        one = select(firm.label("firm_id"), at.label("at")).select_from(Match).where(*where)
        if through is not None:
            one = one.join(through, through.match_id == Match.id)
        ends.append(one if mou is None else one.where(Match.mou_id == mou.mou_id))
    both = union_all(*ends).subquery()
    return select(both.c.firm_id, both.c.at)


def _matched(before: datetime, under: Under | None) -> Select[Any]:
    where = [Match.agreed_at < before]
    if under is not None:
        where += [firm.in_(_firms_of(under.countries)) for firm in (Match.asker_id, Match.answerer_id)]
    return _both(Match.agreed_at, *where, mou=None)


def _firms_of(countries: Collection[str]) -> Select[Any]:
    return select(Firm.id).where(Firm.country.in_(sorted(countries)))


def _introduced(before: datetime, under: Under | None) -> Select[Any]:
    return _both(Match.introduced_at, Match.introduced_at < before, mou=under)


def _met(before: datetime, under: Under | None) -> Select[Any]:
    """Meetings that the last record before the moment calls held, on the day of their B2B day."""
    later = aliased(MeetingEvent)
    undone = exists().where(
        later.meeting_id == MeetingEvent.meeting_id,
        later.id > MeetingEvent.id,
        later.at < before,
        later.state != MeetingState.HELD,
    )
    found = (
        select(DayParticipant.firm_id.label("firm_id"), B2bDay.held_on.label("at"))
        .select_from(MeetingEvent)
        .join(MeetingParty, MeetingParty.meeting_id == MeetingEvent.meeting_id)
        .join(DayParticipant, DayParticipant.id == MeetingParty.participant_id)
        .join(B2bDay, B2bDay.id == DayParticipant.day_id)
        .where(MeetingEvent.state == MeetingState.HELD, MeetingEvent.at < before, ~undone)
    )
    if under is None:
        return cast("Select[Any]", found)
    under_it = found.join(Programme, Programme.id == B2bDay.programme_id).where(
        Programme.mou_id == under.mou_id
    )
    return cast("Select[Any]", under_it)


def _cooperating(before: datetime, under: Under | None) -> Select[Any]:
    when = (MatchEvent.after == MatchState.PARTNERSHIP, MatchEvent.at < before)
    return _both(MatchEvent.at, *when, mou=under, through=MatchEvent)


def _deal(before: datetime, under: Under | None) -> Select[Any]:
    when = (Deal.state == DealState.CONFIRMED, Deal.confirmed_at < before)
    return _both(Deal.confirmed_at, *when, mou=under, through=Deal)


SOURCES: dict[Stage, Callable[[datetime, Under | None], Select[Any]]] = {
    Stage.MATCHED: _matched,
    Stage.INTRODUCED: _introduced,
    Stage.MET: _met,
    Stage.COOPERATING: _cooperating,
    Stage.DEAL: _deal,
}
