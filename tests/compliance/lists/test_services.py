"""Lists checked and taken in, on both databases: the dry run changes nothing, one version of a list is in use."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.datastructures import FileStorage

from matchmaker.compliance import queries as screening
from matchmaker.compliance.enums import ScreeningState
from matchmaker.compliance.lists import checking, queries, rules, services
from matchmaker.compliance.lists.services import Asked
from matchmaker.compliance.models import SanctionsEntry, SanctionsList
from matchmaker.core import jobs
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import JobState, Progress
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from tests.compliance.lists.invented import UN, table
from tests.factories.compliance import listed, named_firm
from tests.factories.institutions import InstitutionFactory, official

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[scoped_session[Session]]]
WorkOff = Callable[[], int]
LIST = "Invented list"


def officer(role: InstitutionRole = InstitutionRole.COMPLIANCE) -> Actor:
    return Actor(person_id=official(InstitutionFactory(), role).id, grants=(Grant(role, 1, "TR"),))


def sent(content: bytes | str, name: str = "list.csv") -> FileStorage:
    return FileStorage(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def in_use() -> list[tuple[str, str, int]]:
    return [(one.name, one.version, one.entries) for one in queries.lists_in_use()]


@pytest.fixture
def actor(given: Given) -> Actor:
    with given():
        return officer()


@pytest.fixture
def checked(app: Flask, actor: Actor, work_off: WorkOff) -> Callable[..., int]:
    def check(content: bytes | str, name: str = LIST, **asked: Any) -> int:
        with app.app_context(), unit_of_work():
            number = services.upload(actor, sent(content), Asked(name, **asked)).id
        work_off()
        return number

    return check


@pytest.fixture
def take(app: Flask, actor: Actor) -> Callable[..., int]:
    def begin(number: int, *, sure: bool = False) -> int:
        with app.app_context(), unit_of_work():
            job = services.take_in(actor, queries.check(number), sure=sure)
            return job.id if job else 0

    return begin


def test_a_check_counts_and_changes_nothing(app: Flask, given: Given, checked: Callable[..., int]) -> None:
    with given():
        listed("Kept", "Going", name=LIST)
    with app.app_context():
        number = checked("reference;name;date\nT-0;Kept;2026-01-02\nN-1;New one;\nN-2;;\n")
        found = queries.check(number).result

        assert {key: found[key] for key in ("new", "changed", "same", "gone", "bad_lines", "entries")} == {
            "new": 1,
            "changed": 1,
            "same": 0,
            "gone": 1,
            "bad_lines": 1,
            "entries": 2,
        }
        assert found["changes"] == {
            "new": [["N-1", "New one"]],
            "changed": [["T-0", "Kept"]],
            "gone": [["T-1", "Going"]],
        }
        assert found["problems"] == [[4, "no_name", "N-2"]]
        assert in_use() == [(LIST, "1", 2)]


def test_taken_in_it_is_in_use_and_all_firms_are_screened_again(
    app: Flask,
    given: Given,
    checked: Callable[..., int],
    take: Callable[..., int],
    work_off: WorkOff,
    actor: Actor,
) -> None:
    with given():
        firm = named_firm("Severny Put", state=FirmState.VERIFIED).id
        listed("Somebody Else", name=LIST)
    number = checked(table("Severny Put", "Somebody Else"), version="2", dated_on=date(2026, 5, 31))
    job = take(number, sure=True)
    work_off()
    assert work_off() == 1, "the list, then the firms"
    with app.app_context():
        assert in_use() == [(LIST, "2", 2)]
        (new,) = queries.lists_in_use()
        assert (new.dated_on, new.taken_in_by_id, new.file_name) == (
            date(2026, 5, 31),
            actor.person_id,
            "list.csv",
        )
        assert queries.check(job).result == {"list_id": new.id, "entries": 2, "version": "2"}
        assert not services.file_is_there(queries.check(job)), "what was taken in is not kept twice"
        assert screening.screening_state(firm)[0] is ScreeningState.HIT
        old = queries.versions_of(LIST)[1]
        assert (old.version, old.current) == ("1", False)
        assert queries.entries_of(old.id, "")[1] == 1, "the version before stays readable"
        last = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "replace")).all()[-1]
        assert (last.before, last.after) == (
            {"version": "1", "entries": 1},
            {"name": LIST, "version": "2", "entries": 2},
        )


def test_the_first_version_of_a_list_takes_date_and_version_from_its_file(
    app: Flask, checked: Callable[..., int], take: Callable[..., int], work_off: WorkOff
) -> None:
    number = checked(UN)
    with pytest.raises(DomainError) as refused:
        take(number)
    assert refused.value.field == "sure", "a line is left out"
    take(number, sure=True)
    work_off()
    number = checked(UN.replace("BLACKMERE", "BLACKMORE"))
    with app.app_context():
        assert in_use() == [(LIST, "2026-09-12", 2)]
        assert services.version_of(queries.check(number)) == "2026-09-12-2"


def test_a_file_that_says_the_same_makes_no_version(
    app: Flask, given: Given, checked: Callable[..., int], take: Callable[..., int], work_off: WorkOff
) -> None:
    first = checked(table("One"), dated_on=date(2026, 1, 1))
    take(first)
    work_off()
    assert take(checked(table("One"), dated_on=date(2026, 2, 1))) == 0
    with app.app_context():
        (item,) = queries.lists_in_use()
        assert (item.version, item.unchanged_on) == ("2026-01-01", date(2026, 2, 1))
        assert not rules.is_old(item, date(2026, 3, 3), 30)
        assert rules.is_old(item, date(2026, 3, 4), 30)


def test_many_gone_need_the_officers_word(
    given: Given, checked: Callable[..., int], take: Callable[..., int]
) -> None:
    with given():
        listed(*(f"Party {number}" for number in range(10)), name=LIST)
    number = checked("reference;name\n" + "".join(f"T-{one};Party {one}\n" for one in range(8)))
    with pytest.raises(DomainError) as refused:
        take(number)
    assert refused.value.field == "sure"
    assert take(number, sure=True)


def test_a_check_against_an_older_version_is_refused(
    given: Given, checked: Callable[..., int], take: Callable[..., int]
) -> None:
    number = checked(table("One"))
    with given():
        listed("Faster", name=LIST)
    with pytest.raises(Conflict, match="Another version"):
        take(number)


def test_only_officers_of_compliance(app: Flask, given: Given, checked: Callable[..., int]) -> None:
    number = checked(table("One"))
    with given():
        for role in (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR):
            other = officer(role)
            with pytest.raises(NotAllowed):
                services.upload(other, sent(b"name\nx\n"), Asked(LIST))
            with pytest.raises(NotAllowed):
                services.take_in(other, queries.check(number), sure=True)
            with pytest.raises(NotAllowed):
                services.stop(other, queries.check(number))


def test_what_is_no_list_is_not_kept(app: Flask, actor: Actor) -> None:
    with app.app_context():
        with pytest.raises(DomainError) as refused, unit_of_work():
            services.upload(actor, sent("<html/>"), Asked(LIST))
        assert refused.value.field == "file"
        assert list((app.config["INSTANCE"] / "uploads").iterdir()) == []


def test_two_officers_at_the_same_moment(
    app: Flask,
    given: Given,
    checked: Callable[..., int],
    concurrently: Callable[..., list[Any]],
    work_off: WorkOff,
) -> None:
    numbers = [checked(table("One")), checked(table("Two"))]
    with given():
        people = [officer() for _number in numbers]

    def takes(person: Actor, number: int) -> Callable[[], int]:
        def deed() -> int:
            with unit_of_work():
                job = services.take_in(person, queries.check(number), sure=True)
                assert job is not None
                return job.id

        return deed

    results = concurrently(*(takes(*pair) for pair in zip(people, numbers, strict=True)))

    (refused,) = [one for one in results if isinstance(one, Conflict)]
    assert refused.message == "This list is being taken in already."
    work_off()
    with app.app_context():
        assert len(in_use()) == 1


def test_the_database_keeps_one_version_in_use(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        stored = [services.begin_list(f"{LIST} {one}", "1").id for one in range(2)]
        for number in stored:
            db.session.get_one(SanctionsList, number).name = LIST + "x" * number
        first, second = (db.session.get_one(SanctionsList, number) for number in stored)
        first.name = second.name = LIST
        second.version = "2"

    def puts(number: int) -> Callable[[], None]:
        def deed() -> None:
            with unit_of_work():
                services.put_in_force(None, number, against=None)

        return deed

    results = concurrently(*(puts(number) for number in stored))

    assert sum(one is None for one in results) == 1
    with app.app_context():
        assert len(in_use()) == 1


def test_stopped_it_leaves_the_version_in_use_and_nothing_else(
    app: Flask,
    given: Given,
    checked: Callable[..., int],
    take: Callable[..., int],
    actor: Actor,
    work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking, "STEP", 2)
    with given():
        listed("Kept", name=LIST)
    number = checked(table(*"abcdef"))
    job = take(number, sure=True)
    seen: list[int] = []

    def stopping(self: Progress, done: int, _total: int) -> None:
        seen.append(done)
        if done >= 4:
            raise jobs.Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(Progress, "report", stopping)
        work_off()
    with app.app_context():
        assert seen == [2, 4]
        assert queries.check(job).state is JobState.CANCELLED
        assert in_use() == [(LIST, "1", 1)]
        assert db.session.scalar(select(func.count(SanctionsEntry.id))) == 1
    assert take(number, sure=True), "and it can be begun again"
    work_off()
    with app.app_context():
        assert in_use()[0][2] == 6


def test_a_worker_that_died_in_between_leaves_nothing_in_the_way(
    app: Flask, checked: Callable[..., int], take: Callable[..., int], work_off: WorkOff
) -> None:
    number = checked(table("One", "Two"), version="7")
    with app.app_context(), unit_of_work():
        left = services.begin_list(LIST, "7")
        services.store_entries(left.id, services.good_entries([]))
        assert queries.lists_in_use() == [], "what is being stored is not seen"
    job = take(number)
    work_off()
    with app.app_context():
        # Killed after the version was put in use and before the job was told over: it is done once.
        asked = dict(queries.check(job).arguments)
        found = services.store_file(None, job, Path("/nonexistent"), asked, lambda _done, _total: None)
        assert (found.version, len(queries.versions_of(LIST))) == ("7", 1)
        assert in_use() == [(LIST, "7", 2)]


def test_overtaken_while_it_was_stored(
    app: Flask, given: Given, checked: Callable[..., int], take: Callable[..., int], work_off: WorkOff
) -> None:
    job = take(checked(table("One"), version="2"))
    with given():
        listed("Faster", name=LIST, version="1")
    work_off()
    with app.app_context():
        assert "superseded" in queries.check(job).result
        assert in_use() == [(LIST, "1", 1)]
        assert db.session.scalar(select(func.count(SanctionsList.id))) == 1


def test_entries_are_found_in_either_script(app: Flask, given: Given) -> None:
    with given():
        number = listed("Severny Put", "Other", name=LIST).id
    with app.app_context():
        for words in ("северный", "Severny Put", "T-0"):
            shown, total = queries.entries_of(number, words)
            assert ([one.name for one in shown], total) == (["Severny Put"], 1)
        assert queries.entries_of(number, "nobody")[1] == 0


@pytest.mark.parametrize("applying", [False, True])
def test_the_command_goes_the_same_way(app: Flask, tmp_path: Path, applying: bool) -> None:
    path = tmp_path / "un.xml"
    path.write_text(UN)
    arguments = [
        "import-screening-list",
        str(path),
        "--list",
        LIST,
        *(["--apply", "--sure"] if applying else []),
    ]
    answer = app.test_cli_runner().invoke(args=arguments)

    assert answer.exit_code == 0, answer.output
    assert "2 entries: new 2, changed 0, same 0, gone 0; lines left out: 1" in answer.output
    with app.app_context():
        assert in_use() == ([(LIST, "2026-09-12", 2)] if applying else [])


def test_the_command_tells_what_it_refuses(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text(UN)
    run = app.test_cli_runner().invoke
    answer = run(args=["import-screening-list", str(path), "--list", LIST, "--apply"])
    assert answer.exit_code == 1
    assert "Confirm that you have looked at this." in answer.output
    path.write_text("<html/>")
    assert run(args=["import-screening-list", str(path), "--list", LIST]).exit_code == 1
