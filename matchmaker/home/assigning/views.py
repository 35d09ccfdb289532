"""The inbox with who does what: taking tasks, giving them on, and the load of an institution."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.i18n import language
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.core.zones import reader_zone
from matchmaker.home import inbox, task_words
from matchmaker.home.assigning import ageing, page, queries, rules, services
from matchmaker.home.assigning import hand_over as leaving
from matchmaker.home.assigning.forms import GIVE, TAKE, AssignForm, HandOverForm
from matchmaker.home.assigning.page import Filters, load_of
from matchmaker.home.assigning.services import Moved
from matchmaker.home.inbox import Task
from matchmaker.home.rules import has_inbox
from matchmaker.institutions.models import InstitutionMember
from matchmaker.institutions.queries import member_of
from matchmaker.institutions.rules import may_end_role

bp = Blueprint("tasks", __name__)
MOST_NAMES = 20


def inbox_answer(form: AssignForm | None = None) -> Response:
    """The inbox as its address narrows it."""
    shown = page.inbox_page(current_actor(), Filters.of(request.args))
    offered = form or AssignForm(formdata=None)
    offered.offer(shown.colleagues)
    return render(
        "home/inbox.html",
        fragment="tasks",
        status=422 if form else 200,
        page=shown,
        form=offered,
        words=task_words,
        sees_load=rules.sees_load(current_actor()),
    )


@bp.post("/inbox")
@access(has_inbox)
def change() -> AnyResponse:
    """Take, give on or give back the tasks chosen, and name what could not be moved."""
    actor, form = current_actor(), AssignForm()
    place = rules.workplace(actor)
    form.offer(queries.colleagues(place.institution_id) if place else [])
    if not form.validate():
        return inbox_answer(form)
    own = {task.code: task for task in inbox.tasks(actor)}
    found = [own[code] for code in dict.fromkeys(form.codes) if code in own]
    moved = _moved(form, found)
    name_left(moved)
    if gone := len(set(form.codes)) - len(found):
        flash(
            ngettext("%(num)s task is not there any more.", "%(num)s tasks are not there any more.", gone),
            "warn",
        )
    to = Filters.of(request.args).url()
    return done(_told(form.deed, moved.count), to=to) if moved.count else go_to(to)


def name_left(moved: Moved) -> None:
    """Name what could not be moved, once for each reason; the names have to fit into a cookie."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in moved.left:
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        listed = ", ".join(names[:MOST_NAMES])
        if more := len(names[MOST_NAMES:]):
            listed += " " + ngettext("and %(num)s more", "and %(num)s more", more)
        flash(_("Left out: %(name)s. %(reason)s", name=listed, reason=reason), "warn")


def _moved(form: AssignForm, found: list[Task]) -> Moved:
    actor = current_actor()
    if form.deed == TAKE:
        return services.take_all(actor, found)
    if form.deed == GIVE:
        to = existing(queries.colleague(actor, int(form.person.data)))
        return services.give_all(actor, found, to, reason=form.reason.data or "")
    return services.give_all_back(actor, found)


def _told(deed: str, count: int) -> str:
    if deed == TAKE:
        return str(ngettext("%(num)s task is yours now.", "%(num)s tasks are yours now.", count))
    if deed == GIVE:
        return str(ngettext("%(num)s task was given on.", "%(num)s tasks were given on.", count))
    return str(ngettext("%(num)s task was given back.", "%(num)s tasks were given back.", count))


@bp.get("/inbox/load")
@access(rules.sees_load)
def load() -> Response:
    """How the tasks of the institution are spread over its officers."""
    place = existing(rules.workplace(current_actor()))
    return render(
        "home/load.html",
        rows=load_of(place.institution_id, place.country or ""),
        may_open=has_inbox(current_actor()),
    )


@bp.get("/inbox/ageing")
@access(rules.sees_ageing)
def show_ageing() -> Response:
    """How long tasks have waited, by kind and age."""
    return render(
        "home/ageing.html",
        reports=ageing.reports(current_actor()),
        bands=ageing.band_names(),
        words=task_words,
        may_open=has_inbox(current_actor()),
    )


@bp.get("/inbox/ageing/<any(xlsx, csv):kind>")
@access(rules.sees_ageing)
def ageing_sheet(kind: str) -> Response:
    """The same as a file."""
    columns, rows = ageing.sheet(current_actor())
    audit.record_export(current_actor(), "inbox_task", None, {}, len(rows))
    zone = reader_zone() or "UTC"
    name = _("waiting-tasks-%(rest)s", rest=f"{clock.today(zone)}.{kind}")
    if kind == "xlsx":
        return send_sheet(xlsx(_("Waiting tasks"), columns, rows, zone=zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=zone), name)


@bp.route("/institutions/<int:institution_id>/people/<int:person_id>/tasks", methods=["GET", "POST"])
@access(may_end_role, load=member_of)
def hand_over(member: InstitutionMember) -> AnyResponse:
    """The tasks of somebody who leaves, to be given to colleagues."""
    form, found = HandOverForm(), leaving.offers(member)
    if form.validate_on_submit():
        try:
            moved = leaving.hand_over(current_actor(), found, request.form, form.reason.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            name_left(moved)
            return done(_told(GIVE, moved.count), to=request.path)
    return render(
        "home/hand_over.html",
        status=422 if form.is_submitted() else 200,
        member=member,
        offers=found,
        chosen=request.form,
        form=form,
        words=task_words,
    )
