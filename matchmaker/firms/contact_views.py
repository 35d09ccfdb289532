"""Pages on which a firm looks after its contact persons."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.limits import limiter
from matchmaker.firms import contact_queries, contact_services, queries, rules
from matchmaker.firms.blueprint import bp
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.firms.people_forms import ContactForm
from matchmaker.firms.people_words import PURPOSES
from matchmaker.reference import languages


def contacts_url(firm_id: int) -> str:
    """The page of a firm's contact persons."""
    return url_for("firms.contacts", firm_id=firm_id)


@bp.get("/firms/<int:firm_id>/contacts")
@access(rules.may_open, load=queries.firm)
def contacts(firm: Firm) -> Response:
    """The contact persons with the state of their consents."""
    return render(
        "firms/people/contacts.html",
        firm=firm,
        contacts=contact_queries.contacts_of_firm(firm.id),
        purposes=PURPOSES,
        language_names=languages.names(language()),
    )


@bp.route("/firms/<int:firm_id>/contacts/new", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.firm)
def add_contact(firm: Firm) -> AnyResponse:
    """Add a contact person."""
    form = ContactForm(firm)
    if form.validate_on_submit():
        try:
            contact = contact_services.add_contact(current_actor(), firm, form.contact_data())
            return after_adding(contact)
        except DomainError as error:
            form.refuse(error)
    return show_form(firm, form, None)


def after_adding(contact: ContactPerson) -> AnyResponse:
    """To one's own consents, or back to the list."""
    if contact.person_id == current_actor().person_id:
        text = _("You are a contact person now. Decide who may see your data.")
        return done(text, to=url_for("firms.my_consents"))
    text = _("Added. %(name)s gets a mail and decides who may see these data.", name=contact.name)
    return done(text, to=contacts_url(contact.firm_id))


@bp.route("/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@access(rules.may_edit_contact, load=contact_queries.contact)
def edit_contact(contact: ContactPerson) -> AnyResponse:
    """Change a contact person."""
    form = ContactForm(contact.firm, contact)
    if form.validate_on_submit():
        try:
            ended = contact_services.change_contact(current_actor(), contact, form.contact_data())
            text = _("Saved.")
            if ended:
                text = _("Saved. The consents given before ended; the person is asked again.")
            return done(text, to=contacts_url(contact.firm_id))
        except DomainError as error:
            form.refuse(error)
    return show_form(contact.firm, form, contact)


def show_form(firm: Firm, form: ContactForm, contact: ContactPerson | None) -> Response:
    """The form of a contact person, new or known."""
    status = 422 if form.is_submitted() else 200
    shown = {"firm": firm, "form": form, "contact": contact}
    return render("firms/people/contact.html", fragment="form", status=status, **shown)


@bp.post("/contacts/<int:contact_id>/remove")
@access(rules.may_edit_contact, load=contact_queries.contact)
def remove_contact(contact: ContactPerson) -> AnyResponse:
    """Remove a contact person."""
    firm_id = contact.firm_id
    contact_services.remove_contact(current_actor(), contact)
    return done(_("The contact person is removed."), to=contacts_url(firm_id))


@bp.post("/contacts/<int:contact_id>/consent-link")
@limiter.limit("20/hour")
@access(rules.may_edit_contact, load=contact_queries.contact)
def send_consent_link(contact: ContactPerson) -> AnyResponse:
    """Mail a new link to the contact person."""
    contact_services.send_consent_link(current_actor(), contact)
    return done(
        _("A new link is on its way to %(name)s.", name=contact.name), to=contacts_url(contact.firm_id)
    )
