"""The records of the library that the access matrix asks with: those of the Turkish institution, approved or published."""

from typing import Any

from matchmaker.institutions.models import Institution
from matchmaker.library.enums import Visibility
from matchmaker.library.models import NoteFile, QuestionFile
from matchmaker.mous.models import Mou
from tests.factories.files import stored_pdf
from tests.factories.library import GuideFactory, LibrarySchemeFactory, QuestionFactory, note_of


def library_arguments(own: Institution, other: Institution, mou: Mou) -> dict[str, Any]:
    """An approved note and a draft with a file, a scheme, a question to the other side with a file, a draft of a guide."""
    shared = {"visibility": Visibility.MOU, "mou_id": mou.id}
    note, draft = note_of(own, approved=True, **shared), note_of(own, "Loans", **shared)
    draft.files.append(NoteFile(file_id=stored_pdf().id))
    question = QuestionFactory(
        mou_id=mou.id,
        from_institution_id=other.id,
        to_institution_id=own.id,
        files=[QuestionFile(file_id=stored_pdf().id)],
    )
    of_draft = ("library.edit_facts", "library.attach_file")
    return {
        "note_id": note.id,
        "number": 1,
        "verb": "revise",
        "library.note_file:file_id": draft.files[0].id,
        "library.remove_note_file:file_id": draft.files[0].id,
        "library.change_scheme:scheme_id": LibrarySchemeFactory(institution_id=own.id).id,
        "library.question:question_id": question.id,
        "library.answer_question:question_id": question.id,
        "library.question_file:file_id": question.files[0].id,
        "guide_id": GuideFactory(institution_id=own.id).id,
    } | {f"{endpoint}:note_id": draft.id for endpoint in of_draft}
