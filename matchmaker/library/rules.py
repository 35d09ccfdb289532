"""Decisions of the library: who reads, writes, checks and approves what, and what follows from days and revisions."""

from datetime import date
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.library.enums import (
    GuideState,
    NoteState,
    NoteVerb,
    QuestionStatus,
    TextState,
    Visibility,
)

if TYPE_CHECKING:
    from matchmaker.library.models import (
        Guide,
        NoteFile,
        NoteText,
        PracticeNote,
        Question,
        QuestionFile,
        Scheme,
    )

WRITERS: Final = (InstitutionRole.STAFF, InstitutionRole.EXPERT, InstitutionRole.COORDINATOR)
APPROVERS: Final = (InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
OFFICERS: Final = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
LONGEST_PROSE: Final = 8_000
MOST_FILES: Final = 10
REQUIRED_TEXTS: Final = ("title", "problem", "approach", "results", "conditions")
"""What a note has to say before it can be reviewed: another institution cannot judge a practice without these."""

MOVES: Final = {
    NoteVerb.SUBMIT: (frozenset({NoteState.DRAFT}), NoteState.IN_REVIEW, WRITERS),
    NoteVerb.RETURN: (frozenset({NoteState.IN_REVIEW}), NoteState.DRAFT, APPROVERS),
    NoteVerb.APPROVE: (frozenset({NoteState.IN_REVIEW}), NoteState.APPROVED, APPROVERS),
    NoteVerb.REVISE: (frozenset({NoteState.APPROVED, NoteState.RETIRED}), NoteState.DRAFT, WRITERS),
    NoteVerb.RETIRE: (frozenset({NoteState.APPROVED}), NoteState.RETIRED, APPROVERS),
}
"""From which states a verb leads where, and who at the owner institution may say it."""


def may_read_library(actor: Actor) -> bool:
    """The people of institutions."""
    return bool(actor.grants)


def institutions_of(actor: Actor, *roles: InstitutionRole) -> tuple[int, ...]:
    """The institutions where the actor has one of the roles (any role where none is named), each once."""
    return tuple(
        dict.fromkeys(
            grant.institution_id
            for grant in actor.grants
            if not grant.operator and (not roles or grant.role in roles)
        )
    )


def may_write_notes(actor: Actor) -> bool:
    """Staff, experts and coordinators write notes of their own institution."""
    return bool(institutions_of(actor, *WRITERS))


def may_read_note(actor: Actor, note: "PracticeNote") -> bool:
    """The owner's people always; others once a version is approved, as far as its visibility goes."""
    if note.institution_id in institutions_of(actor):
        return True
    if note.number == 0 or note.state is NoteState.RETIRED or not institutions_of(actor):
        return False
    if note.visibility is Visibility.INSTITUTIONS:
        return True
    return note.visibility is Visibility.MOU and is_party(actor, note)


def is_party(actor: Actor, note: "PracticeNote") -> bool:
    """Whether the actor works for a party of the note's memorandum."""
    own = institutions_of(actor)
    return note.mou is not None and any(party.institution_id in own for party in note.mou.parties)


def may_edit_note(actor: Actor, note: "PracticeNote") -> bool:
    """The owner's writers, while the note is a draft."""
    return note.state is NoteState.DRAFT and note.institution_id in institutions_of(actor, *WRITERS)


def may_translate(actor: Actor, note: "PracticeNote") -> bool:
    """Writers of every institution that reads the note may put it into another language."""
    return may_write_notes(actor) and may_read_note(actor, note) and note.state is not NoteState.RETIRED


def may_check(actor: Actor, note: "PracticeNote", text: "NoteText") -> bool:
    """Somebody else than the translator, of any institution that reads the note."""
    return may_translate(actor, note) and text.written_by_id != actor.person_id


def may(verb: NoteVerb, actor: Actor, note: "PracticeNote") -> bool:
    """Whether the actor may say the verb now. Nobody approves a note of one's own."""
    before, _after, roles = MOVES[verb]
    if note.state not in before or note.institution_id not in institutions_of(actor, *roles):
        return False
    return verb is not NoteVerb.APPROVE or note.author_id != actor.person_id


def may_move(actor: Actor, note: "PracticeNote") -> bool:
    """Whether the actor belongs to those who move notes of this institution on at all."""
    return note.institution_id in institutions_of(actor, *WRITERS, *APPROVERS)


def may_adopt(actor: Actor, note: "PracticeNote") -> bool:
    """Officers of another institution that reads an approved version record what was taken over."""
    others = set(institutions_of(actor, *OFFICERS)) - {note.institution_id}
    return bool(others) and note.number > 0 and may_read_note(actor, note)


def may_read_note_file(actor: Actor, file: "NoteFile") -> bool:
    """Whoever reads the note."""
    return may_read_note(actor, file.note)


def may_change_note_file(actor: Actor, file: "NoteFile") -> bool:
    """Whoever edits the note."""
    return may_edit_note(actor, file.note)


def text_state(note: "PracticeNote", language: str) -> TextState:
    """Where the words of a language stand beside those of the source language."""
    texts = {text.language: text for text in note.texts}
    text, source = texts.get(language), texts.get(note.source_language)
    if language == note.source_language:
        return TextState.SOURCE
    if text is None or not text.title:
        return TextState.MISSING
    if source is not None and text.revision < source.revision:
        return TextState.OUTDATED
    return TextState.CHECKED if text.checked_at else TextState.UNCHECKED


def missing_texts(note: "PracticeNote") -> list[str]:
    """The required parts that the source language does not say yet."""
    source = next((text for text in note.texts if text.language == note.source_language), None)
    return [name for name in REQUIRED_TEXTS if source is None or not getattr(source, name).strip()]


def may_add_scheme(actor: Actor) -> bool:
    """Officers record the schemes of their own institution."""
    return bool(institutions_of(actor, *OFFICERS))


def may_change_scheme(actor: Actor, scheme: "Scheme") -> bool:
    """Officers of the institution whose scheme it is."""
    return scheme.institution_id in institutions_of(actor, *OFFICERS)


def question_status(question: "Question", today: date) -> QuestionStatus:
    """What the days of a question say."""
    if question.answered_on is None:
        return QuestionStatus.OVERDUE if today > question.due_on else QuestionStatus.OPEN
    late = question.answered_on > question.due_on
    return QuestionStatus.ANSWERED_LATE if late else QuestionStatus.ANSWERED


def delay_days(question: "Question", today: date) -> int:
    """By how many days the answer is, or was, later than wanted; 0 in time."""
    return max(0, ((question.answered_on or today) - question.due_on).days)


def may_ask(actor: Actor) -> bool:
    """Staff, experts and coordinators ask for their institution."""
    return bool(institutions_of(actor, *WRITERS))


def may_read_question(actor: Actor, question: "Question") -> bool:
    """The people of the two institutions."""
    return bool(
        {question.from_institution_id, question.to_institution_id}.intersection(institutions_of(actor))
    )


def is_asked(actor: Actor, question: "Question") -> bool:
    """Whether the actor writes for the asked institution."""
    return question.to_institution_id in institutions_of(actor, *WRITERS)


def may_answer(actor: Actor, question: "Question") -> bool:
    """The asked institution answers, once."""
    return question.answered_on is None and is_asked(actor, question)


def may_read_question_file(actor: Actor, file: "QuestionFile") -> bool:
    """Whoever reads the question."""
    return may_read_question(actor, file.question)


def may_write_guides(actor: Actor) -> bool:
    """Officers of an institution with a country write for their own firms."""
    return bool(guide_countries(actor))


def guide_countries(actor: Actor) -> tuple[str, ...]:
    """The countries for whose firms the actor writes guides."""
    return tuple(
        dict.fromkeys(grant.country for grant in actor.grants if grant.role in OFFICERS and grant.country)
    )


def may_read_guide(actor: Actor, guide: "Guide") -> bool:
    """Everybody reads a published guide, its institution the others as well."""
    return guide.state is GuideState.PUBLISHED or guide.institution_id in institutions_of(actor)


def may_change_guide(actor: Actor, guide: "Guide") -> bool:
    """Officers of the institution that wrote it."""
    return guide.institution_id in institutions_of(actor, *OFFICERS)
