"""Pages of steps: the notice of a clock with its list, a measure, the correction of an entry."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.htmx import done, render
from matchmaker.reference.breach_clocks import notice_items
from matchmaker.rights.blueprint import bp
from matchmaker.rights.incidents import pages, queries, rules, step_services, words
from matchmaker.rights.incidents.enums import EntryKind
from matchmaker.rights.incidents.forms import (
    CorrectionForm,
    MeasureForm,
    StepForm,
    checklist_form,
    ticked,
    wall,
)
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentEntry


@bp.route("/incidents/<int:incident_id>/clocks/<int:clock_id>", methods=["GET", "POST"])
@access(rules.may_answer, load=queries.clock_of)
def incident_clock(one: IncidentClock) -> AnyResponse:
    """What the notice has to hold, as a list to tick and keep; below it the step, recorded with the list."""
    zone = one.incident.zone
    form = StepForm(zone=zone, data={"at": wall(clock.now(), zone), "version": one.version})
    items, keeps = checklist_form(one), "keep" in request.form
    if form.is_submitted() and items.validate() and (keeps or form.validate()):
        try:
            return _keep(one, form, items) if keeps else _record(one, form, items)
        except DomainError as error:
            form.refuse(error)
    return _clock_page(one, form, items, 422 if form.is_submitted() else 200)


def _keep(one: IncidentClock, form: StepForm, items: BaseForm) -> AnyResponse:
    """Keep the draft of the notice."""
    seen = form.version.data
    step_services.keep_checklist(current_actor(), one.incident_id, one.id, ticked(one, items), seen=seen)
    to = url_for("rights.incident_clock", incident_id=one.incident_id, clock_id=one.id)
    return done(_("The list is kept."), to=to)


def _record(one: IncidentClock, form: StepForm, items: BaseForm) -> AnyResponse:
    """Stop the clock."""
    step = form.step(ticked(one, items))
    step_services.record_step(current_actor(), one.incident_id, one.id, step)
    return done(_("The step is recorded."), to=url_for("rights.incident", incident_id=one.incident_id))


def _clock_page(one: IncidentClock, form: StepForm, items: BaseForm, status: int) -> Response:
    """As it stands now; after a refusal the form stays with what was typed, also where somebody else was faster."""
    one = queries.clock_of(one.incident_id, one.id)
    is_open = rules.may_write(current_actor(), one.incident) and one.outcome is None
    return render(
        "rights/incidents/clock.html",
        status=status,
        incident=one.incident,
        clock=one,
        line=pages.clock_line(one, clock.now()),
        form=form,
        items=items,
        names=notice_items(one.rule),
        shows_form=is_open or status != 200,
        words=words,
    )


@bp.route("/incidents/<int:incident_id>/measures/new", methods=["GET", "POST"])
@access(rules.may_write, load=queries.incident)
def record_measure(found: Incident) -> AnyResponse:
    """Write down what was done against the incident."""
    form = MeasureForm(zone=found.zone, data={"at": wall(clock.now(), found.zone)})
    if form.validate_on_submit():
        try:
            step_services.record_measure(
                current_actor(), found.id, at=form.done_at, text=form.text.data or ""
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The measure is recorded."), to=url_for("rights.incident", incident_id=found.id))
    return render(
        "rights/incidents/words.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        incident=found,
        title=_("Record a measure"),
        address=url_for("rights.record_measure", incident_id=found.id),
        submit=_("Record the measure"),
    )


@bp.route("/incidents/<int:incident_id>/entries/<int:entry_id>/correction", methods=["GET", "POST"])
@access(rules.may_correct, load=queries.entry_of)
def correct_entry(entry: IncidentEntry) -> AnyResponse:
    """Put a further entry in the place of one that was wrong."""
    form = CorrectionForm.of(entry)
    if form.validate_on_submit():
        try:
            _correct(entry, form)
        except DomainError as error:
            form.refuse(error)
        else:
            to = url_for("rights.incident", incident_id=entry.incident_id)
            return done(_("The entry is corrected."), to=to)
    status, entry = 422 if form.is_submitted() else 200, queries.entry_of(entry.incident_id, entry.id)
    is_measure = entry.kind is EntryKind.MEASURE
    return render(
        "rights/incidents/correction.html", status=status, form=form, entry=entry, is_measure=is_measure
    )


def _correct(entry: IncidentEntry, form: CorrectionForm) -> None:
    actor, reason = current_actor(), form.reason.data or ""
    if form.wrong.data == "void":
        step_services.void_entry(actor, entry.incident_id, entry.id, reason)
    else:
        step_services.correct_entry(actor, entry.incident_id, entry.id, form.step({}), reason)
