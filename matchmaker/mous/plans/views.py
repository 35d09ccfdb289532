"""Pages of action plans and of the joint committee."""

from datetime import date

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.mous import queries as mous
from matchmaker.mous.blueprint import bp
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import queries, rules, services, words
from matchmaker.mous.plans.forms import DecisionForm, ItemForm, MeetingForm, PlanForm, stored
from matchmaker.mous.plans.models import ActionPlan, CommitteeMeeting


@bp.get("/<int:mou_id>/plans")
@access(rules.sees, load=mous.mou)
def plans(mou: Mou) -> Response:
    """The plans of a memorandum and the meetings of its joint committee."""
    return render(
        "mous/plans/index.html",
        mou=mou,
        plans=queries.plans(mou.id),
        meetings=queries.meetings(mou.id),
        today=clock.today(),
    )


@bp.route("/<int:mou_id>/plans/new", methods=["GET", "POST"])
@access(rules.plans, load=mous.mou)
def new_plan(mou: Mou) -> Response:
    """Begin a plan."""
    form = PlanForm()
    if form.validate_on_submit():
        try:
            made = services.add_plan(
                current_actor(),
                mou,
                title=form.title.data or "",
                starts_on=form.starts_on.data or date.min,
                ends_on=form.ends_on.data or date.min,
            )
            return done(_("The plan is begun."), to=url_for("mous.plan", plan_id=made.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/edit.html", mou=mou, plan=None, form=form, status=status)


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@access(rules.writes_plan, load=queries.plan)
def edit_plan(plan: ActionPlan) -> Response:
    """Correct the title or the period of a plan."""
    form = PlanForm(obj=plan)
    if form.validate_on_submit():
        try:
            values = {name: form[name].data for name in ("title", "starts_on", "ends_on")}
            services.edit_plan(current_actor(), plan, **values)
            return done(_("Saved."), to=url_for("mous.plan", plan_id=plan.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/edit.html", mou=plan.mou, plan=plan, form=form, status=status)


@bp.get("/plans/<int:plan_id>")
@access(rules.sees_plan, load=queries.plan)
def plan(plan: ActionPlan) -> Response:
    """A plan as a board or along the time."""
    return render(
        "mous/plans/show.html",
        plan=plan,
        view="timeline" if request.args.get("view") == "timeline" else "board",
        progress=rules.progress(plan.items),
        parties=frozenset(party.institution_id for party in plan.mou.parties),
        plan_rules=rules,
        words=words,
        today=clock.today(),
    )


@bp.route("/plans/<int:plan_id>/items/new", methods=["GET", "POST"])
@access(rules.writes_plan, load=queries.plan)
def new_item(plan: ActionPlan) -> Response:
    """Add an objective, milestone or task."""
    form = ItemForm(plan=plan)
    if form.validate_on_submit():
        try:
            services.add_item(current_actor(), plan, **form.values())
            return done(_("Added to the plan."), to=url_for("mous.plan", plan_id=plan.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/item.html", plan=plan, item=None, form=form, status=status)


@bp.route("/plan-items/<int:item_id>", methods=["GET", "POST"])
@access(rules.edits, load=queries.item)
def edit_item(owned: rules.Owned) -> Response:
    """Change an item of a plan."""
    _mou, plan, item = owned
    form = ItemForm(plan=plan, item=item, data=stored(item))
    if form.validate_on_submit():
        try:
            reason, seen = form.reason.data or "", form.version.data
            services.edit_item(current_actor(), plan, item, reason=reason, version=seen, **form.values())
            return done(_("Saved."), to=url_for("mous.plan", plan_id=plan.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/item.html", plan=plan, item=item, form=form, status=status)


@bp.post("/plan-items/<int:item_id>/confirm")
@access(rules.confirms, load=queries.item)
def confirm_item(owned: rules.Owned) -> Response:
    """Confirm a shared item for one's own side."""
    mou, plan, item = owned
    services.confirm_item(current_actor(), mou, item)
    return done(_("Confirmed for your side."), to=url_for("mous.plan", plan_id=plan.id))


@bp.route("/<int:mou_id>/meetings/new", methods=["GET", "POST"])
@access(rules.plans, load=mous.mou)
def new_meeting(mou: Mou) -> Response:
    """Record a meeting of the joint committee."""
    form = MeetingForm()
    if form.validate_on_submit():
        try:
            made = services.add_meeting(current_actor(), mou, **form.values())
            return done(_("The meeting is on record."), to=url_for("mous.meeting", meeting_id=made.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/edit_meeting.html", mou=mou, meeting=None, form=form, status=status)


@bp.route("/meetings/<int:meeting_id>/edit", methods=["GET", "POST"])
@access(rules.records, load=queries.meeting)
def edit_meeting(pair: tuple[Mou, CommitteeMeeting]) -> Response:
    """Write the minutes of a meeting, or correct its record."""
    mou, held = pair
    form = MeetingForm(obj=held)
    if form.validate_on_submit():
        try:
            services.edit_meeting(current_actor(), mou, held, version=form.version.data, **form.values())
            return done(_("Saved."), to=url_for("mous.meeting", meeting_id=held.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/edit_meeting.html", mou=mou, meeting=held, form=form, status=status)


@bp.get("/meetings/<int:meeting_id>")
@access(rules.sees_meeting, load=queries.meeting)
def meeting(pair: tuple[Mou, CommitteeMeeting]) -> Response:
    """The minutes of a meeting with its decisions."""
    return render("mous/plans/meeting.html", mou=pair[0], meeting=pair[1], today=clock.today())


@bp.route("/meetings/<int:meeting_id>/decisions/new", methods=["GET", "POST"])
@access(rules.records, load=queries.meeting)
def new_decision(pair: tuple[Mou, CommitteeMeeting]) -> Response:
    """Record a decision, which becomes a task."""
    mou, held = pair
    form = DecisionForm(mou=mou, plans=queries.plans(mou.id))
    if form.validate_on_submit():
        try:
            services.decide(
                current_actor(),
                mou,
                held,
                text=form.text.data or "",
                plan_id=form.plan.data,
                institution_id=form.institution.data or None,
                due_on=form.due_on.data or date.min,
            )
            return done(_("The decision is a task now."), to=url_for("mous.meeting", meeting_id=held.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/plans/decision.html", mou=mou, meeting=held, form=form, status=status)
