"""Pages of the clocks themselves: which law asks for what within which time, and setting other hours from a day on."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.htmx import done, render
from matchmaker.reference.breach_clocks import BreachClock, breach_clocks
from matchmaker.rights.blueprint import bp
from matchmaker.rights.incidents import queries, rules, services, words
from matchmaker.rights.incidents.forms import HoursForm


@bp.get("/incident-clocks")
@access(rules.keeps_register)
def incident_clocks() -> Response:
    """All rules with their law and the hours in force today."""
    terms, today = queries.terms(), clock.today()
    return render(
        "rights/incidents/clocks.html",
        lines=[rules.hours_of(one, terms, today) for one in breach_clocks()],
        may_set=rules.sets_hours(current_actor()),
        words=words,
    )


@bp.route("/incident-clocks/<string:key>", methods=["GET", "POST"])
@access(rules.may_set_hours, load=queries.rule_of)
def incident_hours(found: BreachClock) -> AnyResponse:
    """One rule: the hours in force, the hours set so far, new ones."""
    form = HoursForm(hours=None, valid_from=clock.today(), seen=queries.last_term(found.key))
    if form.validate_on_submit():
        try:
            services.set_hours(
                current_actor(),
                found,
                hours=form.hours.data or 0,
                valid_from=existing(form.valid_from.data),
                reason=form.reason.data or "",
                seen=form.seen.data or "0",
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The hours are set."), to=url_for("rights.incident_clocks"))
    return render(
        "rights/incidents/hours.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        line=rules.hours_of(found, queries.terms(), clock.today()),
        history=queries.history(found.key),
        words=words,
    )
