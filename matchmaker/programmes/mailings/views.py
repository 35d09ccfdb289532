"""Pages of messages to those who signed up: write, look, send."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.notifications.rules import may_see_outbox
from matchmaker.programmes import participants as table
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.mailings import pages, queries, rules, services
from matchmaker.programmes.mailings.forms import MessageForm
from matchmaker.programmes.mailings.rules import MessageOf
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.show_page import show_page

bp = Blueprint("mailings", __name__, url_prefix="/programmes/<int:programme_id>/messages")
DRAFTS = "drafts"
"""What the button says that sends nothing yet."""
add_tab(ProgrammeTab("mailings.index", _l("Messages"), programme_rules.may_edit, 40))


@bp.route("", methods=["GET", "POST"])
@access(programme_rules.may_edit, load=programme_queries.programme)
def index(programme: Programme) -> Response:
    """The messages, and a new one: it is kept as a draft until its preview was seen."""
    form = MessageForm(programme=programme, asked=table.wanted(request.args))
    if form.validate_on_submit():
        try:
            message = services.write(current_actor(), programme, form.words(), form.filters())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            told = _("Look at who gets it, then send it.")
            return done(told, to=url_for("mailings.show", programme_id=programme.id, message_id=message.id))
    return render(
        "programmes/mailings/index.html",
        status=422 if form.is_submitted() else 200,
        page=show_page(current_actor(), programme),
        listed=[(one, pages.subject_for_reader(one)) for one in queries.messages(programme.id)],
        form=form,
    )


@bp.get("/<int:message_id>")
@access(rules.may_handle, load=queries.message_of)
def show(asked: MessageOf) -> Response:
    """Who gets it, who does not, and the words."""
    return render(
        "programmes/mailings/show.html",
        programme=asked.programme,
        page=pages.message_page(asked.programme, asked.message),
        may_see_outbox=may_see_outbox(current_actor()),
    )


@bp.post("/<int:message_id>/send")
@access(rules.may_handle, load=queries.message_of)
def send(asked: MessageOf) -> Response:
    """Send it, or write it as drafts."""
    drafts = request.form.get("step") == DRAFTS
    group = services.send(current_actor(), asked.programme, asked.message, as_drafts=drafts)
    if drafts:
        told = _("The mails wait as drafts. Look at them, then send them.")
        to = url_for("mailings.show", programme_id=asked.programme.id, message_id=asked.message.id)
        return done(told, to=to)
    told = ngettext("Sent to %(num)s person.", "Sent to %(num)s people.", len(group.recipients))
    return done(told, to=url_for("mailings.index", programme_id=asked.programme.id))


@bp.post("/<int:message_id>/release")
@access(rules.may_handle, load=queries.message_of)
def release(asked: MessageOf) -> Response:
    """Let its drafts go."""
    count = services.release_drafts(current_actor(), asked.programme, asked.message)
    told = ngettext("Sent to %(num)s person.", "Sent to %(num)s people.", count)
    return done(
        told, to=url_for("mailings.show", programme_id=asked.programme.id, message_id=asked.message.id)
    )


@bp.post("/<int:message_id>/remove")
@access(rules.may_handle, load=queries.message_of)
def remove(asked: MessageOf) -> Response:
    """Throw a draft away."""
    services.remove(current_actor(), asked.programme, asked.message)
    return done(_("Removed."), to=url_for("mailings.index", programme_id=asked.programme.id))
