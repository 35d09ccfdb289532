"""Pages of coordinators and compliance officers: approvals, one by one and in bulk, and proposals."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.firms import queries as firms
from matchmaker.matching import bulk, proposals, queries, rules, services
from matchmaker.matching.approval_page import View, after, queue, record
from matchmaker.matching.blueprint import bp
from matchmaker.matching.decisions import Effect
from matchmaker.matching.enums import DecisionKind
from matchmaker.matching.forms import BulkForm, DecisionForm, ProposeForm, ReviewForm, unless_conflict
from matchmaker.matching.models import Match


@bp.get("/approvals")
@access(rules.sees_approvals)
def approvals() -> Response:
    """The list with its first record open."""
    actor, view = current_actor(), View.of(request.args)
    listed = queries.approvals(rules.approval_countries(actor), view.tab, view.sort, view.page)
    return _page(listed.items[0] if listed.items else None)


@bp.get("/approvals/<int:match_id>")
@access(rules.may_see_approval, load=queries.match)
def approval(match: Match) -> Response:
    """The list with this record open."""
    return _page(match)


def _page(
    match: Match | None, form: DecisionForm | None = None, review: ReviewForm | None = None
) -> Response:
    actor = current_actor()
    failed = form is not None or review is not None
    return render(
        "matching/approvals.html",
        fragment="record",
        status=422 if failed else 200,
        queue=queue(actor, View.of(request.args), match),
        record=record(actor, match) if match else None,
        form=form or DecisionForm(formdata=None),
        review=review or ReviewForm(formdata=None),
        failed=failed,
    )


@bp.post("/approvals/<int:match_id>")
@access(rules.may_see_approval, load=queries.match)
def decide(match: Match) -> Response:
    """Approve, decline or ask, for one's own side."""
    form, view = DecisionForm(), View.of(request.args)
    then = after(current_actor(), view, match)
    if form.validate_on_submit():
        try:
            effect = services.decide(
                current_actor(),
                match,
                form.kind,
                note=form.note.data or "",
                code=form.code,
                override_reason=form.override_reason.data or "",
            )
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(told(form.kind, effect), to=view.url(match.id) if effect is Effect.HELD else then)
    return _page(match, form=form)


def told(kind: DecisionKind, effect: Effect) -> str:
    """What happened, in one sentence."""
    if effect is Effect.INTRODUCED:
        return str(_("Approved by both sides: the firms are introduced."))
    if effect is Effect.HELD:
        return str(
            _("Not approved: the check just made found a listed name. A compliance officer has to decide.")
        )
    sentences: dict[DecisionKind, str] = {
        DecisionKind.APPROVE: _("Approved for your side. The other side decides next."),
        DecisionKind.DECLINE: _("Declined. Both firms are told."),
        DecisionKind.QUESTION: _("Your question is in the file; the coordinators are told."),
    }
    return sentences[kind]


@bp.post("/approvals/<int:match_id>/review")
@access(rules.may_review, load=queries.match)
def review(match: Match) -> Response:
    """Record what compliance decides about the findings."""
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            services.review_compliance(current_actor(), match, form.chosen, reason=form.reason.data or "")
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return done(_("Your decision is recorded."), to=View.of(request.args).url(match.id))
    return _page(match, review=form)


@bp.post("/approvals/bulk")
@access(rules.decides)
def approve_selected() -> Response:
    """Approve what is selected and clear; name what was left out."""
    form, view = BulkForm(), View.of(request.args)
    if not form.validate_on_submit():
        flash(_("Select at least one match."), "warn")
        return done(_("Nothing was approved."), to=view.url())
    result = bulk.approve_all(current_actor(), form.selected.data or [])
    for name, reason in result.left_out:
        flash(_("Left out: %(name)s. %(reason)s", name=name, reason=reason), "warn")
    count = len(result.approved)
    return done(ngettext("%(num)s match approved.", "%(num)s matches approved.", count), to=view.url())


@bp.route("/matches/new", methods=["GET", "POST"])
@access(rules.may_propose)
def propose() -> Response:
    """Propose a pair to both firms."""
    actor, form = current_actor(), ProposeForm(data=proposals.chosen(request.args))
    if form.validate_on_submit():
        try:
            one, other = firms.firm(form.own.data or 0), firms.firm(form.other.data or 0)
            match = services.propose(
                actor,
                one,
                other,
                text=form.text.data or "",
                language=language(),
                override_reason=form.override_reason.data or "",
            )
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            told_firms = _("Proposed. Both firms are asked now.")
            return done(told_firms, to=url_for("matching.show", match_id=match.id))
    status = 422 if form.is_submitted() else 200
    page = proposals.page(actor, request.args)
    return render("matching/propose.html", fragment="proposal", status=status, page=page, form=form)
