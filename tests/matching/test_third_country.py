"""A country that no code names: a firm of Kazakhstan and one of Türkiye walk from the registration to the contacts."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from flask import Flask

from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.config import ROOT
from matchmaker.core.db import db
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.matching import queries
from matchmaker.matching.enums import MatchState
from matchmaker.matching.services import screen_both
from matchmaker.mous.models import Mou
from matchmaker.reference import identifiers
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.firms.test_views import begin, fill
from tests.matching.world import TEXT, add_contact, add_list, make_firm, make_mou

Given = Callable[[], AbstractContextManager[Any]]
NAME = "Товарищество с ограниченной ответственностью «Жетысу литьё»"


def bin_of(stem: str) -> str:
    """An invented BIN: eleven digits and the check digit that fits."""
    return next(stem + digit for digit in "0123456789" if identifiers.bin_checks(stem + digit))


def client_of(app: Flask, person_id: int) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person_id)


def register(client: Client) -> int:
    """Answer every question of the registration as a firm of Almaty; answers its number."""
    firm_id = begin(client, "KZ")
    number = bin_of("24014000123")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    page = f"/firms/{firm_id}/registration/identifiers"
    assert client.submit(page, {"number": wrong}, form="/registration/identifiers").status_code == 422
    fill(client, firm_id, "identifiers", number=number)
    assert "ТОО" in client.get(f"/firms/{firm_id}/registration/names?lang=ru").text
    fill(client, firm_id, "names", legal_name=NAME, legal_form="KZ-TOO")
    fill(client, firm_id, "place", region_code="KZ-75", town="Алматы")
    fill(client, firm_id, "size", headcount="80", turnover="900 000 000", turnover_year="2025")
    fill(client, firm_id, "sectors", **{"lines-0-code": "24.51"})
    fill(client, firm_id, "offered", **{"lines-0-hs_code": "7325.99"})
    fill(client, firm_id, "sought", **{"lines-0-hs_code": "8481.80"})
    fill(client, firm_id, "certificates")
    fill(client, firm_id, "languages", languages="ru")
    fill(client, firm_id, "partnerships", ends="DISTRIBUTION:seeks")
    fill(client, firm_id, "markets")
    fill(client, firm_id, "texts", **{"ru-summary": "Чугунное литьё для арматуры."})
    for step in ("logo", "contacts", "visibility"):
        fill(client, firm_id, step)
    assert client.submit(f"/firms/{firm_id}/registration/check", form="/submit").status_code == 303
    return firm_id


def people_of(country: str) -> tuple[Institution, dict[str, int]]:
    """An agency of a country with staff and coordinator."""
    agency = InstitutionFactory(country=country)
    roles = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
    return agency, {role.value: official(agency, role).id for role in roles}


def test_a_firm_of_kazakhstan_is_registered_verified_and_introduced(app: Flask, given: Given) -> None:
    with given():
        owner = PersonFactory(country="KZ").id
        kazakh, kz = people_of("KZ")
        turkish, tr = people_of("TR")
        make_mou(turkish, kazakh, bases=True).transfer_bases[1].from_country = "KZ"
        add_list("Somebody Else")
        partner = make_firm("Anadolu Vana", "TR", offers="848180", seeks="732599").id
        asking = member_of(db.session.get_one(Firm, partner), FirmRole.ADMINISTRATOR).id
    entrepreneur = client_of(app, owner)

    firm_id = register(entrepreneur)
    verify(client_of(app, kz["staff"]), firm_id)
    with given():
        firm = firms.firm(firm_id)
        assert (firm.size_class, firm.size_rule) == ("small", "KZ 2025-01-01")
        add_contact(firm, "Айгерим Пример")
    asker = client_of(app, asking)
    asker.submit(f"/firms/{firm_id}/ask", {"text": TEXT})
    match_id = int(re.findall(r"/matches/(\d+)", asker.get("/matches").text)[0])
    with given():
        screen_both(queries.match(match_id))
    assert entrepreneur.send(f"/matches/{match_id}/agree").status_code == 303
    for people in (tr, kz):
        approval = client_of(app, people["coordinator"]).send(
            f"/approvals/{match_id}", {"decision": "approve"}
        )
        assert approval.status_code == 303, approval.text[-4000:]

    with app.app_context():
        match = queries.match(match_id)
        assert (match.state, match.contacts_opened_at is not None) == (MatchState.INTRODUCED, True)
        assert db.session.get_one(Mou, match.mou_id).number.startswith("M-")
    assert "Айгерим Пример" in asker.get(f"/matches/{match_id}").text
    assert "Anadolu Vana contact 0" in entrepreneur.get(f"/matches/{match_id}?lang=ru").text


def verify(staff: Client, firm_id: int) -> None:
    """Verify the firm as its own country's staff does."""
    file = (io.BytesIO(b"%PDF-1.7 extract of the state register"), "extract.pdf")
    typed = {"verb": "verify", "method": "document", "evidence": file}
    answer = staff.submit(f"/firms/{firm_id}/review", typed, form="decision")
    assert answer.status_code == 303, re.findall(r'class="error[^>]*>.*?</', answer.text)
    with staff.application.app_context():
        assert firms.firm(firm_id).state is FirmState.VERIFIED


NAMED = re.compile(r"""["'](TR|RU|KZ)["']""")
TABLES_OF_COUNTRIES = {
    "matchmaker/core/i18n.py",
    "matchmaker/firms/registers/rsmp.py",
    "matchmaker/reference/build.py",
}
"""The languages' short signs, the reader of one country's own register, the maker of the packaged tables."""


def test_no_code_names_a_country() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in Path(ROOT / "matchmaker").rglob("*.py")
        if "demo" not in path.parts and NAMED.search(path.read_text(encoding="utf-8"))
    }
    assert found <= TABLES_OF_COUNTRIES
