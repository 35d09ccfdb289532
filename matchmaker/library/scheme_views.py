"""Pages of support schemes: one table that compares those of all institutions."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.institutions.queries import institution
from matchmaker.library import rules, scheme_queries, scheme_services, words
from matchmaker.library.blueprint import bp
from matchmaker.library.enums import Instrument, TargetGroup
from matchmaker.library.filters import asked_kind
from matchmaker.library.models import Scheme
from matchmaker.library.scheme_forms import LibrarySchemeForm
from matchmaker.library.scheme_queries import SchemeFilter


def scheme_filter() -> SchemeFilter:
    """Which schemes the address asks to compare."""
    return SchemeFilter(
        target_group=asked_kind(TargetGroup, "group"),
        instrument=asked_kind(Instrument, "instrument"),
        past="past" in request.args,
    )


@bp.get("/schemes")
@access(rules.may_read_library)
def schemes() -> Response:
    """The schemes of all institutions in one table."""
    wanted = scheme_filter()
    return render(
        "library/schemes.html",
        fragment="schemes",
        schemes=scheme_queries.schemes(wanted),
        wanted=wanted,
        today=clock.today(),
        words=words,
    )


@bp.route("/schemes/new", methods=["GET", "POST"])
@access(rules.may_add_scheme)
def add_scheme() -> AnyResponse:
    """Record a scheme of one's own institution."""
    return _edit(None)


@bp.route("/schemes/<int:scheme_id>", methods=["GET", "POST"])
@access(rules.may_change_scheme, load=scheme_queries.scheme)
def change_scheme(scheme: Scheme) -> AnyResponse:
    """Correct a scheme."""
    return _edit(scheme)


def _edit(scheme: Scheme | None) -> AnyResponse:
    actor = current_actor()
    own = [scheme.institution_id] if scheme else rules.institutions_of(actor, *rules.OFFICERS)
    form = LibrarySchemeForm(institutions=[institution(one) for one in own])
    if form.validate_on_submit():
        try:
            own_id, seen = form.institution_id.data, form.version.data
            scheme_services.record_scheme(actor, own_id, form.facts(), scheme, version=seen)
            return done(_("The scheme is recorded."), to=url_for("library.schemes"))
        except DomainError as error:
            form.refuse(error)
    elif scheme and not form.is_submitted():
        form.show(scheme)
    status = 422 if form.is_submitted() else 200
    return render("library/scheme.html", form=form, scheme=scheme, status=status)
