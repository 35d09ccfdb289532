"""Writes of saved searches."""

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.directory.filters import Selection
from matchmaker.directory.saved import queries, rules
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.notifications.enums import NewsCategory
from matchmaker.notifications.services import ask_for_news

ENTITY = "saved_search"


def save(actor: Actor, selection: Selection, *, name: str, frequency: Frequency) -> SavedSearch:
    """Keep a state of the directory; with a frequency that is the wish for its mails too.

    Raises NotAllowed, Conflict when there are too many or the same filters were saved before, DomainError at `name`.
    """
    if not actor.is_authenticated:
        raise NotAllowed(_("You do not have permission for this."))
    # Counted under a lock, so that the searches cannot grow past their number whoever saves at the same moment.
    db.session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True))
    same = queries.same_search(actor.person_id, rules.key_of(selection))
    if same is not None:
        raise Conflict(_("You have saved these filters already, as “%(name)s”.", name=same.name))
    if queries.count(actor.person_id) >= rules.MOST_SEARCHES:
        raise Conflict(
            _(
                "You have %(most)s saved searches, the most allowed. Delete one first.",
                most=rules.MOST_SEARCHES,
            )
        )
    row = SavedSearch(
        person_id=actor.person_id,
        name=_checked(name),
        query=rules.kept(selection).query_string(),
        query_key=rules.key_of(selection),
        frequency=frequency,
        telling_since=(now := clock.now()),
        told_until=now,
    )
    db.session.add(row)
    db.session.flush()
    _ask(actor, frequency)
    audit.record(actor, "save", ENTITY, row.id, after={"query": row.query, "frequency": frequency.value})
    db.session.flush()
    return row


def change(actor: Actor, search: SavedSearch, *, name: str, frequency: Frequency) -> None:
    """Give a search another name or frequency; raises NotAllowed, DomainError at `name`.

    One that begins to send mails tells of what is new from now on, not of everything since it was saved.
    """
    _own(actor, search)
    db.session.refresh(search, with_for_update=True)
    before = {"name": search.name, "frequency": search.frequency.value}
    if search.frequency is Frequency.NONE:
        search.telling_since = search.told_until = clock.now()
    search.name, search.frequency = _checked(name), frequency
    _ask(actor, frequency)
    after = {"name": search.name, "frequency": frequency.value}
    audit.record(actor, "change", ENTITY, search.id, before, after)
    db.session.flush()


def remove(actor: Actor, search: SavedSearch) -> None:
    """Forget a search, and with it its mails; raises NotAllowed."""
    _own(actor, search)
    audit.record(actor, "delete", ENTITY, search.id, before={"query": search.query})
    db.session.delete(search)
    db.session.flush()


def switch_mails_on(actor: Actor) -> None:
    """Send the mails of all saved searches again, of what is new from now on; each keeps the frequency it had."""
    ask_for_news(actor, NewsCategory.SAVED_SEARCHES)


def _ask(actor: Actor, frequency: Frequency) -> None:
    if frequency is not Frequency.NONE:
        ask_for_news(actor, NewsCategory.SAVED_SEARCHES)


def _own(actor: Actor, search: SavedSearch) -> None:
    if not rules.may_change(actor, search):
        raise NotAllowed(_("You do not have permission for this."))


def _checked(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise DomainError(_("Give the search a name."), "name")
    if len(words) > rules.LONGEST_NAME:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NAME), "name")
    return words
