"""Mails of saved searches: only what is new, only to who asked, once, and with nothing that the reader may not see."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.directory import index
from matchmaker.directory.saved import digests
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.rules import moment_to_tell
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmMember, SearchOutbox
from matchmaker.firms.services import index_later
from matchmaker.notifications.models import NewsOptIn
from tests.directory.given_firms import OPEN, good, russian, turkish
from tests.factories.accounts import PersonFactory
from tests.factories.firms import member_of
from tests.factories.saved import saved_search, wish_for_mails

Given = Callable[[], AbstractContextManager[Any]]
pytestmark = pytest.mark.data
HOUR = timedelta(hours=1)


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment up to which daily mails tell; it is an hour later now, on a Monday."""
    now = clock.now()
    monday = now + timedelta(days=7 - now.astimezone().weekday())
    moment = moment_to_tell(Frequency.DAILY, "Europe/Istanbul", monday)
    assert moment is not None
    monkeypatch.setattr(clock, "now", lambda: moment + HOUR)
    return moment


def tell(app: Flask) -> int:
    with app.app_context():
        index.sync_now()
        db.session.rollback()
        return digests.send_due()


def mails(app: Flask) -> list[OutboxMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def reader(since: datetime, **values: Any) -> int:
    """Somebody in Türkiye who asked for mails a while ago."""
    number: int = PersonFactory(country="TR", **({"language": "en"} | values)).id
    wish_for_mails(number, since)
    return number


def test_only_firms_first_listed_since_are_told_once_in_the_readers_language(
    app: Flask, given: Given, morning: datetime
) -> None:
    before = morning - 24 * HOUR
    with given():
        person = reader(before, language="ru", email="reader@example.com")
        saved_search(person, "offered=848180", told_until=before, name="Клапаны")
        new = turkish(listed_at=morning - HOUR).id
        old = turkish(legal_name="Eski Vana", trade_name="Eski Vana", listed_at=before - HOUR).id
        other = russian(listed_at=morning - HOUR).id
        later = turkish(legal_name="Sonraki", trade_name="Sonraki", listed_at=morning + HOUR / 2).id

    assert [tell(app), tell(app)] == [1, 0]

    (mail,) = mails(app)
    assert (mail.to_address, mail.language) == ("reader@example.com", "ru")
    assert mail.subject == "1 новая фирма: Клапаны"
    assert f"/firms/{new}\n" in mail.text
    assert [f"/firms/{number}\n" in mail.text for number in (old, other, later)] == [False] * 3
    assert "http://localhost/firms?offered=848180&sort=newest" in mail.text
    with app.app_context():
        assert db.session.scalar(select(SavedSearch.told_until)) == morning


def test_nothing_new_is_no_mail_and_still_told(app: Flask, given: Given, morning: datetime) -> None:
    with given():
        saved_search(reader(morning - 24 * HOUR), "q=848180", told_until=morning - 24 * HOUR)
        turkish(listed_at=morning - 30 * HOUR)

    assert tell(app) == 0

    assert mails(app) == []
    with app.app_context():
        assert db.session.scalar(select(SavedSearch.told_until)) == morning


def test_a_firm_found_by_two_searches_stands_once_in_one_mail(
    app: Flask, given: Given, morning: datetime
) -> None:
    before = morning - 24 * HOUR
    with given():
        person = reader(before)
        saved_search(person, "q=848180", told_until=before, name="Valves")
        saved_search(person, "country=TR", told_until=before, name="All", frequency=Frequency.WEEKLY)
        first = turkish(listed_at=morning - HOUR).id
        second = turkish(products=[good("940360")], listed_at=morning - 2 * HOUR).id

    assert tell(app) == 1

    (mail,) = mails(app)
    assert mail.subject == "2 new firms in your saved searches"
    assert [mail.text.count(f"/firms/{number}\n") for number in (first, second)] == [1, 1]


def test_on_monday_a_weekly_search_leaves_out_what_a_daily_one_has_told(
    app: Flask, given: Given, morning: datetime
) -> None:
    week, yesterday = morning - 7 * 24 * HOUR, morning - 24 * HOUR
    with given():
        person = reader(week)
        saved_search(
            person, "offered=848180", telling_since=morning - 72 * HOUR, told_until=yesterday, name="Valves"
        )
        saved_search(person, "country=TR", told_until=week, name="All", frequency=Frequency.WEEKLY)
        told = turkish(listed_at=yesterday - HOUR).id
        before_the_daily = turkish(listed_at=morning - 80 * HOUR).id
        otherwise = turkish(products=[good("940360")], listed_at=yesterday - HOUR).id

    assert tell(app) == 1

    (mail,) = mails(app)
    assert mail.subject == "2 new firms: All"
    found = [f"/firms/{number}\n" in mail.text for number in (told, before_the_daily, otherwise)]
    assert found == [False, True, True]


def test_what_others_may_not_see_is_not_told(app: Flask, given: Given, morning: datetime) -> None:
    before = morning - 24 * HOUR
    with given():
        person = reader(before)
        saved_search(person, "", told_until=before, name="All")
        saved_search(person, "size=small", told_until=before, name="Small")
        hidden = OPEN | {"name": "partner", "size": "staff", "products": "partner"}
        turkish(visibility=hidden, size_class="small", listed_at=morning - HOUR)

    assert tell(app) == 1

    (mail,) = mails(app)
    assert "A firm in the directory" in mail.text
    assert "Small" not in mail.text
    assert not [word for word in ("IŞIK", "Küresel", "Isik") if word in mail.text + mail.html + mail.subject]


@pytest.mark.parametrize("lost", ["ended", "disabled", "unconfirmed", "never asked", "firm left"])
def test_whoever_ended_mails_or_lost_the_right_gets_none(
    app: Flask, given: Given, morning: datetime, lost: str
) -> None:
    before = morning - 24 * HOUR
    with given():
        person = reader(before)
        query = "they=offer" if lost == "firm left" else ""
        search = saved_search(person, query, told_until=before)
        turkish(listed_at=morning - HOUR)
        account = db.session.get_one(Person, person)
        if lost == "ended":
            db.session.execute(update(NewsOptIn).values(ended_at=clock.now()))
        if lost == "disabled":
            account.disabled_at = clock.now()
        if lost == "unconfirmed":
            account.email_confirmed_at = None
        if lost == "never asked":
            db.session.query(NewsOptIn).delete()
        assert search.frequency is Frequency.DAILY

    assert tell(app) == 0
    assert mails(app) == []


def test_own_firms_and_firms_off_the_directory_are_no_news(
    app: Flask, given: Given, morning: datetime
) -> None:
    before = morning - 24 * HOUR
    with given():
        own = turkish(listed_at=morning - HOUR)
        person = member_of(own)
        person.country = "TR"
        wish_for_mails(person.id, before)
        saved_search(person.id, "country=any", told_until=before)
        turkish(listed_at=morning - HOUR, state=FirmState.SUSPENDED)

    assert tell(app) == 0


def test_what_the_own_firm_brings_counts_as_in_the_directory(
    app: Flask, given: Given, morning: datetime
) -> None:
    before = morning - 24 * HOUR
    with given():
        own = turkish(listed_at=before - HOUR)
        person = member_of(own)
        person.country = "TR"
        wish_for_mails(person.id, before)
        saved_search(person.id, "they=offer&country=RU", told_until=before)
        fits = russian(listed_at=morning - HOUR).id
        russian(listed_at=morning - HOUR, products=[good("940360")])

    assert tell(app) == 1

    (mail,) = mails(app)
    assert mail.text.count("/firms/") == 1
    assert f"/firms/{fits}\n" in mail.text
    with given():
        db.session.query(FirmMember).delete()
        db.session.execute(update(SavedSearch).values(told_until=before))
    assert tell(app) == 0


def test_news_of_before_the_wish_are_not_told(app: Flask, given: Given, morning: datetime) -> None:
    with given():
        saved_search(reader(morning - HOUR), "", told_until=morning - 24 * HOUR)
        turkish(listed_at=morning - 2 * HOUR)

    assert tell(app) == 0


def test_while_the_index_lacks_a_change_nobody_is_told(app: Flask, given: Given, morning: datetime) -> None:
    before = morning - 24 * HOUR
    with given():
        saved_search(reader(before), "", told_until=before)
    tell(app)
    with given():
        db.session.execute(update(SavedSearch).values(told_until=before))
        firm: Firm = turkish(listed_at=morning - HOUR)
        index_later(firm.id)
        db.session.flush()
        _age_outbox(morning - HOUR)
    with app.app_context():
        assert digests.send_due() == 0
        assert db.session.scalar(select(SavedSearch.told_until)) == before

    assert tell(app) == 1


def _age_outbox(moment: datetime) -> None:
    db.session.execute(update(SearchOutbox).values(at=moment))


def test_two_workers_at_once_write_one_mail(
    app: Flask, given: Given, morning: datetime, concurrently: Callable[..., list[Any]]
) -> None:
    before = morning - 24 * HOUR
    with given():
        saved_search(reader(before), "", told_until=before)
        turkish(listed_at=morning - HOUR)
    with app.app_context():
        index.sync_now()

    def work() -> int:
        with unit_of_work():
            db.session.rollback()
            return digests.send_due()

    results = concurrently(work, work, work)

    assert sorted(results) == [0, 0, 1]
    assert len(mails(app)) == 1


def test_many_new_firms_are_named_in_part(
    app: Flask, given: Given, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "SHOWN", 2)
    before = morning - 24 * HOUR
    with given():
        saved_search(reader(before), "", told_until=before, name="All")
        for hours in range(1, 5):
            turkish(listed_at=morning - hours * HOUR)

    assert tell(app) == 1

    (mail,) = mails(app)
    assert mail.subject == "4 new firms: All"
    assert "and 2 more firms" in mail.text
