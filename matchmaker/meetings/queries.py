"""Reads of B2B days and who takes part."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.meetings import rules
from matchmaker.meetings.enums import DayState, DayVerb, ParticipantState
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.mous.models import Mou, MouParty
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.models import Programme

STEPPED: Final = ("state", "plan_step", "version")
"""What others change of a day without touching its times and tables."""


def _days() -> Select[B2bDay]:
    programme = joinedload(B2bDay.programme)
    return select(B2bDay).options(
        programme.joinedload(Programme.mou).selectinload(Mou.parties).joinedload(MouParty.institution),
        programme.joinedload(Programme.institution),
        programme.joinedload(Programme.host_institution),
        selectinload(B2bDay.blocks),
        selectinload(B2bDay.slots),
        selectinload(B2bDay.tables),
        selectinload(B2bDay.interpreters),
    )


def day(day_id: int) -> B2bDay:
    """One day with its programme, blocks, slots, tables and interpreters; raises NotFound."""
    return existing(db.session.scalar(_days().where(B2bDay.id == day_id)))


def opened(day_id: int) -> rules.OpenDay:
    """One day with the firms that take part; raises NotFound."""
    firms = select(DayParticipant.firm_id).where(DayParticipant.day_id == day_id)
    return rules.OpenDay(day(day_id), frozenset(db.session.scalars(firms)))


def day_to_move(day_id: int, verb: str) -> rules.DayToMove:
    """A day and the step that an address asks for; raises NotFound for a word that is no step of a button."""
    if verb not in tuple(rules.BUTTONS):
        raise NotFound
    return rules.DayToMove(day(day_id), DayVerb(verb))


def locked_day(day_id: int) -> B2bDay:
    """The day read afresh with its row locked: whoever changes its timetable waits for the one before."""
    db.session.execute(select(B2bDay.id).where(B2bDay.id == day_id).with_for_update())
    return existing(
        db.session.scalar(_days().where(B2bDay.id == day_id).execution_options(populate_existing=True))
    )


def lock(day: B2bDay) -> B2bDay:
    """Lock a day that is read already; its state and step are those of now, its times and tables stay as they are."""
    db.session.refresh(day, STEPPED, with_for_update=True)
    return day


def days_of(actor: Actor) -> list[B2bDay]:
    """The days that the actor sees: those that go on, then the next first, then those that are over, the last first."""
    firms = [one.firm_id for one in actor.memberships]
    own = select(DayParticipant.day_id).where(DayParticipant.firm_id.in_(firms)) if firms else None
    as_firm = (B2bDay.id.in_(own) & B2bDay.state.in_(rules.SHOWN_TO_FIRMS)) if own is not None else false()
    as_staff = programme_queries.visible(actor) if actor.is_staff else false()
    found = db.session.scalars(_days().join(B2bDay.programme).where(or_(as_firm, as_staff)))
    seen = (one for one in found if rules.may_see_as_staff(actor, one) or one.programme.published_at)
    return sorted(seen, key=lambda one: rules.rank(one.state, one.held_on, one.id))


def participant(participant_id: int) -> DayParticipant:
    """One firm at a day, with the day and its people; raises NotFound."""
    return existing(db.session.scalar(_participants().where(DayParticipant.id == participant_id)))


def asked_participants(firms: Sequence[int], since: date) -> Sequence[DayParticipant]:
    """These firms at the days that may ask something of them, by date: wishes, what goes on, days over since then."""
    in_time = B2bDay.state.in_((DayState.RUNNING, DayState.WISHES)) | (
        (B2bDay.state == DayState.DONE) & (B2bDay.held_on >= since)
    )
    expected = DayParticipant.firm_id.in_(firms), DayParticipant.state == ParticipantState.EXPECTED
    found = _participants().join(B2bDay, B2bDay.id == DayParticipant.day_id).where(*expected, in_time)
    return db.session.scalars(found.order_by(B2bDay.held_on, DayParticipant.id)).all()


def locked_participant(participant_id: int) -> DayParticipant:
    """A firm at a day, read afresh while nobody else changes the day; raises NotFound."""
    day_id = existing(
        db.session.scalar(select(DayParticipant.day_id).where(DayParticipant.id == participant_id))
    )
    locked_day(day_id)
    again = _participants().where(DayParticipant.id == participant_id)
    return db.session.scalars(again.execution_options(populate_existing=True)).one()


def participants(day_id: int) -> list[DayParticipant]:
    """The firms of a day with their people, by name of the firm within a country."""
    found = db.session.scalars(_participants().where(DayParticipant.day_id == day_id))
    return sorted(found, key=lambda one: (one.firm.country, one.firm.name, one.id))


def own_participants(actor: Actor, day_id: int) -> list[DayParticipant]:
    """The firms of a day to which the actor belongs, the first joined first."""
    order = {one.firm_id: at for at, one in enumerate(actor.memberships)}
    if not order:
        return []
    found = db.session.scalars(
        _participants().where(DayParticipant.day_id == day_id, DayParticipant.firm_id.in_(order))
    )
    return sorted(found, key=lambda one: order[one.firm_id])


def _participants() -> Select[DayParticipant]:
    day = joinedload(DayParticipant.day)
    programme = day.joinedload(B2bDay.programme)
    return select(DayParticipant).options(
        programme.joinedload(Programme.mou).selectinload(Mou.parties),
        programme.joinedload(Programme.institution),
        programme.joinedload(Programme.host_institution),
        day.selectinload(B2bDay.slots),
        day.selectinload(B2bDay.interpreters),
        joinedload(DayParticipant.firm),
        selectinload(DayParticipant.people),
    )
