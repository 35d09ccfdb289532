"""Importing the register on both databases: nothing lost, nothing twice, whatever interrupts it."""

import io
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.datastructures import FileStorage

from matchmaker.app import create_app
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed, NotFound
from matchmaker.core.jobs import Job, JobState
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import RegisterEntry, RegisterImport
from matchmaker.firms.registers import commands, importing, lookup, queries, services, storing
from matchmaker.firms.registers.archive import BadArchive
from matchmaker.firms.registers.rsmp import RegisterFile
from tests.databases import Database
from tests.factories.registers import JobFactory, RegisterImportFactory
from tests.firms.registers.invented import (
    Invented,
    company_inn,
    huge_register,
    invented,
    many,
    member,
    register,
)
from tests.settings import config_for
from tests.sites import FORKS

Given = Callable[[], AbstractContextManager[scoped_session[Session]]]


def nothing(done: int, total: int, **detail: Any) -> None:
    """A report that nobody reads."""


def begin(path: Path) -> int:
    with unit_of_work():
        return services.begin_import(None, file_name=path.name, sha256=services.digest_of(path)).id


def run(app: Flask, path: Path, report: Any = nothing) -> RegisterImport:
    with app.app_context():
        number = begin(path)
        importing.import_register(number, path, report)
        db.session.expire_all()
        found = db.session.get_one(RegisterImport, number)
        db.session.refresh(found)
        db.session.expunge_all()
        db.session.rollback()
        return found


def counts(imported: RegisterImport) -> tuple[int, int, int, int, int]:
    return imported.read, imported.added, imported.changed, imported.unchanged, imported.malformed


def entries(app: Flask) -> dict[str, RegisterEntry]:
    with app.app_context():
        found = {entry.identifier: entry for entry in db.session.scalars(select(RegisterEntry))}
        db.session.expunge_all()
        return found


def state(app: Flask) -> list[tuple[Any, ...]]:
    columns = [column for column in RegisterEntry.__table__.columns if column.name != "id"]
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(*columns).order_by(RegisterEntry.identifier))]


MIXED = [
    *many(40),
    replace(invented(50), identifier=""),
    replace(invented(52), category="7"),
    "<Документ><broken></Документ>",
    *many(20, start=60),
]


def test_entries_are_stored_with_their_fields(app: Flask, tmp_path: Path) -> None:
    company = replace(
        invented(1), region_code="66", category="2", others=("10.71", "62.01"), activity="46.73.1"
    )

    imported = run(app, register(tmp_path / "r.zip", member([company])))
    entry = entries(app)[company.identifier]

    assert counts(imported) == (1, 1, 0, 0, 0)
    assert (entry.country, entry.kind, entry.size_class) == ("RU", "company", "small")
    assert (entry.name, entry.short_name, entry.name_key) == (company.name, company.short_name, "bereg1")
    assert (entry.second_identifier, entry.register_region, entry.region_code) == (
        company.registration,
        "66",
        "RU-SVE",
    )
    assert (entry.main_sector, entry.sectors, entry.sector_revision) == (
        "46.73.1",
        ["10.71", "62.01"],
        "OKVED2",
    )
    assert (entry.entered_on, entry.state_on, entry.place) == (
        date(2018, 8, 10),
        date(2019, 2, 10),
        "ОБЛАСТЬ, МОСКВА",
    )
    assert entry.import_id == imported.id


def test_counts_add_up_and_every_malformed_entry_is_kept_with_its_reason(app: Flask, tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(MIXED), b"<html/>", member(many(3, start=200)))

    imported = run(app, path)

    assert counts(imported) == (66, 63, 0, 0, 3)
    assert imported.read == imported.added + imported.changed + imported.unchanged + imported.malformed
    assert imported.finished_at is not None
    assert imported.counts["kind.company"] + imported.counts["kind.sole_trader"] == 63
    assert imported.counts["category.micro"] + imported.counts["category.small"] == 63
    assert imported.counts["not_mapped"] == sum(
        1 for entry in [*many(40), *many(20, 60), *many(3, 200)] if entry.region_code == "94"
    )
    with app.app_context():
        errors = queries.import_errors(imported.id)
        assert [error.reason.split(":")[0] for error in errors] == [
            "missing_identifier",
            "unknown_category",
            "broken_xml",
            "not_a_register",
        ]
        assert [error.place.split(" @ ")[0] for error in errors] == ["41", "42", "43", "1"]
        assert len(queries.import_errors(imported.id)) == 4


