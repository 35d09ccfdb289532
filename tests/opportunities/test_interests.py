"""Interests: one of a firm, one answer of the owner, reminders, and the match that a suitable one makes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, InstitutionRole, Membership
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.home import inbox
from matchmaker.matching.enums import MatchOrigin, MatchState
from matchmaker.matching.models import Match
from matchmaker.notifications.models import Notice
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities import writing
from matchmaker.opportunities.interests import queries, rules, services
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.writing import Content, Words
from tests.clients import Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.opportunities import opportunity_of
from tests.matching.world import World, actor_of, make_world

Given = Callable[[], AbstractContextManager[Any]]
TEXT = "We sell valves to 40 dairies and want to add yours."


class Case:
    """The two firms of the matching tests; the Turkish one has published an opportunity."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.number = opportunity_of(self.world.firm("TR")).id

    def actor(self, who: str) -> Actor:
        return self.world.actor(who)

    def express(self, text: str = TEXT) -> Interest:
        return services.express(self.actor("firm_ru"), opportunities.opportunity(self.number), text)


@pytest.fixture
def case(session: scoped_session[Session]) -> Case:
    return Case()


def told(kind: str) -> list[str]:
    return list(db.session.scalars(select(Notice.event_key).where(Notice.kind == kind).order_by(Notice.id)))


def test_a_reminder_is_due_on_day_5_and_10_and_the_institution_is_told_later() -> None:
    now = clock.now()

    due = [rules.reminder_due(now - timedelta(days=days), now) for days in (4, 5, 9, 10, 14)]

    assert due == [0, 5, 5, 10, 10]
    assert not rules.is_escalated(now - timedelta(days=14), now)
    assert rules.is_escalated(now - timedelta(days=15), now)


@pytest.mark.data
def test_a_suitable_interest_makes_a_match_that_waits_for_the_coordinators(case: Case) -> None:
    interest = case.express()

    match_id = services.answer(case.actor("firm_tr"), interest, Answer.SUITABLE)

    match = db.session.get_one(Match, match_id)
    assert (match.state, match.origin) == (MatchState.AGREED, MatchOrigin.OPPORTUNITY)
    assert (match.asker_id, match.answerer_id, match.request_text) == (case.world.ru, case.world.tr, TEXT)
    assert told("interest_expressed")
    assert told("interest_answered")
    assert told("approval_waiting")
    with pytest.raises(Conflict):
        services.answer(case.actor("firm_tr"), interest, Answer.NOT_SUITABLE)


@pytest.mark.data
def test_only_after_being_asked_for_more_a_firm_writes_again(case: Case) -> None:
    first = case.express()
    with pytest.raises(Conflict):
        case.express()
    with pytest.raises(DomainError) as refused:
        services.answer(case.actor("firm_tr"), first, Answer.MORE_INFORMATION)
    services.answer(case.actor("firm_tr"), first, Answer.MORE_INFORMATION, "Which sizes?")

    second = case.express("From DN15 to DN80, two hundred a year.")

    assert refused.value.field == "note"
    assert (first.turn, second.turn) == (1, 2)
    services.answer(case.actor("firm_tr"), second, Answer.NOT_ELIGIBLE)
    with pytest.raises(Conflict):
        case.express()


def test_an_address_in_an_interest_or_its_answer_is_refused_at_its_field(case: Case) -> None:
    with pytest.raises(DomainError) as written:
        case.express("Write to us at sales@example.com, please do.")
    interest = case.express()
    with pytest.raises(DomainError) as answered:
        services.answer(case.actor("firm_tr"), interest, Answer.NOT_SUITABLE, "Call +90 312 555 44 33")

    assert (written.value.field, answered.value.field) == ("text", "note")
    assert interest.answer is None


def test_the_own_side_and_third_countries_are_not_interested(case: Case) -> None:
    opportunity = opportunities.opportunity(case.number)
    for country in ("TR", "KZ"):
        neighbour = actor_of(member_of(FirmFactory(country=country, region_code="")))
        assert not rules.may_express(neighbour, opportunity)
        with pytest.raises(NotAllowed):
            services.express(neighbour, opportunity, TEXT)
    unverified = Actor(person_id=7, memberships=(Membership(case.world.ru, FirmRole.EDITOR, "RU"),))
    assert not rules.may_express(unverified, opportunity)


