"""The pages of a registration and of one's own firm, as a browser without script uses them."""

import io
import re

import pytest
from flask import Flask

from matchmaker.core.actor import FirmRole
from matchmaker.firms import queries
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.firms.numbers import turkish

VKN = turkish(123456789)


@pytest.fixture
def entrepreneur(app: Flask, given) -> Client:
    """Somebody with an account and no firm yet."""
    with given():
        person = PersonFactory()
    return app.test_client().sign_in(person)


def begin(client: Client, country: str = "TR") -> int:
    """Begin a registration; answers the firm's number."""
    answer = client.submit("/firms/new", {"country": country})
    assert answer.status_code == 303, answer.text
    return int(answer.location.split("/")[2])


def fill(client: Client, firm_id: int, step: str, **typed: object) -> str:
    """Answer one question; answers where it goes on."""
    answer = client.submit(f"/firms/{firm_id}/registration/{step}", typed, form=f"/registration/{step}")
    assert answer.status_code == 303, errors(answer.text)
    return str(answer.location)


def errors(html: str) -> list[str]:
    """The messages of the error summary."""
    summary = html.partition('class="error-summary"')[2].partition("</section>")[0]
    return re.findall(r"<li>(?:<a [^>]*>)?([^<]+)", summary)


def stored(app: Flask, firm_id: int) -> Firm:
    """The firm as it is kept."""
    with app.app_context():
        return queries.firm(firm_id)


def test_a_registration_goes_from_question_to_question_and_is_sent(app: Flask, entrepreneur: Client) -> None:
    firm_id = begin(entrepreneur)

    assert fill(entrepreneur, firm_id, "identifiers", number=VKN).endswith("/registration/names")
    fill(entrepreneur, firm_id, "names", legal_name="Örnek Vana Ltd. Şti.", legal_form="TR-LTD")
    fill(entrepreneur, firm_id, "place", region_code="TR-42", town="Konya")
    fill(entrepreneur, firm_id, "size", headcount="42", turnover="90 000 000", turnover_year="2025")
    fill(entrepreneur, firm_id, "sectors", **{"lines-0-code": "28.14"})
    fill(entrepreneur, firm_id, "offered", **{"lines-0-hs_code": "8481.80"})
    fill(entrepreneur, firm_id, "sought")
    fill(entrepreneur, firm_id, "certificates")
    fill(entrepreneur, firm_id, "languages", languages="tr")
    fill(entrepreneur, firm_id, "partnerships", ends="DISTRIBUTION:seeks")
    fill(entrepreneur, firm_id, "markets")
    fill(entrepreneur, firm_id, "texts", **{"tr-summary": "Pirinç vana üretiriz."})
    fill(entrepreneur, firm_id, "logo")
    fill(entrepreneur, firm_id, "contacts")
    assert fill(entrepreneur, firm_id, "visibility").endswith("/registration/check")
    answer = entrepreneur.submit(f"/firms/{firm_id}/registration/check", form="/submit")

    firm = stored(app, firm_id)
    assert (answer.status_code, firm.state) == (303, FirmState.SUBMITTED)
    assert (firm.name_romanised, firm.size_class, firm.products[0].hs_code) == (
        "Ornek Vana Ltd. Sti.",
        "small",
        "848180",
    )
