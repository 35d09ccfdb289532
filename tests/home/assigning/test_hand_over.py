"""The tasks of somebody who leaves are given to colleagues, before the account is closed or after it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.home import inbox
from matchmaker.home.assigning import queries, services
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.matching.world import actor_of


@pytest.mark.data
@pytest.mark.parametrize("is_gone", [False, True])
def test_tasks_are_handed_over_before_or_after_leaving(
    app: Flask, client: Client, given: Callable[[], Any], is_gone: bool
) -> None:
    with given():
        agency = InstitutionFactory(country="TR")
        leaving, staff = (official(agency, InstitutionRole.STAFF) for _ in range(2))
        compliance = official(agency, InstitutionRole.COMPLIANCE)
        head = official(agency, InstitutionRole.ADMINISTRATOR)
        firms = [
            FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now(), legal_name=name)
            for name in ("Konya Works", "Bursa Works", "Ege Works")
        ]
        services.take_all(actor_of(leaving), inbox.tasks(actor_of(leaving))[:2])
    codes = [f"verify-{firm.id}" for firm in firms]
    person_page = f"/institutions/{agency.id}/people/{leaving.id}"
    client.sign_in(head)
    page = client.get(person_page).text
    assert page.count(">Taken</span>") == 2
    if is_gone:
        client.send(f"{person_page}/disable", {})
    page = client.get(f"{person_page}/tasks").text
    assert ("Konya Works" in page, "Bursa Works" in page, "Ege Works" in page) == (True, True, False)
    assert (staff.name in page, f'value="{compliance.id}"' in page) == (True, False)
    fields = {f"to-{codes[0]}": str(staff.id), f"to-{codes[1]}": ""}
    refused = client.send(f"{person_page}/tasks", fields)
    assert (refused.status_code, f'value="{staff.id}" selected' in refused.text) == (422, True)
    nobody = client.send(f"{person_page}/tasks", {f"to-{codes[0]}": str(compliance.id), "reason": "Leaves"})
    assert (nobody.status_code, "Choose a colleague for at least one task." in nobody.text) == (422, True)
    assert client.send(f"{person_page}/tasks", fields | {"reason": "Leaves"}).status_code == 303
    page = client.get(f"{person_page}/tasks").text
    assert ("Konya Works" in page, "Bursa Works" in page) == (False, True)
    with app.app_context():
        held = {one.task.code: one.person_id for one in queries.with_holders(inbox.tasks(actor_of(staff.id)))}
        assert held == {codes[0]: staff.id, codes[1]: 0 if is_gone else leaving.id, codes[2]: 0}
        db.session.rollback()


def test_other_institutions_do_not_know_the_page(client: Client, given: Callable[[], Any]) -> None:
    with given():
        agency = InstitutionFactory(country="TR")
        officer = official(agency, InstitutionRole.STAFF)
        heads = [
            official(one, InstitutionRole.ADMINISTRATOR) for one in (agency, InstitutionFactory(country="RU"))
        ]
    for head, status in zip(heads, (200, 404), strict=True):
        client.sign_in(head)
        assert client.get(f"/institutions/{agency.id}/people/{officer.id}/tasks").status_code == status
