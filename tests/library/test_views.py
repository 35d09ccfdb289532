"""Pages of the library."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.library.enums import GuideState, Visibility
from matchmaker.library.models import Guide, NoteFile, PracticeNote, Question, Scheme
from tests.clients import HTMX, Client
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.library import GuideFactory, LibrarySchemeFactory, QuestionFactory, note_of
from tests.factories.mous import mou_between

Given = Callable[..., Any]
SCHEME = {
    "name_tr": "İhracat desteği",
    "name_ru": "Поддержка экспорта",
    "name_en": "Export support",
    "target_group": "exporters",
    "instrument": "grant",
    "rate": "60",
    "cap": "1000000",
    "currency": "TRY",
    "conditions_tr": "İki yıllık firma",
    "conditions_ru": "Фирме не менее двух лет",
    "conditions_en": "Two years old",
    "starts_on": "01.01.2026",
    "source_note": "Notice of 2026",
}
GUIDE = {
    "from_country": "TR",
    "to_country": "RU",
    "topic": "customs",
    "source_note": "Customs authority",
    "checked_on": "01.02.2026",
} | {f"{part}_{code}": f"{part} {code}" for part in ("title", "body") for code in ("tr", "ru", "en")}


@pytest.fixture
def sides(given: Given) -> tuple[Institution, Institution, int]:
    """Two institutions and the number of the memorandum between them."""
    with given():
        home, partner = InstitutionFactory(), InstitutionFactory(country="RU")
        return home, partner, mou_between(home, partner).id


@pytest.fixture
def signed_in(app: Any, given: Given) -> Callable[..., Client]:
    """Somebody of an institution, signed in."""

    def client(institution: Institution, role: InstitutionRole = InstitutionRole.STAFF) -> Client:
        with given():
            person = official(institution, role)
        made: Client = app.test_client()
        return made.sign_in(person)

    return client


def test_a_note_is_begun_written_and_sent_for_review(
    sides: Any, signed_in: Callable[..., Client], given: Given
) -> None:
    home, _partner, mou_id = sides
    author = signed_in(home, InstitutionRole.EXPERT)

    begun = author.submit(
        "/library/notes/new", {"title": "Koçluk", "source_language": "tr", "mou_id": str(mou_id)}
    )
    words = {name: f"{name} metni" for name in ("problem", "approach", "results", "conditions")}
    author.submit(begun.location, words)
    with given():
        note = db.session.scalars(select(PracticeNote)).one()
    author.send(f"/library/notes/{note.id}/moves/submit")

    page = author.get(f"/library/notes/{note.id}").text
    assert "Koçluk" in page
    assert "In review" in page
    assert "approach metni" in page


def test_a_note_without_its_title_keeps_what_was_typed(sides: Any, signed_in: Callable[..., Client]) -> None:
    answer = signed_in(sides[0]).submit("/library/notes/new", {"budget": "12 000", "ends_on": "31.02.2026"})

    assert answer.status_code == 422
    assert "Enter a title." in answer.text
    assert "12 000" in answer.text
    assert "day, month and year" in answer.text


def test_reading_a_note_is_logged(sides: Any, signed_in: Callable[..., Client], given: Given) -> None:
    with given():
        number = note_of(sides[0], approved=True).id

    assert signed_in(sides[1]).get(f"/library/notes/{number}").status_code == 200

    with given():
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "read")).one()
    assert (line.entity, line.entity_id) == ("practice_note", number)


def test_a_file_of_a_note_is_read_by_its_readers_only(
    app: Flask, sides: Any, signed_in: Callable[..., Client], given: Given
) -> None:
    with given():
        number = note_of(sides[0], visibility=Visibility.INSTITUTION).id
    author = signed_in(sides[0])
    upload = {"file": (BytesIO(b"%PDF-1.7\n"), "results.pdf")}
    author.submit(f"/library/notes/{number}", upload, form=f"/library/notes/{number}/files")
    with given():
        file_id = db.session.scalars(select(NoteFile.id)).one()

    assert author.get(f"/library/note-files/{file_id}").status_code == 200
    assert signed_in(sides[1]).get(f"/library/note-files/{file_id}").status_code == 404
    author.submit(f"/library/notes/{number}", {}, form=f"/library/note-files/{file_id}/remove")
    assert list((app.config["INSTANCE"] / "uploads").iterdir()) == []


def test_the_list_as_page_and_as_fragment_finds_words(
    sides: Any, signed_in: Callable[..., Client], given: Given
) -> None:
    with given():
        note_of(sides[0], "Export coaching", approved=True)
        note_of(sides[0], "Loans", approved=True, practice_area="finance")
    reader = signed_in(sides[1])

    page, part = (
        reader.get("/library?area=export").text,
        reader.get("/library?area=export", headers=HTMX).text,
    )

    assert "Export coaching" in page
    assert ">English</td>" in page
    assert "Loans" not in page
    assert part.strip() in page


def test_more_notes_need_no_more_statements(
    sides: Any, signed_in: Callable[..., Client], given: Given, count_statements: Any
) -> None:
    reader, counts = signed_in(sides[1]), []
    for _ in range(2):
        with given():
            for _ in range(3):
                note_of(sides[0], approved=True)
        with count_statements() as sent:
            reader.get("/library")
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_schemes_of_both_sides_stand_in_one_table(
    sides: Any, signed_in: Callable[..., Client], given: Given
) -> None:
    with given():
        LibrarySchemeFactory(institution_id=sides[1].id, name_en="Microloan")
    staff = signed_in(sides[0])

    assert staff.submit("/library/schemes/new", SCHEME).status_code == 303

    page = staff.get("/library/schemes").text
    assert "Export support" in page
    assert "60%" in page
    assert "Microloan" in page
    with given():
        kept = db.session.scalars(select(Scheme).where(Scheme.name_en == "Export support")).one()
    assert signed_in(sides[1]).get(f"/library/schemes/{kept.id}").status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rate": "160"}, "between 1 and 100"),
        ({"currency": ""}, "currency of the cap"),
        ({"ends_on": "31.12.2025"}, "before the first"),
        ({"name_ru": " "}, "name in this language"),
    ],
)
def test_what_a_scheme_cannot_be_is_said(
    sides: Any, signed_in: Callable[..., Client], changed: dict[str, str], words: str
) -> None:
    answer = signed_in(sides[0]).submit("/library/schemes/new", SCHEME | changed)

    assert answer.status_code == 422
    assert words in answer.text
    assert "Notice of 2026" in answer.text


def test_a_question_is_asked_and_answered_with_files(
    sides: Any, signed_in: Callable[..., Client], given: Given
) -> None:
    home, partner, mou_id = sides
    asking, answering = signed_in(home), signed_in(partner)
    asked = asking.submit(
        "/library/questions/new",
        {"mou_id": str(mou_id), "title": "How?", "text": "We compare.", "due_on": "01.01.2040"},
    )
    assert asked.status_code == 303

    answer = {"answer": "Like this.", "files": (BytesIO(b"%PDF-1.7\n"), "form.pdf")}
    answering.submit(asked.location, answer)

    page = asking.get(asked.location).text
    assert "Like this." in page
    assert "form.pdf" in page
    assert "Answered" in page
    with given():
        number = db.session.scalars(select(Question.id)).one()
    assert answering.send(f"/library/questions/{number}/answer", {"answer": "Again."}).status_code == 409


def test_an_overdue_question_says_by_how_much(
    sides: Any, signed_in: Callable[..., Client], given: Given
) -> None:
    home, partner, mou_id = sides
    with given():
        QuestionFactory(
            mou_id=mou_id,
            from_institution_id=home.id,
            to_institution_id=partner.id,
            due_on=clock.today() - timedelta(days=2),
        )

    page = signed_in(partner).get("/library/questions").text

    assert "Overdue" in page
    assert "2 days late" in page


def test_a_guide_is_read_by_firms_once_it_is_published(
    sides: Any, signed_in: Callable[..., Client], given: Given, client: Client
) -> None:
    staff = signed_in(sides[0])

    written = staff.submit("/guides/new", GUIDE)
    assert client.get(written.location).status_code == 303
    staff.send(f"{written.location}/publish")

    assert "title en" in client.get("/guides").text
    assert "body en" in client.get(written.location).text
    with given():
        assert db.session.scalars(select(Guide)).one().state is GuideState.PUBLISHED


def test_a_guide_lacking_a_language_is_not_kept(sides: Any, signed_in: Callable[..., Client]) -> None:
    answer = signed_in(sides[0]).submit("/guides/new", GUIDE | {"body_ru": ""})

    assert answer.status_code == 422
    assert "text in this language" in answer.text
    assert "body tr" in answer.text


def test_guides_of_a_way_as_page_and_as_fragment(given: Given, client: Client) -> None:
    with given():
        GuideFactory(state=GuideState.PUBLISHED, title_en="To Russia")
        GuideFactory(state=GuideState.PUBLISHED, from_country="RU", to_country="TR", title_en="To Türkiye")

    page, part = client.get("/guides?from=RU").text, client.get("/guides?from=RU", headers=HTMX).text

    assert "To Türkiye" in page
    assert "To Russia" not in page
    assert part.strip() in page
