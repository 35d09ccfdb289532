"""The effect of an empty field is a count with the engine that ranks, with and without the field."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import process_time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from matchmaker.core.db import db
from matchmaker.core.i18n import LANGUAGES, in_language
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import PartnershipSide, Side
from matchmaker.firms.models import FirmLanguage, FirmPartnership, FirmProduct, FirmSector
from matchmaker.firms.services import index_later
from matchmaker.matching.effects import FILLED, MATCH, STEPS, Effect, effect_of_missing
from matchmaker.matching.fitting import fit_of
from tests.factories.institutions import InstitutionFactory
from tests.matching.world import make_firm, make_mou

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[Any]]
COUNTERPARTS = 6


@pytest.fixture
def own(given: Given) -> int:
    """A firm that names no language and counterparts that seek what it offers; all but one name English."""
    with given():
        make_mou(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
        firm = make_firm("Own", "TR", offers="848110", seeks="010121").id
        remove(FirmLanguage, firm)
        remove(FirmSector, firm)
        db.session.execute(
            update(FirmProduct)
            .where(FirmProduct.firm_id == firm, FirmProduct.side == Side.OFFERED)
            .values(quantity=None)
        )
        db.session.execute(
            delete(FirmPartnership).where(
                FirmPartnership.firm_id == firm, FirmPartnership.side == PartnershipSide.SEEKS
            )
        )
        for place in range(COUNTERPARTS):
            other = make_firm(f"Other {place}", "RU", offers="999999", seeks="848180").id
            if place == 0:
                remove(FirmLanguage, other)
    return firm


def remove(table: Any, firm_id: int) -> None:
    db.session.execute(delete(table).where(table.firm_id == firm_id))


def effects(firm_id: int) -> dict[str, Effect]:
    return {effect.field: effect for effect in effect_of_missing(firms.firm(firm_id))}


def matching(firm_id: int) -> int:
    """How many firms match, one by one by the score itself."""
    firm = firms.firm(firm_id)
    others = firms.firms(range(firm_id + 1, firm_id + 1 + COUNTERPARTS))
    return sum(fit_of(firm, other).total >= MATCH for other in others.values())


@pytest.mark.parametrize("field", ["languages", "partnerships"])
def test_the_count_is_what_filling_the_field_really_brings(app: Flask, own: int, field: str) -> None:
    def fill() -> None:
        if field == "languages":
            db.session.add(FirmLanguage(firm_id=own, language="en"))
        else:
            db.session.add(FirmPartnership(firm_id=own, type_code="supply", side=PartnershipSide.SEEKS))

    with app.app_context():
        if field == "partnerships":
            remove(FirmPartnership, own)
            db.session.add(FirmLanguage(firm_id=own, language="en"))
            index_later(own)
            db.session.commit()
        before = matching(own)
        told = effects(own)[field]
        fill()
        index_later(own)
        db.session.commit()
        assert told.now == before
        assert told.more == matching(own) - before > 0
        assert field not in effects(own)


def test_goods_sought_count_by_the_heading_that_most_offer(app: Flask, own: int) -> None:
    with app.app_context():
        db.session.execute(
            delete(FirmProduct).where(FirmProduct.firm_id == own, FirmProduct.side == Side.OFFERED)
        )
        index_later(own)
        db.session.commit()
        told = effects(own)["offered"]
        before = matching(own)
        db.session.add(FirmProduct(firm_id=own, side=Side.OFFERED, hs_code="8481"))
        db.session.commit()
        assert (told.now, told.more) == (before, matching(own) - before)


def test_a_full_profile_lacks_nothing_and_costs_nothing(app: Flask, own: int) -> None:
    with app.app_context():
        assert "offered" not in effects(own)
        assert "sought_quantity" not in effects(own)
        assert set(effects(own)) <= set(STEPS) == set(FILLED)


def test_most_effect_comes_first_and_each_says_what_to_do(app: Flask, own: int) -> None:
    with app.app_context(), app.test_request_context():
        found = effect_of_missing(firms.firm(own))
        assert [effect.more for effect in found] == sorted((effect.more for effect in found), reverse=True)
        assert "more firms would match" in found[0].sentence
        for code in LANGUAGES:
            with in_language(code):
                assert all(effect.sentence and "%(" not in effect.sentence for effect in found)


def test_no_counterpart_no_effect(app: Flask, given: Given) -> None:
    with given():
        firm = make_firm("Alone", "TR").id
        remove(FirmLanguage, firm)
    with app.app_context():
        assert {effect.more for effect in effect_of_missing(firms.firm(firm))} == {0}


def test_kept_until_something_changes(
    app: Flask, own: int, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with app.app_context():
        firm = firms.firm(own)
        first = effect_of_missing(firm)
        with count_statements() as sent:
            assert effect_of_missing(firm) == first
        known = len(sent)
        db.session.rollback()
        index_later(own + 1)
        db.session.commit()
        firm = firms.firm(own)
        with count_statements() as sent:
            assert effect_of_missing(firm) == first
        assert len(sent) > known


def test_cheap_enough_for_the_home_page(app: Flask, own: int) -> None:
    with app.app_context():
        firm = firms.firm(own)
        effect_of_missing(firm)
        spent = []
        for _round in range(5):
            begun = process_time()
            effect_of_missing(firm)
            spent.append(process_time() - begun)
    # What it costs when nothing else is in the way; the others tell how busy the machine is.
    assert min(spent) < 0.05
