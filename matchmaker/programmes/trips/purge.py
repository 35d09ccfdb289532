"""Destroying what was kept of travellers once its time is over, with a record of it."""

from matchmaker.core import audit, clock
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, remove_stored
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import letter_queries, paper_queries
from matchmaker.programmes.trips.models import DestructionRecord, LetterRun, TripLetter
from matchmaker.programmes.trips.words import METHOD, WHAT


def purge_due() -> int:
    """Destroy the papers of all trips whose time is over; answers how many trips."""
    due = paper_queries.due_for_purge(clock.today())
    for programme, days in due:
        purge(programme, reason=f"{days} days after the last day of the trip")
    return len(due)


def purge(programme: Programme, *, reason: str) -> DestructionRecord:
    """Destroy passports, needs and contacts of a trip and the files of its letters; the register itself stays."""
    now = clock.now()
    kept = paper_queries.kept_papers(programme.id)
    for papers in kept:
        papers.passport_locked = papers.needs_locked = papers.emergency_locked = ""
        papers.passport_given_at = None
        papers.arrival = papers.departure = papers.hotel = papers.insurer = ""
        papers.purged_at = now
    files = _remove_files(programme)
    record = DestructionRecord(
        programme_id=programme.id,
        what=WHAT,
        people=len(kept),
        files=files,
        method=METHOD,
        reason=reason,
        destroyed_at=now,
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
