"""Staff pages of the dated tables: rules of entry and schemes of co-financing."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.institutions.queries import institution
from matchmaker.programmes.trips import claims, rules, table_queries, table_services, words
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.models import EntryRule, SupportScheme
from matchmaker.programmes.trips.table_forms import EntryRuleForm, RateForm, SchemeForm

add_place(Place("trips.entry_rules", _l("Entry rules"), "globe", rules.may_read_entry_rules, order=75))


@bp.get("/entry-rules")
@access(rules.may_read_entry_rules)
def entry_rules() -> Response:
    """What nationals of one country need to enter another, by day."""
    return render(
        "programmes/trips/entry_rules.html",
        entry_rules=table_queries.entry_rules(),
        today=clock.today(),
        words=words,
    )


@bp.route("/entry-rules/new", methods=["GET", "POST"])
@access(rules.may_add_entry_rule)
def add_entry_rule() -> Response:
    """Record a rule of entry."""
    return _entry_rule(None)


@bp.route("/entry-rules/<int:rule_id>", methods=["GET", "POST"])
@access(rules.may_change_entry_rule, load=table_queries.entry_rule)
def change_entry_rule(rule: EntryRule) -> Response:
    """Correct a rule of entry."""
    return _entry_rule(rule)


def _entry_rule(rule: EntryRule | None) -> Response:
    form = EntryRuleForm.of(rule)
    if form.validate_on_submit():
        try:
            table_services.record_entry_rule(current_actor(), form.terms(), rule)
            return done(_("The rule is recorded."), to=url_for("trips.entry_rules"))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("programmes/trips/entry_rule.html", form=form, rule=rule, status=status)


@bp.get("/support-schemes")
@access(rules.may_read_schemes)
def schemes() -> Response:
    """The schemes by which institutions bear a share of the costs of a trip."""
    return render(
        "programmes/trips/schemes.html",
        schemes=table_queries.schemes(),
        today=clock.today(),
        in_force=claims.in_force,
        words=words,
    )


@bp.route("/support-schemes/new", methods=["GET", "POST"])
@access(rules.may_add_scheme)
def add_scheme() -> Response:
    """Record a scheme of one's own institution."""
    return _scheme(None)


@bp.get("/support-schemes/<int:scheme_id>")
@access(rules.may_read_scheme, load=table_queries.scheme)
def scheme(scheme: SupportScheme) -> Response:
    """One scheme with its rates by region."""
    return _shown(scheme, RateForm(formdata=None, scheme=scheme), 200)


@bp.route("/support-schemes/<int:scheme_id>/change", methods=["GET", "POST"])
@access(rules.may_change_scheme, load=table_queries.scheme)
def change_scheme(scheme: SupportScheme) -> Response:
    """Correct a scheme."""
    return _scheme(scheme)


def _scheme(scheme: SupportScheme | None) -> Response:
    actor = current_actor()
    own = [scheme.institution] if scheme else [institution(one) for one in rules.officer_institutions(actor)]
    form = SchemeForm(obj=scheme, institutions=own)
    if form.validate_on_submit():
        try:
            kept = table_services.record_scheme(actor, form.institution.data, form.terms(), scheme)
            return done(_("The scheme is recorded."), to=url_for("trips.scheme", scheme_id=kept.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("programmes/trips/scheme_form.html", form=form, scheme=scheme, status=status)


@bp.post("/support-schemes/<int:scheme_id>/rates")
@access(rules.may_change_scheme, load=table_queries.scheme)
def set_rate(scheme: SupportScheme) -> Response:
    """Set the share and the cap for a region."""
    form = RateForm(scheme=scheme)
    if form.validate_on_submit():
        try:
            table_services.set_rate(
                current_actor(),
                scheme,
                region_code=form.region_code.data,
                percent=form.percent.data,
                cap=form.cap.data,
            )
            return done(_("The rate is recorded."), to=url_for("trips.scheme", scheme_id=scheme.id))
        except DomainError as error:
            form.refuse(error)
    return _shown(scheme, form, 422)


@bp.post("/support-schemes/<int:scheme_id>/rates/remove")
@access(rules.may_change_scheme, load=table_queries.scheme)
def remove_rate(scheme: SupportScheme) -> Response:
    """Take the rate of a region away."""
    table_services.remove_rate(current_actor(), scheme, request.form.get("region_code", ""))
    return done(_("The rate is removed."), to=url_for("trips.scheme", scheme_id=scheme.id))


def _shown(scheme: SupportScheme, form: RateForm, status: int) -> Response:
    return render("programmes/trips/scheme.html", scheme=scheme, form=form, words=words, status=status)
