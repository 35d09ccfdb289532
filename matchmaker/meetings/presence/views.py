"""Pages of check-in: who is there, the desk at a check point, and what devices send."""

import secrets
from typing import Any

from flask import current_app, jsonify, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import once_token
from matchmaker.core.htmx import done, render
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import CheckRule
from matchmaker.meetings.models import B2bDay, CheckIn, CheckPoint
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.presence import pages, queries, rules, services, words
from matchmaker.meetings.presence.forms import PointForm, ScanForm, WaitingForm
from matchmaker.meetings.show_page import head

LONGEST_SEARCH = 80
add_tab(DayTab("meetings.check_in", _l("Check-in"), rules.may_see_check_in, 50))


@bp.route("/b2b-days/<int:day_id>/check-in", methods=["GET", "POST"])
@access(day_rules.may_run, load=day_queries.day)
def check_in(day: B2bDay) -> Response:
    """Who is there, and the check points; a new one."""
    form = PointForm(data=None if request.form else {"name": _("Entrance"), "rule": CheckRule.ONCE_A_DAY})
    if form.validate_on_submit():
        try:
            rule = CheckRule(form.rule.data)
            point = services.add_point(current_actor(), day, (form.name.data or "").strip(), rule)
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("Saved."), to=url_for("meetings.check_point", point_id=point.id))
    status = 422 if form.is_submitted() else 200
    return render(
        "meetings/check_in.html",
        status=status,
        head=head(current_actor(), day),
        page=pages.presence_page(day),
        form=form,
        rules_words=words.RULES,
    )


@bp.route("/check-points/<int:point_id>", methods=["GET", "POST"])
@access(rules.may_run_point, load=queries.point)
def check_point(point: CheckPoint) -> Response:
    """The desk: scan, type or search, with the last ones who passed."""
    form = ScanForm()
    if form.validate_on_submit():
        scan = form.scan(secrets.token_urlsafe(16), clock.now())
        answer = services.check_in(current_actor(), point, scan)
        if answer.refusal is None and answer.person is not None:
            told = _("%(name)s is checked in.", name=answer.person.name)
            return done(told, to=url_for("meetings.check_point", point_id=point.id))
        form.code.errors = [pages.message(answer, point.day)]
    return _desk(point, form)


def _desk(point: CheckPoint, form: ScanForm) -> Response:
    asked = request.args.get("q", "")[:LONGEST_SEARCH]
    return render(
        "meetings/check_point.html",
        fragment="passages",
        status=422 if form.is_submitted() else 200,
        page=pages.desk_page(point, asked),
        form=form,
    )


@bp.post("/check-points/<int:point_id>/scans")
@access(rules.may_run_point, load=queries.point)
def send_scans(point: CheckPoint) -> tuple[Any, int]:
    """What a device scanned, at once or after a while offline; answers each scan and the token of the next sending."""
    form = WaitingForm()
    if not form.validate():
        return jsonify(errors=form.errors), 422
    answers = services.send_waiting(current_actor(), point, form.read)
    return jsonify(answers=[pages.told(one, point.day) for one in answers], once=once_token()), 200


@bp.post("/check-points/<int:point_id>/remove")
@access(rules.may_run_point, load=queries.point)
def remove_check_point(point: CheckPoint) -> Response:
    """Take away a check point that nobody has passed."""
    services.remove_point(current_actor(), point)
    return done(_("Removed."), to=url_for("meetings.check_in", day_id=point.day_id))


@bp.post("/check-ins/<int:check_in_id>/undo")
@access(rules.may_undo, load=queries.passage)
def undo_check_in(passage: CheckIn) -> Response:
    """Take a passage back."""
    services.undo(current_actor(), passage)
    return done(_("Taken back."), to=url_for("meetings.check_point", point_id=passage.point_id))


@bp.get("/check-points/worker.js")
@access(public)
def check_in_worker() -> Response:
    """The script that keeps desks usable offline; served from here because its reach is the folder of its address."""
    script = current_app.send_static_file("js/check-in-worker.js")
    script.headers["Cache-Control"] = "no-cache"
    return script