def test_repeating_an_import_changes_nothing(app: Flask, tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(MIXED))
    first = run(app, path)
    before = state(app)

    second = run(app, path)

    assert second.id != first.id
    assert counts(second) == (63, 0, 0, 60, 3)
    assert state(app) == before


def test_changed_entry_is_updated_and_an_older_state_is_not_taken(app: Flask, tmp_path: Path) -> None:
    old = replace(invented(1), state_on="10.02.2019", town="СТАРЫЙ")
    new = replace(invented(1), state_on="10.05.2023", town="НОВЫЙ")

    run(app, register(tmp_path / "old.zip", member([old])))
    later = run(app, register(tmp_path / "new.zip", member([new])))
    again = run(app, register(tmp_path / "old.zip", member([old])))

    assert counts(later) == (1, 0, 1, 0, 0)
    assert counts(again) == (1, 0, 0, 1, 0)
    assert again.counts["older"] == 1
    assert entries(app)[old.identifier].place == "ОБЛАСТЬ, НОВЫЙ"


def test_same_firm_twice_in_one_batch_counts_once_as_added(app: Flask, tmp_path: Path) -> None:
    first, second = invented(1), replace(invented(1), town="ИНОЙ", state_on="10.05.2023")

    imported = run(app, register(tmp_path / "r.zip", member([first, second, second])))

    assert counts(imported) == (3, 1, 1, 1, 0)
    assert entries(app)[first.identifier].place == "ОБЛАСТЬ, ИНОЙ"


def test_region_outside_iso_is_kept_as_not_mapped(app: Flask, tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member([replace(invented(1), region_code="94"), invented(2)]))

    imported = run(app, path)
    entry = entries(app)[invented(1).identifier]

    assert (entry.register_region, entry.region_code) == ("94", "")
    assert lookup.needs_compliance(entry)
    assert lookup.suggestion(entry) is None
    assert imported.counts["not_mapped"] == 1


def test_name_longer_than_the_column_is_shortened(app: Flask, tmp_path: Path) -> None:
    run(app, register(tmp_path / "r.zip", member([replace(invented(1), name="Я" * 900)])))

    assert entries(app)[invented(1).identifier].name == "Я" * 499 + "…"


