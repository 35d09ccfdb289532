"""Questions about an opportunity: one answer for all, nobody learns who asked."""

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.firms.enums import FirmState
from matchmaker.notifications.models import Notice
from matchmaker.opportunities import listeners
from matchmaker.opportunities import queries as opportunities
from matchmaker.opportunities import services as opportunity_services
from matchmaker.opportunities.interests.enums import Answer
from matchmaker.opportunities.questions import pages, queries, rules, services
from matchmaker.opportunities.questions.enums import HiddenPart, QuestionState
from matchmaker.opportunities.questions.models import OpportunityQuestion
from matchmaker.rights.archive import make_archive
from tests.clients import Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.opportunities import interest_in, opportunity_of
from tests.matching.world import World, actor_of, make_world

Given = Callable[[], AbstractContextManager[Any]]
TEXT = "Which pressure do the valves bear?"
ANSWER = "Sixteen bar at twenty degrees."


class Case:
    """The two firms of the matching tests; the Turkish one has published an opportunity, a second Russian one reads it."""

    def __init__(self, **facts: Any) -> None:
        self.world: World = make_world()
        self.number = opportunity_of(self.world.firm("TR"), **facts).id
        self.reader = FirmFactory(country="RU")
        self.reading = member_of(self.reader).id

    def actor(self, who: str) -> Actor:
        return self.world.actor(who)

    def ask(self, text: str = TEXT) -> OpportunityQuestion:
        return services.ask(self.actor("firm_ru"), opportunities.opportunity(self.number), text, "ru")

    def answer(self, question: OpportunityQuestion, text: str = ANSWER, **facts: Any) -> None:
        services.answer(self.actor("firm_tr"), question, text, "tr", **facts)

    def hide(self, question: OpportunityQuestion, part: HiddenPart) -> None:
        services.hide(self.actor("staff_ru"), question, part, "Ask at help@example.com why.", "en")

    def read_by(self, actor: Actor) -> list[str]:
        shown = pages.questions_of(actor, opportunities.opportunity(self.number)).public
        return [one.question.answer for one in shown]


@pytest.fixture
def case(session: scoped_session[Session]) -> Case:
    return Case()


def told(kind: str) -> list[int]:
    found = select(Notice.person_id).where(Notice.kind == f"opportunity_question_{kind}")
    return list(db.session.scalars(found.order_by(Notice.person_id).distinct()))


@pytest.mark.data
def test_one_answer_is_read_by_all_and_told_to_the_asker_and_the_interested(case: Case) -> None:
    interested, refused = member_of(FirmFactory(country="RU")), member_of(FirmFactory(country="RU"))
    for person, answer in ((interested, None), (refused, Answer.NOT_SUITABLE)):
        firm = actor_of(person).memberships[0].firm_id
        interest = interest_in(
            opportunities.opportunity(case.number), db.session.get_one(type(case.reader), firm)
        )
        interest.answer, interest.answered_at = answer, clock.now() if answer else None
    question = case.ask()
    case.answer(question)

    assert (question.state, question.language, question.answer_language) == (
        QuestionState.ANSWERED,
        "ru",
        "tr",
    )
    assert case.actor("firm_tr").person_id in told("asked")
    assert case.actor("firm_ru").person_id in told("answered")
    assert told("shared") == [interested.id]
    assert case.read_by(actor_of(case.reading)) == [ANSWER]
    mails = " ".join(f"{one.subject} {one.text}" for one in db.session.scalars(select(OutboxMail)))
    assert "There is an answer to your question" in mails
    assert not [part for part in (TEXT, ANSWER, "Stainless") if part in mails]


def test_an_answer_is_given_once_and_may_be_corrected_with_both_in_the_log(case: Case) -> None:
    question = case.ask()
    case.answer(question)
    case.answer(question, "Twenty-five bar.")
    with pytest.raises(Conflict):
        services.decline(case.actor("firm_tr"), question, "No.", "en")
    case.answer(question, "Twenty-five bar.")

    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.entity == services.ENTITY).order_by(AuditEntry.id)
    ).all()
    assert [entry.action for entry in entries if entry.action != "read"][:3] == ["ask", "answer", "correct"]
    corrected = next(entry for entry in entries if entry.action == "correct")
    assert (corrected.before["answer"], corrected.after["answer"]) == (ANSWER, "Twenty-five bar.")
    assert not [entry for entry in entries if entry.action != "ask" and "firm" in entry.after]
    assert question.corrected_at is not None
    assert case.actor("firm_ru").person_id in told("corrected")


