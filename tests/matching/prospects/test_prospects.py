"""Institutions find businesses of the registers, see who fits them and invite them; nobody else learns of them."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.engines.search.query import SearchQuery
from matchmaker.firms import code_services
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import FirmIdentifier, FirmSector, RegisterEntry, RegistrationCode
from matchmaker.matching.prospects import index, queries
from matchmaker.matching.prospects.fits import profile_of_entry
from matchmaker.matching.prospects.tasks import follow_imports
from tests.clients import HTMX, Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.registers import RegisterEntryFactory, RegisterImportFactory
from tests.matching.world import actor_of, make_firm, make_mou

Given = Callable[[], AbstractContextManager[Any]]
SOLE = "Мещерская Таисия Олеговна"


@pytest.fixture
def world(given: Given) -> dict[str, Any]:
    """A valve maker, a sole trader and a mill in the Russian register; a Turkish firm of the valve branch."""
    with given():
        turkish, russian = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        make_mou(turkish, russian)
        counterpart = make_firm("Vana", "TR", offers="732599", seeks="848180")
        db.session.query(FirmSector).filter_by(firm_id=counterpart.id).delete()
        db.session.add(FirmSector(firm_id=counterpart.id, code="28.14", revision="NACE2", nace_class="28.14"))
        common = {"sector_revision": "OKVED2"}
        return {
            "counterpart": counterpart.id,
            "valves": RegisterEntryFactory(
                name="Общество с ограниченной ответственностью «Стальной вентиль»",
                short_name="ООО «Стальной вентиль»",
                main_sector="28.14",
                sectors=["28.14"],
                region_code="RU-SVE",
                size_class="medium",
                **common,
            ),
            "mill": RegisterEntryFactory(name="ООО «Хлебный край»", main_sector="10.71", **common),
            "sole": RegisterEntryFactory(
                kind=RegisterKind.SOLE_TRADER, name=SOLE, identifier="770000000020", main_sector="13.92"
            ),
            "staff.ru": official(russian, InstitutionRole.STAFF),
            "staff.tr": official(turkish, InstitutionRole.STAFF),
            "member": member_of(FirmFactory(country="RU"), FirmRole.ADMINISTRATOR),
        }


def found(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


class TestSearch:
    @pytest.mark.parametrize(
        "address",
        [
            "/prospects?q=vent%C4%B1l",
            "/prospects?q=%D0%B2%D0%B5%D0%BD%D1%82%D0%B8%D0%BB%D1%8F",
            "/prospects?q=valves",
            "/prospects?region=RU-SVE&country=RU",
            "/prospects?activity=28",
            "/prospects?size=medium",
        ],
    )
    def test_when_by_word_number_or_filter_then_only_the_one_meant(
        self, client: Client, world: dict[str, Any], address: str
    ) -> None:
        client.sign_in(world["staff.tr"])
        text = found(client, address)
        assert "Стальной вентиль" in text
        assert "Хлебный край" not in text
        number = found(client, f"/prospects?q={world['valves'].identifier}")
        assert "Стальной вентиль" in number
        assert "Хлебный край" not in number

    def test_when_sole_traders_then_only_of_the_own_country(
        self, client: Client, world: dict[str, Any]
    ) -> None:
        client.sign_in(world["staff.ru"])
        assert SOLE in found(client, "/prospects?kind=sole_trader")
        assert SOLE not in found(client, "/prospects")
        assert found(client, f"/prospects/{world['sole'].id}")
        client.sign_in(world["staff.tr"])
        assert SOLE not in found(client, "/prospects?kind=sole_trader")
        assert SOLE not in found(client, "/prospects?kind=sole_trader&country=RU")
        assert client.get(f"/prospects/{world['sole'].id}").status_code == 404

    def test_when_asked_by_script_then_the_rows_of_the_page(
        self, client: Client, world: dict[str, Any]
    ) -> None:
        client.sign_in(world["staff.ru"])
        rows = client.get("/prospects", headers=HTMX | {"HX-Target": "rows"}).text
        assert rows.strip() in found(client, "/prospects")
        assert "No entry found" in found(client, "/prospects?q=nothing+like+this&page=3")

    def test_when_registered_then_said_and_no_code_is_offered(
        self, app: Flask, client: Client, given: Given, world: dict[str, Any]
    ) -> None:
        with given():
            db.session.add(
                FirmIdentifier(firm_id=world["counterpart"], scheme="INN10", value=world["valves"].identifier)
            )
        client.sign_in(world["staff.ru"])
        assert "Registered" in found(client, "/prospects?size=medium")
        page = found(client, f"/prospects/{world['valves'].id}")
        assert "registered on the platform" in page
        assert "Issue an invitation code" not in page

    def test_when_many_entries_wait_then_the_page_says_so(
        self, app: Flask, client: Client, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "MADE_AT_ONCE", 0)
        client.sign_in(world["staff.ru"])
        assert "being prepared" in found(client, "/prospects")
        with app.app_context():
            follow_imports()
        assert "Хлебный край" in found(client, "/prospects")


def test_each_showing_of_a_sole_traders_name_is_logged_with_the_entry(
    app: Flask, client: Client, world: dict[str, Any]
) -> None:
    sole, reader = world["sole"], world["staff.ru"]
    client.sign_in(reader)
    with app.app_context(), unit_of_work():
        code = code_services.issue(actor_of(reader), queries.entry(sole.id)).id
    for address in (
        "/prospects",
        f"/prospects/{world['valves'].id}",
        "/prospects?kind=sole_trader&q=nobody",
    ):
        assert SOLE not in found(client, address)
    assert readings(app) == []
    for address in ("/prospects?kind=sole_trader", f"/prospects/{sole.id}", "/prospects/codes"):
        assert SOLE in found(client, address)
    assert client.get(f"/prospects/codes/{code}/letter.pdf").status_code == 200
    assert readings(app) == [("register_entry", sole.id, reader.id, {"fields": ["name"]})] * 4


def readings(app: Flask) -> list[tuple[str, int | None, int | None, dict[str, Any]]]:
    with app.app_context():
        lines = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "read").order_by(AuditEntry.id)
        ).all()
        return [(line.entity, line.entity_id, line.actor_id, line.after) for line in lines]


def test_registered_people_never_meet_an_unregistered_business(client: Client, world: dict[str, Any]) -> None:
    client.sign_in(world["member"])
    for address in ("/prospects", f"/prospects/{world['valves'].id}", "/prospects/codes"):
        assert client.get(address).status_code == 404
    for address in ("/firms?q=%D0%B2%D0%B5%D0%BD%D1%82%D0%B8%D0%BB%D1%8C", "/firms"):
        assert "Стальной вентиль" not in found(client, address)


class TestFits:
    def test_the_branch_alone_leads_to_the_firm_that_seeks_its_goods(
        self, client: Client, world: dict[str, Any]
    ) -> None:
        client.sign_in(world["staff.ru"])
        page = found(client, f"/prospects/{world['valves'].id}")
        assert f"/firms/{world['counterpart']}" in page
        assert all(getattr(world["valves"], part) in page for part in ("name", "identifier"))
        assert "Manufacture of other taps and valves" in page
        profile = profile_of_entry(world["valves"])
        assert profile.sectors == ("2814",)
        assert "84" in {line.hs for line in profile.offered}

    def test_a_branch_that_nobody_asks_for_leads_to_nobody(
        self, client: Client, world: dict[str, Any], given: Given
    ) -> None:
        with given():
            lonely = RegisterEntryFactory(main_sector="", sectors=[])
        client.sign_in(world["staff.ru"])
        assert "No registered firm of the other side fits" in found(client, f"/prospects/{lonely.id}")


class TestInvitation:
    def test_code_letter_and_taking_back(self, app: Flask, client: Client, world: dict[str, Any]) -> None:
        client.sign_in(world["staff.ru"])
        address = f"/prospects/{world['valves'].id}"
        assert client.submit(address, form="/invite").status_code == 303
        with app.app_context():
            code = db.session.scalars(select(RegistrationCode)).one()
            text = code_services.text_of(code)
        for language, word in (("tr", "Davet kodu"), ("ru", "Код приглашения"), ("", "Код приглашения")):
            letter = client.get(f"/prospects/codes/{code.id}/letter.pdf?language={language}")
            assert letter.status_code == 200
            read = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(letter.data)).pages)
            assert all(part in read for part in (text, code.identifier, word))
        assert "Not used yet" in found(client, "/prospects/codes")
        assert client.submit("/prospects/codes", form="/revoke").status_code == 303
        assert "Taken back" in found(client, address)
        assert client.get(f"/prospects/codes/{code.id}/letter.pdf").status_code == 409

    def test_not_by_the_other_side(self, client: Client, world: dict[str, Any]) -> None:
        client.sign_in(world["staff.tr"])
        address = f"/prospects/{world['valves'].id}"
        assert "Issue an invitation code" not in found(client, address)
        assert client.send(f"{address}/invite", {}).status_code == 403
        assert "No code was issued yet" in found(client, "/prospects/codes")


@pytest.mark.data
class TestIndex:
    def test_a_finished_import_is_taken_in_and_a_changed_kind_moves(self, app: Flask, given: Given) -> None:
        with given():
            entry = RegisterEntryFactory(name="ООО «Первый вид»")
        with app.app_context():
            assert index.sync_prospects() == 1
            assert index.sync_prospects() == 0
        with given():
            running = RegisterImportFactory()
            fresh = RegisterEntryFactory(name="ООО «Новая запись»", import_id=running.id)
        with app.app_context():
            assert index.sync_prospects() == 0
            db.session.rollback()
            with unit_of_work():
                changed = db.session.get_one(RegisterEntry, entry.id)
                changed.kind, changed.import_id = RegisterKind.SOLE_TRADER, running.id
                db.session.merge(running).finished_at = clock.now() + timedelta(seconds=1)
            assert index.sync_prospects() == 2
            shown = {kind: numbers(kind) for kind in RegisterKind}
            assert shown == {RegisterKind.COMPANY: [fresh.id], RegisterKind.SOLE_TRADER: [entry.id]}
            assert index.sync_prospects() == 0
            assert queries.count_entries() == 2


def numbers(kind: RegisterKind) -> list[int]:
    reader = index.reader_for(kind)
    assert reader is not None
    return reader.ids(SearchQuery(), 10)
