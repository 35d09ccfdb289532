"""Checking people in: one scan or many that waited on a device, undone where it was a mistake."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.meetings.enums import CheckRule, ParticipantState
from matchmaker.meetings.models import B2bDay, CheckIn, CheckPoint, DayPerson
from matchmaker.meetings.presence import queries, rules
from matchmaker.meetings.presence.enums import Refusal


@dataclass(frozen=True, slots=True)
class Scan:
    """What a device saw: the code of a badge, or a person chosen by name; key is the device's own name for it."""

    key: str
    at: datetime
    code: str = ""
    person_id: int | None = None
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a scan; `passage` is the one that counts, which for a refused second one is the first."""

    scan: Scan
    person: DayPerson | None = None
    passage: CheckIn | None = None
    refusal: Refusal | None = None


def add_point(actor: Actor, day: B2bDay, name: str, rule: CheckRule) -> CheckPoint:
    """Have badges looked at in one more place; raises DomainError for a name that the day has already."""
    names = db.session.scalars(select(CheckPoint.name).where(CheckPoint.day_id == day.id))
    if name.casefold() in {one.casefold() for one in names}:
        raise DomainError(_("There is a check point of this name already."), "name")
    point = CheckPoint(day_id=day.id, name=name, rule=rule)
    db.session.add(point)
    db.session.flush()
    audit.record(actor, "add_check_point", "b2b_day", day.id, after={"name": name, "rule": str(rule)})
    return point


def remove_point(actor: Actor, point: CheckPoint) -> None:
    """Take a check point away; raises Conflict once somebody passed it, because that is kept."""
    if db.session.scalar(select(CheckIn.id).where(CheckIn.point_id == point.id).limit(1)):
        raise Conflict(_("People have passed this point. It stays for the record."))
    audit.record(actor, "remove_check_point", "b2b_day", point.day_id, before={"name": point.name})
    db.session.delete(point)
    db.session.flush()


def check_in(actor: Actor, point: CheckPoint, scan: Scan) -> Answer:
    """Let a person pass, or say why not. The same scan sent again answers what it answered first and counts once.

    Two devices that scan the same badge at the same moment are told apart by the unique key of the passage.
    """
    known = queries.by_scan_key(scan.key)
    if known is not None:
        return _again(scan, known)
    day = point.day
    person = _person(day.id, scan)
    why = rules.refusal(day, person, offline=scan.offline)
    if person is None or why is not None:
        return Answer(scan, person, refusal=why or Refusal.UNKNOWN)
    at = rules.moment_of_scan(scan.at, clock.now())
    key = rules.passing_key(point.id, point.rule, person.id, at, day.zone)
    earlier = queries.by_passing_key(key)
    if earlier is not None:
        return _passed(scan, person, earlier)
    row = CheckIn(
        point_id=point.id,
        person_id=person.id,
        scan_key=scan.key,
        passing_key=key,
        scanned_at=at,
        scanned_by_id=actor.person_id,
        offline=scan.offline,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return _lost(scan, person, key)
    _welcome(actor, person, row)
    return Answer(scan, person, row)


def send_waiting(actor: Actor, point: CheckPoint, scans: Iterable[Scan]) -> list[Answer]:
    """Take in what waited on a device, in the order in which it was scanned."""
    return [check_in(actor, point, scan) for scan in sorted(scans, key=lambda one: (one.at, one.key))]


def undo(actor: Actor, passage: CheckIn) -> None:
    """Take a passage back, so that the person can pass again; it stays in the record. Nothing where it is undone."""
    db.session.refresh(passage, ("undone_at",), with_for_update=True)
    if passage.undone_at is not None:
        return
    passage.undone_at, passage.undone_by_id = clock.now(), actor.person_id
    passage.passing_key = None
    audit.record(actor, "undo_check_in", "check_in", passage.id, before={"person": passage.person_id})
    db.session.flush()


def _person(day_id: int, scan: Scan) -> DayPerson | None:
    if scan.person_id is not None:
        return queries.person_of_day(day_id, scan.person_id)
    return queries.badge(day_id, scan.code) if scan.code else None


def _again(scan: Scan, known: CheckIn) -> Answer:
    return Answer(scan, known.person, known)


def _lost(scan: Scan, person: DayPerson, key: str | None) -> Answer:
    """Somebody wrote the same scan, or the same person's passage, between our look and our row."""
    known = queries.by_scan_key(scan.key)
    return _again(scan, known) if known else _passed(scan, person, queries.by_passing_key(key))


def _passed(scan: Scan, person: DayPerson, earlier: CheckIn | None) -> Answer:
    """The same scan may have been written by its twin since we looked for it: then it is no second one."""
    if earlier is not None and earlier.scan_key == scan.key:
        return _again(scan, earlier)
    return Answer(scan, person, earlier, Refusal.PASSED)


def _welcome(actor: Actor, person: DayPerson, row: CheckIn) -> None:
    audit.record(
        actor,
        "check_in",
        "check_in",
        row.id,
        after={"person": person.id, "point": row.point_id, "offline": row.offline},
    )
    firm = person.participant
    if firm.state is ParticipantState.NO_SHOW:
        firm.state = ParticipantState.EXPECTED
        audit.record(
            actor,
            "arrive_after_all",
            "day_participant",
            firm.id,
            before={"state": str(ParticipantState.NO_SHOW)},
            after={"state": str(firm.state)},
        )
    db.session.flush()
