"""Pages of letters: the register of a trip, orders and their progress, the files."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.jobs import JobState
from matchmaker.core.pdf import send_pdf
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.show_page import show_page
from matchmaker.programmes.trips import (
    frame_queries,
    letter_queries,
    letter_services,
    paper_queries,
    rules,
    words,
)
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.enums import LetterState
from matchmaker.programmes.trips.letter_forms import CancelLetterForm, OrderForm
from matchmaker.programmes.trips.letter_texts import number_of
from matchmaker.programmes.trips.locked_files import open_locked
from matchmaker.programmes.trips.models import LetterRun, TripLetter
from matchmaker.programmes.trips.paper_queries import Sealed

add_tab(ProgrammeTab("trips.letters", _l("Letters"), rules.may_run, 50, (ProgrammeKind.TRIP,)))


@bp.get("/programmes/<int:programme_id>/trip/letters")
@access(rules.may_run, load=frame_queries.trip)
def letters(programme: Programme) -> Response:
    """The register of the letters of a trip, and the order of new ones."""
    return _letters(programme, OrderForm(formdata=None, people=frame_queries.delegates(programme.id)), 200)


def _letters(
    programme: Programme,
    form: OrderForm,
    status: int,
    *,
    cancelling: CancelLetterForm | None = None,
    cancelled: TripLetter | None = None,
) -> Response:
    return render(
        "programmes/trips/letters.html",
        status=status,
        page=show_page(current_actor(), programme),
        letters=letter_queries.letters(programme.id),
        runs=letter_queries.runs(programme.id),
        number_of=number_of,
        reads=paper_queries.is_passport_officer(programme.id, current_actor().person_id),
        words=words,
        cancelling=cancelling,
        cancelled=cancelled,
        form=form,
    )


@bp.post("/programmes/<int:programme_id>/trip/letters")
@access(rules.may_run, load=frame_queries.trip)
def order_letters(programme: Programme) -> Response:
    """Issue one letter at once, or order those of all delegates."""
    form = OrderForm(people=frame_queries.delegates(programme.id))
    if form.validate_on_submit():
        try:
            if not form.delegate_id.data:
                run = letter_services.order_letters(current_actor(), programme, form.order())
                return done(
                    _("The letters are being written."), to=url_for("trips.letter_run", run_id=run.id)
                )
            delegate = frame_queries.delegates_by_number([int(form.delegate_id.data)])[0]
            letter_services.issue(current_actor(), programme, delegate, form.order())
            return done(_("The letter is issued."), to=url_for("trips.letters", programme_id=programme.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _letters(programme, form, 422)


def sealed_letter(letter_id: int) -> Sealed:
    """A letter for somebody who wants to read it; raises NotFound."""
    found = letter_queries.letter(letter_id)
    return paper_queries.sealed(found.programme, found)


@bp.get("/trip-letters/<int:letter_id>/letter.pdf")
@access(rules.may_open, load=sealed_letter)
def letter_file(asked: Sealed) -> Response:
    """The letter itself; it holds passport data, so only named officers read it and each reading is logged."""
    letter: TripLetter = asked.what
    audit.record_reading(current_actor(), "trip_letter", letter.id, ["passport"])
    name = number_of(letter.institution, letter.year, letter.number).replace("/", "-")
    return send_pdf(open_locked(letter.file), f"{name}.pdf")


@bp.post("/trip-letters/<int:letter_id>/sent")
@access(rules.may_change_letter, load=letter_queries.letter)
def send_letter(letter: TripLetter) -> Response:
    """Mark a letter as sent."""
    letter_services.set_state(current_actor(), letter, LetterState.SENT)
    return done(_("Saved."), to=url_for("trips.letters", programme_id=letter.programme_id))


@bp.post("/trip-letters/<int:letter_id>/cancel")
@access(rules.may_change_letter, load=letter_queries.letter)
def cancel_letter(letter: TripLetter) -> Response:
    """Cancel a letter; its number stays used."""
    form = CancelLetterForm()
    if form.validate_on_submit():
        try:
            letter_services.set_state(current_actor(), letter, LetterState.CANCELLED, form.reason.data or "")
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            back = url_for("trips.letters", programme_id=letter.programme_id)
            return done(_("The letter is cancelled."), to=back)
    programme = frame_queries.trip(letter.programme_id)
    order = OrderForm(formdata=None, people=frame_queries.delegates(programme.id))
    return _letters(programme, order, 422, cancelling=form, cancelled=letter)


def may_run_letters(actor: Actor, run: LetterRun) -> bool:
    """Like the whole trip."""
    return rules.may_run(actor, run.programme)


@bp.get("/letter-runs/<int:run_id>")
@access(may_run_letters, load=letter_queries.run)
def letter_run(run: LetterRun) -> Response:
    """One order: progress while it works, then the archive."""
    job = letter_queries.job_of(run)
    return render(
        "programmes/trips/letter_run.html",
        fragment="run",
        run=run,
        job=job,
        running=job is not None and not job.is_over,
        failed=job is not None and job.state is JobState.FAILED,
        left_out=frame_queries.delegates_by_number(run.left_out),
        reads=paper_queries.is_passport_officer(run.programme_id, current_actor().person_id),
        words=words,
    )


@bp.post("/letter-runs/<int:run_id>/stop")
@access(may_run_letters, load=letter_queries.run)
def stop_letters(run: LetterRun) -> Response:
    """Stop at the next letter."""
    letter_services.stop_run(current_actor(), run)
    return done(_("The work stops at its next step."), to=url_for("trips.letter_run", run_id=run.id))


@bp.post("/letter-runs/<int:run_id>/resume")
@access(may_run_letters, load=letter_queries.run)
def resume_letters(run: LetterRun) -> Response:
    """Go on where it stopped."""
    letter_services.resume_run(current_actor(), run)
    return done(_("The work goes on."), to=url_for("trips.letter_run", run_id=run.id))


def sealed_run(run_id: int) -> Sealed:
    """An order for somebody who wants to read its letters; raises NotFound."""
    found = letter_queries.run(run_id)
    return paper_queries.sealed(found.programme, found)


@bp.get("/letter-runs/<int:run_id>/letters.zip")
@access(rules.may_open, load=sealed_run)
def letter_archive(asked: Sealed) -> Response:
    """All letters of an order with the list of scores, for named officers; each reading is logged."""
    run: LetterRun = asked.what
    audit.record_reading(current_actor(), "trip", run.programme_id, ["passport", "scores"])
    response = Response(open_locked(run.file), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"letters-{run.id}.zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response