def test_contacts_and_names_are_refused_at_their_field(case: Case) -> None:
    asker = case.world.firm("RU")
    refused = []
    for text in (
        "Write to sales@example.com, please.",
        "Short",
        f"{asker.trade_name.upper()} asks: which bar?",
    ):
        with pytest.raises(DomainError) as error:
            case.ask(text)
        refused.append(error.value.field)
    question = case.ask()
    for text in ("Call +90 312 555 44 33", " ", "See www.example.com for it."):
        with pytest.raises(DomainError) as error:
            case.answer(question, text)
        refused.append(error.value.field)
    with pytest.raises(DomainError) as error:
        services.decline(case.actor("firm_tr"), question, "Mail a@example.com", "en")

    assert refused == ["text"] * 6
    assert error.value.field == "reason"
    assert question.state is QuestionState.OPEN


def test_an_answer_may_hold_the_name_of_the_asker_since_a_refusal_would_tell_it(case: Case) -> None:
    question = case.ask()

    case.answer(question, f"Is it {case.world.firm('RU').trade_name} who asks? Sixteen bar.")

    assert question.state is QuestionState.ANSWERED


def test_the_words_around_an_unnamed_opportunity_do_not_name_its_firm(
    session: scoped_session[Session],
) -> None:
    case = Case(anonymous=True)
    guessed = case.ask("Are you ANADOLU VANA by chance?")
    with pytest.raises(DomainError) as named:
        case.answer(guessed)
    with pytest.raises(DomainError) as said:
        case.answer(case.ask(), "We at Anadolu Vana test with sixteen bar.")
    services.decline(case.actor("firm_tr"), guessed, "We publish without a name.", "en")

    assert (named.value.field, said.value.field) == ("text", "text")
    assert case.read_by(actor_of(case.reading)) == []


def test_only_editors_of_verified_firms_of_the_other_side_ask(case: Case) -> None:
    opportunity = opportunities.opportunity(case.number)
    for country in ("TR", "KZ"):
        neighbour = actor_of(member_of(FirmFactory(country=country, region_code="")))
        with pytest.raises(NotAllowed):
            services.ask(neighbour, opportunity, TEXT, "en")
    with pytest.raises(NotAllowed):
        services.ask(case.actor("firm_tr"), opportunity, TEXT, "en")


