"""Who of a firm is asked: the contact persons whom the other firm knows, or else those who speak for the firm."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker.accounts.addresses import key_of
from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.firms.contact_services import letter_language
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.firms.queries import speakers
from matchmaker.matching import queries as matches
from matchmaker.matching.follow_ups.models import FollowUpLink
from matchmaker.matching.models import Match
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.queries import muted


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to ask; one of the two numbers is set."""

    name: str
    address: str
    language: str
    contact_id: int | None = None
    person_id: int | None = None


def recipients(match: Match, firm: Firm) -> Sequence[Recipient]:
    """Each address once; who wants no mail about matches gets none."""
    known = [
        _of_contact(one, firm) for one in matches.disclosed_contacts(match, firm.id) if _wants(one.person_id)
    ]
    found = known or [_of_person(one) for one in _speakers(firm.id) if _wants(one.id)]
    return list({key_of(one.address): one for one in reversed(found)}.values())[::-1]


def still_stands(link: FollowUpLink, firm_id: int) -> bool:
    """Whether the person of a link stands for the firm as then, under the address that the link was sent to."""
    if link.contact_id is not None:
        contact = db.session.get(ContactPerson, link.contact_id)
        return contact is not None and key_of(contact.email) == key_of(link.address)
    return any(
        one.id == link.person_id and key_of(one.email) == key_of(link.address) for one in _speakers(firm_id)
    )


def _speakers(firm_id: int) -> Sequence[Person]:
    """Who acts for the firm and has a confirmed address."""
    return [one for one in speakers(firm_id) if one.email_confirmed_at is not None]


def _wants(person_id: int | None) -> bool:
    return person_id is None or NoticeCategory.MATCHES not in muted(person_id)


def _of_contact(contact: ContactPerson, firm: Firm) -> Recipient:
    spoken = letter_language(contact, firm.country)
    return Recipient(contact.name, contact.email, spoken, contact_id=contact.id)


def _of_person(person: Person) -> Recipient:
    return Recipient(person.name, person.email, person.language, person_id=person.id)
