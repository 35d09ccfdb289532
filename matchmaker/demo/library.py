"""The library of the demo: two practices, schemes, guides and questions, all marked as samples."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from matchmaker.demo.tables import rows
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.library.enums import GuideState, GuideTopic, Instrument, NoteState, TargetGroup, Visibility
from matchmaker.library.models import (
    Adoption,
    Guide,
    NoteText,
    NoteVersion,
    PracticeNote,
    Question,
    Scheme,
)
from matchmaker.library.words import PARTS

Numbers = Mapping[str, int]
SOURCE = "Tandem demo"


def add_library(people: Numbers, institutions: Numbers, mou_id: int, morning: datetime) -> None:
    """Write the library of both sides."""
    add_notes(people, institutions, mou_id, morning)
    add_schemes(institutions, morning)
    add_guides(institutions, morning)
    add_questions(people, institutions, mou_id, morning)


def add_notes(people: Numbers, institutions: Numbers, mou_id: int, morning: datetime) -> None:
    """An approved practice in three languages that the other side took over, and one in review."""
    coach, window = add_numbered(PracticeNote, note_facts(people, institutions, mou_id, morning))
    add_texts({"coach": (coach, "staff.tr"), "window": (window, "expert.ru")}, people, morning)
    said = {row["language"]: {name: row[name] for name in ("title", *PARTS)} for row in texts_of("coach")}
    version = {
        "note_id": coach,
        "number": 1,
        "source_revision": 1,
        "content": {"texts": said, "facts": {}},
        "approved_by_id": people["coordinator.tr"],
        "approved_at": morning - timedelta(days=90),
    }
    add_all(NoteVersion, [version])
    adoption = {
        "note_id": coach,
        "institution_id": institutions["RSMB"],
        "number": 1,
        "what": "Выездные наставники работают в двух регионах; журнал ведётся в электронном виде.",
        "adopted_on": (morning - timedelta(days=30)).date(),
        "recorded_by_id": people["coordinator.ru"],
    }
    add_all(Adoption, [adoption])


def note_facts(
    people: Numbers, institutions: Numbers, mou_id: int, morning: datetime
) -> list[dict[str, Any]]:
    """What the two notes say beside their words."""
    common = {"visibility": Visibility.MOU, "mou_id": mou_id, "target_group": TargetGroup.SMES}
    return [
        {
            **common,
            "institution_id": institutions["KOSGEB"],
            "author_id": people["staff.tr"],
            "contact_id": people["coordinator.tr"],
            "state": NoteState.APPROVED,
            "source_language": "tr",
            "practice_area": "export",
            "instrument": Instrument.CONSULTING,
            "budget": Decimal(4_800_000),
            "currency": "TRY",
            "starts_on": (morning - timedelta(days=700)).date(),
            "number": 1,
        },
        {
            **common,
            "institution_id": institutions["RSMB"],
            "author_id": people["expert.ru"],
            "contact_id": people["expert.ru"],
            "state": NoteState.IN_REVIEW,
            "source_language": "ru",
            "practice_area": "regulation",
            "instrument": Instrument.DIGITAL,
            "budget": Decimal(12_000_000),
            "currency": "RUB",
            "starts_on": (morning - timedelta(days=400)).date(),
            "number": 0,
        },
    ]


def texts_of(note: str) -> list[dict[str, str]]:
    """The words of a note in each of its languages."""
    return [row for row in rows("note_texts") if row["note"] == note]


def add_texts(notes: Mapping[str, tuple[int, str]], people: Numbers, morning: datetime) -> None:
    """Write the words, the translations checked by the coordinator of the other side."""
    made = []
    for row in rows("note_texts"):
        note_id, author = notes[row["note"]]
        original = row["language"] == {"coach": "tr", "window": "ru"}[row["note"]]
        checked = not original and row["note"] == "coach"
        made.append(
            {
                "note_id": note_id,
                "language": row["language"],
                **{name: row[name] for name in ("title", *PARTS)},
                "revision": 1,
                "written_by_id": people[author],
                "checked_by_id": people["coordinator.ru"] if checked else None,
                "checked_at": morning - timedelta(days=80) if checked else None,
            }
        )
    add_all(NoteText, made)


def add_schemes(institutions: Numbers, morning: datetime) -> None:
    """Schemes of both institutions that can be compared."""
    languages = ("tr", "ru", "en")
    add_all(
        Scheme,
        [
            {
                "institution_id": institutions[row["institution"]],
                **{
                    f"{part}_{code}": row[f"{part}_{code}"]
                    for part in ("name", "conditions")
                    for code in languages
                },
                "target_group": TargetGroup(row["target_group"]),
                "instrument": Instrument(row["instrument"]),
                "rate": Decimal(row["rate"]),
                "cap": Decimal(row["cap"]),
                "currency": row["currency"],
                "starts_on": day(morning, row["starts"]),
                "source_note": SOURCE,
            }
            for row in rows("library_schemes")
        ],
    )


def add_guides(institutions: Numbers, morning: datetime) -> None:
    """Published guides for the firms of both countries."""
    languages = ("tr", "ru", "en")
    add_all(
        Guide,
        [
            {
                "institution_id": institutions[row["institution"]],
                "from_country": row["from"],
                "to_country": row["to"],
                "topic": GuideTopic(row["topic"]),
                **{
                    f"{part}_{code}": row[f"{part}_{code}"]
                    for part in ("title", "body")
                    for code in languages
                },
                "state": GuideState.PUBLISHED,
                "source_note": SOURCE,
                "checked_on": day(morning, "-40"),
                "published_at": morning - timedelta(days=39),
            }
            for row in rows("guides")
        ],
    )


def add_questions(people: Numbers, institutions: Numbers, mou_id: int, morning: datetime) -> None:
    """A question answered late, one overdue, and one that still has time."""
    add_all(
        Question,
        [
            {
                "mou_id": mou_id,
                "from_institution_id": institutions[row["from"]],
                "to_institution_id": institutions[row["to"]],
                "asker_id": people[row["asker"]],
                "language": row["language"],
                "title": row["title"],
                "text": row["text"],
                "asked_on": day(morning, row["asked"]),
                "due_on": day(morning, row["due"]),
                "answer": row["answer"],
                "answer_language": row["answer_language"],
                "answered_on": day(morning, row["answered"]) if row["answered"] else None,
                "answerer_id": people[row["answerer"]] if row["answered"] else None,
            }
            for row in rows("library_questions")
        ],
    )


def day(morning: datetime, days: str) -> date:
    """The day so many days from the first morning of the demo."""
    return (morning + timedelta(days=int(days))).date()
