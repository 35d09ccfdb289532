"""Pages of requests: a firm's own and those to it, asking for one, answering."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.requests import key_of_record
from matchmaker.meetings import queries, rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import DayParticipant
from matchmaker.meetings.pages import OwnTab, add_own_tab
from matchmaker.meetings.show_page import head
from matchmaker.meetings.wishes import asking, asking_queries, tasks
from matchmaker.meetings.wishes.asking_forms import AskForm
from matchmaker.meetings.wishes.asking_queries import Request
from matchmaker.meetings.wishes.asking_words import STATES
from matchmaker.meetings.wishes.queries import ToWish
from matchmaker.meetings.wishes.rules import ASKABLE
from matchmaker.programmes.forms import unless_conflict

__all__ = ["tasks"]


def may_ask(actor: Actor, own: DayParticipant) -> bool:
    """The people of a firm once the timetable is out."""
    return rules.speaks_for(actor, own) and own.day.state in ASKABLE


def may_ask_other(actor: Actor, pair: ToWish) -> bool:
    """Like asking anybody."""
    return may_ask(actor, pair.own)


def may_answer(actor: Actor, asked: Request) -> bool:
    """The people of either firm of a request; the service decides whose turn it is."""
    return may_ask(actor, asked.own)


add_own_tab(OwnTab("meetings.requests", _l("Requests"), may_ask, 40, also=("meetings.ask",)))


@bp.get("/b2b-days/participants/<int:participant_id>/requests")
@access(may_ask, load=queries.participant)
def requests(own: DayParticipant) -> Response:
    """Requests of a firm and to it, and whom it can still ask."""
    return _page(own)


def _page(own: DayParticipant, status: int = 200, **more: Any) -> Response:
    found = asking_queries.requests_of(own)
    free = {
        one.meeting.id: asking.free_times(own, one.other)
        for one in found
        if one.meeting.state is MeetingState.PENDING and one.meeting.asked_by_id != own.id
    }
    return render(
        "meetings/wishes/requests.html",
        status=status,
        head=head(current_actor(), own.day),
        own=own,
        requests=found,
        free=free,
        firms=asking_queries.to_ask(own),
        states=STATES,
        **more,
    )


@bp.route("/b2b-days/participants/<int:participant_id>/ask/<int:other_id>", methods=["GET", "POST"])
@access(may_ask_other, load=asking_queries.to_ask_one)
def ask(pair: ToWish) -> Response:
    """Ask a firm for a meeting."""
    form = AskForm(own=pair.own, free=asking.free_times(pair.own, pair.other))
    if form.validate_on_submit():
        try:
            asking.ask(current_actor(), pair, form.slot(), (form.topic.data or "").strip())
            told = _("The firm is asked. Until it answers the time stays free for others.")
            return done(told, to=url_for("meetings.requests", participant_id=pair.own.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return render(
        "meetings/wishes/ask.html",
        status=422 if form.is_submitted() else 200,
        head=head(current_actor(), pair.own.day),
        pair=pair,
        form=form,
    )


@bp.post("/b2b-days/participants/<int:participant_id>/requests/<int:meeting_id>/accept")
@access(may_answer, load=asking_queries.request_of)
def accept_request(asked: Request) -> Response:
    """Agree to a meeting; where the time is lost the next one is offered."""
    slot_id = request.form.get("slot_id", None, type=key_of_record)
    page = url_for("meetings.requests", participant_id=asked.own.id)
    meeting = asking.accept(current_actor(), asked, slot_id)
    if meeting.state is MeetingState.PENDING:
        return done(_("The time has been taken meanwhile. The next common time is offered below."), to=page)
    if meeting.state is MeetingState.PLACED:
        agenda = url_for("meetings.agenda", participant_id=asked.own.id)
        return done(_("The meeting has its time and table."), to=agenda)
    return done(_("Both firms agree. Staff find a time."), to=page)


@bp.post("/b2b-days/participants/<int:participant_id>/requests/<int:meeting_id>/decline")
@access(may_answer, load=asking_queries.request_of)
def decline_request(asked: Request) -> Response:
    """Say no to a meeting."""
    asking.decline(current_actor(), asked)
    return done(_("The request is declined."), to=url_for("meetings.requests", participant_id=asked.own.id))


@bp.post("/b2b-days/participants/<int:participant_id>/requests/<int:meeting_id>/take-back")
@access(may_answer, load=asking_queries.request_of)
def take_back_request(asked: Request) -> Response:
    """Ask no more."""
    asking.take_back(current_actor(), asked)
    return done(_("The request is taken back."), to=url_for("meetings.requests", participant_id=asked.own.id))
