"""Pages of reminders: plan, change, remove."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.institutions.wordings.rules import may_word_any
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.mailings import reminder_pages, reminder_rules
from matchmaker.programmes.mailings import reminder_services as services
from matchmaker.programmes.mailings.models import ProgrammeReminder
from matchmaker.programmes.mailings.reminder_forms import ReminderForm
from matchmaker.programmes.mailings.reminder_rules import ReminderOf
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.show_page import show_page

bp = Blueprint("reminders", __name__, url_prefix="/programmes/<int:programme_id>/reminders")
add_tab(ProgrammeTab("reminders.index", _l("Reminders"), programme_rules.may_edit, 41))


@bp.route("", methods=["GET", "POST"])
@access(programme_rules.may_edit, load=programme_queries.programme)
def index(programme: Programme) -> Response:
    """The reminders, and a new one."""
    return _page(programme, None)


@bp.route("/<int:reminder_id>", methods=["GET", "POST"])
@access(reminder_rules.may_change, load=services.reminder_of)
def change(asked: ReminderOf) -> Response:
    """Change a reminder."""
    return _page(asked.programme, asked.reminder)


def _page(programme: Programme, reminder: ProgrammeReminder | None) -> Response:
    form = ReminderForm(programme=programme, reminder=reminder)
    if form.validate_on_submit():
        try:
            words = (form.words(), form.timing(), form.states.data or (), form.filters())
            services.save(current_actor(), programme, reminder, *words)
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Saved."), to=url_for("reminders.index", programme_id=programme.id))
    return render(
        "programmes/mailings/reminders.html",
        status=422 if form.is_submitted() else 200,
        page=show_page(current_actor(), programme),
        listed=[] if reminder else reminder_pages.listed(programme),
        reminder=reminder,
        may_word=may_word_any(current_actor()),
        form=form,
    )


@bp.post("/<int:reminder_id>/remove")
@access(reminder_rules.may_change, load=services.reminder_of)
def remove(asked: ReminderOf) -> Response:
    """Remind nobody of this any more."""
    services.remove(current_actor(), asked.programme, asked.reminder)
    return done(_("Removed."), to=url_for("reminders.index", programme_id=asked.programme.id))