def test_a_firm_has_few_open_questions_and_asks_few_a_day(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [case.ask(f"{TEXT} {number}") for number in range(rules.MOST_OPEN)]
    with pytest.raises(DomainError) as many:
        case.ask()
    services.withdraw(case.actor("firm_ru"), asked[0])
    case.ask()
    services.withdraw(case.actor("firm_ru"), asked[1])
    with pytest.raises(DomainError, match="already"):
        case.ask()
    services.withdraw(case.actor("firm_ru"), asked[2])
    monkeypatch.setattr(rules, "MOST_ASKED", 4)
    with pytest.raises(DomainError) as often:
        case.ask("And which temperature?")

    assert (many.value.field, often.value.field) == ("text", "text")
    assert "tomorrow" in often.value.message


def test_a_question_is_changed_until_it_is_answered_and_no_answer_goes_to_other_words(case: Case) -> None:
    question = case.ask()
    seen = question.version
    services.change(case.actor("firm_ru"), question, "And which temperature?", "en", version=seen)
    with pytest.raises(ChangedMeanwhile):
        case.answer(question, version=seen)
    case.answer(question, version=question.version)

    with pytest.raises(Conflict):
        services.change(case.actor("firm_ru"), question, TEXT, "en")
    with pytest.raises(Conflict):
        services.withdraw(case.actor("firm_ru"), question)
    assert question.text == "And which temperature?"


def test_a_declined_question_is_read_with_its_reason_by_the_asker_only(case: Case) -> None:
    question = case.ask()
    with pytest.raises(DomainError):
        services.decline(case.actor("firm_tr"), question, " ", "tr")
    services.decline(case.actor("firm_tr"), question, "A secret of the house.", "tr")

    staff = case.actor("staff_ru")
    assert case.actor("firm_ru").person_id in told("declined")
    assert rules.reads_reason(case.actor("firm_ru"), question)
    assert rules.may_see(staff, question)
    assert not rules.reads_reason(staff, question)
    assert not rules.may_see(actor_of(case.reading), question)
    assert case.read_by(actor_of(case.reading)) == []


def test_questions_close_with_the_opportunity_and_open_with_it(case: Case) -> None:
    question = case.ask()
    opportunity_services.withdraw(case.actor("firm_tr"), opportunities.opportunity(case.number))

    for deed in (case.ask, lambda: case.answer(question)):
        with pytest.raises((Conflict, NotAllowed)):
            deed()
    with pytest.raises(Conflict):
        services.require_changeable(case.actor("firm_ru"), question)
    assert str(pages.badge_of(question)[0]) == "Closed with the opportunity"
    assert rules.may_see(case.actor("firm_ru"), question)
    services.withdraw(case.actor("firm_ru"), question)


def test_a_firm_on_hold_asks_nothing_and_a_suspended_one_takes_its_questions_back(case: Case) -> None:
    question, asker = case.ask(), case.world.firm("RU")
    asker.state = FirmState.ON_HOLD
    on_hold = rules.may_see(case.actor("firm_tr"), question)
    asker.state = FirmState.SUSPENDED
    listeners.end_opportunities(None, firm=asker, after=FirmState.SUSPENDED)

    assert not on_hold
    assert question.state is QuestionState.WITHDRAWN
    assert not rules.reaches_owner(question)


def test_officers_hide_a_question_or_an_answer_with_a_reason_and_show_it_again(case: Case) -> None:
    question, staff = case.ask(), case.actor("staff_ru")
    with pytest.raises(DomainError):
        services.hide(staff, question, HiddenPart.QUESTION, " ", "en")
    with pytest.raises(Conflict):
        case.hide(question, HiddenPart.ANSWER)
    case.hide(question, HiddenPart.QUESTION)
    hidden = rules.may_see(case.actor("firm_tr"), question)
    asker_told = case.actor("firm_ru").person_id in told("hidden")
    services.reveal(staff, question)
    case.answer(question)
    case.hide(question, HiddenPart.ANSWER)
    case.answer(question, "Sixteen bar, as said.")
    still_hidden = case.read_by(actor_of(case.reading))
    services.reveal(staff, question)

    assert (hidden, asker_told, still_hidden) == (False, True, [])
    assert case.actor("staff_tr").person_id in told("rewritten")
    assert case.read_by(actor_of(case.reading)) == ["Sixteen bar, as said."]
    with pytest.raises(Conflict):
        services.reveal(staff, question)


def test_own_data_names_neither_the_asker_nor_who_answered(case: Case) -> None:
    question = case.ask()
    case.answer(question)
    asker, owner = (db.session.get_one(Person, case.actor(who).person_id) for who in ("firm_ru", "firm_tr"))

    archives = {
        person.id: zipfile.ZipFile(io.BytesIO(make_archive(person, lambda done, total: None)))
        for person in (asker, owner)
    }

    own = json.loads(archives[asker.id].read("opportunities/opportunities.json"))["opportunity_question"]
    assert (own[0]["text"], own[0]["answer"]) == (TEXT, ANSWER)
    assert "answered_by_id" not in own[0]
    owners = "".join(archives[owner.id].read(name).decode() for name in archives[owner.id].namelist())
    assert ANSWER in owners
    assert not [said for said in (TEXT, case.world.firm("RU").trade_name, asker.name) if said in owners]


@pytest.mark.data
def test_answer_and_other_words_at_the_same_moment_never_meet(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        case = Case()
        question = case.ask()
        number, seen = question.id, question.version

    def answer() -> str:
        with unit_of_work():
            case.answer(queries.question(number), version=seen)
            return "answered"

    def change() -> str:
        with unit_of_work():
            services.change(
                case.actor("firm_ru"), queries.question(number), "And the price?", "en", version=seen
            )
            return "changed"

    results = concurrently(answer, change, answer)

    said = [result for result in results if isinstance(result, str)]
    assert all(isinstance(result, str | Conflict) for result in results)
    with app.app_context():
        kept = db.session.scalars(select(OpportunityQuestion)).one()
        assert (kept.state is QuestionState.ANSWERED) == ("answered" in said)
        assert kept.text == ("And the price?" if "changed" in said else TEXT)
        assert ("answered" in said) != ("changed" in said)


@pytest.mark.data
def test_open_questions_of_a_firm_stay_few_when_asked_at_the_same_moment(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        case = Case()
        for number in range(rules.MOST_OPEN - 1):
            case.ask(f"{TEXT} {number}")

    def deed(text: str) -> Callable[[], int]:
        def do() -> int:
            with unit_of_work():
                return case.ask(text).id

        return do

    results = concurrently(*(deed(f"And {thing}, please?") for thing in ("size", "weight", "price")))

    assert sum(isinstance(result, int) for result in results) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count(OpportunityQuestion.id))) == rules.MOST_OPEN


class Browsers:
    """The people of a case as browsers."""

    def __init__(self, app: Flask, case: Case) -> None:
        self.app, self.case = app, case
        staff = official(InstitutionFactory(country="TR"), InstitutionRole.STAFF).id
        compliance = official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE).id
        self.people = {who: case.actor(who).person_id for who in ("firm_ru", "firm_tr", "staff_ru")}
        self.people |= {"reader": case.reading, "staff": staff, "compliance": compliance}
        self.address = f"/opportunities/{case.number}"

    def client(self, who: str) -> Client:
        made: Any = self.app.test_client()
        return made.sign_in(self.people[who])


