"""The mails that tell people which firms are new in their saved searches.

A firm is new when it was first listed after the moment up to which a search has told, and it is found by the same query
as on the page of the directory. At a moment a person gets one mail for all searches that are due then, written in the
transaction that moves these moments on; the reader's row is locked meanwhile and the outbox refuses a second mail of the
same moment, so that two workers never tell twice. In the mail stands what every reader with an account sees of a firm;
what only introduced firms or institutions see is in none, because a mail passes through many hands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.i18n import ZONES, in_language
from matchmaker.core.mail import link, queue_mail
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.directory import queries as directory
from matchmaker.directory.filters import OwnSide, Sort, search_query
from matchmaker.directory.index import ready_reader
from matchmaker.directory.listings import Addresses, Reader, Row, row_of
from matchmaker.directory.page import own_side
from matchmaker.directory.saved import queries
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.rules import is_due, moment_to_tell
from matchmaker.engines.search.reader import Reader as IndexReader
from matchmaker.firms.enums import Visibility
from matchmaker.firms.queries import memberships
from matchmaker.notifications.models import NewsOptIn
from matchmaker.notifications.services import unsubscribe_url

SHOWN: Final = 10
"""Firms that a mail names of one search; the rest stands behind its link."""
ELSEWHERE: Final = "UTC"
NOWHERE: Final = Addresses(("", ""), ("", ""))
"""Addresses in a mail are full ones, which its template writes."""


@dataclass(frozen=True, slots=True)
class Section:
    """What is new in one search: the first firms, how many there are beside them, and where they all are."""

    name: str
    firms: Sequence[Row]
    more: int
    url: str


@dataclass(slots=True)
class Arrivals:
    """The index, and the firms that came into the directory between two moments, read once for all readers."""

    index: IndexReader
    known: dict[tuple[datetime, datetime], list[int]] = field(default_factory=dict)

    def between(self, after: datetime, upto: datetime) -> list[int]:
        """The latest first."""
        if after >= upto:
            return []
        if (after, upto) not in self.known:
            self.known[after, upto] = queries.first_listed(after, upto)
        return self.known[after, upto]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a mail: the account, its wish for mails, the numbers of the own firms, and the side for which it searches."""

    person: Person
    asked: NewsOptIn
    firms: frozenset[int]
    own: OwnSide | None


def send_due() -> int:
    """Write the mails whose moment has come, each in a transaction of its own; answers how many.

    While the index is being made or lacks a change from before the moment, nobody is told anything: the next round does.
    """
    now = clock.now()
    zones = {*ZONES.values(), ELSEWHERE}
    moments = {
        one: [end for zone in zones if (end := moment_to_tell(one, zone, now)) is not None]
        for one in (Frequency.DAILY, Frequency.WEEKLY)
    }
    people = queries.people_to_tell(moments)
    index = ready_reader() if people else None
    if index is None or directory.waits_since(index.position, max(moments[Frequency.DAILY])):
        return 0
    arrivals, count = Arrivals(index), 0
    for person_id in people:
        with next_unit_of_work():
            count += _tell(person_id, arrivals, now)
    return count


def _tell(person_id: int, arrivals: Arrivals, now: datetime) -> bool:
    """Tell one person what is new, in one mail; False where there is nothing."""
    found = queries.reader_to_tell(person_id)
    if found is None:
        return False
    reader = _recipient(*found)
    searches = queries.telling(person_id)
    due = _due(searches, reader, now)
    if not due:
        return False
    told = set(reader.firms) | _told(searches, reader, arrivals, min(one.told_until for one, _end in due))
    sections = []
    for search, end in due:
        new = _found(search, reader, arrivals, search.told_until, end)
        new = [number for number in new if number not in told]
        told.update(new)
        search.told_until = end
        if new:
            sections.append(_section(search, reader.person, new))
    if sections:
        _write(reader, sections, max(end for _search, end in due))
    db.session.flush()
    return bool(sections)


def _due(
    searches: Sequence[SavedSearch], reader: Recipient, now: datetime
) -> list[tuple[SavedSearch, datetime]]:
    """The searches with a moment that they have not told up to, each with the moment."""
    zone = ZONES.get(reader.person.country or "", ELSEWHERE)
    moments = ((one, moment_to_tell(one.frequency, zone, now)) for one in searches)
    return [(one, end) for one, end in moments if end is not None and is_due(end, one.told_until)]


def _told(
    searches: Sequence[SavedSearch], reader: Recipient, arrivals: Arrivals, since: datetime
) -> set[int]:
    """The firms of which mails have told since a moment: a daily search those that a weekly one comes to on Monday."""
    found = (_found(one, reader, arrivals, max(since, one.telling_since), one.told_until) for one in searches)
    return {number for numbers in found for number in numbers}


def _recipient(person: Person, asked: NewsOptIn) -> Recipient:
    firms = [one.firm_id for one in memberships(person.id)]
    firm = directory.own_firm(firms[0]) if firms else None
    return Recipient(person, asked, frozenset(firms), own_side(firm) if firm is not None else None)


def _found(
    search: SavedSearch, reader: Recipient, arrivals: Arrivals, since: datetime, end: datetime
) -> list[int]:
    """The firms that a search finds and that came between two moments and after the wish for mails, the latest first.

    One that asks for firms that offer or need what the own firm does finds none for who has left the firm.
    """
    selection, new = queries.selection_of(search.query), arrivals.between(max(since, reader.asked.since), end)
    if not new or (selection.they and reader.own is None):
        return []
    query = search_query(selection, reader.own, Visibility.REGISTERED)
    hits = set(arrivals.index.ids(query, len(new), among=new))
    return [number for number in new if number in hits]


def _section(search: SavedSearch, person: Person, new: Sequence[int]) -> Section:
    """What the mail shows of a search: its first firms as any reader with an account sees them."""
    listed = directory.listed(new[:SHOWN])
    sees = Reader(Actor(person_id=person.id, language=person.language), person.language, clock.today())
    with in_language(person.language):
        rows = [row_of(listed[number], sees, NOWHERE, None) for number in new[:SHOWN] if number in listed]
    newest = replace(queries.selection_of(search.query), sort=Sort.NEWEST)
    url = f"{link('directory.index')}?{newest.query_string()}"
    return Section(search.name, rows, len(new) - len(rows), url)


def _write(reader: Recipient, sections: Sequence[Section], moment: datetime) -> None:
    person = reader.person
    firms = sum(len(one.firms) + one.more for one in sections)
    queue_mail(
        "new_firms",
        to=person.email,
        language=person.language,
        dedupe_key=f"new firms {person.id} {moment:%Y%m%d%H%M}",
        unsubscribe_url=(end := unsubscribe_url(reader.asked)),
        end_url=f"{end}?lang={person.language}",
        name=person.name,
        sections=sections,
        firms=firms,
    )
    audit.record(None, "mail_new_firms", "person", person.id, after={"firms": firms})
