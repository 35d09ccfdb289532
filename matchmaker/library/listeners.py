"""What the library does when the report of an expert exchange shall become a practice note."""

from matchmaker.core import audit
from matchmaker.core.db import db
from matchmaker.library.enums import Instrument, NoteState, TargetGroup, Visibility
from matchmaker.library.models import NoteText, PracticeNote
from matchmaker.library.note_services import WORDS
from matchmaker.programmes.exchanges.enums import PaperKind
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.exchanges.signals import practice_note_offered


@practice_note_offered.connect
def begin_from_report(application: ExchangeApplication) -> PracticeNote:
    """A draft of the expert's institution with what the report says; the author writes the parts that it lacks.

    The report names no instrument and no target group: the draft begins with the widest ones.
    """
    report = next(paper for paper in application.papers if paper.kind is PaperKind.REPORT)
    programme, spoken = application.sign_up.programme, report.text_language
    text = NoteText(language=spoken, written_by_id=report.person_id, **dict.fromkeys(WORDS, ""))
    text.title, text.approach, text.results = programme.title(spoken), report.text, report.lessons
    note = PracticeNote(
        institution_id=application.expert.institution_id,
        author_id=report.person_id,
        contact_id=report.person_id,
        state=NoteState.DRAFT,
        visibility=Visibility.MOU,
        mou_id=programme.mou_id,
        source_language=spoken,
        practice_area=application.call.practice_area,
        instrument=Instrument.CONSULTING,
        target_group=TargetGroup.SMES,
        texts=[text],
    )
    db.session.add(note)
    db.session.flush()
    audit.record(
        None, "begin_from_report", "practice_note", note.id, after={"exchange": application.sign_up_id}
    )
    db.session.flush()
    return note
