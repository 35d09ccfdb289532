"""Letters: numbers without gaps whoever asks at once, three languages, orders that stop and go on."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select, update

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.files import StoredFile, path_of
from matchmaker.core.jobs import Cancelled, Job, JobState
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import (
    frame_queries,
    letter_queries,
    letter_runs,
    letter_services,
    paper_services,
    purge,
)
from matchmaker.programmes.trips.enums import LetterKind, LetterState
from matchmaker.programmes.trips.letter_services import Order
from matchmaker.programmes.trips.locked_files import open_locked
from matchmaker.programmes.trips.models import LetterRun, PassportOfficer, TripLetter
from matchmaker.programmes.trips.travel_secrets import Passport
from tests.clients import Client
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of

Given = Callable[..., Any]
ORDER = Order(LetterKind.VISA_SUPPORT, "ru", "Генеральное консульство\nСтамбул")


def with_passport(trip: Programme, number: str = "U1") -> int:
    """A delegate of a trip who gave a passport."""
    delegate = frame_queries.delegate(traveller_of(trip).id)
    passport = Passport("YILMAZ", "AYSE", "TR", number, date(2033, 1, 1), date(1985, 3, 7))
    paper_services.save_passport(None, delegate, passport)
    return delegate.id


class World:
    """A trip with an officer who is named and three delegates, the last without a passport."""

    def __init__(self) -> None:
        self.trip = TripFactory()
        self.officer = staff_of(self.trip)
        db.session.add(
            PassportOfficer(programme_id=self.trip.id, person_id=self.officer.id, named_by_id=self.officer.id)
        )
        self.delegates = [with_passport(self.trip, f"U{number}") for number in range(2)]
        self.without = traveller_of(self.trip).id


@pytest.fixture
def world(given: Given) -> World:
    with given():
        return World()


def issued(world: World, delegate_id: int, order: Order = ORDER) -> TripLetter:
    """A letter of the officer for a delegate."""
    programme = frame_queries.trip(world.trip.id)
    delegate = frame_queries.delegates_by_number([delegate_id])[0]
    return letter_services.issue(actor_of(world.officer), programme, delegate, order)


@pytest.mark.data
def test_numbers_follow_one_another_whoever_asks_at_once(
    app: Flask, given: Given, world: World, concurrently: Any
) -> None:
    def draws(fails: bool) -> Callable[[], int]:
        def deed() -> int:
            with unit_of_work():
                number = letter_services.next_number(world.trip.institution_id, 2027)
                if fails:
                    raise DomainError("the letter failed")
                return number

        return deed

    results = concurrently(*(draws(place % 3 == 2) for place in range(9)))

    drawn = sorted(one for one in results if isinstance(one, int))
    assert [one for one in results if not isinstance(one, int | DomainError)] == []
    assert drawn == [1, 2, 3, 4, 5, 6]


def test_a_letter_cancelled_since_we_looked_is_not_marked_as_sent(app: Flask, world: World) -> None:
    with app.app_context():
        letter = issued(world, world.delegates[0])
        cancelled = update(TripLetter).values(state=LetterState.CANCELLED)
        db.session.execute(cancelled.execution_options(synchronize_session=False))

        with pytest.raises(Conflict):
            letter_services.set_state(actor_of(world.officer), letter, LetterState.SENT)

        assert letter.state is LetterState.CANCELLED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Support of a visa application"),
        ("tr", "Vize başvurusunun desteklenmesi"),
        ("ru", "О визовой поддержке"),
    ],
)
def test_a_letter_is_written_in_the_language_asked_for(
    given: Given, world: World, language: str, words: str
) -> None:
    with given():
        letter = issued(world, world.delegates[0], Order(LetterKind.VISA_SUPPORT, language))
        content = open_locked(letter_queries.letter(letter.id).file)
    shown = PdfReader(io.BytesIO(content)).pages[0].extract_text()

    assert words in shown
    assert "YILMAZ AYSE" in shown
    assert f"-{clock.today().year}/0001" in shown
    assert letter.sha256 == hashlib.sha256(content).hexdigest()


def test_a_letter_lies_locked_on_the_disk(given: Given, world: World) -> None:
    with given():
        letter = letter_queries.letter(issued(world, world.delegates[0]).id)
        assert letter.file is not None
        raw = path_of(letter.file).read_bytes()
    assert not raw.startswith(b"%PDF")


def test_without_a_passport_there_is_no_letter_and_no_number(given: Given, world: World) -> None:
    with given():
        with pytest.raises(DomainError) as refused:
            issued(world, world.without)
        assert refused.value.field == "delegate_id"
        assert issued(world, world.delegates[0]).number == 1


@pytest.mark.data
class TestRuns:
    def order(self, world: World) -> int:
        programme = frame_queries.trip(world.trip.id)
        return letter_services.order_letters(actor_of(world.officer), programme, ORDER).id

    def test_a_run_writes_a_letter_for_everybody_and_names_who_is_left_out(
        self, given: Given, world: World, work_off: Any
    ) -> None:
        with given():
            run_id = self.order(world)
        work_off()

        with given():
            run = letter_queries.run(run_id)
            archive = zipfile.ZipFile(io.BytesIO(open_locked(run.file)))
            names = archive.namelist()
            letters = db.session.scalars(select(TripLetter).order_by(TripLetter.number)).all()
        assert (run.letters, run.left_out) == (2, [world.without])
        assert [one.number for one in letters] == [1, 2]
        assert sum(name.endswith(".pdf") for name in names) == 2

    def test_of_two_who_order_the_same_letters_at_once_one_is_told(
        self, world: World, concurrently: Any
    ) -> None:
        def orders() -> int:
            with unit_of_work():
                return self.order(world)

        results = concurrently(orders, orders)

        assert sorted(type(one).__name__ for one in results) == ["Conflict", "int"]

    def test_a_run_that_was_stopped_goes_on_without_a_second_letter(
        self, app: Flask, given: Given, world: World, work_off: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(letter_runs, "CHUNK", 1)
        with given():
            run_id = self.order(world)

        def stop(done: int, total: int) -> None:
            db.session.commit()
            raise Cancelled

        with app.app_context(), pytest.raises(Cancelled), unit_of_work():
            letter_runs.write_letters(run_id, stop)
        with given():
            assert len(db.session.scalars(select(TripLetter)).all()) == 1
            job = db.session.get_one(Job, db.session.get_one(LetterRun, run_id).job_id)
            job.state = JobState.CANCELLED
        with given():
            stopped = letter_queries.run(run_id)
            letter_services.resume_run(actor_of(world.officer), stopped)
            with pytest.raises(Conflict):
                letter_services.resume_run(actor_of(world.officer), stopped)
        work_off()

        with given():
            letters = db.session.scalars(select(TripLetter)).all()
            assert sorted(one.delegate_id for one in letters) == world.delegates
            assert letter_queries.run(run_id).finished_at is not None

    def test_a_run_goes_on_although_others_write_between_its_steps(
        self, app: Flask, given: Given, world: World, disturbed: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(letter_runs, "CHUNK", 1)
        with given():
            run_id = self.order(world)
        with app.app_context(), unit_of_work():
            assert letter_runs.write_letters(run_id, disturbed).letters == 2


class TestPages:
    def test_the_register_shows_number_and_hash_and_files_open_for_named_officers_only(
        self, client: Client, given: Given, world: World
    ) -> None:
        with given():
            other = staff_of(world.trip)
        officer, address = client.sign_in(world.officer), f"/programmes/{world.trip.id}/trip/letters"
        data = {"delegate_id": str(world.delegates[0]), "kind": "invitation", "language": "tr"}

        assert officer.submit(address, data, form=address).status_code == 303

        with given():
            letter = db.session.scalars(select(TripLetter)).one()
        page = officer.get(address).text
        assert (letter.sha256[:12] in page, "/0001" in page) == (True, True)
        assert ", Turkish</td>" in page
        assert officer.get(f"/trip-letters/{letter.id}/letter.pdf").data.startswith(b"%PDF")
        assert client.sign_in(other).get(f"/trip-letters/{letter.id}/letter.pdf").status_code == 404

    def test_a_cancelled_letter_keeps_its_number(self, client: Client, given: Given, world: World) -> None:
        with given():
            letter = issued(world, world.delegates[0])
        officer = client.sign_in(world.officer)
        address = f"/trip-letters/{letter.id}"

        refused = officer.send(f"{address}/cancel", {"reason": " "})
        assert (refused.status_code, 'id="reason-error"' in refused.text) == (422, True)
        assert officer.send(f"{address}/cancel", {"reason": "Wrong consulate"}).status_code == 303
        assert officer.send(f"{address}/sent").status_code == 409
        with given():
            assert issued(world, world.delegates[1]).number == 2
            assert db.session.get_one(TripLetter, letter.id).state is LetterState.CANCELLED


@pytest.mark.data
def test_the_purge_removes_the_files_and_keeps_the_register(given: Given, world: World) -> None:
    with given():
        letter = letter_queries.letter(issued(world, world.delegates[0]).id)
        assert letter.file is not None
        path = path_of(letter.file)
    with given():
        record = purge.purge(frame_queries.trip(world.trip.id), reason="the test")

    with given():
        kept = db.session.get_one(TripLetter, letter.id)
        assert (kept.number, kept.file_id) == (1, None)
        assert db.session.scalars(select(StoredFile)).all() == []
    assert not path.exists()
    assert (record.people, record.files) == (2, 1)
