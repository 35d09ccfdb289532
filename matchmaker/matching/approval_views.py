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
from matchmaker.matching.approval_page import View, after, first, queue, record
from matchmaker.matching.blueprint import bp
from matchmaker.matching.decisions import Effect
from matchmaker.matching.enums import DecisionKind
from matchmaker.matching.forms import BulkForm, OneDecisionForm, ProposeForm, ReviewForm, unless_conflict
from matchmaker.matching.models import Match

SELECTION = "selection"  # keeps the fields of the selection apart from those of the open record


@bp.get("/approvals")
@access(rules.sees_approvals)
def approvals() -> Response:
    """The list with its first record open."""
    return _page(first(current_actor(), View.of(request.args)))


@bp.get("/approvals/<int:match_id>")
@access(rules.may_see_approval, load=queries.match)
def approval(match: Match) -> Response:
    """The list with this record open."""
    return _page(match)


def _page(
    match: Match | None,
    form: OneDecisionForm | None = None,
    review: ReviewForm | None = None,
    selection: BulkForm | None = None,
) -> Response:
    actor = current_actor()
    failed = (form or review or selection) is not None
    return render(
        "matching/approvals.html",
        fragment="record",
        status=422 if failed else 200,
        queue=queue(actor, View.of(request.args), match),
        record=record(actor, match) if match else None,
        form=form or OneDecisionForm(formdata=None),
        review=review or ReviewForm(formdata=None),
        selection=selection or BulkForm(formdata=None, prefix=SELECTION),
        failed=failed,
    )


@bp.post("/approvals/<int:match_id>")
@access(rules.may_see_approval, load=queries.match)
def decide(match: Match) -> Response:
    """Approve, decline or ask, for one's own side."""
    form, view = OneDecisionForm(), View.of(request.args)
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


@bp.post("/approvals")
@access(rules.decides)
def decide_selected() -> Response:
    """Take one decision on what is selected; name what was left out."""
    form, view = BulkForm(prefix=SELECTION), View.of(request.args)
    if form.validate_on_submit():
        try:
            chosen = form.selected.data or []
            result = bulk.decide_all(
                current_actor(), chosen, form.kind, note=form.note.data or "", code=form.code
            )
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            for name, reason in result.left_out:
                flash(_("Left out: %(name)s. %(reason)s", name=name, reason=reason), "warn")
            return done(told_of_all(form.kind, len(result.decided)), to=view.url())
    return _page(first(current_actor(), view), selection=form)


def told_of_all(kind: DecisionKind, count: int) -> str:
    """How many matches were decided, in one sentence."""
    if kind is DecisionKind.APPROVE:
        return str(ngettext("%(num)s match approved.", "%(num)s matches approved.", count))
    if kind is DecisionKind.DECLINE:
        return str(ngettext("%(num)s match declined.", "%(num)s matches declined.", count))
    return str(
        ngettext("Question asked about %(num)s match.", "Question asked about %(num)s matches.", count)
    )


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
