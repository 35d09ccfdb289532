"""Destroying one batch of a class with a record of it; setting a time; starting and stopping the job."""

from datetime import date, timedelta

from flask_babel import gettext as _

from matchmaker.core import audit, clock, jobs
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, insert_new
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.jobs import Job
from matchmaker.core.retention import DataClass, DestructionRecord, Due, Purged, RetentionTerm
from matchmaker.rights.retention import queries, rules

BATCH = 200
METHOD = "rows deleted or blanked in the database, files removed from the disk"


def purge_batch(data_class: DataClass, job_id: int) -> Purged:
    """Destroy what is due of a class, at most a batch, and write it into the job's record of the class."""
    if data_class.purge is None:
        return Purged()
    now = clock.now()
    term = rules.term_of(data_class, queries.terms(), clock.today())
    due = Due(now - timedelta(days=term.days), BATCH, job_id, term.number, term.days)
    purged = data_class.purge(due)
    if purged.records and not data_class.own_terms:
        _note(data_class, due, purged)
    db.session.flush()
    return purged


def _note(data_class: DataClass, due: Due, purged: Purged) -> None:
    """One record for each job and class, however many batches it took and however often the job was taken up again."""
    job_id = due.job_id or 0
    record = queries.record_of(job_id, data_class.key)
    before = Purged()
    if record is None:
        record = DestructionRecord(
            what=data_class.key,
            method=METHOD,
            reason=f"{due.days} days, rule {due.term_number}",
            data_class=data_class.key,
            term_number=due.term_number,
            days=due.days,
            job_id=job_id,
        )
        db.session.add(record)
    else:
        before = Purged(record.records, record.people, record.files, record.oldest_at, record.newest_at)
    whole = before + purged
    record.records, record.people, record.files = whole.records, whole.people, whole.files
    record.oldest_at, record.newest_at, record.destroyed_at = whole.oldest, whole.newest, clock.now()
    after = {"data_class": data_class.key, "records": purged.records, "files": purged.files, "job": job_id}
    audit.record(None, "purge", "data_class", None, after=after)


def set_term(
    actor: Actor, data_class: DataClass, *, days: int, valid_from: date, reason: str, seen: str
) -> RetentionTerm:
    """Set a time for a class from a day on; the times set before stay readable.

    Raises DomainError at `days` outside the limits and at `valid_from` for a day that is over; Conflict when somebody
    else set a time meanwhile.
    """
    if not rules.is_within(data_class, days):
        limits = {"least": data_class.least, "most": data_class.most}
        raise DomainError(_("Enter a number from %(least)s to %(most)s.", **limits), "days")
    if valid_from < clock.today():
        raise DomainError(_("Choose today or a later day."), "valid_from")
    last = queries.last_number(data_class.key)
    if seen != str(last):
        raise Conflict(_overtaken())
    before = rules.term_of(data_class, queries.terms(), clock.today())
    row = {"data_class": data_class.key, "number": last + 1, "days": days, "valid_from": valid_from}
    row |= {"reason": reason.strip(), "set_by_id": actor.person_id}
    term = insert_new(RetentionTerm, row, key=("data_class", "number"))
    if term is None:
        raise Conflict(_overtaken())
    after = {
        "data_class": data_class.key,
        "days": days,
        "from": valid_from.isoformat(),
        "reason": term.reason,
    }
    audit.record(actor, "set_term", "data_class", term.id, {"days": before.days}, after)
    return term


def _overtaken() -> str:
    return str(_("Somebody else has set a time meanwhile. Load the page again."))


def purge_now(actor: Actor, kind: str) -> Job:
    """Have the job run at once; answers the one that waits or runs, where there is one."""
    job = jobs.enqueue_once(actor, kind, single=kind)
    audit.record(actor, "purge_now", "data_class", None, after={"job": job.id})
    return job


def stop_purge(actor: Actor, kind: str) -> None:
    """End the job at its next step; raises Conflict where none waits or runs."""
    job = jobs.open_job(kind)
    if job is None:
        raise Conflict(_("Nothing is running any more."))
    jobs.cancel(job)
    audit.record(actor, "stop_purge", "data_class", None, after={"job": job.id})
