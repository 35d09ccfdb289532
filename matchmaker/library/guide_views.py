"""Guides for exporters: read by everybody, written by the institution of the firms' country."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor, public
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.library import guide_queries, guide_services, rules, words
from matchmaker.library.guide_forms import GuideForm
from matchmaker.library.models import Guide
from matchmaker.reference import countries

bp = Blueprint("guides", __name__, url_prefix="/guides")


def is_of_a_firm(actor: Actor) -> bool:
    """Firms find the guides in their navigation, institutions in the library."""
    return not actor.grants


add_place(Place("guides.index", _l("Guides"), "file-text", is_of_a_firm, order=62))


@bp.get("")
@access(public)
def index() -> Response:
    """The guides for the way from one country to another; a firm's own country first."""
    actor = current_actor()
    asked = request.args.get("from", "")
    own = actor.memberships[0].country if actor.memberships else ""
    start = asked if countries.exists(asked) else ("" if "from" in request.args else own)
    found = guide_queries.guides(actor, start)
    everything = guide_queries.guides(actor)
    return render(
        "library/guides.html",
        fragment="guides",
        guides=found,
        start=start,
        starts=sorted({one.from_country for one in everything}),
        words=words,
    )


@bp.get("/<int:guide_id>")
@access(rules.may_read_guide, load=guide_queries.guide)
def show(guide: Guide) -> Response:
    """One guide."""
    return render("library/guide.html", guide=guide, words=words)


@bp.route("/new", methods=["GET", "POST"])
@access(rules.may_write_guides)
def add() -> AnyResponse:
    """Write a guide."""
    return _edit(None)


@bp.route("/<int:guide_id>/change", methods=["GET", "POST"])
@access(rules.may_change_guide, load=guide_queries.guide)
def change(guide: Guide) -> AnyResponse:
    """Correct a guide."""
    return _edit(guide)


@bp.post("/<int:guide_id>/publish")
@access(rules.may_change_guide, load=guide_queries.guide)
def publish(guide: Guide) -> AnyResponse:
    """Let everybody read a guide."""
    guide_services.publish_guide(current_actor(), guide)
    return done(_("The guide is published."), to=url_for("guides.show", guide_id=guide.id))


@bp.post("/<int:guide_id>/withdraw")
@access(rules.may_change_guide, load=guide_queries.guide)
def withdraw(guide: Guide) -> AnyResponse:
    """Take a guide back."""
    guide_services.withdraw_guide(current_actor(), guide)
    return done(_("The guide is withdrawn."), to=url_for("guides.show", guide_id=guide.id))


def _edit(guide: Guide | None) -> AnyResponse:
    form = GuideForm(own=rules.guide_countries(current_actor()))
    if form.validate_on_submit():
        try:
            seen = form.version.data
            kept = guide_services.write_guide(current_actor(), form.facts(), guide, version=seen)
            return done(_("The guide is saved."), to=url_for("guides.show", guide_id=kept.id))
        except DomainError as error:
            form.refuse(error)
    elif guide and not form.is_submitted():
        form.show(guide)
    status = 422 if form.is_submitted() else 200
    return render("library/guide_form.html", form=form, guide=guide, status=status)
