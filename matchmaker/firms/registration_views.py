"""Pages of a registration and of one's own firm."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.actor import Actor
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.firms import code_services, queries, rules, services, steps
from matchmaker.firms.blueprint import bp
from matchmaker.firms.forms import CountryForm, StepForm, country_notes
from matchmaker.firms.identity_services import AlreadyRegistered
from matchmaker.firms.join_links import join_token
from matchmaker.firms.list_forms import ProductsForm, RowsForm
from matchmaker.firms.models import Firm
from matchmaker.firms.profile_page import profile_page, step_words
from matchmaker.firms.rows import changed_rows
from matchmaker.firms.sector_search import find_sectors
from matchmaker.firms.steps import StepPage, may_edit_step

LONGEST_QUERY = 120


def has_firm(actor: Actor) -> bool:
    """Whether the navigation offers the actor a firm of one's own."""
    return actor.firm_id is not None


add_place(Place("firms.own", _l("My firm"), "file-text", has_firm, 30))


@bp.get("/firms/new")
@access(rules.may_register)
def register() -> Response:
    """The first question of a registration."""
    return country_page(CountryForm(), 200)


@bp.post("/firms/new")
@access(rules.may_register)
def begin() -> Response:
    """Begin a registration in the chosen country."""
    form = CountryForm()
    if not form.validate_on_submit():
        return country_page(form, 422)
    firm = services.create_draft(current_actor(), form.country.data)
    return go_to(url_for("firms.step", firm_id=firm.id, step="identifiers"))


def country_page(form: CountryForm, status: int) -> Response:
    """The page of the first question."""
    draft = queries.draft_of(current_actor().person_id)
    return render(
        "firms/register.html",
        fragment="step",
        status=status,
        form=form,
        notes=country_notes(),
        draft=draft,
        sections=steps.SECTIONS,
    )


def step_page(firm_id: int, step: str) -> StepPage:
    """A step of a firm; raises NotFound."""
    return steps.page(queries.firm(firm_id), step)


def step_to_save(firm_id: int, step: str) -> StepPage:
    """A step of a firm that is locked until the answer is sent; raises NotFound."""
    return steps.page(queries.firm_for_change(firm_id), step)


@bp.get("/firms/<int:firm_id>/registration/<string:step>")
@access(may_edit_step, load=step_page)
def step(page: StepPage) -> Response:
    """One question about the firm; `add` and `name` in the address put a good into its list, not saved yet."""
    form = page.form(formdata=None)
    code, name = request.args.get("add", ""), request.args.get("name", "")
    if isinstance(form, ProductsForm) and (code or name):
        form.propose(code, name)
    return show_step(page, form, 200)


@bp.post("/firms/<int:firm_id>/registration/<string:step>")
@access(may_edit_step, load=step_to_save)
def save_step(page: StepPage) -> Response:
    """Keep the answer, or show the list with a row more or less."""
    columns = getattr(page.step.form, "columns", None)
    rows = changed_rows(request.form, "lines", columns) if columns else None
    if rows is not None:
        return show_step(page, page.form(formdata=rows), 200)
    form = page.form()
    if form.validate_on_submit():
        try:
            form.apply(current_actor())
            return saved(page)
        except AlreadyRegistered as error:
            return go_to(url_for("firms.join", token=join_token(error.firm_id, current_actor().person_id)))
        except DomainError as error:
            refuse(form, error)
    return show_step(page, form, 422)


def refuse(form: StepForm, error: DomainError) -> None:
    """Show why the answer was not kept; after a conflict the next attempt counts."""
    form.refuse(error)
    if isinstance(error, Conflict):
        form.renew_version()


def saved(page: StepPage) -> Response:
    """Where it goes on after an answer was kept."""
    firm = page.firm
    if page.registering:
        services.reached(firm, page.following)
        if request.args.get("to") == steps.CHECK or page.following == steps.CHECK:
            return go_to(url_for("firms.check", firm_id=firm.id))
        return go_to(url_for("firms.step", firm_id=firm.id, step=page.following))
    if page.step.key and queries.open_change(firm.id):
        text = _("Saved. Your institution checks this change before the firm is listed again.")
        return done(text, to=url_for("firms.mine", firm_id=firm.id))
    return done(_("Saved."), to=url_for("firms.mine", firm_id=firm.id, _anchor=page.step.name))


def show_step(page: StepPage, form: StepForm, status: int) -> Response:
    """The page of a step."""
    return render(
        "firms/step.html",
        fragment="step",
        status=status,
        page=page,
        firm=page.firm,
        form=form,
        rows=isinstance(form, RowsForm),
        to_check=request.args.get("to") == steps.CHECK,
        sections=steps.SECTIONS,
        **step_words(page.firm),
    )


@bp.get("/firms/<int:firm_id>/registration/check")
@access(rules.may_edit, load=queries.firm)
def check(firm: Firm) -> Response:
    """All answers before they are sent."""
    return render("firms/check.html", **profile_page(firm, to_check=True))


@bp.post("/firms/<int:firm_id>/submit")
@access(rules.may_edit, load=queries.firm_for_change)
def submit(firm: Firm) -> Response:
    """Send the firm to its institution."""
    try:
        verified = code_services.submit(current_actor(), firm)
    except DomainError as error:
        return render(
            "firms/check.html",
            status=error.status,
            refusal=error.message,
            **profile_page(firm, to_check=True),
        )
    sent = _("The firm is sent. Your institution checks it now.")
    text = _("Your invitation code was accepted: the firm is verified and listed.") if verified else sent
    return done(text, to=url_for("firms.mine", firm_id=firm.id))


@bp.post("/firms/<int:firm_id>/discard")
@access(rules.may_administer, load=queries.firm_for_change)
def discard(firm: Firm) -> Response:
    """Give up a registration that was not sent."""
    services.discard(current_actor(), firm)
    return done(_("The registration is discarded."), to=url_for("firms.register"))


@bp.get("/firms/mine")
@access(signed_in)
def own() -> Response:
    """The page of the actor's own firm, or the way to one."""
    firm_id = current_actor().firm_id
    return go_to(url_for("firms.mine", firm_id=firm_id) if firm_id else url_for("firms.register"))


@bp.get("/firms/<int:firm_id>/edit")
@access(rules.may_open, load=queries.firm)
def mine(firm: Firm) -> Response:
    """One's own firm: all sections, what is missing, the state and what comes next."""
    return render("firms/mine.html", **profile_page(firm, to_check=False))


@bp.get("/firms/sector-codes")
@access(signed_in)
def sector_codes() -> Response:
    """Codes of activity for a word or a number, as a page or as the options alone."""
    query = request.args.get("q", "")[:LONGEST_QUERY]
    return render("firms/sector_codes.html", fragment="sector_codes", query=query, codes=find_sectors(query))
