"""The index follows the database, whatever happens to firms, rows of the outbox, or the index itself."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from matchmaker.core import clock, crew, health, jobs
from matchmaker.core.db import db
from matchmaker.core.retention import Due
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.directory import building, index, queries, services
from matchmaker.directory.comparison import compare
from matchmaker.directory.tasks import REBUILD_JOB
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.schema import Level
from matchmaker.engines.search.writer import Writer
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmCertificate, SearchOutbox
from matchmaker.firms.services import index_later
from tests.directory.given_firms import russian, turkish
from tests.factories.firms import member_of
from tests.sites import FORKS

pytestmark = pytest.mark.data

Given = Callable[[], Any]


def found(app: Flask, text: str = "", level: Level = Level.EVERYBODY, **filters: str) -> list[int]:
    asked = SearchQuery(text, {name: (code,) for name, code in filters.items()}, level=level)
    with app.app_context():
        return index.search_index().reader().ids(asked, 100)


def sync(app: Flask) -> int:
    with app.app_context():
        return index.sync_now()


def test_a_missing_index_is_made_of_all_listed_firms(app: Flask, given: Given) -> None:
    with given():
        one, other = turkish(), russian()
        russian(state=FirmState.SUBMITTED)

    with app.app_context():
        reader = index.ready_reader()

    assert reader is not None
    assert found(app) == [one.id, other.id]


def test_changes_are_taken_in_and_hidden_firms_leave(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    sync(app)
    with given() as session:
        stored = session.get_one(Firm, firm.id)
        stored.trade_name = "Boğaz Vana"
        other = russian()
        index_later(firm.id)
        index_later(other.id)

    assert found(app, "boğaz") == []
    assert sync(app) == 2
    assert found(app, "bogaz") == [firm.id]
    assert found(app, country="RU") == [other.id]

    with given() as session:
        session.get_one(Firm, firm.id).state = FirmState.SUSPENDED
        index_later(firm.id)
    sync(app)

    assert found(app) == [other.id]


def test_a_change_is_seen_by_its_firm_at_once_and_by_all_within_two_seconds(
    app: Flask, make_app: Callable[..., Flask], given: Given
) -> None:
    """Two web workers and the indexer, each with an application of its own; the page of a firm is read from the database."""
    with given():
        firm = turkish()
        owner = member_of(firm)
    sync(app)
    workers, indexer = (app, make_app()), make_app()
    assert [reads(one, "/firms?q=pervane", firm) for one in workers] == [False, False]
    client = app.test_client()
    client.sign_in(owner)

    texts = f"/firms/{firm.id}/registration/texts"
    assert client.submit(texts, {"tr-summary": "Gemi pervanesi."}, form="/texts").status_code == 303
    assert f'href="/firms/{firm.id}"' in client.get("/firms?q=pervane&country=any").text
    pages = [one.get(f"/firms/{firm.id}").text for one in (client, *(each.test_client() for each in workers))]
    assert ["Gemi pervanesi." in page for page in pages] == [True, True, True]

    seconds, take_in = jobs._loops["search index"]
    with indexer.app_context(), unit_of_work():
        take_in()
    time.sleep(index.LOOKED_AGAIN)
    assert [reads(one, "/firms?q=pervane", firm) for one in workers] == [True, True]
    assert seconds + index.LOOKED_AGAIN < 2


def reads(app: Flask, address: str, firm: Firm) -> bool:
    """Whether a visitor of this worker is shown the firm."""
    return f'href="/firms/{firm.id}"' in app.test_client().get(address).text


def test_a_round_without_changes_takes_nothing_in(app: Flask, given: Given) -> None:
    with given():
        index_later(turkish().id)
    sync(app)
    sync(app)

    assert sync(app) == 0


def test_a_row_that_becomes_visible_late_is_not_lost(app: Flask, given: Given) -> None:
    with given() as session:
        late, early = turkish(), russian()
        session.add(SearchOutbox(seq=50, firm_id=early.id))
    sync(app)
    with given() as session:
        session.get_one(Firm, late.id).trade_name = "Geciken"
        session.add(SearchOutbox(seq=49, firm_id=late.id))

    assert sync(app) > 0
    assert found(app, "geciken") == [late.id]


@pytest.mark.parametrize("number", [11, 9], ids=["in order", "visible late"])
def test_what_was_taken_in_during_a_rebuild_is_taken_in_again(
    app: Flask, make_app: Callable[..., Flask], given: Given, number: int
) -> None:
    """The rebuild has read the firm already when it changes, and the indexer writes the change into the old index."""
    with given() as session:
        firm = turkish()
        session.add(SearchOutbox(seq=10, firm_id=firm.id))
    indexer = make_app()
    sync(indexer)

    def change(_done: int, _total: int) -> None:
        with given() as session:
            session.get_one(Firm, firm.id).trade_name = "Pervane"
            session.add(SearchOutbox(seq=number, firm_id=firm.id))
        assert sync(indexer) == 1

    with app.app_context():
        index.rebuild_index(change)
    sync(indexer)

    assert found(indexer, "pervane") == [firm.id]


def test_a_deleted_firm_leaves(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    sync(app)
    with given() as session:
        session.delete(session.get_one(Firm, firm.id))
        index_later(firm.id)
    sync(app)

    assert found(app) == []


def test_only_one_process_writes(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    sync(app)
    with given():
        index_later(firm.id)
    with app.app_context():
        root = index.search_index().root
    with Writer(root):
        assert sync(app) == 0
    assert sync(app) == 1


def test_another_version_of_the_index_is_rebuilt(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    sync(app)
    with app.app_context():
        root = index.search_index().root
    for version in root.glob("generation-*/version"):
        version.write_text("0.0\n")

    assert sync(app) == 1
    assert found(app) == [firm.id]


def week_ago() -> Due:
    """What is asked of the changes that are a week old."""
    return Due(clock.now() - timedelta(days=7), 10)


def test_an_index_that_missed_deleted_rows_is_rebuilt(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    sync(app)
    with given() as session:
        session.get_one(Firm, firm.id).trade_name = "Yeni"
        session.add(SearchOutbox(seq=1_000, firm_id=firm.id, at=clock.now() - timedelta(days=30)))
        session.add(SearchOutbox(seq=1_001, firm_id=firm.id, at=clock.now() - timedelta(days=20)))
    with app.app_context(), unit_of_work():
        assert services.purge_outbox(week_ago()).records == 1

    assert sync(app) == 1
    assert found(app, "yeni") == [firm.id]


def test_an_index_of_another_database_is_rebuilt(app: Flask, given: Given) -> None:
    with given():
        turkish()
    sync(app)
    with app.app_context():
        (path,) = index.search_index().root.glob("generation-*/position")
        path.write_text("999\n")

    assert sync(app) == 1


def test_old_rows_are_deleted_but_the_newest_of_them(app: Flask, given: Given) -> None:
    long_ago = clock.now() - timedelta(days=8)
    with given() as session:
        session.add_all(SearchOutbox(seq=number, firm_id=1, at=long_ago) for number in (1, 2, 3))
        session.add(SearchOutbox(seq=4, firm_id=1))
    with app.app_context():
        with unit_of_work():
            assert services.purge_outbox(week_ago()).records == 2
        assert queries.outbox_ends() == (3, 4)


def test_a_certificate_that_ended_leaves_the_index_the_next_day(app: Flask, given: Given) -> None:
    today = clock.today()
    with given():
        ended = russian(
            certificates=[FirmCertificate(scheme="ISO9001", valid_until=today - timedelta(days=1))]
        )
        russian(certificates=[FirmCertificate(scheme="ISO9001", valid_until=today)])
    with app.app_context():
        with unit_of_work():
            assert services.index_ended_certificates() == 1
        with unit_of_work():
            assert services.index_ended_certificates() == 0
        assert [row.firm_id for row in queries.outbox_after(0)] == [ended.id]


def test_the_worker_follows_and_rebuilds(app: Flask, given: Given, work_off: Callable[[], int]) -> None:
    with given():
        firm = turkish()
        job = jobs.enqueue(None, REBUILD_JOB)

    assert work_off() == 1

    assert found(app) == [firm.id]
    with app.app_context():
        done = db.session.get_one(jobs.Job, job.id)
        assert (done.state, done.result) == (jobs.JobState.DONE, {"firms": 1})


def test_the_command_rebuilds(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()

    result = app.test_cli_runner().invoke(args=["index-rebuild"])

    assert result.exit_code == 0, result.output
    assert "1 firms in the search index" in result.output
    assert found(app) == [firm.id]


def test_many_firms_are_read_by_a_crew(
    app: Flask, given: Given, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    for name, value in (("ALONE", 0), ("PROCESSES", 1), ("AT_ONCE", 1)):
        monkeypatch.setattr(building, name, value)
    if backend == "postgresql":
        # Once from nothing is enough: importing the application takes longer than all else.
        monkeypatch.setattr(crew, "START", FORKS.get_start_method())
    told: list[tuple[int, int]] = []
    with given():
        firms = [turkish().id, russian().id]

    with app.app_context():
        assert index.rebuild_index(lambda done, total: told.append((done, total))) == 2
        assert compare().agrees

    assert found(app) == firms
    assert told == [(1, 2), (2, 2)]


def test_the_index_is_part_of_health(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    sync(app)
    with app.app_context():
        assert health.report()[0]["search index"] == {"status": "ok", "detail": "1 firms"}
    with given() as session:
        session.add(SearchOutbox(seq=10, firm_id=firm.id, at=clock.now() - timedelta(minutes=5)))
    with app.app_context():
        assert health.report()[0]["search index"]["status"] == "down"


def test_readers_of_a_large_database_wait_for_the_worker(
    app: Flask, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MADE_AT_ONCE", 0)
    with given():
        turkish()

    with app.app_context():
        assert index.ready_reader() is None
    answer = app.test_client().get("/firms")

    assert answer.status_code == 503
    assert "being prepared" in answer.text


def test_a_visitor_is_not_shown_what_people_with_an_account_find(app: Flask, given: Given) -> None:
    with given():
        turkish(visibility={"texts": "registered"})
    sync(app)

    assert found(app, "makineleri", Level.EVERYBODY) == []
    assert len(found(app, "makineleri", Level.REGISTERED)) == 1
