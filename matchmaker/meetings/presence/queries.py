"""Reads of check points, badges and passages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.meetings.enums import ParticipantState
from matchmaker.meetings.models import (
    B2bDay,
    CheckIn,
    CheckPoint,
    DayParticipant,
    DayPerson,
    DaySlot,
    Meeting,
    MeetingParty,
)
from matchmaker.mous.models import Mou
from matchmaker.programmes.models import Programme

LAST_SHOWN = 12


def _points() -> Select[CheckPoint]:
    programme = joinedload(CheckPoint.day).joinedload(B2bDay.programme)
    return select(CheckPoint).options(
        programme.joinedload(Programme.mou).selectinload(Mou.parties),
        programme.joinedload(Programme.institution),
        programme.joinedload(Programme.host_institution),
    )


def point(point_id: int) -> CheckPoint:
    """One check point with its day; raises NotFound."""
    return existing(db.session.scalar(_points().where(CheckPoint.id == point_id)))


def points_of(day_id: int) -> list[tuple[CheckPoint, int]]:
    """The check points of a day, each with how many people passed."""
    passed = (
        select(CheckIn.point_id, func.count(CheckIn.person_id.distinct()).label("people"))
        .where(CheckIn.undone_at.is_(None))
        .group_by(CheckIn.point_id)
        .subquery()
    )
    rows = db.session.execute(
        select(CheckPoint, func.coalesce(passed.c.people, 0))
        .outerjoin(passed, passed.c.point_id == CheckPoint.id)
        .where(CheckPoint.day_id == day_id)
        .order_by(CheckPoint.id)
    )
    return [(point, count) for point, count in rows]


def _people(day_id: int) -> Select[DayPerson]:
    return (
        select(DayPerson)
        .join(DayPerson.participant)
        .join(DayParticipant.firm)
        .options(contains_eager(DayPerson.participant).contains_eager(DayParticipant.firm))
        .where(DayParticipant.day_id == day_id)
    )


def badge(day_id: int, token: str) -> DayPerson | None:
    """Whose badge of the day this is."""
    return db.session.scalar(_people(day_id).where(DayPerson.badge_token == token))


def person_of_day(day_id: int, person_id: int) -> DayPerson | None:
    """Somebody found by name instead of by badge."""
    return db.session.scalar(_people(day_id).where(DayPerson.id == person_id))


def expected(day_id: int) -> list[DayPerson]:
    """Everybody who may come, with the firm, by name."""
    found = db.session.scalars(
        _people(day_id).where(DayPerson.left_at.is_(None), DayParticipant.state != ParticipantState.CANCELLED)
    )
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def by_scan_key(key: str) -> CheckIn | None:
    """The passage that a device has sent before under this key."""
    return db.session.scalar(_passages().where(CheckIn.scan_key == key))


def by_passing_key(key: str | None) -> CheckIn | None:
    """The passage that counts for a person where the rule allows one."""
    return db.session.scalar(_passages().where(CheckIn.passing_key == key)) if key else None


def passage(check_in_id: int) -> CheckIn:
    """One passage with its point and day; raises NotFound."""
    return existing(db.session.scalar(_passages().where(CheckIn.id == check_in_id)))


def last_passages(point_id: int) -> Sequence[CheckIn]:
    """The last ones at a point that count."""
    return db.session.scalars(
        _passages()
        .where(CheckIn.point_id == point_id, CheckIn.undone_at.is_(None))
        .order_by(CheckIn.scanned_at.desc(), CheckIn.id.desc())
        .limit(LAST_SHOWN)
    ).all()


def passed(point_id: int, since: datetime | None = None) -> dict[int, datetime]:
    """Who passed a point, from a moment on where one is given, and when first."""
    found = (
        select(CheckIn.person_id, func.min(CheckIn.scanned_at))
        .where(CheckIn.point_id == point_id, CheckIn.undone_at.is_(None))
        .group_by(CheckIn.person_id)
    )
    if since is not None:
        found = found.where(CheckIn.scanned_at >= since)
    return {row[0]: row[1] for row in db.session.execute(found)}


def arrivals(day_id: int) -> dict[int, datetime]:
    """When each person of a day was first seen at any of its points."""
    found = (
        select(CheckIn.person_id, func.min(CheckIn.scanned_at))
        .join(CheckPoint, CheckPoint.id == CheckIn.point_id)
        .where(CheckPoint.day_id == day_id, CheckIn.undone_at.is_(None))
        .group_by(CheckIn.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def first_meetings(day_id: int, after: datetime) -> dict[int, datetime]:
    """When the next meeting of each firm begins that it was told of, by number of participant."""
    found = (
        select(MeetingParty.participant_id, func.min(DaySlot.starts_at))
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .join(DaySlot, DaySlot.id == Meeting.told_slot_id)
        .where(Meeting.day_id == day_id, DaySlot.ends_at > after)
        .group_by(MeetingParty.participant_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def _passages() -> Select[CheckIn]:
    point = joinedload(CheckIn.point)
    programme = point.joinedload(CheckPoint.day).joinedload(B2bDay.programme)
    return select(CheckIn).options(
        programme.joinedload(Programme.mou).selectinload(Mou.parties),
        programme.joinedload(Programme.institution),
        programme.joinedload(Programme.host_institution),
        joinedload(CheckIn.person).joinedload(DayPerson.participant).joinedload(DayParticipant.firm),
    )
