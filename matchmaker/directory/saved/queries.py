"""Reads of saved searches, and of the firms that are new in the directory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl

from sqlalchemy import and_, func, or_, select
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.directory.filters import Selection, read_selection
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.notifications.enums import NewsCategory
from matchmaker.notifications.models import NewsOptIn


def selection_of(query: str) -> Selection:
    """The state of the directory that was saved."""
    return read_selection(MultiDict(parse_qsl(query)))


def search(search_id: int) -> SavedSearch:
    """A saved search by number; raises NotFound."""
    return existing(db.session.get(SavedSearch, search_id))


def searches(person_id: int) -> Sequence[SavedSearch]:
    """What a person saved, the latest first."""
    return db.session.scalars(
        select(SavedSearch).where(SavedSearch.person_id == person_id).order_by(SavedSearch.id.desc())
    ).all()


def same_search(person_id: int, key: str) -> SavedSearch | None:
    """The search of a person that finds the same firms, if it was saved before."""
    return db.session.scalar(
        select(SavedSearch).where(SavedSearch.person_id == person_id, SavedSearch.query_key == key)
    )


def count(person_id: int) -> int:
    """How many searches a person saved."""
    own = select(func.count(SavedSearch.id)).where(SavedSearch.person_id == person_id)
    return db.session.scalar(own) or 0


def people_to_tell(moments: Mapping[Frequency, Collection[datetime]]) -> list[int]:
    """The people who asked for mails and have a search that has not told up to one of the moments of its frequency.

    Closed and unconfirmed accounts are left out. A person of another zone may be named too early.
    """
    late = [
        and_(SavedSearch.frequency == frequency, SavedSearch.told_until < max(ends))
        for frequency, ends in moments.items()
    ]
    wanted = (
        select(SavedSearch.person_id)
        .join(Person, Person.id == SavedSearch.person_id)
        .join(NewsOptIn, NewsOptIn.person_id == SavedSearch.person_id)
        .where(or_(*late), Person.disabled_at.is_(None), Person.email_confirmed_at.is_not(None))
        .where(NewsOptIn.category == NewsCategory.SAVED_SEARCHES, NewsOptIn.ended_at.is_(None))
        .distinct()
        .order_by(SavedSearch.person_id)
    )
    return list(db.session.scalars(wanted))


def reader_to_tell(person_id: int) -> tuple[Person, NewsOptIn] | None:
    """A person with what they asked for, locked until told; None when mails were ended or the account closed meanwhile.

    Two workers that come to one person at the same moment take turns here, and the second finds nothing left to tell.
    """
    person = db.session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if person is None or person.disabled_at is not None or person.email_confirmed_at is None:
        return None
    asked = db.session.scalar(
        select(NewsOptIn)
        .where(NewsOptIn.person_id == person_id, NewsOptIn.category == NewsCategory.SAVED_SEARCHES)
        .where(NewsOptIn.ended_at.is_(None))
        .execution_options(populate_existing=True)
    )
    return None if asked is None else (person, asked)


def telling(person_id: int) -> Sequence[SavedSearch]:
    """The searches of a person that send mails, as they are now, in the order in which they were saved."""
    return db.session.scalars(
        select(SavedSearch)
        .where(SavedSearch.person_id == person_id, SavedSearch.frequency != Frequency.NONE)
        .order_by(SavedSearch.id)
        .execution_options(populate_existing=True)
    ).all()


def first_listed(after: datetime, upto: datetime) -> list[int]:
    """The listed firms that came into the directory for the first time between two moments, the latest first."""
    new = (Firm.listed_at > after, Firm.listed_at <= upto, Firm.state == FirmState.VERIFIED)
    return list(
        db.session.scalars(select(Firm.id).where(*new).order_by(Firm.listed_at.desc(), Firm.id.desc()))
    )
