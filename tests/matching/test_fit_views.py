"""The pages around the fit and of compliance, as their readers see them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.compliance import services as compliance
from matchmaker.compliance.enums import HitState
from matchmaker.compliance.models import ScreeningHit
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.i18n import LANGUAGES
from matchmaker.firms import queries as firms
from matchmaker.firms.models import FirmIdentifier
from matchmaker.matching import lists
from matchmaker.matching.enums import WishKind
from matchmaker.matching.models import Wish
from matchmaker.matching.wishes import wish_of
from tests.clients import Client
from tests.factories.compliance import listed
from tests.matching.world import World

Given = Callable[[], AbstractContextManager[Any]]


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_anybody_reads_the_method(client: Client, code: str) -> None:
    page = text(client, f"/fit?lang={code}")
    assert "2026-1" in page
    assert re.search(r'<tfoot>.*<td class="n"[^>]*>50</td><td class="n"[^>]*>100</td>', page)


class TestWhyNot:
    def test_the_rules_and_the_fit_of_two_firms(self, client: Client, world: World, given: Given) -> None:
        with given():
            db.session.add(Wish(firm_id=world.ru, other_id=world.tr, kind=WishKind.NO_THANKS))
        client.sign_in(world.people["staff_tr"])
        page = text(client, f"/why-not?first={world.tr}&second={world.ru}")
        assert page.count("Broken") == 1
        assert page.count("Holds") == 9
        assert "These two are not suggested to each other." in page
        assert "What Anadolu Vana gets" in page

    def test_firms_are_found_by_name_and_by_tax_number(
        self, client: Client, world: World, app: Flask
    ) -> None:
        with app.app_context():
            number = db.session.scalars(
                select(FirmIdentifier.value).where(FirmIdentifier.firm_id == world.ru)
            ).one()
        client.sign_in(world.people["coordinator_ru"])
        page = text(client, f"/why-not?first=anadolu&second={number}")
        assert "No hard rule keeps these two apart." in page
        assert "Anadolu Vana and Volga Pump" in page

    def test_a_name_that_means_several_firms_is_asked_about(self, client: Client, world: World) -> None:
        client.sign_in(world.people["staff_tr"])
        page = text(client, "/why-not?first=a&second=zzzz")
        assert "No firm has this name or number." in page
        page = text(client, "/why-not?first=an&second=")
        assert "Hard rules" not in page

    def test_the_form_works_without_script(self, client: Client, world: World) -> None:
        client.sign_in(world.people["staff_tr"])
        page = text(client, "/why-not")
        assert 'method="get"' in page
        assert 'name="first"' in page
        assert 'name="second"' in page

    @pytest.mark.parametrize("who", ["firm_tr", "stranger"])
    def test_firms_do_not_know_the_page(self, client: Client, world: World, who: str) -> None:
        client.sign_in(world.people[who])
        text(client, "/why-not", 404)


class TestWish:
    def send(self, client: Client, world: World, **values: str) -> Any:
        return client.send(f"/firms/{world.ru}/wish", values)

    def test_it_changes_the_ranking_at_once(self, client: Client, world: World, app: Flask) -> None:
        client.sign_in(world.people["firm_tr"])
        with app.app_context():
            assert [number for number, _total in lists.ranking(world.tr)] == [world.ru]
        answer = self.send(client, world, kind="no_thanks", next="/fit")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/fit")
        with app.app_context():
            assert lists.ranking(world.tr) == []
        self.send(client, world, kind="none")
        with app.app_context():
            assert wish_of(world.tr, world.ru) is None
            assert len(lists.ranking(world.tr)) == 1

    @pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "javascript:x"])
    def test_it_leads_nowhere_else(self, client: Client, world: World, back: str) -> None:
        client.sign_in(world.people["editor_tr"])
        answer = self.send(client, world, kind="must_meet", next=back)
        assert answer.headers["Location"] == f"/firms/{world.ru}"

    def test_an_unknown_answer_is_refused(self, client: Client, world: World) -> None:
        client.sign_in(world.people["firm_tr"])
        assert self.send(client, world, kind="perhaps").status_code == 422

    def test_not_for_readers_of_the_firm(self, client: Client, world: World) -> None:
        client.sign_in(world.people["member_tr"])
        assert self.send(client, world, kind="must_meet").status_code == 404


class TestScreeningPages:
    @pytest.fixture
    def hit(self, world: World, given: Given) -> int:
        with given():
            listed("Volga Pump Holding", version="2")
            return compliance.screen(firms.firm(world.ru)).hits[0].id

    def test_an_officer_decides(self, client: Client, world: World, hit: int, app: Flask) -> None:
        client.sign_in(world.people["compliance_ru"])
        assert "Volga Pump" in text(client, "/screening")
        answer = client.submit(
            f"/screening/{hit}", {"outcome": "cleared", "reason": "Another tax number."}, form="decision"
        )
        assert answer.status_code == 303
        with app.app_context():
            assert db.session.get_one(ScreeningHit, hit).state is HitState.CLEARED
        assert "Nothing to decide" in text(client, "/screening")
        assert "Cleared" in text(client, "/screening?tab=decided")

    def test_what_is_missing_stands_beside_its_field(self, client: Client, world: World, hit: int) -> None:
        client.sign_in(world.people["compliance_ru"])
        answer = client.submit(f"/screening/{hit}", {"reason": ""}, form="decision")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "Choose a decision." in page
        assert "Give the reason for your decision." in page

    def test_a_decision_on_a_page_that_is_old_is_refused(
        self, client: Client, world: World, hit: int, given: Given
    ) -> None:
        client.sign_in(world.people["compliance_ru"])
        with given():
            row = db.session.get_one(ScreeningHit, hit)
            row.state = HitState.CONFIRMED
        values = {"outcome": "cleared", "reason": "Another.", "seen": "open"}
        assert client.send(f"/screening/{hit}", values).status_code == 422

    def test_officers_of_the_other_country_do_not_know_it(
        self, client: Client, world: World, hit: int
    ) -> None:
        client.sign_in(world.people["compliance_tr"])
        text(client, f"/screening/{hit}", 404)
        assert "Volga Pump" not in text(client, "/screening")

    def test_all_firms_can_be_compared_again(
        self, client: Client, world: World, hit: int, work_off: Callable[[], int]
    ) -> None:
        client.sign_in(world.people["compliance_tr"])
        assert client.submit("/screening", form="/screening/again").status_code == 303
        assert work_off() == 1
        assert "1 of 1 firms of your country are compared" in text(client, "/screening")

    def test_the_register_of_transfers_logs_its_readers(
        self, client: Client, world: World, app: Flask, given: Given
    ) -> None:
        with given():
            compliance.record_transfer(
                None,
                contact_id=1,
                from_country="TR",
                to_country="RU",
                recipient_firm_id=world.ru,
                fields=["name", "email"],
                basis="Contract TR 1",
                cause="match",
                cause_id=7,
            )
        client.sign_in(world.people["staff_ru"])
        page = text(client, "/transfers")
        for words in ("Contract TR 1", "Volga Pump", "Name, E-mail", "Match 7"):
            assert words in page
        with app.app_context():
            entry = db.session.scalars(
                select(AuditEntry).where(AuditEntry.action == "read", AuditEntry.entity == "transfer_record")
            ).one()
            assert entry.actor_id == world.people["staff_ru"]
