"""Practice notes, schemes, questions and guides."""

from datetime import date

from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.core import clock
from matchmaker.institutions.models import Institution
from matchmaker.library.enums import GuideTopic, Instrument, NoteState, TargetGroup, Visibility
from matchmaker.library.models import Guide, NoteText, NoteVersion, PracticeNote, Question, Scheme
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory
from tests.factories.institutions import InstitutionFactory

WRITTEN = {"problem": "Few firms export.", "approach": "A coach visits.", "results": "12 of 40 export."}
PARTS = {"cost_per_result": "", "legal_basis": "", "conditions": "Two coaches.", "risks": ""}


class PracticeNoteFactory(EntityFactory):
    """A note in the making; take it from `note_of` where its words matter."""

    class Meta:
        model = PracticeNote

    institution_id = LazyAttribute(lambda row: InstitutionFactory().id)
    author_id = LazyAttribute(lambda row: PersonFactory().id)
    state = NoteState.DRAFT
    visibility = Visibility.INSTITUTIONS
    source_language = "en"
    practice_area = "export"
    instrument = Instrument.CONSULTING
    target_group = TargetGroup.SMES


def text_in(language: str, title: str, revision: int = 1, **words: str) -> NoteText:
    """The words of a note in one language."""
    return NoteText(language=language, title=title, revision=revision, **{**WRITTEN, **PARTS, **words})


def note_of(
    institution: Institution, title: str = "Export coaching", *, approved: bool = False, **facts: object
) -> PracticeNote:
    """A note of an institution with English words, approved once where that is said."""
    note: PracticeNote = PracticeNoteFactory(
        institution_id=institution.id,
        texts=[text_in("en", title)],
        versions=[],
        files=[],
        adoptions=[],
        **facts,
    )
    if approved:
        content = {"texts": {"en": {"title": title, **WRITTEN, **PARTS}}, "facts": {}}
        note.versions.append(
            NoteVersion(number=1, source_revision=1, content=content, approved_by_id=note.author_id)
        )
        note.number, note.state = 1, NoteState.APPROVED
    return note


class LibrarySchemeFactory(EntityFactory):
    """A scheme that is open."""

    class Meta:
        model = Scheme

    institution_id = LazyAttribute(lambda row: InstitutionFactory().id)
    name_en = Sequence(lambda count: f"Scheme {count}")
    name_tr = LazyAttribute(lambda row: row.name_en)
    name_ru = LazyAttribute(lambda row: row.name_en)
    target_group = TargetGroup.SMES
    instrument = Instrument.GRANT
    conditions_tr = conditions_ru = conditions_en = "Two years old at least."
    starts_on = date(2026, 1, 1)
    source_note = "Notice of 2026"


class QuestionFactory(EntityFactory):
    """A question without an answer."""

    class Meta:
        model = Question

    asker_id = LazyAttribute(lambda row: PersonFactory().id)
    language = "en"
    title = "How do you check declarations?"
    text = "We want to compare."
    asked_on = LazyFunction(clock.today)
    due_on = LazyFunction(clock.today)


class GuideFactory(EntityFactory):
    """A guide for Turkish firms, in the making."""

    class Meta:
        model = Guide

    institution_id = LazyAttribute(lambda row: InstitutionFactory(country="TR").id)
    from_country = "TR"
    to_country = "RU"
    topic = GuideTopic.CUSTOMS
    title_tr = title_ru = title_en = "Customs step by step"
    body_tr = body_ru = body_en = "First the code, then the value."
    source_note = "Customs authority, 2026"
    checked_on = date(2026, 1, 1)
