"""The landing page, home pages, the inbox, health, and the pages about the service."""

from flask import Blueprint, Response, current_app, jsonify, url_for
from flask_babel import lazy_gettext as _l

from matchmaker.core import health
from matchmaker.core.access import access, current_actor, public, signed_in
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.firms import queries as firms
from matchmaker.firms import rules as firms_rules
from matchmaker.firms.consent_texts import blank_text
from matchmaker.firms.enums import ConsentPurpose
from matchmaker.home import figures, firm_page, inbox, listeners, rules, suggestions, task_words
from matchmaker.home.assigning.views import inbox_answer
from matchmaker.matching.rules import acts_for, has_matches
from matchmaker.rights.retention import pages as retention_pages

__all__ = ["bp", "listeners"]
bp = Blueprint("home", __name__)
add_place(Place("home.home", _l("Home"), "house", signed_in, order=10, tab=True))
add_place(Place("home.list_tasks", _l("Inbox"), "check", rules.has_inbox, order=20))
PHONE_PLACES = 3


@bp.get("/")
@access(public)
def landing() -> Response:
    """What the service is, for somebody who comes for the first time."""
    sides = figures.sides()
    arcs = figures.arcs(*sides) if sides else None
    return render(
        "home/landing.html",
        countries=sides,
        arcs=arcs,
        phone_arcs=arcs.cut(PHONE_PLACES) if arcs else None,
        firms=figures.verified_firms(),
        introductions=figures.introductions(),
        register_url=url_for("firms.register" if current_actor().is_authenticated else "accounts.sign_up"),
    )


@bp.get("/home")
@access(signed_in)
def home() -> Response:
    """The home page of the reader's role."""
    actor = current_actor()
    firm = firm_page.own_firm(actor)
    if firm is None:
        found = inbox.tasks(actor) if rules.has_inbox(actor) else []
        return render(
            "home/officer.html" if actor.is_staff else "home/person.html",
            tasks=found,
            words=task_words,
            waiting=firm_page.places(actor),
        )
    return render(
        "home/firm.html",
        firm=firm,
        waiting=firm_page.waiting(actor),
        suggestions=suggestions.suggestions(firm),
        speaks=acts_for(actor, firm.id),
        tasks=firm_page.profile_tasks(firm),
        may_edit=firms_rules.may_edit(actor, firm),
        matchable=firms_rules.is_matchable(firm),
    )


@bp.get("/suggestions")
@access(has_matches)
def all_suggestions() -> Response:
    """All suggestions of the reader's firm, and what it called not relevant."""
    actor = current_actor()
    firm = firms.firm(actor.firm_id or 0)
    return render("home/suggestions.html", page=suggestions.suggestions_page(actor, firm))


@bp.get("/inbox")
@access(rules.has_inbox)
def list_tasks() -> Response:
    """Everything that waits for the officer."""
    return inbox_answer()


@bp.get("/healthz")
@access(public)
def healthz() -> tuple[Response, int]:
    """Whether database, search index and jobs are well, as JSON; 503 when one is down."""
    checks, well = health.report()
    answer = jsonify(status="ok" if well else "down", version=health.product_version(), checks=checks)
    return answer, 200 if well else 503


@bp.get("/privacy")
@access(public)
def privacy() -> Response:
    """The privacy notice, a draft for the operator's lawyers."""
    return render("home/privacy.html", kept=retention_pages.lines())


@bp.get("/consent-texts")
@access(public)
def consent_texts() -> Response:
    """The texts of all consents, as they are asked."""
    product = str(current_app.config["PRODUCT_NAME"])
    texts = [blank_text(purpose, language(), product) for purpose in ConsentPurpose]
    return render("home/consent_texts.html", texts=texts)


@bp.get("/accessibility")
@access(public)
def accessibility() -> Response:
    """The accessibility statement."""
    return render("home/accessibility.html")


@bp.get("/contact")
@access(public)
def contact() -> Response:
    """Whom to write to."""
    return render("home/contact.html", institutions=figures.partner_institutions())
