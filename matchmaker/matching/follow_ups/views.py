"""The page of a link without password, and the list of the institutions."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.limits import limiter
from matchmaker.core.requests import asked_page
from matchmaker.matching.blueprint import bp
from matchmaker.matching.follow_ups import queries, rules, services
from matchmaker.matching.follow_ups.enums import FollowUpState
from matchmaker.matching.follow_ups.forms import AnswerForm
from matchmaker.matching.follow_ups.models import FollowUpLink
from matchmaker.matching.follow_ups.pages import link_page, listing
from matchmaker.matching.follow_ups.words import after_days
from matchmaker.matching.forms import unless_conflict

__all__ = ["bp"]


def linked(token: str) -> tuple[FollowUpLink, str]:
    """The link of a token, with the token; raises NotFound."""
    return queries.link_of(token), token


@bp.route("/follow-ups/<string:token>", methods=["GET", "POST"])
@limiter.limit("120/hour")
@access(public, load=linked)
def follow_up(found: tuple[FollowUpLink, str]) -> Response:
    """Say how it stands with the other firm; the link needs no account and does nothing else."""
    link, token = found
    form, page = AnswerForm.of(link.follow_up), link_page(link, token)
    if not page.closed and form.validate_on_submit():
        try:
            services.answer(current_actor(), link, form.answer())
        except DomainError as error:
            form.refuse(unless_conflict(error))
            form.seen.data = str(link.follow_up.version)
        else:
            return done(_("Thank you. Your answer is kept."), to=url_for("matching.follow_up", token=token))
    status = 410 if page.closed else 422 if form.is_submitted() else 200
    return render("matching/follow_ups/answer.html", status=status, page=page, form=form)


@bp.get("/follow-ups")
@access(rules.sees_list)
def follow_ups() -> Response:
    """Which firms were asked, what they answered, and who has not."""
    asked, days = request.args.get("state", FollowUpState.OVERDUE.value), request.args.get("days", "")
    state = FollowUpState(asked) if asked in set(FollowUpState) else None
    chosen = int(days) if days in {str(one) for one in rules.DAYS} else None
    return render(
        "matching/follow_ups/index.html",
        fragment="follow_ups",
        listed=listing(current_actor(), state, chosen, asked_page()),
        days={one: after_days(one) for one in rules.DAYS},
    )
