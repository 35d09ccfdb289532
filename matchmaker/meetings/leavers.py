"""People who were told of a meeting and do not go to it any more: their calendars strike it out instead of losing it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from matchmaker.core.db import db
from matchmaker.meetings.models import DayPerson, MeetingLeaver


def note(changes: Iterable[Mapping[str, Any]]) -> None:
    """Keep who goes no longer and forget who goes again, of changes as versions and steps have them."""
    for change in changes:
        before, after = (
            set(seat["people"]) if seat else set() for seat in (change["before"], change["after"])
        )
        note_one(change["meeting"], gone=before - after, come=after - before)


def note_one(meeting_id: int, *, gone: Collection[int], come: Collection[int]) -> None:
    """The same for one meeting, by numbers of people at the day."""
    if come:
        db.session.execute(
            delete(MeetingLeaver).where(
                MeetingLeaver.meeting_id == meeting_id, MeetingLeaver.person_id.in_(come)
            )
        )
    if not gone:
        return
    known = set(
        db.session.scalars(select(MeetingLeaver.person_id).where(MeetingLeaver.meeting_id == meeting_id))
    )
    db.session.add_all(
        MeetingLeaver(meeting_id=meeting_id, person_id=person) for person in sorted(set(gone) - known)
    )
    db.session.flush()


def meetings_left(person_id: int) -> frozenset[int]:
    """The meetings that somebody with an account was told of and does not go to any more."""
    found = db.session.scalars(
        select(MeetingLeaver.meeting_id)
        .join(DayPerson, DayPerson.id == MeetingLeaver.person_id)
        .where(DayPerson.person_id == person_id)
    )
    return frozenset(found)
