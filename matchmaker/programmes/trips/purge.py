"""Destroying what was kept of travellers once its time is over, with a record of it."""

from datetime import UTC, datetime, time

from matchmaker.core import audit, clock
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, remove_stored
from matchmaker.core.retention import DestructionRecord, Due, Purged, span
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import letter_queries, paper_queries
from matchmaker.programmes.trips.models import LetterRun, TripLetter
from matchmaker.programmes.trips.words import METHOD, WHAT

TRAVEL_PAPERS = "travel_papers"


def purge_papers(due: Due) -> Purged:
    """Destroy the papers of trips whose own time is over, with a record for each trip."""
    ended = paper_queries.due_for_purge(clock.today())[: due.most]
    last_days = [datetime.combine(programme.last_day, time(), UTC) for programme, _days in ended]
    records = [
        purge(programme, reason=f"{days} days after the last day of the trip", job_id=due.job_id, days=days)
        for programme, days in ended
    ]
    oldest, newest = span(last_days)
    people = sum(record.people for record in records)
    return Purged(len(records), people, sum(record.files for record in records), oldest, newest)


def purge(
    programme: Programme, *, reason: str, job_id: int | None = None, days: int | None = None
) -> DestructionRecord:
    """Destroy passports, needs and contacts of a trip and the files of its letters; the register itself stays."""
    now = clock.now()
    kept = paper_queries.kept_papers(programme.id)
    for papers in kept:
        papers.passport_locked = papers.needs_locked = papers.emergency_locked = ""
        papers.passport_given_at = None
        papers.arrival = papers.departure = papers.hotel = papers.insurer = ""
        papers.purged_at = now
    files = _remove_files(programme)
    last_day = datetime.combine(programme.last_day, time(), UTC)
    record = DestructionRecord(
        programme_id=programme.id,
        what=WHAT,
        people=len(kept),
        files=files,
        method=METHOD,
        reason=reason,
        destroyed_at=now,
        data_class=TRAVEL_PAPERS,
        records=len(kept),
        days=days,
        oldest_at=last_day,
        newest_at=last_day,
        job_id=job_id,
    )
    db.session.add(record)
    db.session.flush()
    audit.record(None, "destroy", "trip", programme.id, after={"people": len(kept), "files": files})
    db.session.flush()
    return record


def _remove_files(programme: Programme) -> int:
    holders: list[TripLetter | LetterRun] = [
        *letter_queries.letters(programme.id),
        *letter_queries.runs(programme.id),
    ]
    count = 0
    for holder in holders:
        stored = db.session.get(StoredFile, holder.file_id) if holder.file_id else None
        if stored is None:
            continue
        holder.file_id = None
        db.session.flush()
        remove_stored(stored)
        count += 1
    return count
