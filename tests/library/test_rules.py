"""Decisions of the library."""

from datetime import date

import pytest

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.institutions.models import Institution
from matchmaker.library import rules
from matchmaker.library.enums import NoteState, NoteVerb, QuestionStatus, TextState, Visibility
from matchmaker.library.models import NoteText, PracticeNote, Question
from matchmaker.mous.models import Mou, MouParty

OWNER, PARTNER, STRANGER = 1, 2, 3


def of(institution: int, role: InstitutionRole = InstitutionRole.STAFF, person: int = 7) -> Actor:
    return Actor(person_id=person, grants=(Grant(role, institution, "TR"),))


def note(
    state: NoteState = NoteState.APPROVED, number: int = 1, visibility: Visibility = Visibility.MOU
) -> PracticeNote:
    parties = [MouParty(institution_id=one, institution=Institution(id=one)) for one in (OWNER, PARTNER)]
    return PracticeNote(
        institution_id=OWNER,
        author_id=9,
        state=state,
        number=number,
        visibility=visibility,
        mou=Mou(parties=parties),
        source_language="tr",
    )


@pytest.mark.parametrize(
    ("institution", "visibility", "readable"),
    [
        (OWNER, Visibility.INSTITUTION, True),
        (PARTNER, Visibility.INSTITUTION, False),
        (PARTNER, Visibility.MOU, True),
        (STRANGER, Visibility.MOU, False),
        (STRANGER, Visibility.INSTITUTIONS, True),
    ],
)
def test_an_approved_note_is_read_as_far_as_its_visibility_goes(
    institution: int, visibility: Visibility, readable: bool
) -> None:
    assert rules.may_read_note(of(institution), note(visibility=visibility)) is readable


@pytest.mark.parametrize(("state", "number"), [(NoteState.DRAFT, 0), (NoteState.RETIRED, 1)])
def test_drafts_and_withdrawn_notes_stay_with_their_owner(state: NoteState, number: int) -> None:
    found = note(state, number, Visibility.INSTITUTIONS)

    assert rules.may_read_note(of(OWNER), found)
    assert not rules.may_read_note(of(PARTNER), found)


def test_an_approved_version_stays_readable_while_the_next_is_written() -> None:
    assert rules.may_read_note(of(PARTNER), note(NoteState.DRAFT, 1))


def test_nobody_approves_an_own_note() -> None:
    found = note(NoteState.IN_REVIEW, 0)

    assert rules.may(NoteVerb.APPROVE, of(OWNER, InstitutionRole.COORDINATOR, person=8), found)
    assert not rules.may(NoteVerb.APPROVE, of(OWNER, InstitutionRole.COORDINATOR, person=9), found)
    assert not rules.may(NoteVerb.APPROVE, of(PARTNER, InstitutionRole.COORDINATOR, person=8), found)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (None, TextState.MISSING),
        (NoteText(language="ru", title="", revision=2), TextState.MISSING),
        (NoteText(language="ru", title="Наставник", revision=1), TextState.OUTDATED),
        (NoteText(language="ru", title="Наставник", revision=2), TextState.UNCHECKED),
        (
            NoteText(language="ru", title="Наставник", revision=2, checked_at=date(2026, 1, 1)),
            TextState.CHECKED,
        ),
    ],
)
def test_a_translation_is_measured_by_the_revision_of_the_original(
    text: NoteText | None, state: TextState
) -> None:
    found = note()
    found.texts = [NoteText(language="tr", title="Koç", revision=2), *([text] if text else [])]

    assert rules.text_state(found, "ru") is state
    assert rules.text_state(found, "tr") is TextState.SOURCE


@pytest.mark.parametrize(
    ("answered", "today", "status", "delay"),
    [
        (None, date(2026, 3, 10), QuestionStatus.OPEN, 0),
        (None, date(2026, 3, 13), QuestionStatus.OVERDUE, 3),
        (date(2026, 3, 10), date(2026, 5, 1), QuestionStatus.ANSWERED, 0),
        (date(2026, 3, 12), date(2026, 5, 1), QuestionStatus.ANSWERED_LATE, 2),
    ],
)
def test_the_days_of_a_question_say_how_it_stands(
    answered: date | None, today: date, status: QuestionStatus, delay: int
) -> None:
    question = Question(due_on=date(2026, 3, 10), answered_on=answered)

    assert rules.question_status(question, today) is status
    assert rules.delay_days(question, today) == delay
