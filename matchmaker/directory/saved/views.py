"""Pages of saved searches: the list, a new one, and changes of one."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.directory.filters import read_selection
from matchmaker.directory.saved import pages, queries, rules, services
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.forms import SearchForm
from matchmaker.directory.saved.models import SavedSearch

bp = Blueprint("saved_searches", __name__)
add_place(Place("saved_searches.index", _l("Saved searches"), "search", signed_in, 36))


@bp.get("/saved-searches")
@access(signed_in)
def index() -> Response:
    """What the reader saved."""
    return render("directory/saved/index.html", page=pages.searches_page(current_actor()))


@bp.route("/saved-searches/new", methods=["GET", "POST"])
@access(signed_in)
def new() -> Response:
    """Save the state of the directory that the address names."""
    actor, selection = current_actor(), rules.kept(read_selection(request.args))
    same = queries.same_search(actor.person_id, rules.key_of(selection))
    if same is not None:
        message = _("You have saved these filters already, as “%(name)s”.", name=same.name)
        return done(message, to=url_for("saved_searches.edit", search_id=same.id))
    form = SearchForm(name=pages.proposed_name(selection), frequency=_asked_frequency())
    if form.validate_on_submit():
        try:
            services.save(actor, selection, name=form.name.data or "", frequency=form.wanted)
            return done(_("The search is saved."), to=url_for("saved_searches.index"))
        except DomainError as error:
            form.refuse(error)
    return _form_page(form, selection.query_string(), None)


@bp.route("/saved-searches/<int:search_id>", methods=["GET", "POST"])
@access(rules.may_change, load=queries.search)
def edit(search: SavedSearch) -> Response:
    """Give a search another name or frequency."""
    form = SearchForm(name=search.name, frequency=search.frequency.value)
    if form.validate_on_submit():
        try:
            services.change(current_actor(), search, name=form.name.data or "", frequency=form.wanted)
            return done(_("Saved."), to=url_for("saved_searches.index"))
        except DomainError as error:
            form.refuse(error)
    return _form_page(form, search.query, search)


@bp.post("/saved-searches/<int:search_id>/delete")
@access(rules.may_change, load=queries.search)
def delete(search: SavedSearch) -> Response:
    """Forget a search."""
    services.remove(current_actor(), search)
    return done(_("The search is deleted."), to=url_for("saved_searches.index"))


@bp.post("/saved-searches/mails")
@access(signed_in)
def switch_mails_on() -> Response:
    """Send mails again after they were ended."""
    services.switch_mails_on(current_actor())
    return go_to(url_for("saved_searches.index"))


def _asked_frequency() -> str:
    """The frequency that the way here proposes: none, where it leads from a page with results."""
    asked = request.args.get("mails", "")
    return asked if asked in set(Frequency) else Frequency.NONE.value


def _form_page(form: SearchForm, query: str, search: SavedSearch | None) -> Response:
    return render(
        "directory/saved/form.html",
        form=form,
        query=query,
        search=search,
        parts=pages.parts_of(queries.selection_of(query)),
        address=pages.address_of(query),
        status=422 if form.is_submitted() else 200,
    )
