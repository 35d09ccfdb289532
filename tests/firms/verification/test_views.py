"""The pages on which staff check firms."""

import io
from typing import Any

import pytest
from flask import Flask

from matchmaker.compliance.enums import HitState
from matchmaker.compliance.models import ScreeningHit
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms import queries
from matchmaker.firms.enums import FirmState, MarketStatus
from matchmaker.firms.models import Firm, FirmIdentifier, FirmMarketChange, ProfileChange
from tests.clients import HTMX, Client
from tests.factories.compliance import hit_of
from tests.factories.firm_people import JoinRequestFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.firms.numbers import turkish

VKN = turkish(123456789)


@pytest.fixture
def firm(given: Any) -> Firm:
    """A firm that waits to be verified."""
    with given():
        made: Firm = FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), verified_at=None)
        member_of(made)
        db.session.add(FirmIdentifier(firm_id=made.id, scheme="VKN", value=VKN))
    return made


def officer(
    app: Flask, given: Any, country: str = "TR", role: InstitutionRole = InstitutionRole.STAFF
) -> Client:
    with given():
        person = official(InstitutionFactory(country=country), role)
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


@pytest.fixture
def staff(app: Flask, given: Any) -> Client:
    """Staff of the firm's country."""
    return officer(app, given)


def state(app: Flask, firm: Firm) -> FirmState:
    with app.app_context():
        return queries.firm(firm.id).state


def test_the_list_shows_what_waits_with_a_count_in_the_navigation(
    app: Flask, given: Any, staff: Client, firm: Firm
) -> None:
    page = staff.get("/firms/to-verify")
    assert firm.legal_name in page.text
    assert 'Firms to verify <span class="count">1</span>' in page.text
    fragment = staff.get("/firms/to-verify?q=nobody", headers=HTMX).text
    assert "Nothing waits here" in fragment
    assert "<html" not in fragment
    assert firm.legal_name not in officer(app, given, "RU").get("/firms/to-verify").text


def test_how_markets_changed_stands_on_the_record_and_on_the_firms_own_page(
    app: Flask, given: Any, staff: Client, firm: Firm
) -> None:
    with given():
        person = member_of(firm)
        change = {"firm_id": firm.id, "country": "KZ", "changed_by_id": person.id}
        db.session.add(FirmMarketChange(**change, before=None, after=MarketStatus.INTERESTED))
        db.session.flush()
        db.session.add(
            FirmMarketChange(**change, before=MarketStatus.INTERESTED, after=MarketStatus.EXPORTING)
        )
    own = app.test_client()
    assert isinstance(own, Client)
    for page in (
        staff.get(f"/firms/{firm.id}/review").text,
        own.sign_in(person).get(f"/firms/{firm.id}/edit").text,
    ):
        history = page.split("Earlier answers about markets")[1].split("</details>")[0]
        newest, oldest = history.split("</li>")[:2]
        assert "Kazakhstan</b>: We want to export there, then We export there now" in newest
        assert "not named, then We want to export there" in oldest
        assert person.name in newest


def test_verify_with_evidence_that_only_staff_of_the_side_open(
    app: Flask, given: Any, staff: Client, firm: Firm
) -> None:
    page = f"/firms/{firm.id}/review"
    typed = {"verb": "verify", "method": "document"}
    answer = staff.submit(page, typed, form="decision")
    assert answer.status_code == 422
    assert "Attach the document you checked." in answer.text
    file = (io.BytesIO(b"%PDF-1.7 extract"), "extract.pdf")
    answer = staff.submit(page, typed | {"evidence": file}, form="decision")
    assert (answer.status_code, answer.location) == (303, "/firms/to-verify")
    assert state(app, firm) is FirmState.VERIFIED
    link = staff.get(page).text.split('href="/firm-reviews/')[1].split('"')[0]
    assert staff.get(f"/firm-reviews/{link}").data == b"%PDF-1.7 extract"
    assert officer(app, given, "RU").get(f"/firm-reviews/{link}").status_code == 404


