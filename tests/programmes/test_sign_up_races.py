"""Many at once for few places, on both databases: exactly the places are given, numbers of arrival without gaps."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.programmes import offers, queries
from matchmaker.programmes import sign_up_services as services
from matchmaker.programmes.enums import QuotaDimension, SignUpState
from matchmaker.programmes.models import SignUp
from tests.factories.programmes import SignUpFactory, quota_of
from tests.matching.world import actor_of
from tests.programmes.world import application, person_alone, programme_with

pytestmark = pytest.mark.data
CLIENTS = 40
Given = Callable[[], AbstractContextManager[Any]]
Concurrently = Callable[..., list[Any]]


def comes(person_id: int, programme_id: int) -> Callable[[], int]:
    def deed() -> int:
        with unit_of_work():
            programme = queries.programme(programme_id)
            return services.sign_up(actor_of(person_id), programme, None, application()).id

    return deed


@pytest.mark.parametrize(("places", "kept"), [(1, 0), (5, 2)])
def test_forty_at_once_take_exactly_the_places_and_the_list_is_in_order(
    app: Flask, given: Given, concurrently: Concurrently, places: int, kept: int
) -> None:
    with given():
        programme_id = programme_with(places=places).id
        for country in ("TR", "RU") if kept else ():
            quota_of(queries.programme(programme_id), QuotaDimension.COUNTRY, country, kept)
        people = [person_alone(("TR", "RU")[at % 2]).person_id for at in range(CLIENTS)]

    results = concurrently(*(comes(person, programme_id) for person in people))

    assert [one for one in results if not isinstance(one, int)] == []
    with app.app_context():
        rows = db.session.scalars(select(SignUp).order_by(SignUp.arrival)).all()
        assert [row.arrival for row in rows] == list(range(1, CLIENTS + 1))
        taken = [row for row in rows if row.state is SignUpState.CONFIRMED]
        assert len(taken) == places
        for country in ("TR", "RU"):
            assert sum(row.country == country for row in taken) >= kept
        # Whoever waits found no place left for somebody of that country when arriving.
        for row in rows:
            if row.state is SignUpState.WAITING:
                before = [one for one in taken if one.arrival < row.arrival]
                foreign = sum(one.country != row.country for one in before)
                assert len(before) + max(kept - foreign, 0) >= places


def test_one_person_twice_at_once_is_signed_up_once(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        programme_id, person = programme_with(places=5).id, person_alone().person_id

    results = concurrently(*(comes(person, programme_id) for _ in range(6)))

    assert sum(isinstance(one, int) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 5


def test_taking_an_offer_against_its_lapse_gives_the_place_to_one(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        programme_id = programme_with(places=1).id
        late, next_one = (
            SignUpFactory(programme_id=programme_id, state=state, arrival=arrival)
            for arrival, state in ((1, SignUpState.OFFERED), (2, SignUpState.WAITING))
        )
        late.offer_expires_at = clock.now()
        late_id, next_id = late.id, next_one.id

    def takes() -> str:
        with unit_of_work():
            found = queries.sign_up(late_id)
            return services.take(actor_of(found.person_id), found).state

    def lapses() -> int:
        with unit_of_work():
            return offers.lapse_due()

    taken, _lapsed = concurrently(takes, lapses)

    assert isinstance(taken, Conflict)
    with app.app_context():
        states = [queries.sign_up(number).state for number in (late_id, next_id)]
        assert states == [SignUpState.EXPIRED, SignUpState.OFFERED]


def test_withdrawals_and_arrivals_at_once_never_overfill(
    app: Flask, given: Given, concurrently: Concurrently
) -> None:
    with given():
        programme_id = programme_with(places=3).id
        holders = [SignUpFactory(programme_id=programme_id, arrival=at + 1).id for at in range(3)]
        waiting = [
            SignUpFactory(programme_id=programme_id, arrival=at + 4, state=SignUpState.WAITING).id
            for at in range(4)
        ]
        people = [person_alone().person_id for _ in range(6)]

    def withdraws(number: int) -> Callable[[], str]:
        def deed() -> str:
            with unit_of_work():
                found = queries.sign_up(number)
                return services.withdraw(actor_of(found.person_id), found).state

        return deed

    concurrently(*(withdraws(one) for one in holders), *(comes(one, programme_id) for one in people))

    with app.app_context():
        assert sum(queries.people_by_quota(programme_id).values()) == 3
        offered = [one for one in waiting if queries.sign_up(one).state is SignUpState.OFFERED]
        assert offered == waiting[:3]
