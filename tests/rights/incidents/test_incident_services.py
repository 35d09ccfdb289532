"""Incidents on both databases: recording, steps, corrections by further entries, reminders, two officers at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.notifications.models import Notice
from matchmaker.reference.breach_clocks import BreachStep
from matchmaker.rights.incidents import notices, queries, report_services, services, step_services
from matchmaker.rights.incidents.enums import ClockOutcome, EntryKind, IncidentState, ReportState
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentEntry
from matchmaker.rights.incidents.step_services import Step
from tests.factories.accounts import PersonFactory
from tests.factories.incidents import facts_of, incident_of, report_by
from tests.factories.institutions import InstitutionFactory, official
from tests.matching.world import actor_of

pytestmark = pytest.mark.data


def agency(country: str = "TR") -> tuple[Institution, Person]:
    """An institution and its compliance officer."""
    made = InstitutionFactory(country=country)
    return made, official(made, InstitutionRole.COMPLIANCE)


def first_notice(incident: Incident, area: str = "TR") -> IncidentClock:
    """The clock of the first notice to the authority of a country."""
    return next(one for one in incident.clocks if (one.area, one.step) == (area, BreachStep.FIRST_NOTICE))


def told(kind: str) -> list[int]:
    """Who was told of a kind of news."""
    return list(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind).order_by(Notice.id)))


def test_the_clocks_run_from_the_discovery_and_other_officers_are_told(session: Any) -> None:
    turkish, officer = agency()
    russian, _other = agency("RU")
    administrator = official(turkish, InstitutionRole.ADMINISTRATOR)
    official(turkish, InstitutionRole.STAFF)

    made = services.record_incident(actor_of(officer), facts_of(turkish, persons={"RU": 3}))

    assert {one.rule: one.due_at and (one.due_at - made.discovered_at) for one in made.clocks} == {
        "tr_first_notice": timedelta(hours=72),
        "tr_persons": None,
        "ru_first_notice": timedelta(hours=24),
        "ru_inquiry": timedelta(hours=72),
    }
    assert told(notices.RECORDED) == [administrator.id]
    logged = session.scalars(select(AuditEntry).where(AuditEntry.entity == "incident")).one()
    assert "list" not in str(logged.after).lower()
    with pytest.raises(DomainError) as refused:
        services.record_incident(actor_of(officer), facts_of(russian))
    assert refused.value.field == "institution_ids"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"discovered_at": timedelta(minutes=1)}, "discovered_at"),
        ({"occurred_at": timedelta(0)}, "occurred_at"),
        ({"data_classes": ("nothing",)}, "data_classes"),
    ],
)
def test_what_cannot_be_is_refused(session: Any, changed: dict[str, Any], field: str) -> None:
    turkish, officer = agency()
    moments = {
        name: clock.now() + value if isinstance(value, timedelta) else value
        for name, value in changed.items()
    }
    with pytest.raises(DomainError) as refused:
        services.record_incident(actor_of(officer), facts_of(turkish, **moments))
    assert refused.value.field == field


def test_a_step_is_corrected_by_a_further_entry_only(session: Any) -> None:
    turkish, officer = agency()
    actor, made = actor_of(officer), incident_of(turkish, officer)
    one, now = first_notice(made), clock.now()
    checklist = {"data": {"done": True, "note": "mails"}, "unknown": {"done": True}}
    first = step_services.record_step(
        actor, made.id, one.id, Step(ClockOutcome.DONE, now, "K-1", "Sent", checklist)
    )
    assert (one.outcome, one.done_at, first.checklist) == (
        ClockOutcome.DONE,
        now,
        {"data": checklist["data"]},
    )

    earlier = now - timedelta(minutes=30)
    second = step_services.correct_entry(
        actor, made.id, first.id, Step(ClockOutcome.DONE, earlier, "K-2"), "Wrong number"
    )
    assert (first.reference, second.reference, second.corrects_id) == ("K-1", "K-2", first.id)
    assert one.done_at == earlier
    with pytest.raises(Conflict):
        step_services.correct_entry(actor, made.id, first.id, Step(ClockOutcome.DONE, now), "Again")

    step_services.void_entry(actor, made.id, second.id, "It was never sent")
    assert (one.outcome, one.done_at) == (None, None)
    kinds = [item.kind for item in queries.locked(made.id).entries]
    assert kinds == [EntryKind.RECORDED, EntryKind.MEASURE, EntryKind.STEP, EntryKind.STEP, EntryKind.VOID]


def test_a_step_before_the_discovery_and_a_bare_not_required_are_refused(session: Any) -> None:
    turkish, officer = agency()
    made = incident_of(turkish, officer)
    one = first_notice(made)
    for step, field in (
        (Step(ClockOutcome.DONE, made.discovered_at - timedelta(minutes=1)), "at"),
        (Step(ClockOutcome.DONE, clock.now() + timedelta(hours=1)), "at"),
        (Step(ClockOutcome.NOT_REQUIRED, clock.now()), "text"),
    ):
        with pytest.raises(DomainError) as refused:
            step_services.record_step(actor_of(officer), made.id, one.id, step)
        assert refused.value.field == field


def test_corrected_facts_move_the_clocks_and_keep_what_was_answered(session: Any) -> None:
    turkish, officer = agency()
    actor, made = actor_of(officer), incident_of(turkish, officer)
    step_services.record_step(
        actor, made.id, first_notice(made, "RU").id, Step(ClockOutcome.DONE, clock.now())
    )
    seen = made.version
    found_at = clock.now() - timedelta(hours=30)
    facts = facts_of(turkish, discovered_at=found_at, persons={"TR": 40, "DE": 2})

    services.correct_facts(actor, made.id, facts, "The log shows it", seen=seen)

    assert {one.rule for one in made.clocks} == {
        "tr_first_notice", "tr_persons", "ru_first_notice", "eu_first_notice", "eu_persons",
    }  # fmt: skip
    assert first_notice(made).due_at == found_at + timedelta(hours=72)
    entry = queries.locked(made.id).entries[-1]
    assert (entry.kind, entry.changed["persons"]) == (
        EntryKind.FACTS, [{"RU": None, "TR": 12}, {"DE": 2, "TR": 40}],
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        services.correct_facts(actor, made.id, facts_of(turkish), "Late", seen=seen)


def test_it_is_closed_when_no_clock_is_open_and_opened_again(session: Any) -> None:
    turkish, officer = agency()
    actor, made = actor_of(officer), incident_of(turkish, officer, persons={"TR": 1})
    with pytest.raises(DomainError):
        services.close_incident(actor, made.id, "Done", seen=made.version)
    for one in made.clocks:
        step_services.record_step(
            actor, made.id, one.id, Step(ClockOutcome.NOT_REQUIRED, clock.now(), text="No risk")
        )
    services.close_incident(actor, made.id, "No harm", seen=made.version)
    with pytest.raises(Conflict):
        step_services.record_measure(actor, made.id, at=clock.now(), text="More")
    services.reopen_incident(actor, made.id, "New facts")
    assert made.state is IncidentState.OPEN


def test_officers_are_told_once_before_a_clock_ends_and_once_when_it_is_late(session: Any) -> None:
    turkish, officer = agency()
    operator = official(
        InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None), InstitutionRole.ADMINISTRATOR
    )
    now = clock.now()
    made = incident_of(turkish, officer, discovered_at=now - timedelta(hours=19))
    soon, late = first_notice(made, "RU"), first_notice(made)
    late.due_at = now - timedelta(minutes=1)
    session.flush()

    assert [notices.tell_of_clocks(), notices.tell_of_clocks()] == [2, 0]

    assert sorted(told(notices.SOON)) == sorted([officer.id, operator.id])
    assert sorted(told(notices.LATE)) == sorted([officer.id, operator.id])
    soon.due_at = now - timedelta(minutes=1)
    session.flush()
    assert notices.tell_of_clocks() == 1
    assert len(told(notices.LATE)) == 4


def test_a_step_that_was_recorded_is_not_reminded_of(session: Any) -> None:
    turkish, officer = agency()
    made = incident_of(turkish, officer, discovered_at=clock.now() - timedelta(hours=19))
    one = first_notice(made, "RU")
    step_services.record_step(actor_of(officer), made.id, one.id, Step(ClockOutcome.DONE, clock.now()))
    assert notices.tell_of_clocks() == 0


def test_a_report_lands_with_the_officers_of_the_side_or_the_operator(session: Any) -> None:
    turkish, officer = agency()
    operator = official(
        InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None), InstitutionRole.ADMINISTRATOR
    )
    here, abroad = PersonFactory(country="TR"), PersonFactory(country="DE")

    first = report_services.report_incident(actor_of(here), "A list", "today")
    report_services.report_incident(actor_of(abroad), "A mail", "")

    assert told(notices.REPORTED) == [officer.id, operator.id]
    assert [one.id for one in queries.open_reports(actor_of(officer), 9)] == [first.id]
    assert len(queries.open_reports(actor_of(operator), 9)) == 2
    made = report_services.take_report(actor_of(officer), first.id, facts_of(turkish))
    assert (first.state, first.incident_id) == (ReportState.TAKEN, made.id)
    with pytest.raises(Conflict):
        report_services.dismiss_report(actor_of(officer), first.id, "No")
    assert told(notices.ANSWERED) == [here.id]


def test_hours_are_set_from_a_day_on_for_later_discoveries(session: Any) -> None:
    turkish, officer = agency()
    operator = official(
        InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None), InstitutionRole.ADMINISTRATOR
    )
    rule, today = queries.rule_of("tr_first_notice"), clock.today()
    actor = actor_of(operator)
    services.set_hours(actor, rule, hours=48, valid_from=today, reason="Board", seen="0")
    with pytest.raises(Conflict):
        services.set_hours(actor, rule, hours=24, valid_from=today, reason="Board", seen="0")
    with pytest.raises(DomainError):
        services.set_hours(actor, rule, hours=0, valid_from=today, reason="Board", seen="1")

    old = incident_of(turkish, officer, discovered_at=clock.now() - timedelta(days=3))
    assert (first_notice(incident_of(turkish, officer)).hours, first_notice(old).hours) == (48, 72)


def test_two_set_the_hours_of_a_clock_at_once_then_one_is_told(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        installation = InstitutionFactory(kind=InstitutionKind.OPERATOR, country=None)
        actor = actor_of(official(installation, InstitutionRole.ADMINISTRATOR))

    def deed(hours: int) -> Callable[[], None]:
        def change() -> None:
            with unit_of_work():
                rule = queries.rule_of("tr_first_notice")
                services.set_hours(
                    actor, rule, hours=hours, valid_from=clock.today(), reason="Board", seen="0"
                )

        return change

    results = concurrently(deed(24), deed(48))

    assert [type(found) for found in results if found is not None] == [Conflict]


def test_two_officers_record_one_step_at_once_then_one_entry(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]], app: Flask
) -> None:
    with given():
        turkish, officer = agency()
        made = incident_of(turkish, officer)
        number, one = made.id, first_notice(made).id
        actors = [actor_of(officer), actor_of(official(turkish, InstitutionRole.ADMINISTRATOR))]

    def deed(which: int) -> Callable[[], None]:
        def record() -> None:
            with unit_of_work():
                step = Step(ClockOutcome.DONE, clock.now(), f"K-{which}")
                step_services.record_step(actors[which], number, one, step)

        return record

    results = concurrently(deed(0), deed(1))

    assert [type(found) for found in results if found is not None] == [Conflict]
    with app.app_context():
        steps = select(func.count(IncidentEntry.id)).where(IncidentEntry.kind == EntryKind.STEP)
        assert db.session.scalar(steps) == 1


def test_two_officers_correct_one_entry_and_write_measures_at_once(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]], app: Flask
) -> None:
    with given():
        turkish, officer = agency()
        made = incident_of(turkish, officer)
        number = made.id
        actors = [actor_of(officer), actor_of(official(turkish, InstitutionRole.ADMINISTRATOR))]
        measure = next(one.id for one in queries.locked(number).entries if one.kind is EntryKind.MEASURE)

    def correct(which: int) -> None:
        with unit_of_work():
            step_services.void_entry(actors[which], number, measure, "No")

    def write() -> None:
        with unit_of_work():
            step_services.record_measure(actors[0], number, at=clock.now(), text="More")

    results = concurrently(lambda: correct(0), lambda: correct(1), write)

    assert [type(found) for found in results if found is not None] == [Conflict]
    with app.app_context():
        numbers = select(IncidentEntry.number).order_by(IncidentEntry.number)
        assert list(db.session.scalars(numbers)) == [1, 2, 3, 4]


def test_two_officers_take_and_dismiss_one_report_at_once(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]], app: Flask
) -> None:
    with given():
        turkish, officer = agency()
        report = report_by(PersonFactory().id).id
        facts, actor = facts_of(turkish), actor_of(officer)

    def take() -> None:
        with unit_of_work():
            report_services.take_report(actor, report, facts)

    def dismiss() -> None:
        with unit_of_work():
            report_services.dismiss_report(actor, report, "No")

    results = concurrently(take, dismiss)

    assert [type(found) for found in results if found is not None] == [Conflict]
    with app.app_context():
        taken = queries.report(report).state is ReportState.TAKEN
        assert db.session.scalar(select(func.count(Incident.id))) == int(taken)
