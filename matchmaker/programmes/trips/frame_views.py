"""Pages of the organiser around a trip: the frame, destinations, papers."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.show_page import show_page
from matchmaker.programmes.trips import frame_queries, frame_services, itinerary, words
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.frame_forms import DestinationForm, DocumentForm, FrameForm
from matchmaker.programmes.trips.models import TripDocument

add_tab(ProgrammeTab("trips.plan", _l("Trip plan"), programme_rules.may_edit, 20, (ProgrammeKind.TRIP,)))


@bp.get("/programmes/<int:programme_id>/trip")
@access(programme_rules.may_edit, load=frame_queries.trip)
def plan(programme: Programme) -> Response:
    """The frame of a trip, its destinations, papers and itinerary, for the organiser."""
    return shown(programme)


def shown(programme: Programme, status: int = 200, **forms: Any) -> Response:
    """The page of the plan, with a form that was refused where there is one."""
    frame = frame_queries.frame(programme)
    given: dict[str, Any] = {
        "framing": FrameForm.of(programme, frame),
        "destining": DestinationForm(formdata=None),
        "documenting": DocumentForm(formdata=None),
        **forms,
    }
    return render(
        "programmes/trips/plan.html",
        status=status,
        page=show_page(current_actor(), programme),
        frame=frame,
        days=itinerary.days(frame_queries.items(programme.id)),
        documents=frame_queries.documents(programme.id),
        words=words,
        failed=status == 422,
        **given,
    )


@bp.post("/programmes/<int:programme_id>/trip")
@access(programme_rules.may_edit, load=frame_queries.trip)
def save_frame(programme: Programme) -> Response:
    """Keep the frame of a trip."""
    form = FrameForm(programme=programme)
    if form.validate_on_submit():
        try:
            frame_services.save_frame(current_actor(), programme, form.terms())
            return done(_("Saved."), to=_plan_url(programme))
        except DomainError as error:
            form.refuse(error)
    return shown(programme, 422, framing=form)


@bp.post("/programmes/<int:programme_id>/trip/destinations")
@access(programme_rules.may_edit, load=frame_queries.trip)
def add_destination(programme: Programme) -> Response:
    """Add a city where the trip stays."""
    form = DestinationForm()
    if form.validate_on_submit():
        try:
            frame_services.add_destination(
                current_actor(),
                programme,
                city=form.city.data or "",
                from_on=form.from_on.data,
                to_on=form.to_on.data,
            )
            return done(_("The destination is added."), to=_plan_url(programme))
        except DomainError as error:
            form.refuse(error)
    return shown(programme, 422, destining=form)


@bp.post("/programmes/<int:programme_id>/trip/destinations/remove")
@access(programme_rules.may_edit, load=frame_queries.trip)
def remove_destination(programme: Programme) -> Response:
    """Take a city away."""
    number = request.form.get("destination_id", 0, type=int)
    frame_services.remove_destination(current_actor(), programme, number)
    return done(_("The destination is removed."), to=_plan_url(programme))


@bp.post("/programmes/<int:programme_id>/trip/documents")
@access(programme_rules.may_edit, load=frame_queries.trip)
def add_document(programme: Programme) -> Response:
    """Add a paper for everybody who sees the trip."""
    form = DocumentForm()
    if form.validate_on_submit():
        try:
            frame_services.add_document(current_actor(), programme, form.title.data or "", form.file.data)
            return done(_("The paper is added."), to=_plan_url(programme))
        except DomainError as error:
            form.refuse(error)
    return shown(programme, 422, documenting=form)


def document_of(programme_id: int, document_id: int) -> tuple[Programme, TripDocument]:
    """A paper with its trip; raises NotFound where the two do not belong together."""
    programme, document = frame_queries.trip(programme_id), frame_queries.document(document_id)
    if document.programme_id != programme.id:
        raise NotFound
    return programme, document


def may_load(actor: Actor, loaded: tuple[Programme, TripDocument]) -> bool:
    """Whoever sees the trip."""
    return programme_rules.may_see(actor, loaded[0])


def may_remove(actor: Actor, loaded: tuple[Programme, TripDocument]) -> bool:
    """The organiser."""
    return programme_rules.may_edit(actor, loaded[0])


@bp.get("/programmes/<int:programme_id>/trip/documents/<int:document_id>")
@access(may_load, load=document_of)
def document(loaded: tuple[Programme, TripDocument]) -> Response:
    """The file of a paper."""
    audit.record_reading(current_actor(), "trip", loaded[0].id, [f"document {loaded[1].id}"])
    return send_stored(loaded[1].file)


@bp.post("/programmes/<int:programme_id>/trip/documents/<int:document_id>/remove")
@access(may_remove, load=document_of)
def remove_document(loaded: tuple[Programme, TripDocument]) -> Response:
    """Take a paper away."""
    frame_services.remove_document(current_actor(), *loaded)
    return done(_("The paper is removed."), to=_plan_url(loaded[0]))


def _plan_url(programme: Programme) -> str:
    return url_for("trips.plan", programme_id=programme.id)
