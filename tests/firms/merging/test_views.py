"""What a merge would do, the merge, where the old address leads, and undoing, as pages."""

from typing import Any

import pytest
from flask import Flask

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.models import Firm
from tests.clients import Client
from tests.factories.compliance import hit_of
from tests.factories.duplicates import SuspectedPairFactory
from tests.factories.firms import member_of
from tests.factories.institutions import InstitutionFactory, official

REASON = "One firm that registered twice"


@pytest.fixture
def pair(given: Any) -> SuspectedPair:
    """A pair of which the second firm has a member."""
    with given():
        made: SuspectedPair = SuspectedPairFactory()
        member_of(db.session.get_one(Firm, made.second_id))
    return made


@pytest.fixture
def staff(app: Flask, given: Any) -> Client:
    """Staff of the country of the pair."""
    with given():
        person = official(InstitutionFactory(country="TR"), InstitutionRole.STAFF)
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person)


def test_from_the_pair_over_the_preview_to_the_merge_and_back(
    client: Client, staff: Client, pair: SuspectedPair
) -> None:
    page = f"/duplicates/{pair.id}/merge"
    assert f'href="{page}"' in staff.get(f"/duplicates/{pair.id}").text
    assert f"{page}?keep={pair.second_id}" in staff.get(page).text
    assert f"{page}?keep={pair.first_id}" in staff.get(f"{page}?keep={pair.second_id}").text
    assert "People of the firm" in staff.get(page).text
    refused = staff.submit(page, {"reason": "no"})
    assert refused.status_code == 422
    assert "Write at least 5 letters." in refused.text
    done = staff.submit(page, {"reason": REASON})
    assert done.status_code == 303
    assert REASON in staff.get(done.location).text
    assert staff.get(page).location == f"/duplicates/{pair.id}"
    assert client.get(f"/firms/{pair.second_id}").location == f"/firms/{pair.first_id}"
    assert staff.send(f"{done.location}/undo").location == done.location
    assert "Undone by" in staff.get(done.location).text
    assert client.get(f"/firms/{pair.second_id}").status_code == 200


def test_a_merged_firm_that_nobody_knew_leads_nowhere(
    client: Client, staff: Client, given: Any, pair: SuspectedPair
) -> None:
    with given():
        db.session.get_one(Firm, pair.second_id).listed_at = None
    staff.submit(f"/duplicates/{pair.id}/merge", {"reason": REASON})
    assert client.get(f"/firms/{pair.second_id}").status_code == 303
    assert "/sign-in" in client.get(f"/firms/{pair.second_id}").location


def test_what_forbids_the_merge_stands_in_the_preview(staff: Client, given: Any, pair: SuspectedPair) -> None:
    with given():
        hit_of(db.session.get_one(Firm, pair.first_id))
    page = f"/duplicates/{pair.id}/merge"
    assert "resembles a listed party" in staff.get(page).text
    assert staff.send(page, {"keep": pair.first_id, "reason": REASON}).status_code == 409
