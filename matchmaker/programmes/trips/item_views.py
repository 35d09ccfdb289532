"""Pages of the itinerary: planning items, choosing them for a delegate, the personal version, who was there."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.calendars import add_source, calendar_file, send_calendar
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.requests import key_of_record
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.calendar import add_parts
from matchmaker.programmes.declared import renewal
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.pages import ProgrammePanel, add_panel
from matchmaker.programmes.trips import (
    frame_queries,
    item_services,
    itinerary,
    rules,
    trip_facts,
    words,
)
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.frame_forms import ItemForm
from matchmaker.programmes.trips.models import TripItem

add_source("trip items", itinerary.events_of_person)
add_parts(ProgrammeKind.TRIP, itinerary.events_of_trip)


def panel(actor: Actor, programme: Programme) -> dict[str, Any]:
    """What the page of a trip shows of it: facts, warnings of entry, itinerary, papers."""
    frame = frame_queries.frame(programme)
    is_open = programme.state is ProgrammeState.OPEN
    return {
        "own": programme_queries.own_sign_up(actor, programme.id),
        "applies": is_open and rules.may_apply(actor, programme),
        "renewal": renewal(actor, programme) if is_open else None,
        "facts": trip_facts.facts(programme, frame),
        "warnings": trip_facts.entry_warnings(programme, frame),
        "days": itinerary.days(frame_queries.items(programme.id)),
        "documents": frame_queries.documents(programme.id),
        "mine": trip_facts.own_delegates(actor, programme),
        "words": words,
    }


add_panel(
    ProgrammePanel("programmes/trips/panel.html", programme_rules.may_see, panel, 20, (ProgrammeKind.TRIP,))
)


@bp.route("/programmes/<int:programme_id>/trip/items/new", methods=["GET", "POST"])
@access(programme_rules.may_edit, load=frame_queries.trip)
def add_item(programme: Programme) -> Response:
    """Add an item to the itinerary."""
    return _item(programme, None)


@bp.route("/trip-items/<int:item_id>", methods=["GET", "POST"])
@access(rules.may_change_item, load=frame_queries.item)
def change_item(item: TripItem) -> Response:
    """Change an item."""
    return _item(item.programme, item)


def _item(programme: Programme, item: TripItem | None) -> Response:
    form = ItemForm.of(programme, item)
    if form.validate_on_submit():
        try:
            item_services.save_item(current_actor(), programme, form.terms(), item)
            return done(_("Saved."), to=url_for("trips.plan", programme_id=programme.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("programmes/trips/item.html", form=form, programme=programme, item=item, status=status)


@bp.post("/trip-items/<int:item_id>/cancel")
@access(rules.may_change_item, load=frame_queries.item)
def cancel_item(item: TripItem) -> Response:
    """Strike an item out."""
    item_services.cancel_item(current_actor(), item)
    return done(_("The item is cancelled."), to=url_for("trips.plan", programme_id=item.programme_id))


@bp.route("/trip-items/<int:item_id>/attendance", methods=["GET", "POST"])
@access(rules.may_run_item, load=frame_queries.item)
def attendance(item: TripItem) -> Response:
    """Record who was there."""
    error = ""
    if request.method == "POST":
        try:
            numbers = request.form.getlist("present", type=key_of_record)
            count = item_services.record_attendance(current_actor(), item, numbers)
            told = _("Recorded: %(count)s were there.", count=count)
            return done(told, to=url_for("trips.attendance", item_id=item.id))
        except DomainError as refused:
            error = unless_conflict(refused).message
    people = trip_facts.expected(item)
    return render(
        "programmes/trips/attendance.html",
        item=item,
        people=people,
        error=error,
        status=422 if error else 200,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """An item and the delegate for whom it is chosen."""

    item: TripItem
    delegate: Delegate


def choice(delegate_id: int, item_id: int) -> Choice:
    """Both by number; raises NotFound."""
    return Choice(frame_queries.item(item_id), frame_queries.delegate(delegate_id))


def may_choose(actor: Actor, chosen: Choice) -> bool:
    """Whoever chooses items for the delegate."""
    return rules.may_choose_items(actor, chosen.delegate)


@bp.get("/trip-delegates/<int:delegate_id>/itinerary")
@access(rules.may_see_delegate, load=frame_queries.delegate)
def personal(delegate: Delegate) -> Response:
    """The delegate's own version of the itinerary, to read, to print, and to choose from."""
    return _personal(delegate)


def _personal(delegate: Delegate, error: str = "", refused: int = 0, status: int = 200) -> Response:
    items = frame_queries.items(delegate.sign_up.programme_id)
    seats = frame_queries.seats_of(delegate.id)
    return render(
        "programmes/trips/personal.html",
        status=status,
        delegate=delegate,
        programme=delegate.sign_up.programme,
        days=itinerary.personal(items, seats),
        choices=itinerary.days(itinerary.to_choose(items), seats),
        travels=frame_queries.travels(delegate),
        words=words,
        error=error,
        refused=refused,
        failed=bool(error),
    )


@bp.post("/trip-delegates/<int:delegate_id>/items/<int:item_id>/join")
@access(may_choose, load=choice)
def join(chosen: Choice) -> Response:
    """Take a place at an item."""
    try:
        item_services.join(current_actor(), chosen.item, chosen.delegate)
    except DomainError as error:
        return _personal(chosen.delegate, unless_conflict(error).message, chosen.item.id, 422)
    return done(_("The place is taken."), to=url_for("trips.personal", delegate_id=chosen.delegate.id))


@bp.post("/trip-delegates/<int:delegate_id>/items/<int:item_id>/leave")
@access(may_choose, load=choice)
def leave(chosen: Choice) -> Response:
    """Give a place at an item back."""
    item_services.leave(current_actor(), chosen.item, chosen.delegate)
    return done(_("The place is given back."), to=url_for("trips.personal", delegate_id=chosen.delegate.id))


@bp.get("/trip-delegates/<int:delegate_id>/itinerary.ics")
@access(rules.may_see_delegate, load=frame_queries.delegate)
def calendar(delegate: Delegate) -> Response:
    """The delegate's version for a calendar program."""
    items = frame_queries.items(delegate.sign_up.programme_id)
    seats = frame_queries.seats_of(delegate.id)
    events = [itinerary.event(item, delegate) for item in items if item.capacity is None or item.id in seats]
    title = delegate.sign_up.programme.title(language())
    return send_calendar(calendar_file(title, events), f"trip-{delegate.sign_up.programme_id}.ics")