def test_from_question_to_answer_on_pages_and_nobody_reads_who_asked(app: Flask, given: Given) -> None:
    with given():
        case = Case()
        pages_of = Browsers(app, case)
        name = case.world.firm("RU").trade_name
    asker, owner = pages_of.client("firm_ru"), pages_of.client("firm_tr")
    new = f"{pages_of.address}/questions/new"

    short = asker.submit(new, {"text": "Short"}, form="question")
    asked = asker.submit(new, {"text": TEXT, "language": "ru"}, form="question")
    before = pages_of.client("reader").get(pages_of.address).text
    waiting = owner.get(pages_of.address).text
    assert "1 question waits for your answer" in owner.get("/opportunities/mine").text
    empty = owner.submit(asked.location, {"text": ""}, form="answer")
    sent = owner.submit(asked.location, {"text": ANSWER, "language": "tr"}, form="answer")

    assert (short.status_code, asked.status_code, empty.status_code, sent.status_code) == (422, 303, 422, 303)
    assert "Short" in short.text
    assert TEXT not in before
    assert "Answer or decline" in waiting
    seen = {who: pages_of.client(who).get(pages_of.address).text for who in ("reader", "firm_tr", "staff")}
    for text in (
        *seen.values(),
        waiting,
        *(owner.get(sent.location).text, pages_of.client("staff").get(sent.location).text),
    ):
        assert name not in text
    assert f'lang="ru">{TEXT}' in seen["reader"]
    assert f'lang="tr">{ANSWER}' in seen["reader"]
    assert pages_of.client("reader").get(asked.location).status_code == 404
    assert "Your firm's question" in asker.get(pages_of.address).text
    assert asker.get(f"{asked.location}/change").status_code == 409


def test_an_answer_to_words_that_changed_is_given_back_beside_them(app: Flask, given: Given) -> None:
    with given():
        case = Case()
        pages_of = Browsers(app, case)
        number = case.ask().id
    owner, page = pages_of.client("firm_tr"), f"/opportunity-questions/{number}"
    stale = owner.get(page)
    pages_of.client("firm_ru").submit(f"{page}/change", {"text": "And which temperature?"}, form="question")

    answered = owner.send(f"{page}/answer", {"text": ANSWER, "language": "tr", "version": "1"})

    assert TEXT in stale.text
    assert answered.status_code == 422
    assert "And which temperature?" in answered.text
    assert ANSWER in answered.text


def test_decline_and_hide_on_their_pages(app: Flask, given: Given) -> None:
    with given():
        case = Case()
        pages_of = Browsers(app, case)
        first, second = case.ask().id, case.ask("Do you deliver samples?").id
    owner, staff, asker = (pages_of.client(who) for who in ("firm_tr", "staff", "firm_ru"))

    empty = owner.submit(f"/opportunity-questions/{first}", {}, form="decline")
    owner.submit(f"/opportunity-questions/{first}", {"reason": "A secret."}, form="decline")
    choice = staff.submit(f"/opportunity-questions/{second}", {"reason": "Rude."}, form="hide")
    staff.submit(f"/opportunity-questions/{second}", {"part": "question", "reason": "Rude."}, form="hide")

    assert (empty.status_code, choice.status_code) == (422, 422)
    assert "A secret." in asker.get(f"/opportunity-questions/{first}").text
    assert "A secret." not in staff.get(f"/opportunity-questions/{first}").text
    assert "Rude." in asker.get(f"/opportunity-questions/{second}").text
    assert owner.get(f"/opportunity-questions/{second}").status_code == 404
    compliance = pages_of.client("compliance")
    assert "Show it again" not in compliance.get(f"/opportunity-questions/{second}").text
    assert compliance.send(f"/opportunity-questions/{second}/reveal").status_code == 404
    assert staff.send(f"/opportunity-questions/{second}/reveal").status_code == 303
    assert asker.send(f"/opportunity-questions/{second}/withdraw").status_code == 303
    assert owner.get(f"/opportunity-questions/{second}").status_code == 404
