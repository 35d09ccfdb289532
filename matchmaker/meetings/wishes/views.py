"""Pages of wishes: those of a firm, all of a day for staff, and choosing the meetings from them."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render, toast, wants_fragment
from matchmaker.core.requests import asked_page
from matchmaker.firms.names import reader_name
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries, rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.pages import DayTab, OwnTab, add_own_tab, add_tab
from matchmaker.meetings.setup.rules import takes_wishes
from matchmaker.meetings.show_page import head
from matchmaker.meetings.wishes import arranging_views, asking_views, choosing, opening, services, words
from matchmaker.meetings.wishes import queries as wish_queries
from matchmaker.meetings.wishes.choosing_page import choosing_page
from matchmaker.meetings.wishes.forms import NOTHING, ChooseForm, WishForm
from matchmaker.meetings.wishes.queries import ToWish
from matchmaker.meetings.wishes.rules import CHOOSABLE, MOST_MUSTS, TOPIC_LETTERS, may_see_wishes
from matchmaker.meetings.wishes.staff_page import Filters, staff_page
from matchmaker.meetings.wishes.wish_page import wish_page, wish_row
from matchmaker.programmes.forms import unless_conflict

__all__ = ["arranging_views", "asking_views", "opening"]


def may_say(actor: Actor, pair: ToWish) -> bool:
    """Whoever sees the wishes of the firm; the service decides about the time."""
    return may_see_wishes(actor, pair.own)


add_tab(
    DayTab(
        "meetings.all_wishes", _l("Wishes"), rules.may_see_as_staff, 40, also=("meetings.choosing_meetings",)
    )
)
add_own_tab(OwnTab("meetings.wishes", _l("Your wishes"), may_see_wishes, 30, also=("meetings.say_wish",)))


@bp.get("/b2b-days/participants/<int:participant_id>/wishes")
@access(may_see_wishes, load=queries.participant)
def wishes(own: DayParticipant) -> Response:
    """Whom a firm may meet, and what it wishes."""
    return _wishes(own)


def _wishes(
    own: DayParticipant, status: int = 200, error: str = "", at: int = 0, typed: str | None = None
) -> Response:
    actor = current_actor()
    return render(
        "meetings/wishes/show.html",
        status=status,
        head=head(actor, own.day),
        own=own,
        page=wish_page(actor, own, asked_page()),
        open=takes_wishes(own.day, clock.now()) or rules.may_run(actor, own.day),
        mine=rules.speaks_for(actor, own),
        words=words,
        nothing=NOTHING,
        most_letters=TOPIC_LETTERS,
        error=error,
        at=at,
        typed=typed,
    )


@bp.post("/b2b-days/participants/<int:participant_id>/wishes/<int:other_id>")
@access(may_say, load=wish_queries.to_wish)
def say_wish(pair: ToWish) -> Response:
    """Note a wish; answers the row alone where only that was asked for."""
    form, error, typed = WishForm(), "", None
    if form.validate_on_submit():
        try:
            services.say(current_actor(), pair, form.wish(), form.said_topic())
        except DomainError as refused:
            error = unless_conflict(refused).message
            typed = form.topic.data if refused.field == "topic" else None
    else:
        error = str(next(iter((*form.kind.errors, *form.topic.errors)), ""))
        typed = form.topic.data if form.topic.errors else None
    if wants_fragment():
        row = _row(pair, error, typed)
        return row if error else toast(row, _said(pair, form.wish()))
    if error:
        return _wishes(pair.own, 422, error, pair.other.id, typed)
    page = url_for("meetings.wishes", participant_id=pair.own.id, _anchor=f"wish-{pair.other.id}")
    return done(_("Saved."), to=page)


def _said(pair: ToWish, kind: WishKind | None) -> str:
    """What was stored, for those who do not see the pressed button change."""
    wish = words.KINDS[kind][0] if kind else _("No wish")
    return str(_("Saved: %(what)s, %(firm)s.", what=wish, firm=reader_name(pair.other.firm)))


def _row(pair: ToWish, error: str, typed: str | None) -> Response:
    return render(
        "meetings/wishes/row.html",
        fragment="row",
        status=422 if error else 200,
        row=wish_row(current_actor(), pair.own, pair.other),
        musts=wish_queries.musts_of(pair.own.id),
        most_musts=MOST_MUSTS,
        open=True,
        words=words,
        nothing=NOTHING,
        most_letters=TOPIC_LETTERS,
        error=error,
        at=pair.other.id,
        typed=typed,
        alone=True,
    )


@bp.get("/b2b-days/<int:day_id>/wishes")
@access(rules.may_see_as_staff, load=queries.day)
def all_wishes(day: B2bDay) -> Response:
    """The wishes of a day as a list with filters."""
    asked = Filters.read(request.args)
    return render(
        "meetings/wishes/all.html",
        fragment="wish_list",
        head=head(current_actor(), day),
        day=day,
        page=staff_page(day, asked),
        words=words,
        runs=rules.may_run(current_actor(), day),
    )


@bp.route("/b2b-days/<int:day_id>/choosing", methods=["GET", "POST"])
@access(rules.may_run, load=queries.day)
def choosing_meetings(day: B2bDay) -> Response:
    """What each guaranteed minimum costs, and the choice."""
    form = ChooseForm(data={"least": day.least})
    if form.validate_on_submit():
        try:
            chosen = choosing.choose_meetings(current_actor(), day, form.least.data)
            told = ngettext("%(num)s meeting is chosen.", "%(num)s meetings are chosen.", chosen.meetings)
            return done(told, to=url_for("meetings.choosing_meetings", day_id=day.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    day = queries.day(day.id)
    return render(
        "meetings/wishes/choosing.html",
        status=422 if form.is_submitted() else 200,
        head=head(current_actor(), day),
        day=day,
        page=choosing_page(day),
        form=form,
        may_choose=day.state in CHOOSABLE,
    )
