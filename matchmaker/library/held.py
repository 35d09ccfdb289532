"""What the library keeps of a person: the notes and answers of institutions name who wrote them."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.library.models import Adoption, NoteText, NoteVersion, PracticeNote, Question

WHY = _l("It is the work of the institution. Without your name.")
PART = Part(
    "library",
    _l("Library"),
    held=(
        Held(
            NoteText,
            _l("Texts of practice notes that you wrote"),
            (NoteText.written_by_id,),
            Fate.KEPT,
            why=WHY,
        ),
        Held(Question, _l("Questions that you asked"), (Question.asker_id,), Fate.KEPT, why=WHY),
    ),
    named=(
        Adoption.recorded_by_id,
        NoteText.checked_by_id,
        NoteVersion.approved_by_id,
        PracticeNote.author_id,
        PracticeNote.contact_id,
        Question.answerer_id,
    ),
)
