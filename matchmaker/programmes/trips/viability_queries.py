"""Reads around the least number of firms of a trip."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import frame_queries, viability
from matchmaker.programmes.trips.enums import ViabilityChoice
from matchmaker.programmes.trips.models import ViabilityDecision
from matchmaker.programmes.trips.timing import day_of
from matchmaker.programmes.trips.viability import Standing

PENDING = (ProgrammeState.OPEN, ProgrammeState.CLOSED)
"""The states in which the question is open; a confirmed trip was decided."""


def deadline(programme: Programme) -> date:
    """The last day to have firms enough: the day of decision, else the end of the sign-up, else the day before."""
    if programme.decision_on is not None:
        return programme.decision_on
    return day_of(programme.closes_at or programme.starts_at, programme.zone)


def standing(programme: Programme) -> Standing:
    """How many firms are confirmed and how many are needed until when."""
    return Standing(frame_queries.firms_confirmed(programme.id), programme.minimum, deadline(programme))


def decisions(programme_id: int) -> Sequence[ViabilityDecision]:
    """What was decided, the newest first."""
    return db.session.scalars(
        select(ViabilityDecision)
        .where(ViabilityDecision.programme_id == programme_id)
        .options(selectinload(ViabilityDecision.decided_by))
        .order_by(ViabilityDecision.id.desc())
    ).all()


def last_choice(programme: Programme) -> ViabilityChoice | None:
    """What was decided last, if anything."""
    found = decisions(programme.id)
    return found[0].choice if found else None


def must_decide(programme: Programme) -> bool:
    """Whether staff have to choose what becomes of a trip."""
    today = clock.today(programme.zone)
    return programme.state in PENDING and viability.must_decide(
        standing(programme), today, last_choice(programme)
    )


def short_trips() -> list[Programme]:
    """The trips that wait for a decision."""
    found = db.session.scalars(
        select(Programme)
        .where(Programme.kind == ProgrammeKind.TRIP, Programme.state.in_(PENDING), Programme.minimum > 0)
        .order_by(Programme.id)
    )
    return [one for one in found if must_decide(one)]


def merge_targets(programme: Programme) -> list[Programme]:
    """Other open trips under the same memorandum to the same country with places left."""
    found = list(
        db.session.scalars(
            select(Programme)
            .where(
                Programme.kind == ProgrammeKind.TRIP,
                Programme.state.in_((ProgrammeState.OPEN, ProgrammeState.CLOSED, ProgrammeState.CONFIRMED)),
                Programme.mou_id == programme.mou_id,
                Programme.country == programme.country,
                Programme.id != programme.id,
                Programme.starts_at > clock.now(),
            )
            .order_by(Programme.starts_at, Programme.id)
        )
    )
    taken = programme_queries.counts([one.id for one in found], programme_rules.HOLDING)
    return [one for one in found if taken.get(one.id, 0) < one.places]
