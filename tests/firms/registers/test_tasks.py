"""Agencies' lists on both databases: the dry run changes nothing, applying makes drafts, repeating does nothing."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session
from stdnum.ru import inn
from stdnum.tr import vkn

from matchmaker.core.actor import Actor
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries
from matchmaker.firms.enums import FirmSource, FirmState, Side
from matchmaker.firms.models import Firm, FirmIdentifier, FirmMember
from matchmaker.firms.registers import checking, list_runs, lists
from matchmaker.firms.registers.list_runs import run_list
from matchmaker.firms.registers.tables import read_table
from tests.factories.accounts import PersonFactory
from tests.factories.firms import member_of
from tests.firms.registers.invented import company_inn, trader_inn

Given = Callable[[], AbstractContextManager[scoped_session[Session]]]


def turkish_number(serial: int) -> str:
    stem = f"{serial:09d}"
    return stem + vkn.calc_check_digit(stem)


FIRST = turkish_number(481234567)
SECOND = company_inn(12)
HEAD = "VKN;INN;name;NACE;OKVED;region;town;headcount;turnover;HS offered;HS sought\n"
GOOD = (
    f"{FIRST};;Işıldak Örgü Ltd. Şti.;13.91.01;;İzmir;Bornova;45;12.500.000;600410;8447\n"
    f";{SECOND};ООО Выдуманный кедр;;16.10;Пермский край;Пермь;60;80 000 000,50;4407, 4412;\n"
)
BAD = (
    f"{FIRST};;Again;;;;;;;;\n"
    "1234567891;;Wrong number;;;;;;;;\n"
    f"{turkish_number(5)};;Wrong place;;;Atlantis;;x;;;\n"
    f"{turkish_number(6)};;Wrong codes;04.10;;;;;;999999;\n"
)


def write(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def run(
    app: Flask, path: Path, *, applying: bool, countries: list[str] | None = None, actor: Actor | None = None
) -> dict[str, Any]:
    with app.app_context():
        found = run_list(actor, path, countries, lambda _done, _total: None, applying=applying)
        db.session.rollback()
        return found


def everything(app: Flask) -> list[Any]:
    with app.app_context():
        numbers = db.session.scalars(select(Firm.id).order_by(Firm.id)).all()
        firms = queries.firms(numbers)
        found = [
            (
                firm.id,
                firm.version,
                firm.legal_name,
                firm.region_code,
                firm.headcount,
                firm.turnover,
                firm.updated_at,
                [(item.id, item.scheme, item.value) for item in firm.identifiers],
                [(item.id, item.code, item.revision, item.main) for item in firm.sectors],
                [(item.id, item.side, item.hs_code) for item in firm.products],
            )
            for firm in firms.values()
        ]
        return [*found, db.session.scalar(select(func.count()).select_from(AuditEntry))]


def firm_of(app: Flask, scheme: str, value: str) -> Firm:
    with app.app_context():
        owner = queries.identifier_owner(scheme, value)
        assert owner is not None
        found = queries.firm(owner)
        db.session.expunge_all()
        return found


def test_dry_run_tells_errors_by_row_and_changes_nothing(app: Flask, tmp_path: Path) -> None:
    found = run(app, write(tmp_path, HEAD + GOOD + BAD), applying=False)

    assert found["outcomes"] == {"created": 2, "updated": 0, "same": 0, "kept": 0, "refused": 4}
    assert (found["rows"], found["bad_rows"]) == (6, 4)
    assert [problem[:3] for problem in found["problems"]] == [
        [4, "vkn", "repeated"],
        [5, "vkn", "bad_identifier"],
        [6, "headcount", "bad_number"],
        [6, "region", "unknown_region"],
        [7, "nace", "unknown_activity"],
        [7, "offered", "unknown_hs"],
    ]
    assert everything(app) == [0]


def test_applying_makes_drafts_with_everything_the_list_says(app: Flask, tmp_path: Path) -> None:
    found = run(app, write(tmp_path, HEAD + GOOD + BAD), applying=True)
    turkish, russian = firm_of(app, "VKN", FIRST), firm_of(app, "INN10", SECOND)

    assert found["outcomes"] == {"created": 2, "updated": 0, "same": 0, "kept": 0, "refused": 4}
    assert (turkish.country, turkish.state, turkish.source) == ("TR", FirmState.DRAFT, FirmSource.IMPORT)
    assert (turkish.legal_name, turkish.region_code, turkish.town) == (
        "Işıldak Örgü Ltd. Şti.",
        "TR-35",
        "Bornova",
    )
    assert (turkish.headcount, turkish.turnover, turkish.turnover_currency) == (
        45,
        Decimal(12_500_000),
        "TRY",
    )
    assert turkish.size_class == "small"
    assert [(sector.code, sector.revision, sector.nace_class, sector.main) for sector in turkish.sectors] == [
        ("13.91.01", "NACE2-TR", "13.91", True)
    ]
    assert [(product.side, product.hs_code) for product in turkish.products] == [
        (Side.OFFERED, "600410"),
        (Side.SOUGHT, "8447"),
    ]
    assert (russian.country, russian.region_code, russian.turnover_currency) == ("RU", "RU-PER", "RUB")
    assert russian.turnover == Decimal("80000000.50")
    assert turkish.name_key
    assert "Vydumannyi" in russian.name_romanised or "Vydumanny" in russian.name_romanised
    assert turkish.members == []


def test_repeating_a_list_changes_nothing(app: Flask, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + GOOD)
    run(app, path, applying=True)
    before = everything(app)

    found = run(app, path, applying=True)

    assert found["outcomes"] == {"created": 0, "updated": 0, "same": 2, "kept": 0, "refused": 0}
    assert everything(app) == before


def test_changed_row_updates_and_is_written_to_the_audit_trail(
    app: Flask, given: Given, tmp_path: Path
) -> None:
    with given():
        officer = Actor(person_id=PersonFactory().id)
    run(app, write(tmp_path, HEAD + GOOD), applying=True)
    changed = GOOD.replace(";45;", ";50;").replace("600410", "600410, 6006").replace("13.91.01", "14.19.05")

    found = run(app, write(tmp_path, HEAD + changed), applying=True, actor=officer)
    firm = firm_of(app, "VKN", FIRST)

    assert found["outcomes"]["updated"] == 1
    assert firm.headcount == 50
    assert sorted(product.hs_code for product in firm.products) == ["600410", "6006", "8447"]
    assert [(sector.code, sector.main) for sector in firm.sectors] == [
        ("13.91.01", False),
        ("14.19.05", True),
    ]
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
        assert (entry.action, entry.entity, entry.entity_id, entry.actor_id) == (
            "import",
            "firm",
            firm.id,
            officer.person_id,
        )
        assert (entry.before["headcount"], entry.after["headcount"]) == (45, 50)


def test_empty_cells_never_erase(app: Flask, tmp_path: Path) -> None:
    run(app, write(tmp_path, HEAD + GOOD), applying=True)

    found = run(app, write(tmp_path, f"VKN;name;region\n{FIRST};Işıldak Örgü Ltd. Şti.;\n"), applying=True)
    firm = firm_of(app, "VKN", FIRST)

    assert found["outcomes"]["same"] == 1
    assert (firm.region_code, firm.headcount, len(firm.products)) == ("TR-35", 45, 2)


@pytest.mark.parametrize("reason", ["member", "state", "source"])
def test_firm_that_looks_after_itself_is_kept(app: Flask, given: Given, tmp_path: Path, reason: str) -> None:
    run(app, write(tmp_path, HEAD + GOOD), applying=True)
    number = firm_of(app, "VKN", FIRST).id
    with given() as session:
        firm = session.get_one(Firm, number)
        if reason == "member":
            member_of(firm)
        elif reason == "state":
            firm.state = FirmState.SUBMITTED
        else:
            firm.source = FirmSource.SELF
    before = everything(app)

    found = run(app, write(tmp_path, HEAD + GOOD.replace(";45;", ";99;")), applying=True)

    assert found["outcomes"] == {"created": 0, "updated": 0, "same": 1, "kept": 1, "refused": 0}
    assert everything(app) == before


def test_number_registered_at_the_same_moment_is_kept(app: Flask, given: Given, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + GOOD)
    with app.app_context():
        rows = [checking.Checker(None).check(row) for row in read_table(path).rows]
        planned = list(lists.plan(rows))
        db.session.rollback()
    with given() as session:
        firm = Firm(country="TR", legal_name="Faster")
        firm.identifiers = [FirmIdentifier(scheme="VKN", value=FIRST)]
        session.add(firm)

    with app.app_context():
        db.session.rollback()
        with unit_of_work():
            outcomes = [lists._apply_one(None, one) for one in planned]
        assert outcomes == [lists.Outcome.KEPT, lists.Outcome.CREATED]
        assert db.session.scalar(select(func.count()).select_from(Firm)) == 2


def test_two_workers_apply_the_same_list_and_each_firm_is_made_once(
    app: Flask, concurrently: Callable[..., list[Any]], tmp_path: Path
) -> None:
    rows = "".join(f"{turkish_number(7000 + number)};Firm {number}\n" for number in range(60))
    path = write(tmp_path, "VKN;name\n" + rows)
    barrier = threading.Barrier(2)

    def work() -> dict[str, Any]:
        barrier.wait(60)
        return run_list(None, path, None, lambda _done, _total: None, applying=True)

    results = concurrently(work, work)

    assert [type(result) for result in results] == [dict, dict]
    created = [result["outcomes"]["created"] for result in results]
    assert sum(created) == 60
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Firm)) == 60
        assert db.session.scalar(select(func.count()).select_from(FirmMember)) == 0


def test_staff_import_firms_of_their_own_side_only(app: Flask, tmp_path: Path) -> None:
    found = run(app, write(tmp_path, HEAD + GOOD), applying=True, countries=["TR"])

    assert found["outcomes"]["created"] == 1
    assert found["problems"] == [[3, "", "other_country", "RU"]]


def test_file_that_cannot_be_read_is_told(app: Flask, tmp_path: Path) -> None:
    found = run(app, write(tmp_path, "nothing to see\n"), applying=True)

    assert (found["refused"], found["rows"], found["outcomes"]["created"]) == ("no_header", 0, 0)


def test_command_shows_a_dry_run_and_applies_on_demand(app: Flask, tmp_path: Path) -> None:
    path = str(write(tmp_path, HEAD + GOOD + BAD))
    runner = app.test_cli_runner()

    dry = runner.invoke(args=["import-firms", path])
    applied = runner.invoke(args=["import-firms", path, "--apply"])
    again = runner.invoke(args=["import-firms", path, "--apply"])

    assert dry.exit_code == applied.exit_code == again.exit_code == 0, dry.output
    assert (
        "row 5: Turkish tax number: The check digit or length of the tax number is wrong '1234567891'"
        in dry.output
    )
    assert "6 rows: created 2, updated 0, same 0, kept 0, refused 4" in dry.output
    assert "Nothing was changed" in dry.output
    assert "6 rows: created 2, updated 0, same 0, kept 0, refused 4" in applied.output
    assert "6 rows: created 0, updated 0, same 2, kept 0, refused 4" in again.output


def test_command_fails_on_a_file_that_is_no_list(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["import-firms", str(write(tmp_path, "nothing\n"))])

    assert result.exit_code == 1
    assert "No row with column headings was found." in result.output


def test_sole_traders_and_generic_numbers_find_their_scheme(app: Flask, tmp_path: Path) -> None:
    trader, lost_zero = trader_inn(9), turkish_number(12345678)
    text = (
        "identifier;name;country\n"
        f"{trader};Вымыслов Иван;\n"
        f"{lost_zero[1:]};Zero;Türkiye\n"
        f"{SECOND};Кедр;Россия\n"
        f"{SECOND};Кедр;Atlantis\n"
        f"{FIRST};Işıldak;RU\n"
    )

    found = run(app, write(tmp_path, text), applying=True)

    assert lost_zero.startswith("0")
    assert firm_of(app, "INN12", trader).country == "RU"
    assert firm_of(app, "VKN", lost_zero).country == "TR"
    assert firm_of(app, "INN10", SECOND).country == "RU"
    assert [problem[:3] for problem in found["problems"]] == [
        [3, "identifier", "zero_restored"],
        [5, "country", "unknown_country"],
        [6, "identifier", "bad_identifier"],
    ]


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("TR", "İSTANBUL", "TR-34"),
        ("TR", "istanbul ili", "TR-34"),
        ("TR", "34", "TR-34"),
        ("TR", "TR-34", "TR-34"),
        ("TR", "Стамбул", "TR-34"),
        ("RU", "Пермский край", "RU-PER"),
        ("RU", "Свердловская обл.", "RU-SVE"),
        ("RU", "г. Москва", "RU-MOW"),
        ("RU", "Московская", "RU-MOS"),
        ("RU", "Республика Татарстан", "RU-TA"),
        ("RU", "Sverdlovsk", "RU-SVE"),
        ("RU", "66", "RU-SVE"),
        ("RU", "94", ""),
        ("RU", "İstanbul", ""),
        ("TR", "Atlantis", ""),
    ],
)
def test_region_is_found_by_name_or_code(country: str, text: str, code: str) -> None:
    assert checking.find_region(country, text) == code


def test_currency_is_the_given_one_or_that_of_the_country(app: Flask, tmp_path: Path) -> None:
    text = (
        "VKN;name;turnover;currency\n"
        f"{FIRST};Euro;1000;EUR\n"
        f"{turkish_number(11)};Own;1000;\n"
        f"{turkish_number(12)};Wrong;1000;XXQ\n"
        f"{turkish_number(13)};None;;\n"
    )

    found = run(app, write(tmp_path, text), applying=True)

    assert firm_of(app, "VKN", FIRST).turnover_currency == "EUR"
    assert firm_of(app, "VKN", turkish_number(11)).turnover_currency == "TRY"
    assert firm_of(app, "VKN", turkish_number(13)).turnover_currency == ""
    assert [problem[:3] for problem in found["problems"]] == [[4, "currency", "unknown_currency"]]


def test_code_of_activity_of_a_classification_that_is_not_kept_is_told(app: Flask, tmp_path: Path) -> None:
    text = f"INN;name;NACE\n{SECOND};Six digits of no known country;13.91.01\n"

    found = run(app, write(tmp_path, text), applying=False)

    assert [problem[:3] for problem in found["problems"]] == [[2, "nace", "unknown_activity"]]


def test_number_without_country_that_fits_two_is_told(app: Flask, tmp_path: Path) -> None:
    both = next(number for serial in range(1, 500) if inn.is_valid(number := turkish_number(serial * 7919)))
    path = write(tmp_path, f"identifier;name\n{both};Which\n")

    assert run(app, path, applying=False)["problems"][0][:3] == [2, "country", "unknown_country"]
    assert run(app, path, applying=False, countries=["TR"])["outcomes"]["created"] == 1


def test_row_that_the_database_refuses_for_another_reason_is_an_error(app: Flask, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + GOOD)

    with pytest.raises(IntegrityError):
        run(app, path, applying=True, actor=Actor(person_id=999_999))
    assert everything(app) == [0]


def test_more_problems_than_are_kept_are_counted(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_runs, "MOST_PROBLEMS", 3)
    path = write(tmp_path, "VKN;name\n" + "1234567891;Wrong\n" * 5)

    found = run(app, path, applying=False)
    shown = app.test_cli_runner().invoke(args=["import-firms", str(path)])

    assert (len(found["problems"]), found["problem_count"], found["bad_rows"]) == (3, 5, 5)
    assert "and 2 more" in shown.output
