"""Released versions of a timetable: numbered, with their changes; only those whose own agenda changed are told."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.i18n import in_language
from matchmaker.firms.queries import members_to_tell
from matchmaker.meetings import leavers
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import services as day_services
from matchmaker.meetings.enums import DayState, DayVerb, MeetingState
from matchmaker.meetings.models import B2bDay, DayVersion, Meeting
from matchmaker.meetings.places import seat_of
from matchmaker.meetings.plan import notices, queries
from matchmaker.meetings.show_page import title
from matchmaker.notifications.services import notify

SEATED = frozenset({MeetingState.PLACED, MeetingState.HELD, MeetingState.NOT_HELD})
"""Meetings whose place a version holds."""


@dataclass(frozen=True, slots=True)
class Released:
    """What came of telling some meetings: None where their firms know them so already; the people whose agenda changed."""

    version: DayVersion | None
    people: set[int]


def release(actor: Actor, day: B2bDay, note: str = "", seen: int | None = None) -> DayVersion:
    """Release the working timetable as the next version; the first one publishes the day.

    `seen` is the step of the timetable that the actor looked at: raises DomainError where there are newer ones. Raises
    Conflict where nothing differs from the version before, or nothing has a place yet.
    """
    locked = day_queries.locked_day(day.id)
    meetings, last = queries.all_meetings(locked.id), queries.last_version(locked.id)
    before: dict[str, Any] = last.places if last else {}
    after = _places(meetings)
    changes = changes_between(before, after)
    if last is None and not after:
        raise Conflict(_("No meeting has a place yet."))
    if last is not None and not changes:
        raise Conflict(_("Nothing has changed since version %(number)s.", number=last.number))
    if seen is not None and seen != locked.plan_step:
        raise DomainError(
            _(
                "The timetable was changed after you opened this page, so nothing was released."
                " Look at what changes now, then release it."
            )
        )
    if locked.state is DayState.PLANNING:
        day_services.move_day(actor, locked, DayVerb.PUBLISH)
    _tell_meetings(meetings, changes)
    run = queries.stored_run(locked.id)
    version = _next(actor, last, DayVersion(day_id=locked.id, places=after, changes=changes, note=note))
    version.bounds = run.bounds if run else {}
    version.told = _tell_people(locked, version, before)
    _record(actor, version)
    return version


def release_some(actor: Actor | None, day: B2bDay, numbers: Collection[int]) -> Released:
    """Release these meetings alone, as they are now, as the next version; everybody else's plan stays as it was told.

    Who calls tells the people in words that fit what happened, and writes their count into the version. Nobody
    (None) releases where time does, as at an offer that lapsed.
    """
    locked = day_queries.lock(day)
    meetings, last = queries.all_meetings(locked.id, numbers), queries.last_version(locked.id)
    before: dict[str, Any] = last.places if last else {}
    kept = {number: seat for number, seat in before.items() if int(number) not in numbers}
    after = kept | _places(meetings)
    changes = changes_between(before, after)
    if not changes:
        return Released(None, set())
    _tell_meetings(meetings, changes)
    version = _next(actor, last, DayVersion(day_id=locked.id, places=after, changes=changes))
    version.bounds = last.bounds if last else {}
    _record(actor, version)
    return Released(version, changed_people(before, after))


def _places(meetings: list[Meeting]) -> dict[str, Any]:
    return {str(one.id): seat.told() for one in meetings if one.state in SEATED and (seat := seat_of(one))}


def _next(actor: Actor | None, last: DayVersion | None, version: DayVersion) -> DayVersion:
    version.number = last.number + 1 if last else 1
    version.released_by_id = actor.person_id if actor else None
    version.released_at = clock.now()
    db.session.add(version)
    db.session.flush()
    return version


def _record(actor: Actor | None, version: DayVersion) -> None:
    after = {"version": version.number, "changes": len(version.changes), "told": version.told}
    audit.record(actor, "release_timetable", "b2b_day", version.day_id, after=after)
    db.session.flush()


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What differs between the places of two versions, by number of the meeting."""
    return [
        {"meeting": int(number), "before": before.get(number), "after": after.get(number)}
        for number in sorted({*before, *after}, key=int)
        if before.get(number) != after.get(number)
    ]


def agendas_of(places: Mapping[str, Any]) -> dict[int, dict[str, tuple[int, int]]]:
    """When and where each person meets whom, by version: what has to change for somebody to be told."""
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for number, seat in places.items():
        for person in seat["people"]:
            found[person][number] = (seat["slot"], seat["table"])
    return found


def changed_people(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[int]:
    """The people at the day whose own agenda two versions tell differently."""
    old, new = agendas_of(before), agendas_of(after)
    return {person for person in {*old, *new} if old.get(person) != new.get(person)}


def _tell_meetings(meetings: list[Meeting], changes: list[dict[str, Any]]) -> None:
    """What firms see from now on; `sequence` lets calendars take the new place over into the same entry."""
    rows = {one.id: one for one in meetings}
    for change in changes:
        meeting = rows.get(change["meeting"])
        if meeting is None:
            continue
        after = change["after"] or {"slot": None, "table": None}
        if meeting.told_slot_id != after["slot"]:
            meeting.told_before_id = meeting.told_slot_id
        meeting.told_slot_id, meeting.told_table_id = after["slot"], after["table"]
        meeting.sequence += 1
    leavers.note(changes)


def _tell_people(day: B2bDay, version: DayVersion, before: Mapping[str, Any]) -> int:
    """Tell those whose own agenda changed; for somebody without an account the people of the firm are told."""
    changed = changed_people(before, version.places)
    told: set[int] = set()
    for participant in day_queries.participants(day.id):
        mine = [one for one in participant.people if one.id in changed]
        if not mine:
            continue
        accounts = {one.person_id for one in mine if one.person_id is not None}
        if any(one.person_id is None for one in mine):
            accounts |= {person.id for person in members_to_tell(participant.firm_id)}
        path = f"/b2b-days/agendas/{participant.id}"
        for person in sorted(accounts - told):
            _notify(person, day, version, path)
        told |= accounts
    return len(told)


def _notify(person_id: int, day: B2bDay, version: DayVersion, path: str) -> None:
    kind = notices.FIRST if version.number == 1 else notices.CHANGED
    with in_language(queries.language_of(person_id)):
        subject = title(day)
    notify(person_id, kind, subject, path, f"b2b_day:{day.id}:version:{version.number}")
