"""Writes of letters: the register with its numbers, single letters, orders for all delegates of a trip."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.jobs import Job, cancel, enqueue
from matchmaker.core.pdf import render_pdf
from matchmaker.institutions.letter_heads import letter_heads
from matchmaker.institutions.models import Institution
from matchmaker.programmes import screening
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips import frame_queries, letter_queries, paper_queries, rules
from matchmaker.programmes.trips.enums import LetterKind, LetterState
from matchmaker.programmes.trips.letter_texts import LetterFacts, letter_data, number_of
from matchmaker.programmes.trips.locked_files import keep_locked
from matchmaker.programmes.trips.models import LetterCounter, LetterRun, TravelPapers, TripFrame, TripLetter
from matchmaker.programmes.trips.travel_secrets import open_passport

LETTER_JOB = "trip-letters"


@dataclass(frozen=True, slots=True)
class Order:
    """What kind of letter is wanted, in which language, to whom."""

    kind: LetterKind
    language: str
    addressee: str = ""


def next_number(institution_id: int, year: int) -> int:
    """The next number of an institution's register; whoever asks meanwhile waits until this one is settled.

    The counter moves in the transaction that keeps the letter, so a letter that fails leaves no gap.
    """
    if db.session.get(LetterCounter, (institution_id, year)) is None:
        _begin_year(institution_id, year)
    found = select(LetterCounter).filter_by(institution_id=institution_id, year=year).with_for_update()
    counter = db.session.scalars(found.execution_options(populate_existing=True)).one()
    counter.last += 1
    db.session.flush()
    return counter.last


def _begin_year(institution_id: int, year: int) -> None:
    """Of two who begin a year at once the second finds the row there and changes nothing."""
    try:
        with db.session.begin_nested():
            db.session.add(LetterCounter(institution_id=institution_id, year=year, last=0))
    except IntegrityError:
        return


def issue(
    actor: Actor,
    programme: Programme,
    delegate: Delegate,
    order: Order,
    *,
    frame: TripFrame | None = None,
    papers: TravelPapers | None = None,
    batch: str | None = None,
) -> TripLetter:
    """Write one letter, number it and keep it locked.

    Raises NotAllowed, DomainError for a delegate without a place or without a passport: names are those of the passport.
    Raises OnHold while compliance has to decide about the firm.
    """
    institution = issuing_institution(actor, programme)
    screening.require_clear(actor, programme, delegate.sign_up, "issue")
    if order.language not in LANGUAGES:
        raise DomainError(_("Choose a language."), "language")
    kept = papers or paper_queries.papers(delegate)
    passport = open_passport(kept.passport_locked)
    if passport is None:
        raise DomainError(_("%(name)s has given no passport yet.", name=delegate.name), "delegate_id")
    now = clock.now()
    local = now.astimezone(ZoneInfo(programme.zone))
    facts = LetterFacts(
        kind=order.kind,
        language=order.language,
        number=next_number(institution.id, local.year),
        year=local.year,
        addressee=order.addressee,
        institution=institution,
        programme=programme,
        frame=frame or frame_queries.frame(programme),
        firm=delegate.sign_up.firm,
        original_name=delegate.name,
        passport=passport,
        signed_by=actor.name,
        on=local.date(),
    )
    letter = _write(actor, delegate, facts, now)
    letter.batch = batch
    db.session.add(letter)
    db.session.flush()
    number = number_of(institution, letter.year, letter.number)
    after = {"number": number, "kind": order.kind.value, "sha256": letter.sha256}
    audit.record(actor, "issue", "trip_letter", letter.id, after=after)
    db.session.flush()
    return letter


def _write(actor: Actor, delegate: Delegate, facts: LetterFacts, now: datetime) -> TripLetter:
    """The letter as a paper, kept locked, and its line of the register."""
    title, data = letter_data(facts)
    heads = letter_heads((facts.institution,))
    content = render_pdf("letter", data, facts.language, title=title, made_at=now, heads=heads)
    name = number_of(facts.institution, facts.year, facts.number).replace("/", "-")
    return TripLetter(
        institution_id=facts.institution.id,
        year=facts.year,
        number=facts.number,
        programme_id=facts.programme.id,
        delegate_id=delegate.id,
        kind=facts.kind,
        language=facts.language,
        addressee=facts.addressee.replace("\n", ", ")[:500],
        issued_by_id=actor.person_id,
        issued_at=now,
        sha256=hashlib.sha256(content).hexdigest(),
        file_id=keep_locked(actor, f"{name}.pdf", content).id,
    )


def issuing_institution(actor: Actor, programme: Programme) -> Institution:
    """The organiser or host that the actor works for; raises NotAllowed for everybody else."""
    for office in (programme.host_institution, programme.institution):
        if office is not None and actor.has(*rules.OFFICERS, institution_id=office.id):
            return office
    raise NotAllowed(_("Only the organiser and the host issue letters."))


def set_state(actor: Actor, letter: TripLetter, state: LetterState, reason: str = "") -> TripLetter:
    """Mark a letter as sent or cancelled; a cancelled one keeps its number. Raises NotAllowed, Conflict, DomainError."""
    if not rules.may_change_letter(actor, letter):
        raise NotAllowed(_("The institution that issued a letter changes it."))
    db.session.refresh(letter, ("state",), with_for_update=True)
    if letter.state is LetterState.CANCELLED or letter.state is state:
        raise Conflict(_("This letter is in another state already."))
    if state is LetterState.CANCELLED and not reason.strip():
        raise DomainError(_("Say why the letter is cancelled."), "reason")
    before = {"state": letter.state.value}
    letter.state, letter.cancel_reason = state, reason.strip()[:500]
    audit.record(actor, "letter_state", "trip_letter", letter.id, before, {"state": state.value})
    db.session.flush()
    return letter


def order_letters(actor: Actor, programme: Programme, order: Order) -> LetterRun:
    """Have one letter written for each delegate who travels, with the list of scores, by one job.

    Raises NotAllowed, Conflict while letters of this kind and language are being written for the trip.
    """
    institution = issuing_institution(actor, programme)
    run = LetterRun(
        batch=secrets.token_hex(12),
        programme_id=programme.id,
        institution_id=institution.id,
        kind=order.kind,
        language=order.language,
        addressee=order.addressee,
        ordered_by_id=actor.person_id,
    )
    db.session.add(run)
    db.session.flush()
    _queue(actor, run)
    audit.record(
        actor, "order_letters", "trip", programme.id, after={"run": run.id, "kind": order.kind.value}
    )
    db.session.flush()
    return run


def stop_run(actor: Actor, run: LetterRun) -> None:
    """Ask a run to stop at its next letter; what was written stays. Raises NotAllowed, Conflict when nothing runs."""
    cancel(_job(actor, run))
    audit.record(actor, "stop_letters", "trip", run.programme_id, after={"run": run.id})
    db.session.flush()


def resume_run(actor: Actor, run: LetterRun) -> Job:
    """Go on with a run that was stopped or failed; nobody gets a second letter. Raises NotAllowed, Conflict."""
    db.session.refresh(run, ("job_id", "finished_at"), with_for_update=True)
    job = _job(actor, run)
    if not job.is_over or run.finished_at is not None:
        raise Conflict(_("This run is still working or finished."))
    audit.record(actor, "resume_letters", "trip", run.programme_id, after={"run": run.id})
    return _queue(actor, run)


def _job(actor: Actor, run: LetterRun) -> Job:
    if not rules.may_run(actor, run.programme):
        raise NotAllowed(_("Only the organiser and the host issue letters."))
    job = letter_queries.job_of(run)
    if job is None:
        raise Conflict(_("Nothing is running any more."))
    return job


def _queue(actor: Actor, run: LetterRun) -> Job:
    """Queue the work of a run; of two runs of the same letters at once the database takes one."""
    single = f"{LETTER_JOB} {run.programme_id} {run.institution_id} {run.kind} {run.language}"
    try:
        job = enqueue(actor, LETTER_JOB, single=single, run_id=run.id)
    except Conflict as error:
        raise Conflict(_("These letters are being written. Wait until they are finished.")) from error
    run.job_id = job.id
    db.session.flush()
    return job
