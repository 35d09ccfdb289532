"""Pages of lists on a schedule: plan one, see them, remove one."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.programmes import participants as table
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.lists import pages, rules, services
from matchmaker.programmes.lists.enums import ListFormat
from matchmaker.programmes.lists.forms import ScheduleForm
from matchmaker.programmes.lists.rules import ScheduleOf
from matchmaker.programmes.models import Programme
from matchmaker.programmes.show_page import show_page

bp = Blueprint("lists", __name__, url_prefix="/programmes/<int:programme_id>/lists")


@bp.route("", methods=["GET", "POST"])
@access(programme_rules.may_edit, load=programme_queries.programme)
def index(programme: Programme) -> Response:
    """The lists on a schedule, and a new one."""
    staff = services.possible_readers(programme)
    form = ScheduleForm(programme=programme, asked=table.wanted(request.args), staff=staff)
    if form.validate_on_submit():
        try:
            kind, readers = ListFormat(form.format.data), form.readers.data or ()
            services.plan(current_actor(), programme, form.schedule(), form.filters(), kind, readers)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("lists.index", programme_id=programme.id))
    return render(
        "programmes/lists/index.html",
        status=422 if form.is_submitted() else 200,
        page=show_page(current_actor(), programme),
        lines=pages.lines(programme, staff),
        form=form,
    )


@bp.post("/<int:scheduled_id>/remove")
@access(rules.may_change, load=services.schedule_of)
def remove(asked: ScheduleOf) -> Response:
    """Send this list no more."""
    services.remove(current_actor(), asked.programme, asked.scheduled)
    return done(_("Removed."), to=url_for("lists.index", programme_id=asked.programme.id))
