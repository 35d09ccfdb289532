"""Pages of the shortlist: the list, a note, the comparison, and the list as a file."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.accounts.rules import is_local_path
from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import ZONES, language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_keys
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.directory.shortlist import pages, queries, rules, services
from matchmaker.directory.shortlist.forms import NoteForm
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm

bp = Blueprint("shortlist", __name__)
add_place(Place("shortlist.index", _l("Shortlist"), "bookmark", rules.has_shortlist, 35))


@bp.get("/shortlist")
@access(rules.has_shortlist)
def index() -> Response:
    """The shortlist of the reader's firm."""
    return render(
        "directory/shortlist/index.html", rows=pages.listed(current_actor()), most=rules.MOST_COMPARED
    )


@bp.post("/shortlist/<int:firm_id>/keep")
@access(rules.may_keep, load=firms.firm)
def keep(firm: Firm) -> Response:
    """Put a firm on the list; leads back to where that was done."""
    services.keep(current_actor(), firm)
    return done(_("The firm is on your shortlist."), to=_back())


def kept_or_not(firm_id: int) -> rules.Kept:
    """A firm as the list of the reader's firm has it; raises NotFound."""
    firm = firms.firm(firm_id)
    return rules.Kept(firm, queries.entry(current_actor().firm_id or 0, firm_id) is not None)


@bp.post("/shortlist/<int:firm_id>/drop")
@access(rules.may_take_off, load=kept_or_not)
def drop(one: rules.Kept) -> Response:
    """Take a firm off the list."""
    services.drop(current_actor(), one.firm)
    return done(_("The firm is off your shortlist."), to=_back())


@bp.route("/shortlist/<int:firm_id>/note", methods=["GET", "POST"])
@access(rules.may_keep, load=firms.firm)
def note(firm: Firm) -> Response:
    """Write the note of a firm on the list."""
    kept = queries.entry(current_actor().firm_id or 0, firm.id)
    form = NoteForm(data={"note": kept.note if kept else ""})
    if form.validate_on_submit():
        try:
            services.write_note(current_actor(), firm, form.note.data or "")
            return done(_("The note is kept."), to=url_for("shortlist.index"))
        except DomainError as error:
            if error.field is None:
                raise
            form.refuse(error)
    return render(
        "directory/shortlist/note.html", form=form, firm=firm, status=422 if form.is_submitted() else 200
    )


@bp.get("/shortlist/compare")
@access(rules.has_shortlist)
def compare() -> Response:
    """Up to four firms side by side."""
    found = pages.comparison(current_actor(), asked_keys("firm"))
    return render("directory/shortlist/compare.html", found=found, most=rules.MOST_COMPARED)


@bp.get("/shortlist/<any(csv, xlsx):kind>")
@access(rules.has_shortlist)
def export(kind: str) -> Response:
    """The list as a file."""
    actor = current_actor()
    head, rows = pages.sheet(pages.listed(actor))
    audit.record_export(actor, "shortlist", actor.firm_id, {}, len(rows))
    zone = ZONES.get(actor.country or "", "UTC")
    if kind == "xlsx":
        return send_sheet(xlsx(_("Shortlist"), head, rows, zone=zone), "shortlist.xlsx")
    return send_sheet(csv_text(head, rows, language=language(), zone=zone), "shortlist.csv")


def _back() -> str:
    asked = request.form.get("next", "")
    return asked if is_local_path(asked) else url_for("shortlist.index")
