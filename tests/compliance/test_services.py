"""Screening, decisions, changes of lists, records of transfers, on both databases."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.compliance import queries, services
from matchmaker.compliance.entries import Entry
from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.compliance.models import SanctionsList, ScreeningHit, TransferRecord
from matchmaker.compliance.tasks import rescreen_all
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import Progress
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import services as firms
from matchmaker.firms.enums import FirmState, StateVerb
from matchmaker.firms.models import Firm
from matchmaker.notifications.models import Notice
from tests.factories.compliance import listed, named_firm
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official

LISTED = Entry("R-9", "Severny Put LLC", aliases=("Северный путь",), identifiers=("INN 7701234567",))


def officer(country: str = "RU", person_id: int = 0) -> Actor:
    person = person_id or official(InstitutionFactory(country=country), InstitutionRole.COMPLIANCE).id
    return Actor(person_id=person, grants=(Grant(InstitutionRole.COMPLIANCE, 1, country),))


def state(firm: Firm) -> ScreeningState:
    return queries.screening_state(firm.id)[0]


@pytest.mark.usefixtures("session")
class TestScreen:
    def test_without_a_list_nobody_is_clear(self) -> None:
        firm = named_firm("Anadolu Vana", "TR")
        assert state(firm) is ScreeningState.UNSCREENED
        services.screen(firm)
        assert state(firm) is ScreeningState.UNSCREENED

    def test_clear_only_after_the_comparison(self) -> None:
        listed(LISTED)
        firm = named_firm("Anadolu Vana", "TR", ["1234567890"])
        assert state(firm) is ScreeningState.UNSCREENED
        screening = services.screen(firm)
        assert screening.hits == []
        assert screening.lists == ["Test list 1"]
        assert screening.query == {"names": ["Anadolu Vana"], "numbers": ["1234567890"]}
        assert state(firm) is ScreeningState.CLEAR

    def test_a_number_is_decisive(self) -> None:
        listed(LISTED)
        firm = named_firm("Quite Different", "RU", ["7701234567"])
        (hit,) = services.screen(firm).hits
        assert (hit.by_identifier, hit.score, hit.state) == (True, 100, HitState.OPEN)
        assert (hit.listed_name, hit.reference) == ("Severny Put LLC", "R-9")
        assert state(firm) is ScreeningState.HIT

    @pytest.mark.parametrize("field", ["legal_name", "trade_name", "name_romanised"])
    def test_every_name_of_the_firm_counts(self, field: str) -> None:
        listed(LISTED)
        firm = named_firm("Anadolu Vana")
        setattr(firm, field, "Северный Путь")
        services.screen(firm)
        assert state(firm) is ScreeningState.HIT

    def test_a_newer_list_makes_it_unscreened_until_it_is_compared_again(self) -> None:
        listed("Somebody Else")
        firm = named_firm("Anadolu Vana")
        services.screen(firm)
        listed("Somebody New", version="2")
        assert state(firm) is ScreeningState.UNSCREENED
        services.screen(firm)
        assert state(firm) is ScreeningState.CLEAR
        listed("A third", name="Another list")
        assert state(firm) is ScreeningState.UNSCREENED

    def test_a_changed_name_makes_it_unscreened(self) -> None:
        listed("Somebody Else")
        firm = named_firm("Anadolu Vana")
        services.screen(firm)
        firm.trade_name = "Another"
        assert state(firm) is ScreeningState.UNSCREENED

    def test_an_entry_added_to_a_list_is_seen_by_the_next_screening(self) -> None:
        current = listed("Somebody Else")
        firm = named_firm("Severny Put")
        assert services.screen(firm).hits == []
        services.store_entries(current.id, [LISTED])
        assert [hit.listed_name for hit in services.screen(firm).hits] == ["Severny Put LLC"]

    def test_the_officers_of_the_country_are_told_once(self) -> None:
        own = official(InstitutionFactory(country="RU"), InstitutionRole.COMPLIANCE)
        official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE)
        official(InstitutionFactory(country="RU"), InstitutionRole.STAFF)
        listed(LISTED)
        firm = named_firm("Severny Put")
        services.screen(firm)
        services.screen(firm)
        assert db.session.scalars(select(Notice.person_id)).all() == [own.id]

    def test_same_data_same_result(self) -> None:
        listed(LISTED, "Severnyi Put Trading", "Severny Putt")
        firm = named_firm("Severny Put", numbers=["7701234567"])
        told = [
            [
                (hit.listed_name, hit.score, hit.by_identifier, hit.fingerprint)
                for hit in services.screen(firm).hits
            ]
            for _round in range(2)
        ]
        assert told[0] == told[1]
        assert len(told[0]) == 3


@pytest.mark.usefixtures("session")
class TestDecide:
    def test_cleared_and_kept_for_the_same_data_only(self) -> None:
        listed(LISTED)
        firm = named_firm("Severny Put")
        actor = officer()
        (hit,) = services.screen(firm).hits
        services.decide_hit(actor, hit, HitState.CLEARED, " Another tax number. ")
        assert state(firm) is ScreeningState.CLEAR
        (again,) = services.screen(firm).hits
        assert (again.state, again.reason, again.decided_by_id) == (
            HitState.CLEARED,
            "Another tax number.",
            actor.person_id,
        )
        listed(LISTED, version="2")
        assert services.screen(firm).hits[0].state is HitState.CLEARED
        assert queries.open_hits([firm.country]) == 0
        listed(Entry("R-9", "Severny Put LLC", identifiers=("7700000000",)), version="3")
        assert services.screen(firm).hits[0].state is HitState.OPEN
        assert queries.open_hits([firm.country]) == 1

    def test_a_change_of_the_firm_opens_it_again(self) -> None:
        listed(LISTED)
        firm = named_firm("Severny Put")
        services.decide_hit(officer(), services.screen(firm).hits[0], HitState.CLEARED, "Another.")
        firm.trade_name = "Severny Put Export"
        db.session.flush()
        assert services.screen(firm).hits[0].state is HitState.OPEN

    def test_confirmed_stands(self) -> None:
        listed(LISTED)
        firm = named_firm("Severny Put")
        services.decide_hit(officer(), services.screen(firm).hits[0], HitState.CONFIRMED, "The same.")
        assert state(firm) is ScreeningState.HIT
        assert queries.firms_with_hits() == {firm.id}

    def test_what_is_missing_is_refused(self) -> None:
        listed(LISTED)
        (hit,) = services.screen(named_firm("Severny Put")).hits
        with pytest.raises(DomainError) as no_reason:
            services.decide_hit(officer(), hit, HitState.CLEARED, "  ")
        assert no_reason.value.field == "reason"
        with pytest.raises(DomainError) as no_decision:
            services.decide_hit(officer(), hit, HitState.OPEN, "Because.")
        assert no_decision.value.field == "outcome"
        assert hit.state is HitState.OPEN

    def test_only_officers_of_the_firms_country(self) -> None:
        listed(LISTED)
        (hit,) = services.screen(named_firm("Severny Put")).hits
        with pytest.raises(NotAllowed):
            services.decide_hit(officer("TR"), hit, HitState.CLEARED, "Because.")

    def test_the_decision_is_in_the_audit_trail(self) -> None:
        listed(LISTED)
        (hit,) = services.screen(named_firm("Severny Put")).hits
        services.decide_hit(officer(), hit, HitState.CONFIRMED, "The same number.")
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "decide")).one()
        assert (entry.before["state"], entry.after["state"]) == ("open", "confirmed")
        assert entry.after["reason"] == "The same number."


def test_two_officers_at_the_same_moment(
    app: Flask,
    given: Callable[[], AbstractContextManager[Any]],
    concurrently: Callable[..., list[Any]],
) -> None:
    with given():
        listed(LISTED)
        number = services.screen(named_firm("Severny Put")).hits[0].id
        people = [official(InstitutionFactory(country="RU"), InstitutionRole.COMPLIANCE).id for _ in range(2)]

    def decide(person_id: int, outcome: HitState) -> Callable[[], None]:
        def deed() -> None:
            with unit_of_work():
                services.decide_hit(officer("RU", person_id), queries.hit(number), outcome, "Looked at it.")

        return deed

    results = concurrently(decide(people[0], HitState.CLEARED), decide(people[1], HitState.CONFIRMED))
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 1
    with app.app_context():
        assert db.session.get_one(ScreeningHit, number).state is not HitState.OPEN


@pytest.mark.usefixtures("session")
class TestLists:
    def test_a_version_takes_the_place_of_the_one_before(self) -> None:
        listed("One", version="1")
        listed("Two", version="2")
        listed("Three", name="Another list")
        assert queries.current_marks() == ["Another list 1", "Test list 2"]
        assert len(db.session.scalars(select(SanctionsList)).all()) == 3

    def test_the_same_version_twice_is_refused(self) -> None:
        listed("One", version="1")
        listed("Two", version="2")
        with pytest.raises(Conflict):
            listed("One", version="1")


def test_a_changed_list_screens_all_firms_again(
    app: Flask, given: Callable[[], AbstractContextManager[Any]], work_off: Callable[[], int]
) -> None:
    with given():
        listed("Somebody Else")
        firms_made = [
            named_firm(name, state=state)
            for name, state in (
                ("Severny Put", FirmState.VERIFIED),
                ("Volga Pump", FirmState.ON_HOLD),
                ("Severny Put Two", FirmState.DRAFT),
            )
        ]
        for firm in firms_made:
            services.screen(firm)
        numbers = [firm.id for firm in firms_made]
        services.replace_list("Test list", "2", [LISTED])
    assert work_off() == 1
    with app.app_context():
        states = [queries.screening_state(number)[0] for number in numbers]
    assert states == [ScreeningState.HIT, ScreeningState.CLEAR, ScreeningState.UNSCREENED]


def test_two_who_ask_at_once_have_all_firms_compared_once_and_anew_where_a_list_came_since(
    app: Flask, concurrently: Callable[..., list[Any]]
) -> None:
    def asks() -> int:
        with unit_of_work():
            return services.rescreen_later(None).id

    first, second = concurrently(asks, asks)

    assert first == second
    with app.app_context():
        with unit_of_work():
            listed(LISTED)
        assert asks() != first


def test_all_firms_are_screened_although_others_write_meanwhile(
    app: Flask,
    given: Callable[[], AbstractContextManager[Any]],
    disturbed: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "firms_to_screen", partial(queries.firms_to_screen, most=1))
    monkeypatch.setattr(Progress, "report", staticmethod(disturbed))
    with given():
        for name in ("Severny Put", "Other"):
            named_firm(name)
        listed(LISTED)
    with app.app_context(), unit_of_work():
        assert rescreen_all(Progress(0)) == {"screened": 2, "with_hits": 1}


@pytest.mark.usefixtures("session")
def test_a_firm_is_screened_when_it_becomes_verified() -> None:
    listed(LISTED)
    firm = named_firm("Severny Put", state=FirmState.SUBMITTED)
    staff = official(InstitutionFactory(country="RU"), InstitutionRole.STAFF)
    actor = Actor(person_id=staff.id, grants=(Grant(InstitutionRole.STAFF, 1, "RU"),))
    firms.set_state(actor, firm, StateVerb.VERIFY)
    assert state(firm) is ScreeningState.HIT


@pytest.mark.usefixtures("session")
class TestTransfers:
    def test_recorded_with_ground_fields_and_audit(self) -> None:
        firm = FirmFactory()
        record = self.record(firm.id)
        assert db.session.scalars(select(TransferRecord)).one() is record
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "transfer")).one()
        assert entry.after == {
            "to": "TR",
            "firm": firm.id,
            "fields": ["name", "email"],
            "basis": "Contract 1",
        }

    def test_never_without_a_ground(self) -> None:
        with pytest.raises(ValueError, match="ground"):
            self.record(None, basis="")

    def test_the_register_shows_a_country_its_own(self) -> None:
        self.record(None)
        self.record(None, from_country="KZ", to_country="BY")
        assert [item.record.from_country for item in queries.transfers(["TR"])[0]] == ["RU"]
        assert queries.transfers(None)[1] == 2

    def record(
        self,
        firm_id: int | None,
        *,
        basis: str = "Contract 1",
        from_country: str = "RU",
        to_country: str = "TR",
    ) -> TransferRecord:
        return services.record_transfer(
            None,
            contact_id=5,
            from_country=from_country,
            to_country=to_country,
            recipient_firm_id=firm_id,
            fields=["name", "email"],
            basis=basis,
            cause="match",
            cause_id=3,
        )
