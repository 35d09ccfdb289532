"""Writes of the library on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions.models import Institution
from matchmaker.library import note_services, question_services, rules
from matchmaker.library.elsewhere import elsewhere
from matchmaker.library.enums import GuideState, NoteState, NoteVerb, TextState, Visibility
from matchmaker.library.index import find
from matchmaker.library.models import PracticeNote
from matchmaker.library.note_page import shown_note
from matchmaker.library.note_queries import NoteFilter, note, readable_notes
from matchmaker.library.question_queries import question
from matchmaker.notifications.models import Notice
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.exchanges import queries
from matchmaker.programmes.exchanges.enums import PaperKind
from matchmaker.programmes.exchanges.models import ExchangePaper
from matchmaker.programmes.exchanges.signals import practice_note_offered
from tests.factories.exchanges import application_of, exchange_world
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.library import GuideFactory, LibrarySchemeFactory, QuestionFactory, note_of
from tests.factories.mous import mou_between

Sessions = scoped_session[Session]
RU = {"title": "Наставник по экспорту", "problem": "Мало экспортёров", "conditions": "Два наставника"}


def works_for(institution: Institution, role: InstitutionRole, language: str = "en") -> Actor:
    person = official(institution, role)
    return Actor(
        person_id=person.id, language=language, grants=(Grant(role, institution.id, institution.country),)
    )


def found_by(actor: Actor, words: str) -> list[int]:
    hits = find(words) if words else None
    return [one.id for one in readable_notes(actor, NoteFilter(words=words), hits)]


def test_a_note_is_approved_by_somebody_else_and_kept_as_a_version(session: Sessions) -> None:
    home = InstitutionFactory()
    author, head = works_for(home, InstitutionRole.EXPERT), works_for(home, InstitutionRole.COORDINATOR)
    started = note_of(home, author_id=author.person_id)

    note_services.move_note(author, started, NoteVerb.SUBMIT)
    with pytest.raises(Conflict):
        note_services.move_note(author, started, NoteVerb.APPROVE)
    done = note_services.move_note(head, started, NoteVerb.APPROVE)

    assert (done.state, done.number) == (NoteState.APPROVED, 1)
    assert done.versions[0].content["texts"]["en"]["title"] == "Export coaching"
    verbs = session.scalars(select(AuditEntry.action).where(AuditEntry.entity == "practice_note")).all()
    assert list(verbs) == ["submit", "approve"]
    kinds = session.scalars(select(Notice.kind).order_by(Notice.id)).all()
    assert list(kinds) == ["note_to_review", "note_approved"]


def test_a_note_with_an_empty_part_is_not_sent_for_review(session: Sessions) -> None:
    home = InstitutionFactory()
    author = works_for(home, InstitutionRole.STAFF)
    started = note_of(home)
    started.texts[0].conditions = " "

    with pytest.raises(DomainError, match="still empty"):
        note_services.move_note(author, started, NoteVerb.SUBMIT)


def test_others_read_the_approved_words_while_the_next_version_is_written(session: Sessions) -> None:
    home = InstitutionFactory()
    author = works_for(home, InstitutionRole.STAFF)
    started = note_of(home, approved=True)
    note_services.move_note(author, started, NoteVerb.REVISE)

    note_services.write_text(author, started, "en", {"title": "Export coaching, second year"})

    assert shown_note(note(started.id), "en", working=False).title == "Export coaching"
    assert shown_note(note(started.id), "en", working=True).title == "Export coaching, second year"


def test_a_translation_is_checked_by_another_and_ages_with_the_original(session: Sessions) -> None:
    home, partner = InstitutionFactory(), InstitutionFactory(country="RU")
    author = works_for(home, InstitutionRole.STAFF)
    translator, checker = (works_for(partner, InstitutionRole.EXPERT) for _ in range(2))
    started = note_of(home, approved=True)

    note_services.write_text(translator, started, "ru", RU)
    with pytest.raises(NotAllowed):
        note_services.check_text(translator, started, "ru")
    note_services.check_text(checker, started, "ru")
    assert rules.text_state(note(started.id), "ru") is TextState.CHECKED

    note_services.move_note(author, started, NoteVerb.REVISE)
    note_services.write_text(author, started, "en", {"title": "Export coaching, renewed"})
    assert rules.text_state(note(started.id), "ru") is TextState.OUTDATED
    with pytest.raises(Conflict):
        note_services.check_text(checker, started, "ru")


@pytest.mark.parametrize("words", ["export", "coaches", "наставник", "наставники", "nastavnik", "экспортеры"])
def test_a_note_is_found_in_either_script_and_inflected(session: Sessions, words: str) -> None:
    home = InstitutionFactory()
    reader = works_for(InstitutionFactory(country="RU"), InstitutionRole.EXPERT)
    started = note_of(home, approved=True)
    (other,) = note_of(home, "Loans for machines", approved=True).texts
    other.problem = other.approach = other.results = other.conditions = "Old machines."
    note_services.write_text(reader, started, "ru", RU)

    assert found_by(reader, words) == [started.id]


def test_words_that_are_only_being_written_find_a_note_for_its_owner_alone(session: Sessions) -> None:
    home = InstitutionFactory()
    author = works_for(home, InstitutionRole.STAFF)
    reader = works_for(InstitutionFactory(country="RU"), InstitutionRole.EXPERT)
    started = note_of(home, author_id=author.person_id, approved=True)
    assert found_by(author, "vouchers") == []

    note_services.move_note(author, started, NoteVerb.REVISE)
    note_services.write_text(author, started, "en", {"title": "Vouchers instead"})

    assert (found_by(author, "voucher"), found_by(reader, "voucher")) == ([started.id], [])
    assert found_by(reader, "coaching") == [started.id]


def test_the_best_note_stands_first_and_the_rest_of_the_library_is_found_too(session: Sessions) -> None:
    home, partner = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
    mou = mou_between(home, partner)
    inside, outside = note_of(home, "Nothing else", approved=True), note_of(home, "Exports", approved=True)
    scheme = LibrarySchemeFactory(institution_id=partner.id, name_ru="Субсидия экспортёрам").id
    guide = GuideFactory(
        institution_id=home.id, state=GuideState.PUBLISHED, title_tr="İhracat beyannamesi"
    ).id
    sides = {"from_institution_id": home.id, "to_institution_id": partner.id, "mou_id": mou.id}
    asked = QuestionFactory(**sides, title="How is export insured?").id
    reader = works_for(partner, InstitutionRole.STAFF)
    stranger = works_for(InstitutionFactory(country="KZ"), InstitutionRole.STAFF)

    assert found_by(reader, "export") == [outside.id, inside.id]
    also = elsewhere(reader, find("экспортёр"))
    assert [one.id for one in also.schemes] == [scheme]
    assert [one.id for one in elsewhere(reader, find("ihracat")).guides] == [guide]
    assert [one.id for one in elsewhere(reader, find("insure")).questions] == [asked]
    assert not elsewhere(stranger, find("insure")).any


def test_lists_hold_what_the_reader_may_read_and_nothing_else(session: Sessions) -> None:
    home, partner, stranger = (
        InstitutionFactory(),
        InstitutionFactory(country="RU"),
        InstitutionFactory(country="KZ"),
    )
    mou = mou_between(home, partner)
    shared = note_of(home, "Shared", approved=True, visibility=Visibility.MOU, mou_id=mou.id)
    inner = note_of(home, "Inner", approved=True, visibility=Visibility.INSTITUTION)
    note_of(home, "Draft")

    def numbers(institution: Institution) -> set[int]:
        return set(found_by(works_for(institution, InstitutionRole.STAFF), ""))

    assert numbers(partner) == {shared.id}
    assert numbers(stranger) == set()
    assert {shared.id, inner.id} < numbers(home)


def test_a_takeover_is_recorded_by_the_other_institution_and_told(session: Sessions) -> None:
    home, partner = InstitutionFactory(), InstitutionFactory(country="RU")
    taker = works_for(partner, InstitutionRole.COORDINATOR)
    started = note_of(home, approved=True)

    kept = note_services.adopt(
        taker, started, institution_id=partner.id, what="The coaches", adopted_on=clock.today()
    )

    assert (kept.number, kept.institution_id) == (1, partner.id)
    assert session.scalars(select(Notice.kind)).all() == ["note_adopted"]
    with pytest.raises(NotAllowed):
        note_services.adopt(
            works_for(home, InstitutionRole.COORDINATOR),
            started,
            institution_id=home.id,
            what="Own",
            adopted_on=clock.today(),
        )


def test_a_late_answer_keeps_its_delay(session: Sessions) -> None:
    home, partner = InstitutionFactory(), InstitutionFactory(country="RU")
    mou = mou_between(home, partner)
    asked = QuestionFactory(
        mou_id=mou.id,
        from_institution_id=home.id,
        to_institution_id=partner.id,
        due_on=clock.today() - timedelta(days=4),
    )
    official(partner, InstitutionRole.COORDINATOR)

    assert question_services.remind_of_overdue() == 1
    assert question_services.remind_of_overdue() == 1
    answered = question_services.answer(works_for(partner, InstitutionRole.STAFF), question(asked.id), "So.")

    assert rules.delay_days(answered, clock.today() + timedelta(days=90)) == 4
    assert question_services.remind_of_overdue() == 0
    kinds = session.scalars(select(Notice.kind).order_by(Notice.id)).all()
    assert list(kinds) == ["question_overdue", "question_answered"]


def test_a_question_needs_a_memorandum_that_covers_it_and_time_to_answer(session: Sessions) -> None:
    home, partner = InstitutionFactory(), InstitutionFactory(country="RU")
    mou = mou_between(home, partner)
    actor = works_for(home, InstitutionRole.STAFF)
    ask: dict[str, Any] = {
        "from_institution_id": home.id,
        "to_institution_id": partner.id,
        "title": "How?",
        "text": "Why?",
    }

    with pytest.raises(DomainError) as early:
        question_services.ask(actor, mou, **ask, due_on=clock.today())
    mou.ended_on = clock.today() - timedelta(days=1)
    with pytest.raises(DomainError) as ended:
        question_services.ask(actor, mou, **ask, due_on=clock.today() + timedelta(days=9))

    assert (early.value.field, ended.value.field) == ("due_on", "mou_id")


def test_two_answers_at_once_leave_one(
    given: Callable[[], Any], concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        home, partner = InstitutionFactory(), InstitutionFactory(country="RU")
        mou = mou_between(home, partner)
        asked = QuestionFactory(mou_id=mou.id, from_institution_id=home.id, to_institution_id=partner.id)
        actors = [works_for(partner, InstitutionRole.STAFF) for _ in range(4)]

    def answering(actor: Actor) -> Callable[[], Any]:
        def deed() -> str:
            with unit_of_work():
                return question_services.answer(actor, question(asked.id), f"By {actor.person_id}").answer

        return deed

    results = concurrently(*(answering(actor) for actor in actors))

    won = [one for one in results if isinstance(one, str)]
    assert len(won) == 1
    assert all(isinstance(one, Conflict) for one in results if not isinstance(one, str)), results
    with given():
        assert db.session.get_one(type(asked), asked.id).answer == won[0]


def test_the_report_of_an_exchange_becomes_a_draft_of_its_expert(session: Sessions) -> None:
    world = exchange_world()
    application = application_of(world, state=SignUpState.CONFIRMED, agreed=True, confirmed=True)
    report = ExchangePaper(
        application_id=application.sign_up_id,
        kind=PaperKind.REPORT,
        person_id=world.expert.id,
        text="We saw the window.",
        lessons="One list saves time.",
        text_language="en",
    )
    session.add(report)
    session.flush()

    practice_note_offered.send(queries.locked_application(application.sign_up_id))

    begun = session.scalars(select(PracticeNote)).one()
    assert (begun.institution_id, begun.author_id) == (world.sender.id, world.expert.id)
    assert note(begun.id).texts[0].results == "One list saves time."
    assert rules.missing_texts(note(begun.id)) == ["problem", "conditions"]
