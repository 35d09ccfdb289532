"""Pages on which a contact person gives and withdraws consents: signed in, or by the link mailed to the address."""

from dataclasses import dataclass

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor, public, signed_in
from matchmaker.core.actor import Actor
from matchmaker.core.errors import NotFound
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.limits import limiter
from matchmaker.firms import consent_services, contact_queries, rules
from matchmaker.firms.blueprint import bp
from matchmaker.firms.consent_texts import BLANKS, ConsentFacts, ConsentText, consent_text
from matchmaker.firms.enums import ConsentPurpose
from matchmaker.firms.models import ContactConsent, ContactPerson
from matchmaker.firms.people_forms import ConsentForm
from matchmaker.firms.people_words import PURPOSE_NOTES, PURPOSES
from matchmaker.reference import countries


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """A contact person, one purpose, and the token where the page was opened by a link."""

    contact: ContactPerson
    purpose: ConsentPurpose
    token: str = ""

    @property
    def back(self) -> str:
        """The page of all consents."""
        return overview_url(self.token)

    @property
    def standing(self) -> ContactConsent | None:
        """The consent that stands now."""
        same = (item for item in self.contact.consents if item.purpose is self.purpose)
        return next((item for item in same if item.withdrawn_at is None), None)


def overview_url(token: str) -> str:
    """The page of all consents, one's own or those of a link."""
    return url_for("firms.linked_consents", token=token) if token else url_for("firms.my_consents")


def purpose_of(word: str) -> ConsentPurpose:
    """The purpose of a word in an address; raises NotFound."""
    try:
        return ConsentPurpose(word)
    except ValueError as error:
        raise NotFound from error


def own_page(contact_id: int, purpose: str) -> ConsentPage:
    """One purpose of a contact person who is signed in; raises NotFound."""
    return ConsentPage(contact_queries.contact(contact_id), purpose_of(purpose))


def linked_contact(token: str) -> tuple[ContactPerson, str]:
    """The contact person of a link, with the link's token; raises NotFound."""
    return contact_queries.contact_by_token(token), token


def linked_page(token: str, purpose: str) -> ConsentPage:
    """One purpose of the contact person of a link; raises NotFound."""
    return ConsentPage(contact_queries.contact_by_token(token), purpose_of(purpose), token)


def is_own(actor: Actor, page: ConsentPage) -> bool:
    """Only the person gives and withdraws a consent."""
    return rules.is_own_contact(actor, page.contact)


@bp.get("/my-consents")
@access(signed_in)
def my_consents() -> Response:
    """The reader's own consents in every firm whose contact person the reader is."""
    found = contact_queries.contacts_of(current_actor().person_id)
    return show_overview(found, "")


@bp.get("/consents/<string:token>")
@limiter.limit("120/hour")
@access(public, load=linked_contact)
def linked_consents(found: tuple[ContactPerson, str]) -> Response:
    """The consents of the person whom the link was mailed to; no account is needed."""
    contact, token = found
    return show_overview([contact], token)


def show_overview(contacts: list[ContactPerson], token: str) -> Response:
    """All purposes of some contact persons with what stands."""
    return render(
        "firms/people/consents.html", contacts=contacts, token=token, purposes=PURPOSES, notes=PURPOSE_NOTES
    )


@bp.route("/contacts/<int:contact_id>/consents/<string:purpose>", methods=["GET", "POST"])
@access(is_own, load=own_page)
def consent(page: ConsentPage) -> AnyResponse:
    """The text of one purpose, and giving the consent."""
    return answer(page)


@bp.route("/consents/<string:token>/<string:purpose>", methods=["GET", "POST"])
@limiter.limit("60/hour", methods=["POST"])
@access(public, load=linked_page)
def linked_consent(page: ConsentPage) -> AnyResponse:
    """The text of one purpose, and giving the consent, by a link."""
    return answer(page)


def answer(page: ConsentPage) -> AnyResponse:
    """Show the text, or keep the consent to it."""
    form, text = ConsentForm(), text_of(page)
    if form.validate_on_submit():
        consent_services.give_consent(
            current_actor(), page.contact, page.purpose, text, by_link=bool(page.token)
        )
        return done(_("Your consent is kept. You can withdraw it at any time."), to=page.back)
    status = 422 if form.is_submitted() else 200
    shown = {"page": page, "form": form, "text": text, "purposes": PURPOSES}
    return render("firms/people/consent.html", fragment="form", status=status, **shown)


@bp.post("/contacts/<int:contact_id>/consents/<string:purpose>/withdraw")
@access(is_own, load=own_page)
def withdraw_consent(page: ConsentPage) -> AnyResponse:
    """Withdraw a consent."""
    return withdraw(page)


@bp.post("/consents/<string:token>/<string:purpose>/withdraw")
@limiter.limit("60/hour")
@access(public, load=linked_page)
def withdraw_linked(page: ConsentPage) -> AnyResponse:
    """Withdraw a consent by a link."""
    return withdraw(page)


def withdraw(page: ConsentPage) -> AnyResponse:
    """End the consent and go back to all of them."""
    consent_services.withdraw_consent(current_actor(), page.contact, page.purpose, by_link=bool(page.token))
    return done(_("Your consent is withdrawn. The data are hidden now."), to=page.back)


def text_of(page: ConsentPage) -> ConsentText:
    """The text in the reader's language with the facts of the contact person."""
    code, contact = language(), page.contact
    facts = ConsentFacts(
        person=contact.name,
        position=contact.position,
        firm=contact.firm.name,
        country=countries.label(contact.firm.country, code),
        operator=contact_queries.operator_name(code) or BLANKS[code].operator,
        product=current_app.config["PRODUCT_NAME"],
    )
    return consent_text(page.purpose, code, facts)
