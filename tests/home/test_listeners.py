"""The work that waits for an officer, told to who wants to give it to somebody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from flask import Flask

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.firms.enums import FirmState
from matchmaker.institutions.open_work import OpenWork, open_work
from matchmaker.matching.enums import MatchState
from tests.clients import Client
from tests.factories.compliance import hit_of
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.matching import MatchFactory

Given = Callable[[], AbstractContextManager[Any]]


def test_the_work_of_the_own_countries_and_roles_is_told(app: Flask, given: Given) -> None:
    with given():
        agency = InstitutionFactory(country="TR")
        staff, coordinator, compliance, administrator = (
            official(agency, role)
            for role in (
                InstitutionRole.STAFF,
                InstitutionRole.COORDINATOR,
                InstitutionRole.COMPLIANCE,
                InstitutionRole.ADMINISTRATOR,
            )
        )
        firm = FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), legal_name="Konya Döküm")
        FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), country="RU")
        own, other = FirmFactory(legal_name="Bursa Kalıp"), FirmFactory(country="RU", legal_name="Volga")
        match = MatchFactory(
            state=MatchState.AGREED, asker_id=other.id, answerer_id=own.id, agreed_at=clock.now()
        )
        listed = FirmFactory(legal_name="Ege Rulman")
        hit_of(listed)
    verify = OpenWork("Verify: Konya Döküm", f"/firms/{firm.id}/review")
    screen = OpenWork("Screen: Ege Rulman", "/screening")
    with app.test_request_context():
        assert open_work(staff.id) == [verify]
        told = open_work(coordinator.id)
        assert {work.path for work in told} == {verify.path, f"/approvals/{match.id}"}
        assert open_work(compliance.id) == [screen]
        assert open_work(administrator.id) == []


def test_the_page_of_an_officer_leads_to_the_work(app: Flask, given: Given) -> None:
    with given():
        agency = InstitutionFactory(country="TR")
        coordinator = official(agency, InstitutionRole.COORDINATOR)
        administrator = official(agency, InstitutionRole.ADMINISTRATOR)
        firm = FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), legal_name="Konya Döküm")
        own, other = FirmFactory(legal_name="Bursa Kalıp"), FirmFactory(country="RU", legal_name="Volga")
        match = MatchFactory(
            state=MatchState.AGREED, asker_id=other.id, answerer_id=own.id, agreed_at=clock.now()
        )
    client = app.test_client()
    assert isinstance(client, Client)
    page = client.sign_in(administrator).get(f"/institutions/{agency.id}/people/{coordinator.id}").text
    assert "2 tasks wait for this person" in page
    assert f'<a href="/firms/{firm.id}/review">Verify: Konya Döküm</a>' in page
    assert f'<a href="/approvals/{match.id}">Approve: Bursa Kalıp – Volga</a>' in page
