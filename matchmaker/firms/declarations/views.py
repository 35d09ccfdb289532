"""Pages of declarations of size: the firm's own, the request of staff, the rules by which declarations end."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.htmx import done, render
from matchmaker.firms import queries, steps
from matchmaker.firms import rules as firm_rules
from matchmaker.firms.blueprint import bp
from matchmaker.firms.declarations import pages, rules, services
from matchmaker.firms.declarations.forms import AskForm, DeclarationForm, TermForm
from matchmaker.firms.models import Firm


@bp.get("/firms/<int:firm_id>/declaration")
@access(rules.may_read, load=queries.firm)
def declaration(firm: Firm) -> Response:
    """Until when the declaration of one's firm counts, what was declared before, and the form to renew it."""
    return _declaration(firm, DeclarationForm(firm, formdata=None), 200)


@bp.post("/firms/<int:firm_id>/declaration")
@access(firm_rules.may_edit, load=queries.firm_for_change)
def declare(firm: Firm) -> Response:
    """Declare the size of one's firm."""
    form = DeclarationForm(firm)
    if form.validate_on_submit():
        try:
            form.apply(current_actor())
            told = pages.declaration_card(firm)
            return done(told.declared[0].told, to=url_for("firms.declaration", firm_id=firm.id))
        except DomainError as error:
            form.refuse(error)
            if isinstance(error, Conflict):
                form.renew_version()
    return _declaration(firm, form, 422)


def _declaration(firm: Firm, form: DeclarationForm, status: int) -> Response:
    return render(
        "firms/declarations/declaration.html",
        fragment="declaration",
        status=status,
        form=form,
        card=pages.declaration_card(firm),
        reopens=steps.page(firm, "size").reopens,
    )


@bp.get("/firms/<int:firm_id>/declaration-request")
@access(rules.may_ask, load=queries.firm)
def declaration_request(firm: Firm) -> Response:
    """The form by which staff ask a firm for a new declaration."""
    return _request(firm, AskForm(formdata=None), 200)


@bp.post("/firms/<int:firm_id>/declaration-request")
@access(rules.may_ask, load=queries.firm_for_change)
def ask_declaration(firm: Firm) -> Response:
    """Ask a firm for a new declaration."""
    form, status = AskForm(), 422
    if form.validate_on_submit():
        try:
            services.ask(current_actor(), firm, form.reason.data or "")
            told = _("The firm is asked for a new declaration.")
            return done(told, to=url_for("firms.review", firm_id=firm.id, _anchor="declaration"))
        except DomainError as error:
            form.refuse(error)
            status = error.status
    return _request(firm, form, status)


def _request(firm: Firm, form: AskForm, status: int) -> Response:
    return render(
        "firms/declarations/ask.html",
        status=status,
        form=form,
        card=pages.declaration_card(firm),
        days=rules.ASKED_DAYS,
    )


@bp.get("/declaration-terms")
@access(rules.may_read_terms)
def declaration_terms() -> Response:
    """Until when declarations count, by country and day."""
    return _terms(TermForm(current_actor(), formdata=None), 200)


@bp.post("/declaration-terms")
@access(rules.may_record_term)
def record_declaration_term() -> Response:
    """Record a rule of one's own country."""
    form = TermForm(current_actor())
    if form.validate_on_submit():
        try:
            services.record_term(current_actor(), form.term())
            return done(_("The rule is recorded."), to=url_for("firms.declaration_terms"))
        except DomainError as error:
            form.refuse(error)
    return _terms(form, 422)


def _terms(form: TermForm, status: int) -> Response:
    return render("firms/declarations/terms.html", status=status, form=form, terms=pages.terms())