@pytest.mark.parametrize("stop_after", [1, 2, 3, 5])
def test_stopped_import_goes_on_where_it_stopped(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    path = register(tmp_path / "r.zip", member(MIXED), b"<html/>", member(many(30, start=200)))
    monkeypatch.setattr(importing, "BATCH", 20)
    reports = 0

    def stopping(done: int, total: int, **detail: Any) -> None:
        nonlocal reports
        reports += 1
        if reports > stop_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(app, path, stopping)
    begun = run(app, path)

    assert counts(begun) == (93, 90, 0, 0, 3)
    assert begun.id == 1
    with app.app_context():
        assert len(queries.import_errors(begun.id)) == 4
    assert len(entries(app)) == 90


def test_two_workers_on_one_import_never_count_twice(
    app: Flask, tmp_path: Path, concurrently: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = register(tmp_path / "r.zip", member(many(400)))
    monkeypatch.setattr(importing, "BATCH", 25)
    with app.app_context():
        number = begin(path)

    def work() -> int:
        return importing.import_register(number, path, nothing).read

    results = concurrently(work, work)

    with app.app_context():
        imported = db.session.get_one(RegisterImport, number)
        assert any(isinstance(result, Conflict) for result in results)
        assert imported.read == imported.added <= 400
    finished = run(app, path)
    assert finished.read == 400
    assert len(entries(app)) == 400


def test_position_that_moved_meanwhile_is_refused(app: Flask, tmp_path: Path) -> None:
    path = register(tmp_path / "r.zip", member(many(5)))
    with app.app_context():
        number = begin(path)
        with RegisterFile(path) as file:
            records = list(file.records())
        with unit_of_work():
            assert storing.store_batch(number, (0, 0), records) == (0, 5)
        with pytest.raises(Conflict), unit_of_work():
            storing.store_batch(number, (0, 0), records)


def test_file_that_is_no_zip_is_refused(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    path.write_text("no zip")

    with pytest.raises(BadArchive):
        run(app, path)


def test_progress_tells_bytes_rate_and_remaining_time(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 30)
    seen: list[tuple[int, int, dict[str, Any]]] = []

    run(
        app,
        register(tmp_path / "r.zip", member(many(100))),
        lambda done, total, **detail: seen.append((done, total, detail)),
    )

    assert seen[0][0] == 0
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1][0] == seen[-1][1]
    assert seen[-1][2]["records"] == 100
    assert seen[-1][2]["remaining"] == 0
    assert all(detail["rate"] > 0 for _, _, detail in seen[1:])


def test_lookup_finds_by_tax_number_and_by_registration(app: Flask, tmp_path: Path) -> None:
    trader = invented(3)
    run(app, register(tmp_path / "r.zip", member([trader, invented(1)])))

    with app.app_context():
        entry = lookup.register_entry("RU", trader.identifier)
        assert entry is not None
        assert lookup.entry_of("RU", ["1", trader.registration]) == entry
        assert lookup.entry_of("RU", [trader.identifier]) == entry
        assert lookup.entry_of("TR", [trader.identifier]) is None
        assert lookup.entry_of_registration("RU", "") is None
        assert lookup.registration_agrees(entry, trader.registration) is True
        assert lookup.registration_agrees(entry, "1") is False
        assert lookup.knows_register("RU")
        assert not lookup.knows_register("TR")


def test_command_prints_the_counts_and_goes_on_where_it_was_stopped(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = register(tmp_path / "r.zip", member(MIXED))
    monkeypatch.setattr(importing, "BATCH", 20)
    with app.app_context():
        number = begin(path)
        with RegisterFile(path) as file, unit_of_work():
            storing.store_batch(number, (0, 0), list(islice(file.records(), 20)))
    runner = app.test_cli_runner()

    first = runner.invoke(args=["import-register", str(path)])
    second = runner.invoke(args=["import-register", str(path)])

    assert first.exit_code == second.exit_code == 0, first.output
    assert "Going on behind 20 entries of import 1." in first.output
    assert "read 63: added 60, changed 0, unchanged 0, malformed 3, lost 0" in first.output
    assert "  reason.broken_xml: 1" in first.output
    assert "Going on" not in second.output
    assert "read 63: added 0, changed 0, unchanged 60, malformed 3, lost 0" in second.output


def test_command_shows_rate_and_remaining_time() -> None:
    assert commands._pace({"rate": 5000, "remaining": 12}) == "5000 entries/s, 12 s left"
    assert commands._pace({}) == ""


def test_command_refuses_a_file_that_is_no_zip(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    path.write_text("no zip")

    result = app.test_cli_runner().invoke(args=["import-register", str(path)])

    assert result.exit_code == 1
    assert "not a zip file" in result.output


def test_only_importers_of_the_country_use_the_services(app: Flask, tmp_path: Path) -> None:
    expert = Actor(person_id=1, grants=(Grant(InstitutionRole.EXPERT, 1, "RU"),))
    staff = Actor(person_id=1, grants=(Grant(InstitutionRole.STAFF, 1, "TR"),))
    upload = FileStorage(io.BytesIO(b"x"), "x.zip")
    imported = RegisterImport(country="RU")
    job = Job(kind=queries.LIST_JOB, owner_id=2, arguments={})

    with app.app_context():
        for deed in (
            lambda: services.upload_register(staff, upload, "file"),
            lambda: services.upload_list(expert, upload, "file"),
            lambda: services.apply_list(staff, job),
            lambda: services.stop_import(staff, imported),
            lambda: services.resume_import(expert, imported),
        ):
            with pytest.raises(NotAllowed):
                deed()


def test_other_import_of_the_country_has_to_end_before_one_goes_on(app: Flask) -> None:
    operator = Actor(person_id=1, grants=(Grant(InstitutionRole.ADMINISTRATOR, 1, None, operator=True),))
    with app.app_context():
        over, running = JobFactory(kind=services.REGISTER_JOB), JobFactory(state=JobState.RUNNING)
        stopped = RegisterImportFactory(job_id=over.id)
        RegisterImportFactory(job_id=running.id)

        with pytest.raises(Conflict, match="is running"):
            services.resume_import(operator, stopped)


def test_missing_import_is_not_found(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        queries.register_import(1)


def import_in_a_process(address: str, folder: Path, path: Path, told: Connection) -> None:
    """Be `flask import-register FILE` in a process that has imported the application; tells its words and its growth."""
    before = memory("VmRSS:")
    app = create_app(config_for(address, folder))
    result = app.test_cli_runner().invoke(args=["import-register", str(path)], catch_exceptions=False)
    told.send((result.output, memory("VmHWM:") - before))


def memory(name: str) -> int:
    """A figure of this process's memory in kilobytes."""
    status = Path("/proc/self/status").read_text().split()
    return int(status[status.index(name) + 1])


@pytest.mark.slow
def test_killed_import_is_finished_by_running_it_again(
    app: Flask,
    tmp_path: Path,
    backend: str,
    databases: Callable[..., Database],
    request: pytest.FixtureRequest,
) -> None:
    # Another process writes here, which the watch over written tables does not see.
    request.addfinalizer(databases(backend).renew)
    path = huge_register(tmp_path / "huge.zip", 6_000)
    here, there = FORKS.Pipe(duplex=False)
    arguments = (str(app.config["DATABASE_URL"]), tmp_path / "instance", path, there)
    killed, other = (
        FORKS.Process(target=import_in_a_process, args=arguments, daemon=True) for _time in range(2)
    )
    killed.start()
    stored = 0
    deadline = time.monotonic() + 120
    while stored < 2000 and time.monotonic() < deadline:
        time.sleep(0.05)
        with app.app_context():
            stored = db.session.scalar(select(RegisterImport.read).limit(1)) or 0
    killed.kill()
    killed.join()
    assert 2000 <= stored < 6_000

    other.start()
    assert here.poll(120)
    output, growth = here.recv()
    other.join()

    assert "Going on behind" in output
    assert "read 6000: added 6000, changed 0, unchanged 0, malformed 0, lost 0" in output
    assert len(state(app)) == 6_000
    assert growth < 100 * 1024


def test_company_is_confirmed_by_either_name_and_a_person_by_surname_and_given_name() -> None:
    company = RegisterEntry(
        kind=RegisterKind.COMPANY,
        name='ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЯНТАРЬ"',
        short_name='ООО "ЯНТАРЬ"',
    )
    trader = RegisterEntry(kind=RegisterKind.SOLE_TRADER, name="ВЫМЫСЛОВ ИВАН ПЕТРОВИЧ", short_name="")

    assert lookup.confirms_name(company, "ООО Янтарь")
    assert lookup.confirms_name(company, "Yantar LLC")
    assert not lookup.confirms_name(company, "Янтарик")
    assert not lookup.confirms_name(company, "")
    for typed in ("ИП Вымыслов Иван Петрович", "Иван Вымыслов", "Vymyslov Ivan", "вымыслов иван петрович"):
        assert lookup.confirms_name(trader, typed), typed
    for typed in ("Вымыслов", "Иван Петрович", "Вымыслов И. П.", "Вымыслов Пётр", "", "Вымыслов Иван Ильич"):
        assert not lookup.confirms_name(trader, typed), typed


def test_suggestion_never_holds_the_name_of_a_sole_trader() -> None:
    facts: dict[str, Any] = {
        "country": "RU",
        "identifier": company_inn(1),
        "second_identifier": "3",
        "name": "ВЫМЫСЛОВ ИВАН",
        "short_name": "",
        "region_code": "RU-MOW",
        "place": "МОСКВА",
        "size_class": "micro",
        "main_sector": "10.71",
        "sectors": [],
        "sector_revision": "OKVED2",
    }

    trader = lookup.suggestion(RegisterEntry(**facts, kind=RegisterKind.SOLE_TRADER))
    company = lookup.suggestion(RegisterEntry(**facts, kind=RegisterKind.COMPANY))

    assert trader is not None
    assert company is not None
    assert "ВЫМЫСЛОВ" not in repr(trader)
    assert trader.main_sector == "10.71"
    assert company.name == "ВЫМЫСЛОВ ИВАН"


def test_invented_entries_differ() -> None:
    numbers: list[Invented] = many(500)

    assert len({entry.identifier for entry in numbers}) == 500