def test_a_decision_without_reason_keeps_what_was_typed(app: Flask, staff: Client, firm: Firm) -> None:
    answer = staff.submit(
        f"/firms/{firm.id}/review", {"verb": "hold", "method": "call"}, form="decision", headers=HTMX
    )
    assert answer.status_code == 422
    assert "Give a reason" in answer.text
    assert '<option selected value="call">' in answer.text
    assert state(app, firm) is FirmState.SUBMITTED


def test_the_second_officer_is_told_that_somebody_was_faster(
    app: Flask, given: Any, staff: Client, firm: Firm
) -> None:
    path, typed = f"/firms/{firm.id}/review", {"verb": "verify", "method": "register"}
    version = staff.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert officer(app, given).send(path, {**typed, "version": version}).status_code == 303
    answer = staff.send(path, {**typed, "version": version})
    assert answer.status_code == 409
    assert "somebody else meanwhile" in answer.text
    assert answer.text.count("Verified</span>") >= 1


def test_a_word_that_is_no_decision_is_refused(staff: Client, firm: Firm) -> None:
    answer = staff.send(f"/firms/{firm.id}/review", {"verb": "destroy", "version": "1"})
    assert answer.status_code == 422
    assert "Choose a decision." in answer.text


def test_a_profile_change_stands_before_and_after(given: Any, staff: Client, firm: Firm) -> None:
    with given():
        db.session.add(ProfileChange(firm_id=firm.id, fields={"legal_name": ["Old Ltd", "New Ltd"]}))
    assert firm.legal_name in staff.get("/firms/to-verify?tab=profile-changes").text
    page = staff.get(f"/firms/{firm.id}/review").text
    assert "<del>Old Ltd</del>" in page
    assert "<ins>New Ltd</ins>" in page


def test_compliance_clears_an_unmapped_region_before_staff_verify(
    app: Flask, given: Any, staff: Client
) -> None:
    with given():
        firm = FirmFactory(
            state=FirmState.SUBMITTED, submitted_at=clock.now(), region_code="", region_note="99 Elsewhere"
        )
    page, typed = f"/firms/{firm.id}/review", {"verb": "verify", "method": "register"}
    answer = staff.submit(page, typed, form="decision")
    assert (answer.status_code, "has to clear it first" in answer.text) == (422, True)
    compliance = officer(app, given, role=InstitutionRole.COMPLIANCE)
    text = compliance.get(page).text
    assert 'id="decision"' not in text
    assert compliance.submit(page, {"region-cleared": "yes"}, form="region-decision").status_code == 422
    cleared = {"region-cleared": "yes", "region-reason": "No list names it."}
    assert compliance.submit(page, cleared, form="region-decision").status_code == 303
    assert "No list names it." in staff.get(page).text
    assert staff.submit(page, typed, form="decision").status_code == 303


def test_staff_decide_join_requests(given: Any, staff: Client, firm: Firm) -> None:
    with given():
        asked = JoinRequestFactory(firm_id=firm.id)
    path = "/firms/to-verify?tab=join-requests"
    answer = staff.submit(path, form=f"/join-requests/{asked.id}/decline")
    assert answer.location == path
    assert "Nothing waits here" in staff.get(path).text


def test_the_record_says_where_the_screening_stands(
    app: Flask, given: Any, staff: Client, firm: Firm
) -> None:
    path = f"/firms/{firm.id}/review"
    assert "Not screened" in _panel(staff, path)
    with given():
        number = hit_of(queries.firm(firm.id)).id
    assert "Name on a list" in _panel(staff, path)
    assert f"{firm.legal_name} (List of hits," in _panel(staff, path)
    assert f"/screening/{number}" not in _panel(staff, path)
    compliance = officer(app, given, role=InstitutionRole.COMPLIANCE)
    assert f'href="/screening/{number}"' in _panel(compliance, path)
    with given():
        db.session.get_one(ScreeningHit, number).state = HitState.CLEARED
    assert "Cleared" in _panel(staff, path)
    assert "Clear</span>" in _panel(staff, path)


def _panel(client: Client, path: str) -> str:
    """The card of the record page under the heading of the lists."""
    return client.get(path).text.split(">Sanctions lists</h2>")[1].split("</section>")[0]
