"""The page on which somebody asks to join a firm that is here already."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.firms import identity_services, queries, rules
from matchmaker.firms.blueprint import bp
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.forms import JoinForm
from matchmaker.firms.join_links import firm_of_token
from matchmaker.firms.models import Firm


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The firm a person may ask to join, the link that says so, and whether the question is asked already."""

    firm: Firm
    token: str
    waiting: bool


def join_page(token: str) -> JoinPage:
    """What the link names; raises NotFound for a link of somebody else or out of time."""
    firm = queries.firm(firm_of_token(token, current_actor().person_id))
    return of_firm(firm, token)


def join_page_to_ask(token: str) -> JoinPage:
    """The same with the firm locked, so that asking twice leaves one request."""
    firm = queries.firm_for_change(firm_of_token(token, current_actor().person_id))
    return of_firm(firm, token)


def of_firm(firm: Firm, token: str) -> JoinPage:
    """The page of a firm."""
    person_id = current_actor().person_id
    return JoinPage(firm, token, queries.open_join_request(firm.id, person_id) is not None)


def may_ask(actor: Actor, page: JoinPage) -> bool:
    """People with an account may open the page; a member is told there that it is the own firm."""
    return rules.may_register(actor)


@bp.get("/firms/join/<string:token>")
@access(may_ask, load=join_page)
def join(page: JoinPage) -> Response:
    """Says that the firm is here and offers to ask its people."""
    return show(page, JoinForm(), 200)


@bp.post("/firms/join/<string:token>")
@access(may_ask, load=join_page_to_ask)
def ask_to_join(page: JoinPage) -> Response:
    """Send the question."""
    form = JoinForm()
    if form.validate_on_submit():
        try:
            identity_services.ask_to_join(current_actor(), page.firm, (form.note.data or "").strip())
            text = _("Your request is sent. You get a message when it is decided.")
            return done(text, to=url_for("firms.join", token=page.token))
        except DomainError as error:
            form.refuse(error)
    return show(page, form, 422)


def show(page: JoinPage, form: JoinForm, status: int) -> Response:
    """The page; the firm's name stands there only for readers who may see it anyway."""
    actor = current_actor()
    seen = rules.may_see(actor, page.firm) and FieldGroup.NAME in rules.visible_groups(actor, page.firm)
    return render(
        "firms/join.html",
        fragment="join",
        status=status,
        form=form,
        firm=page.firm,
        token=page.token,
        waiting=page.waiting,
        name=page.firm.name if seen else "",
        member=rules.is_member(actor, page.firm),
    )
