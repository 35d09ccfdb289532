"""Which firms are compared with which, what becomes of pairs when firms change, and that the work stays small."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock, jobs
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import Cancelled, Job, JobState
from matchmaker.firms.duplicates import finding, queries, services
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.finding import renew_keys, renew_pairs
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.duplicates.rules import MOST_ALIKE, MOST_OF_A_HOST
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import ContactPerson, Firm, FirmIdentifier, SearchOutbox
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory
from tests.factories.registers import RegisterEntryFactory
from tests.firms.numbers import turkish

pytestmark = pytest.mark.data
NAME = "Selvikent Vana"


def officer(country: str = "TR") -> Actor:
    return Actor(person_id=PersonFactory().id, grants=(Grant(InstitutionRole.STAFF, 1, country),))


def look(*firms: Firm) -> int:
    """Look at these firms as they are now."""
    db.session.flush()
    ids = [firm.id for firm in firms]
    renew_keys(ids)
    found = renew_pairs(ids)
    db.session.expire_all()
    return found


def stored() -> list[tuple[int, int]]:
    rows = db.session.execute(
        select(SuspectedPair.first_id, SuspectedPair.second_id).order_by(SuspectedPair.id)
    )
    return [(first, second) for first, second in rows]


def twins() -> tuple[Firm, Firm, SuspectedPair]:
    """Two firms of one name and their pair."""
    one, other = FirmFactory(legal_name=f"{NAME} A.Ş."), FirmFactory(legal_name=f"{NAME} Ltd. Şti.")
    look(one, other)
    return one, other, db.session.scalars(select(SuspectedPair)).one()


def test_a_new_firm_is_found_beside_one_that_was_looked_at_before(session: Any) -> None:
    first = FirmFactory(country="RU", legal_name="ООО «Казань Сталь»", name_romanised="")
    assert look(first) == 0
    second = FirmFactory(country="RU", legal_name="Kazan Stal LLC")
    assert look(second) == 1
    assert stored() == [(first.id, second.id)]
    assert look(first, second) == 0


def test_numbers_meet_inside_each_other_and_through_the_register(session: Any) -> None:
    tax = turkish(123456789)
    pairs = [
        ("TR", "VKN", tax, "MERSIS", f"0{tax}00015"),
        ("RU", "INN10", "7700000011", "OGRN", "1027700000011"),
    ]
    RegisterEntryFactory(identifier="7700000011", second_identifier="1027700000011")
    for country, *numbers in pairs:
        firms = [FirmFactory(country=country, legal_name=name) for name in ("Alfa Nord", "Bereg Zarya")]
        for firm, scheme, value in zip(firms, numbers[::2], numbers[1::2], strict=True):
            db.session.add(FirmIdentifier(firm_id=firm.id, scheme=scheme, value=value))
        assert look(*firms) == 1
    assert {pair.number for pair in db.session.scalars(select(SuspectedPair))} == {tax, "1027700000011"}


def test_web_and_mail_domains_meet_but_not_when_many_share_one(session: Any) -> None:
    firms = [FirmFactory(legal_name=name) for name in ("Bir", "Elma", "Kavun", "Ceviz", "Armut", "Dut")]
    firms[0].website = "https://www.av.com.tr"
    db.session.add(ContactPerson(firm_id=firms[1].id, name="A", email="a@av.com.tr"))
    assert look(*firms) == 1
    for firm in firms:
        firm.website = "https://av.com.tr"
    assert len(firms) > MOST_OF_A_HOST
    assert look(*firms) == 0
    assert stored() == []


def test_drafts_archived_firms_and_other_countries_are_left_out(session: Any) -> None:
    firms = [
        FirmFactory(legal_name=NAME, **more)
        for more in ({}, {"country": "RU"}, {"state": FirmState.DRAFT}, {"state": FirmState.ARCHIVED})
    ]
    assert look(*firms) == 0


def test_an_open_pair_goes_when_the_firms_are_alike_no_more(session: Any) -> None:
    one, other, _pair = twins()
    other.legal_name = other.name_romanised = "Konya Pompa"
    look(other)
    assert stored() == []
    other.legal_name = NAME
    look(other)
    assert stored() == [(one.id, other.id)]
    one.state = FirmState.ARCHIVED
    look(one)
    assert stored() == []


def test_a_pair_put_aside_comes_back_only_when_a_name_or_number_changes(session: Any) -> None:
    one, other, pair = twins()
    services.put_aside(officer(), pair, "  Two brothers, two businesses.  ")
    one.town, other.website = "Konya", "https://konya.example"
    look(one, other)
    assert (pair.state, pair.reason) == (PairState.PUT_ASIDE, "Two brothers, two businesses.")
    db.session.add(FirmIdentifier(firm_id=other.id, scheme="VKN", value=turkish(987654321)))
    look(other)
    assert pair.state is PairState.OPEN


def test_putting_aside_is_for_staff_of_the_country_with_a_reason_and_once(session: Any) -> None:
    _one, _other, pair = twins()
    with pytest.raises(NotAllowed):
        services.put_aside(officer("RU"), pair, "Not the same at all")
    with pytest.raises(DomainError) as refused:
        services.put_aside(officer(), pair, " no ")
    assert refused.value.field == "reason"
    services.put_aside(officer(), pair, "Not the same at all")
    with pytest.raises(Conflict):
        services.put_aside(officer(), pair, "Not the same at all")
    services.take_back(officer(), pair)
    assert pair.state is PairState.OPEN
    told = db.session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "suspected_pair"))
    assert list(told) == ["put_aside", "take_back"]


def test_a_firm_that_went_out_of_use_meanwhile_cannot_be_put_aside(session: Any) -> None:
    one, _other, pair = twins()
    one.state = FirmState.ARCHIVED
    db.session.flush()
    with pytest.raises(Conflict):
        services.put_aside(officer(), pair, "Not the same at all")


def test_a_word_of_the_trade_brings_nobody_together(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{chr(65 + at // 26)}{chr(65 + at % 26)}kent Metal" for at in range(MOST_ALIKE + 1)]
    firms = [FirmFactory(legal_name=name) for name in names]
    compared = []
    monkeypatch.setattr(finding, "common", lambda one, other, _shared: compared.append((one, other)))
    look(*firms)
    assert len(compared) < len(firms)


def test_changed_firms_are_looked_at_once_by_the_worker(session: Any) -> None:
    one, other = FirmFactory(legal_name=NAME), FirmFactory(legal_name=NAME)
    db.session.add_all(SearchOutbox(firm_id=number) for number in (one.id, other.id, 10**6))
    db.session.flush()
    assert services.follow_changes() == 2
    assert stored() == [(one.id, other.id)]
    assert services.follow_changes() == 0
    other.legal_name = other.name_romanised = "Konya Pompa"
    db.session.add(SearchOutbox(firm_id=other.id, at=clock.now()))
    db.session.flush()
    assert services.follow_changes() == 1
    assert stored() == []


@pytest.fixture
def search(given: Any, app: Flask) -> int:
    """A queued search through six firms, two of which are one."""
    with given():
        for name in ("Elma", NAME, "Kavun", "Ceviz", NAME, "Armut"):
            FirmFactory(legal_name=name)
        found = services.queue_search(officer())
        assert services.queue_search(officer()).id == found.id
    return int(found.id)


def job_of(app: Flask, number: int) -> Job:
    with app.app_context():
        return db.session.get_one(Job, number)


def test_the_search_goes_through_all_firms_and_tells_what_it_found(
    app: Flask, search: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    with app.app_context():
        jobs.run(search)
    assert job_of(app, search).result == {"found": 1}
    assert job_of(app, search).state is JobState.DONE


def test_the_search_goes_on_where_it_lost_its_worker(
    app: Flask, search: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    seen: list[dict[str, Any]] = []

    def report(done: int, total: int, **detail: Any) -> None:
        seen.append({**detail, "done": done, "total": total})
        if len(seen) == 4:
            raise Cancelled

    with app.app_context():
        with pytest.raises(Cancelled):
            services.search_all(report, {})
        assert (seen[-1]["part"], seen[-1]["done"], seen[-1]["total"]) == (1, 8, 12)
        assert services.search_all(lambda *_told, **_detail: None, seen[-1]) == 1
        assert queries.counts(officer()) == {
            PairState.OPEN: 1,
            PairState.PUT_ASIDE: 0,
            PairState.MERGED: 0,
        }


def test_the_search_is_stopped_by_staff_only_while_it_runs(app: Flask, given: Any, search: int) -> None:
    with given():
        with pytest.raises(NotAllowed):
            services.stop_search(Actor(person_id=1))
        services.stop_search(officer())
        with pytest.raises(Conflict):
            services.stop_search(officer())
    assert job_of(app, search).state is JobState.CANCELLED
