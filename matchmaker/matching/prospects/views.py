"""Pages for institutions: businesses of the registers, who would fit them, and codes to invite them."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.pdf import send_pdf
from matchmaker.core.requests import LARGEST_KEY, asked_number
from matchmaker.firms import code_queries, code_rules, code_services
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import RegisterEntry, RegistrationCode
from matchmaker.matching.prospects import page, queries, rules
from matchmaker.matching.prospects.letters import letter, letter_language
from matchmaker.reference import regions

bp = Blueprint("prospects", __name__)
add_place(Place("prospects.index", _l("Prospects"), "search", rules.may_search, order=81))
CODES_SHOWN = 50


@bp.get("/prospects")
@access(rules.may_search)
def index() -> Response:
    """Search the registers for businesses to invite."""
    actor = current_actor()
    asked = page.asked(actor, request.args)
    found = page.find(asked)
    _log_reading(found.personal)
    return render(
        "matching/prospects/index.html",
        fragment="rows",
        found=found,
        asked=asked,
        kinds=page.KINDS,
        countries=page.countries(actor),
        regions={one.code: one.label(language()) for one in regions.of_country(asked.country, language())},
        divisions=page.divisions(),
        sizes=page.SIZES,
    )


def _log_reading(entry_ids: list[int]) -> None:
    """A sole trader's name is personal data: whoever is shown one leaves a line with that entry."""
    audit.record_readings(current_actor(), "register_entry", entry_ids, ["name"])


@bp.get("/prospects/<int:entry_id>")
@access(rules.may_see, load=queries.entry)
def show(entry: RegisterEntry) -> Response:
    """One business: what the register says, who fits it, its codes."""
    return _show(entry, 200)


def _show(entry: RegisterEntry, status: int, refusal: str = "") -> Response:
    shown = page.entry_page(current_actor(), entry)
    if entry.kind is RegisterKind.SOLE_TRADER:
        _log_reading([entry.id])
    return render("matching/prospects/show.html", status=status, page=shown, refusal=refusal)


@bp.post("/prospects/<int:entry_id>/invite")
@access(rules.may_see, load=queries.entry)
def invite(entry: RegisterEntry) -> Response:
    """Issue a code for the business."""
    try:
        code_services.issue(current_actor(), entry)
    except DomainError as error:
        return _show(entry, error.status, error.message)
    return done(_("The code is issued. Print its letter."), to=url_for("prospects.show", entry_id=entry.id))


@bp.get("/prospects/codes")
@access(rules.may_search)
def codes() -> Response:
    """The codes that institutions of the own country issued."""
    after = asked_number("after", least=0, most=LARGEST_KEY)
    mine = rules.own_countries(current_actor())
    found = code_queries.codes_of_countries(mine, after, CODES_SHOWN)
    rows = [page.code_row(code) for code in found]
    _log_reading(queries.sole_traders_among(found))
    return render("matching/prospects/codes.html", rows=rows, more=len(rows) == CODES_SHOWN)


@bp.post("/prospects/codes/<int:code_id>/revoke")
@access(code_rules.may_see_code, load=code_queries.code)
def revoke(code: RegistrationCode) -> Response:
    """Take a code back."""
    code_services.revoke(current_actor(), code)
    return done(_("The code is taken back."), to=url_for("prospects.codes"))


@bp.get("/prospects/codes/<int:code_id>/letter.pdf")
@access(code_rules.may_see_code, load=code_queries.code)
def print_letter(code: RegistrationCode) -> Response:
    """The letter with the code, to print or to mail."""
    chosen = letter_language(code, request.args.get("language", ""))
    _log_reading(queries.sole_traders_among([code]))
    return send_pdf(letter(code, chosen), f"invitation-{code.id}-{chosen}.pdf")
