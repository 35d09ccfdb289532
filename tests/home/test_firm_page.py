"""What the profile card of the home page says a missing part would bring."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from matchmaker.core.actor import FirmRole
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import PartnershipSide
from matchmaker.firms.models import FirmLanguage, FirmMember, FirmPartnership, FirmProduct, FirmSector
from matchmaker.firms.services import index_later
from matchmaker.home.firm_page import COUNTED, profile_tasks
from matchmaker.matching.effects import effect_of_missing
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory
from tests.matching.world import make_firm, make_mou

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def own(given: Given) -> int:
    """A firm without languages; three counterparts match it only with a language in common."""
    with given() as session:
        make_mou(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
        firm = make_firm("Own", "TR", offers="848110", seeks="010121").id
        for table in (FirmLanguage, FirmSector):
            session.execute(delete(table).where(table.firm_id == firm))
        session.execute(update(FirmProduct).where(FirmProduct.firm_id == firm).values(quantity=None))
        session.execute(
            delete(FirmPartnership).where(
                FirmPartnership.firm_id == firm, FirmPartnership.side == PartnershipSide.SEEKS
            )
        )
        for place in range(3):
            index_later(make_firm(f"Other {place}", "RU", offers="999999", seeks="848180").id)
        index_later(firm)
        return firm


def hints(firm_id: int) -> dict[str, str]:
    return {task["url"].rsplit("/", 1)[1]: task["hint"] for task in profile_tasks(firms.firm(firm_id))}


def test_the_hint_is_the_counted_effect_of_the_missing_step(app: Flask, own: int) -> None:
    with app.test_request_context():
        more = {effect.field: effect.more for effect in effect_of_missing(firms.firm(own))}
        found = hints(own)
    assert more["languages"] > 0
    words = "firm" if more["languages"] == 1 else "firms"
    assert found["languages"] == f"Up to {more['languages']} more {words} would match"
    for step in COUNTED - {"languages"}:
        assert bool(found[step]) is bool(more.get(step)), step
    assert not any(hint for step, hint in found.items() if step not in COUNTED)


def test_the_home_page_shows_it(app: Flask, own: int, given: Given) -> None:
    with given() as session:
        person = PersonFactory(country="TR")
        session.add(FirmMember(firm_id=own, person_id=person.id, role=FirmRole.ADMINISTRATOR))
    client = app.test_client()
    assert isinstance(client, Client)
    assert '<span class="hint">Up to ' in client.sign_in(person).get("/home").text
