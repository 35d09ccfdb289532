"""Declaring a size, being asked and reminded, and what a declaration that ran out closes; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import profile_services, queries
from matchmaker.firms.declarations import queries as declarations
from matchmaker.firms.declarations import services, tasks
from matchmaker.firms.declarations.services import TermToRecord
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.profile_services import Figures
from matchmaker.notifications.models import Notice
from tests.factories.firms import FirmFactory, FirmRole, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.matching.world import actor_of

Given = Callable[..., Any]
MAY = "2026-05-20T09:00:00Z"
FIGURES = Figures(2005, 12, Decimal(40_000_000), "TRY", 2025, Decimal(30_000_000), {})


def declared(firm: Firm, actor: Actor, **figures: Any) -> Firm:
    profile_services.set_figures(actor, queries.firm(firm.id), None, replace(FIGURES, **figures))
    return queries.firm(firm.id)


def staff(country: str = "TR") -> Actor:
    return actor_of(official(InstitutionFactory(country=country), InstitutionRole.STAFF))


@pytest.mark.data
@time_machine.travel(MAY, tick=False)
def test_a_declaration_keeps_figures_class_rules_and_last_day(session: Any) -> None:
    firm = FirmFactory(legal_form="TR-LTD", headcount=None, size_class="")
    owner = actor_of(member_of(firm))

    kept = declared(firm, owner)
    declared(firm, owner)
    declared(firm, owner, headcount=80)

    newest, first = declarations.declarations_of(firm.id)
    assert (first.headcount, first.size_class, first.size_rule) == (12, "small", "TR 2025-08-07")
    assert (first.valid_until, first.term, first.declared_by_id) == (
        date(2027, 4, 30), "TR 2023-05-25", owner.person_id
    )  # fmt: skip
    assert (newest.headcount, newest.size_class) == (80, "medium")
    assert (kept.declared_on, kept.declared_until) == (date(2026, 5, 20), date(2027, 4, 30))


@pytest.mark.data
@time_machine.travel(MAY, tick=False)
def test_figures_that_ran_out_already_are_refused_at_their_year(session: Any) -> None:
    firm = FirmFactory()
    with pytest.raises(DomainError) as refused:
        declared(firm, actor_of(member_of(firm)), turnover_year=2024)
    assert refused.value.field == "turnover_year"


@pytest.mark.data
@time_machine.travel(MAY, tick=False)
def test_staff_ask_once_which_ends_the_declaration_and_a_new_one_answers(session: Any) -> None:
    firm = FirmFactory()
    owner, officer = actor_of(member_of(firm)), staff()
    member_of(firm, FirmRole.MEMBER)
    declared(firm, owner)
    firm = queries.firm(firm.id)

    asked = services.ask(officer, firm, " The turnover looks old ")
    assert (asked.reason, firm.declared_until) == ("The turnover looks old", date(2026, 6, 19))
    with pytest.raises(Conflict):
        services.ask(officer, firm, "Again")
    with pytest.raises(DomainError):
        services.ask(officer, firm, " ")
    with pytest.raises(NotAllowed):
        services.ask(staff("RU"), firm, "Why")
    assert declared(firm, owner).declared_until == date(2027, 4, 30)
    assert asked.answered_at is not None
    told = session.execute(select(Notice.person_id, Notice.kind).order_by(Notice.id)).all()
    assert [tuple(row) for row in told] == [
        (owner.person_id, "declaration_asked"),
        (officer.person_id, "declaration_made"),
    ]


@pytest.mark.data
@time_machine.travel(MAY, tick=False)
def test_staff_record_the_rule_of_their_country_and_correct_it(session: Any) -> None:
    firm = FirmFactory()
    term = TermToRecord("TR", "", 9, 30, date(2026, 5, 1), "Gazette 1")

    first = services.record_term(staff(), term)
    again = services.record_term(staff(), replace(term, day=15))

    assert (again.id, again.day) == (first.id, 15)
    assert declared(firm, actor_of(member_of(firm))).declared_until == date(2027, 9, 15)
    with pytest.raises(NotAllowed):
        services.record_term(staff("RU"), term)
    with pytest.raises(DomainError) as refused:
        services.record_term(staff(), replace(term, month=2, day=30))
    assert refused.value.field == "day"


@pytest.mark.data
def test_those_who_can_renew_are_reminded_thirty_and_seven_days_before_once_each(
    app: Flask, given: Given
) -> None:
    today = clock.today()
    with given():
        firm = FirmFactory(declared_until=today + timedelta(days=30))
        editor = member_of(firm, FirmRole.EDITOR)
        member_of(firm, FirmRole.MEMBER)
        for days, state in ((31, FirmState.VERIFIED), (-1, FirmState.VERIFIED), (5, FirmState.ARCHIVED)):
            member_of(FirmFactory(declared_until=today + timedelta(days=days), state=state))
        member_of(FirmFactory(declared_until=None))

    def rounds() -> list[tuple[int, str, str]]:
        for _again in range(2):
            with unit_of_work():
                tasks.remind()
        rows = db.session.execute(
            select(Notice.person_id, Notice.kind, Notice.path).order_by(Notice.id)
        ).all()
        db.session.rollback()
        return [(number, kind, path) for number, kind, path in rows]

    told = (editor.id, "declaration_ends", f"/firms/{firm.id}/declaration")
    with app.app_context():
        assert rounds() == [told]
        with unit_of_work():
            db.session.get_one(Firm, firm.id).declared_until = today + timedelta(days=7)
        assert rounds() == [told, told]
        assert len(db.session.scalars(select(OutboxMail)).all()) == 2


@pytest.mark.data
def test_who_was_just_asked_is_reminded_only_a_week_before(app: Flask, given: Given) -> None:
    with given():
        firm = FirmFactory(declared_until=None)
        member_of(firm)
        services.ask(staff(), queries.firm(firm.id), "New figures")

    def told() -> list[str]:
        with unit_of_work():
            tasks.remind()
        kinds = list(db.session.scalars(select(Notice.kind).order_by(Notice.id)))
        db.session.rollback()
        return kinds

    with app.app_context():
        assert told() == ["declaration_asked"]
        with time_machine.travel(clock.now() + timedelta(days=24), tick=False):
            assert told() == ["declaration_asked", "declaration_ends"]


@pytest.mark.data
def test_two_officers_ask_at_once_then_one_request(given: Given, concurrently: Callable[..., Any]) -> None:
    with given():
        firm, one, other = FirmFactory(), staff(), staff()

    def asks(officer: Actor) -> Callable[[], None]:
        def deed() -> None:
            with unit_of_work():
                services.ask(officer, queries.firm_for_change(firm.id), "New figures")

        return deed

    results = concurrently(asks(one), asks(other))
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]
