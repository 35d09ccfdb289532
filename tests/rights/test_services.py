"""The archive of own data: what is in it, who may ask, when it goes."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.files import StoredFile, path_of
from matchmaker.core.i18n import in_language
from matchmaker.core.jobs import Progress
from matchmaker.core.retention import Due
from matchmaker.rights import queries, services
from matchmaker.rights.archive import make_archive
from matchmaker.rights.models import DataExport
from matchmaker.rights.tasks import make_own_data
from tests.factories.accounts import PersonFactory
from tests.factories.firm_people import ContactPersonFactory
from tests.factories.rights import ready_export
from tests.matching.world import actor_of
from tests.rights.lives import EMAIL, EMERGENCY, NAME, PASSPORT, PASSWORD, PHONE, Life, full_life

pytestmark = pytest.mark.data


def opened(content: bytes) -> zipfile.ZipFile:
    """An archive to be read."""
    return zipfile.ZipFile(io.BytesIO(content))


def archive_of(life: Life) -> zipfile.ZipFile:
    """What the person of a life gets."""
    told: list[tuple[int, int]] = []
    person = db.session.get_one(Person, life.person_id)
    found = opened(make_archive(person, lambda done, total: told.append((done, total))))
    assert told == [(step + 1, len(told)) for step in range(len(told))]
    return found


def test_an_archive_holds_what_every_part_of_the_product_keeps(session: Any) -> None:
    archive = archive_of(full_life())
    read = {
        name.partition("/")[0]: json.loads(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".json")
    }

    assert read["account"]["person"][0]["email"] == EMAIL
    assert read["firms"]["contact_person"][0]["phone"] == PHONE
    assert read["firms"]["contact_consent"][0]["text"] == f"I, {NAME}, agree."
    assert read["transfers"]["transfer_record"][0]["fields"] == ["name", "email", "phone"]
    assert [row["name"] for row in read["programmes"]["delegate"]] == [NAME, NAME]
    assert read["trips"]["travel_papers"][0]["passport"]["number"] == PASSPORT
    assert read["trips"]["travel_papers"][0]["emergency"]["name"] == EMERGENCY
    assert read["messages"]["message"][0]["text"] == "Shall we press in October?"
    assert read["meetings"]["day_person"][0]["name"] == NAME
    assert {row["action"] for row in read["system"]["audit_entry"]} == {"change_settings"}
    letter = next(name for name in archive.namelist() if name.startswith("files/trip_letter-"))
    assert NAME in archive.read(letter).decode()


def test_an_archive_holds_no_secret_and_nothing_of_others(session: Any) -> None:
    life = full_life()
    other = ContactPersonFactory(firm_id=life.firm_id, phone="+905550000001")

    archive = archive_of(life)

    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert PASSWORD not in everything
    assert "password_hash" not in everything
    assert "t" * 43 not in everything
    assert other.email not in everything
    assert other.phone not in everything


def test_an_archive_has_tables_for_a_spreadsheet_and_a_readme_in_the_language(session: Any) -> None:
    life = full_life()
    with in_language("ru"):
        archive = archive_of(life)

    readme = archive.read("README.txt").decode()
    table = archive.read("firms/contact_person.csv").decode("utf-8-sig")
    assert "firms/contact_person.csv" in readme
    assert NAME in readme
    assert "Ваша учётная запись" in readme
    assert NAME in table
    assert f"'{PHONE}" in table


def test_a_contact_without_account_belongs_to_the_owner_of_its_address(session: Any) -> None:
    person = PersonFactory(email="Owner@example.com")
    ContactPersonFactory(person_id=None, email="owner@Example.com", name="Unclaimed")
    ContactPersonFactory(person_id=PersonFactory().id, email="owner@example.com", name="Claimed by another")

    archive = opened(make_archive(person, lambda done, total: None))

    rows = json.loads(archive.read("firms/firms.json"))["contact_person"]
    assert [row["name"] for row in rows] == ["Unclaimed"]


def test_asking_takes_the_password_and_makes_one_archive_at_a_time(session: Any) -> None:
    person = db.session.get_one(Person, full_life().person_id)
    with pytest.raises(DomainError) as refused:
        services.ask_export(actor_of(person), person, "wrong")
    services.ask_export(actor_of(person), person, PASSWORD)

    with pytest.raises(Conflict):
        services.ask_export(actor_of(person), person, PASSWORD)

    assert refused.value.field == "password"


def test_the_job_makes_the_archive_and_removes_the_one_before(
    given: Callable[[], Any], work_off: Callable[[], int], app: Any
) -> None:
    with given():
        life = full_life()
        person = db.session.get_one(Person, life.person_id)
        old = ready_export(person.id)
        old_path, old_id = path_of(db.session.get_one(StoredFile, old.file_id)), old.id
        services.ask_export(actor_of(person), person, PASSWORD)

    work_off()

    with app.app_context():
        made = queries.latest_export(life.person_id)
        assert made is not None
        assert made.file is not None
        assert made.job is not None
        assert made.job.done == made.job.total > 0
        assert made.expires_at is not None
        assert made.ready_at is not None
        assert made.expires_at - made.ready_at == timedelta(days=7)
        assert opened(path_of(made.file).read_bytes()).testzip() is None
        assert db.session.get(DataExport, old_id) is None
    assert not old_path.exists()


def test_archives_are_removed_when_their_time_is_over(given: Any) -> None:
    with given():
        over, standing = ready_export(PersonFactory().id, days=-1), ready_export(PersonFactory().id)
        path = path_of(db.session.get_one(StoredFile, over.file_id))

    with given():
        assert services.remove_expired(Due(clock.now(), 10)).records == 1

    assert not path.exists()
    with given():
        assert db.session.get(DataExport, standing.id) is not None


def test_a_job_whose_archive_is_gone_makes_nothing(session: Any) -> None:
    assert make_own_data(Progress(1), export_id=1) == {}
