"""Giving and withdrawing consents: by the person alone, each purpose by itself, with the text as it was read."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.firms import contact_queries, notices
from matchmaker.firms.consent_texts import ConsentText
from matchmaker.firms.enums import ConsentPurpose
from matchmaker.firms.models import ContactConsent, ContactPerson
from matchmaker.firms.rules import is_own_contact
from matchmaker.firms.services import index_later


def give_consent(
    actor: Actor, contact: ContactPerson, purpose: ConsentPurpose, text: ConsentText, *, by_link: bool
) -> ContactConsent:
    """Keep the consent with its text, version, language and time; giving twice leaves one.

    `by_link` says that the reader holds the link mailed to the contact's address. Raises NotAllowed for anybody else
    but the person.
    """
    present = _own(actor, contact, by_link)
    standing = _standing(present, purpose)
    if standing is not None:
        return standing
    consent = ContactConsent(
        contact_id=present.id,
        purpose=purpose,
        text_version=text.version,
        language=text.language,
        text=text.full,
        given_at=clock.now(),
    )
    db.session.add(consent)
    db.session.flush()
    _record(actor, "give_consent", present, consent, by_link)
    return consent


def withdraw_consent(
    actor: Actor, contact: ContactPerson, purpose: ConsentPurpose, *, by_link: bool
) -> ContactConsent:
    """End the consent now; the contact is hidden where it applied. Raises Conflict when none stands."""
    present = _own(actor, contact, by_link)
    standing = _standing(present, purpose)
    if standing is None:
        raise Conflict(_("This consent is not given, or it was withdrawn already."))
    standing.withdrawn_at = clock.now()
    _record(actor, "withdraw_consent", present, standing, by_link)
    notices.tell_withdrawn(present, standing.id)
    return standing


def _own(actor: Actor, contact: ContactPerson, by_link: bool) -> ContactPerson:
    if not by_link and not is_own_contact(actor, contact):
        audit.record_refusal(actor, "consent", "contact_person", contact.id, "not the person")
        raise NotAllowed(_("Only the person can give or withdraw a consent."))
    return contact_queries.contact_for_change(contact.id)


def _standing(contact: ContactPerson, purpose: ConsentPurpose) -> ContactConsent | None:
    return next(
        (item for item in contact.consents if item.purpose is purpose and item.withdrawn_at is None), None
    )


def _record(
    actor: Actor, action: str, contact: ContactPerson, consent: ContactConsent, by_link: bool
) -> None:
    after = {
        "contact": contact.id,
        "purpose": consent.purpose.value,
        "version": consent.text_version,
        "language": consent.language,
        "by": "link" if by_link else "account",
    }
    audit.record(actor, action, "firm", contact.firm_id, after=after)
    index_later(contact.firm_id, actor)
    db.session.flush()
