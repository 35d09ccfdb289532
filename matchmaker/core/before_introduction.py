"""Contact data in what firms write to each other before they are introduced: refused, with the reason."""

from flask_babel import gettext as _

from matchmaker.core.countries import all_countries
from matchmaker.core.errors import DomainError
from matchmaker.engines.text.contacts import Contact, ContactKind, contact_in


def refuse_contacts(text: str, field: str) -> None:
    """Raise DomainError at the field where a text holds an address, a telephone number or a name at a messenger."""
    found = contact_in(text, all_countries())
    if found is not None:
        raise DomainError(_sentence(found), field)


def request_words(text: str, shortest: int, longest: int) -> str:
    """What a firm writes to another one to begin with, so many letters long; raises DomainError at `text`."""
    words = text.strip()
    if len(words) < shortest:
        raise DomainError(_("Write at least %(n)s letters: what you offer or need.", n=shortest), "text")
    if len(words) > longest:
        raise DomainError(_("Write at most %(n)s letters.", n=longest), "text")
    refuse_contacts(words, "text")
    return words


def _sentence(found: Contact) -> str:
    looks = {
        ContactKind.EMAIL: _("“%(text)s” looks like an e-mail address.", text=found.text),
        ContactKind.PHONE: _("“%(text)s” looks like a telephone number.", text=found.text),
        ContactKind.WEB: _("“%(text)s” looks like a web address.", text=found.text),
        ContactKind.MESSENGER: _("“%(text)s” looks like a name at a messenger.", text=found.text),
    }[found.kind]
    why = _("Contacts open to both firms at the same moment, once both coordinators have approved.")
    return " ".join((looks, _("Please take it out."), why))
