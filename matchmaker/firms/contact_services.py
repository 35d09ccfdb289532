"""Writes of contact persons. Whoever edits a firm edits them; their consents are given by themselves only."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.accounts import queries as accounts
from matchmaker.accounts.addresses import key_of, parse_address
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.countries import language_of
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from matchmaker.core.mail import queue_mail
from matchmaker.firms import contact_queries, queries, rules
from matchmaker.firms.identity_services import romanised
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.firms.services import index_later

MOST_CONTACTS = 20


@dataclass(frozen=True, slots=True)
class ContactData:
    """What a firm says about a contact person; phone in international form, languages as codes."""

    name: str
    name_romanised: str
    position: str
    email: str
    phone: str
    languages: tuple[str, ...]


def add_contact(actor: Actor, firm: Firm, data: ContactData) -> ContactPerson:
    """Add a contact person and mail the link by which the person decides; raises DomainError at `email`.

    Somebody who adds themselves is asked on the page and gets no mail.
    """
    if not rules.may_edit(actor, firm):
        raise NotAllowed(_("You do not have permission for this."))
    firm = queries.firm_for_change(firm.id)
    if len(firm.contacts) >= MOST_CONTACTS:
        raise DomainError(_("A firm has at most %(most)s contact persons.", most=MOST_CONTACTS))
    _refuse_twice(firm.contacts, data.email)
    contact = ContactPerson(firm_id=firm.id, email=data.email, name=data.name)
    _write(contact, data)
    db.session.add(contact)
    db.session.flush()
    audit.record(actor, "add_contact", "firm", firm.id, after={"contact": contact.id} | _snapshot(contact))
    index_later(firm.id, actor)
    db.session.flush()
    if contact.person_id != actor.person_id:
        _mail_link(actor, contact, firm)
    return contact


def change_contact(actor: Actor, contact: ContactPerson, data: ContactData) -> bool:
    """Change a contact person; answers whether consents ended by it.

    Another name or address is another person: consents given until now end, and a new link goes out.
    """
    contact = _to_change(actor, contact)
    others = [item for item in contact_queries.contacts_of_firm(contact.firm_id) if item.id != contact.id]
    _refuse_twice(others, data.email)
    before = _snapshot(contact)
    other_person = contact.name != data.name or key_of(contact.email) != key_of(data.email)
    _write(contact, data)
    if _snapshot(contact) == before:
        return False
    ended = end_consents(contact) if other_person else False
    audit.record(
        actor, "change_contact", "firm", contact.firm_id, {"contact": contact.id} | before, _snapshot(contact)
    )
    index_later(contact.firm_id, actor)
    db.session.flush()
    if other_person and contact.person_id != actor.person_id:
        _mail_link(actor, contact, contact.firm)
    return ended


def remove_contact(actor: Actor, contact: ContactPerson) -> None:
    """Remove a contact person; what was consented when stays in the audit trail as evidence."""
    contact = _to_change(actor, contact)
    consents = [
        [
            item.purpose.value,
            item.text_version,
            item.language,
            item.given_at.isoformat(),
            item.withdrawn_at.isoformat() if item.withdrawn_at else "",
        ]
        for item in contact.consents
    ]
    before = {"contact": contact.id, "consents": consents} | _snapshot(contact)
    audit.record(actor, "remove_contact", "firm", contact.firm_id, before)
    index_later(contact.firm_id, actor)
    db.session.delete(contact)
    db.session.flush()


def send_consent_link(actor: Actor, contact: ContactPerson) -> None:
    """Mail a new link to the contact person; the one sent before no longer works."""
    contact = _to_change(actor, contact)
    _mail_link(actor, contact, contact.firm)


def _to_change(actor: Actor, contact: ContactPerson) -> ContactPerson:
    """The contact person as it stands once it is locked; raises NotAllowed."""
    present = contact_queries.contact_for_change(contact.id)
    if not rules.may_edit_contact(actor, present):
        raise NotAllowed(_("You do not have permission for this."))
    return present


def end_consents(contact: ContactPerson) -> bool:
    """End every consent that stands; answers whether there was one."""
    standing = [item for item in contact.consents if item.withdrawn_at is None]
    for item in standing:
        item.withdrawn_at = clock.now()
    return bool(standing)


def letter_language(contact: ContactPerson, country: str) -> str:
    """The language to write to a contact person in: the first named that the product speaks, else the country's."""
    spoken = [code for code in contact.languages if code in LANGUAGES]
    return str(next(iter(spoken), language_of(country) or DEFAULT_LANGUAGE))


def _mail_link(actor: Actor, contact: ContactPerson, firm: Firm) -> None:
    token = secrets.token_urlsafe(32)
    contact.consent_digest = accounts.digest(token)
    queue_mail(
        "consent_request",
        to=contact.email,
        language=letter_language(contact, firm.country),
        name=contact.name,
        firm=firm.name,
        asker=actor.name,
        token=token,
    )
    audit.record(actor, "send_consent_link", "firm", contact.firm_id, after={"contact": contact.id})
    db.session.flush()


def _write(contact: ContactPerson, data: ContactData) -> None:
    address = parse_address(data.email)
    owner = accounts.person_by_key(address.key)
    confirmed = owner is not None and owner.email_confirmed_at is not None and owner.disabled_at is None
    contact.person_id = owner.id if owner is not None and confirmed else None
    contact.name, contact.position = data.name, data.position
    contact.name_romanised = data.name_romanised or romanised(data.name)
    contact.email, contact.phone = address.shown, data.phone
    contact.languages = list(data.languages)


def _refuse_twice(others: list[ContactPerson], email: str) -> None:
    if any(key_of(item.email) == key_of(email) for item in others):
        raise DomainError(_("There is a contact person with this address already."), "email")


def _snapshot(contact: ContactPerson) -> dict[str, Any]:
    names = ("name", "name_romanised", "position", "email", "phone", "languages")
    return {name: getattr(contact, name) for name in names}