def test_the_owner_is_reminded_twice_then_the_institution_once(case: Case) -> None:
    staff = official(InstitutionFactory(country="TR"), InstitutionRole.STAFF)
    interest = case.express()
    sent = clock.now()
    for days in (4, 5, 6, 10, 15, 16):
        interest.created_at = sent - timedelta(days=days)
        db.session.flush()
        services.remind_due()

    reminders = {key.rsplit(" ", 1)[-1] for key in told("interest_reminder")}

    assert reminders == {"5", "10"}
    assert len(told("interest_escalated")) == len(set(told("interest_escalated"))) or interest.escalated_at
    mine = [task.record_id for task in inbox.tasks(actor_of(staff)) if task.kind is inbox.TaskKind.UNANSWERED]
    assert mine == [interest.id]
    services.answer(case.actor("firm_tr"), interest, Answer.NOT_SUITABLE)
    assert services.remind_due() == 0


@pytest.mark.data
def test_two_answers_at_the_same_moment_give_one(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        case = Case()
        number = case.express().id

    def deed(answer: Answer) -> Callable[[], str]:
        def do() -> str:
            with unit_of_work():
                services.answer(case.actor("firm_tr"), queries.interest(number), answer)
                return answer.value

        return do

    results = concurrently(deed(Answer.SUITABLE), deed(Answer.NOT_SUITABLE), deed(Answer.SUITABLE))

    said = [result for result in results if isinstance(result, str)]
    assert len(said) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 2
    with app.app_context():
        made = db.session.scalar(select(func.count(Match.id)))
        assert made == (1 if said == ["suitable"] else 0)
        assert db.session.scalar(select(Interest.answer)) == said[0]


@pytest.mark.data
def test_two_interests_of_a_firm_at_the_same_moment_are_one(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        case = Case()

    def deed() -> int:
        with unit_of_work():
            return case.express().id

    results = concurrently(deed, deed, deed)

    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 2
    with app.app_context():
        assert db.session.scalar(select(func.count(Interest.id))) == 1


def test_pages_lead_from_the_opportunity_to_the_match(app: Flask, given: Given) -> None:
    with given():
        case = Case()
        people = {who: case.actor(who).person_id for who in ("firm_tr", "firm_ru")}
        stranger = member_of(FirmFactory(country="RU")).id

    def client(person: int) -> Client:
        made: Any = app.test_client()
        return made.sign_in(person)

    asker, owner = client(people["firm_ru"]), client(people["firm_tr"])
    address = f"/opportunities/{case.number}"
    short = asker.submit(f"{address}/interest", {"text": "Short"}, form="interest")
    sent = asker.submit(f"{address}/interest", {"text": TEXT}, form="interest")
    assert "(optional)" not in owner.get(sent.location).text
    empty = owner.submit(sent.location, {"answer": "more_information"}, form="answer")
    answered = owner.submit(sent.location, {"answer": "suitable"}, form="answer")

    assert (short.status_code, sent.status_code, empty.status_code, answered.status_code) == (
        422,
        303,
        422,
        303,
    )
    assert "Short" in short.text
    assert answered.location.startswith("/matches/")
    assert "Suitable" in asker.get(address).text
    assert "We are interested" not in asker.get(address).text
    assert "Interested firms" in owner.get(address).text
    assert client(stranger).get(sent.location).status_code == 404
    assert "Interested firms" not in client(stranger).get(address).text


def test_an_unnamed_firm_is_unknown_in_list_and_page_until_it_accepts_an_interest(
    app: Flask, given: Given
) -> None:
    with given():
        case = Case()
        opportunities.opportunity(case.number).anonymous = True
        numbers = {who: case.actor(who).person_id for who in ("firm_tr", "firm_ru", "staff_ru")}
        stranger = member_of(FirmFactory(country="RU")).id

    def seen(person: int) -> str:
        made: Any = app.test_client()
        client: Client = made.sign_in(person)
        pages = [client.get(f"/opportunities{path}").text for path in ("", f"/{case.number}")]
        assert all("Stainless" in page for page in pages)
        return "".join(pages)

    before = [seen(numbers["firm_ru"]), seen(stranger)]
    with given():
        services.answer(case.actor("firm_tr"), case.express(), Answer.SUITABLE)
    names = ("Anadolu Vana", "Konya", f"/firms/{case.world.tr}")

    assert not [name for page in before for name in names if name in page]
    assert "Anadolu Vana" in seen(numbers["firm_ru"])
    assert "Anadolu Vana" in seen(numbers["staff_ru"])
    assert not [name for name in names if name in seen(stranger)]


def test_an_unnamed_opportunity_does_not_say_the_name_in_its_words(case: Case) -> None:
    words = [Words("en", "Valves", "anadolu VANA makes valves.")]

    with pytest.raises(DomainError) as refused:
        writing.check(Content(words, ["RU"], anonymous=True), case.world.firm("TR"))
    writing.check(Content(words, ["RU"]), case.world.firm("TR"))

    assert refused.value.field == "summary_en"
