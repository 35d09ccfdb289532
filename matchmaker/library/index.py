"""The words of the library in an index of this process: practice notes, schemes, questions and guides.

The library of some hundred institutions has thousands of texts, not millions. So each process keeps the index in memory
and reads before a search what has changed since the last one: a change is found as soon as it is committed, without an
outbox and without a worker. What a reader may see is decided afterwards, by the statements that list.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from flask import current_app
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.i18n import LANGUAGES
from matchmaker.engines.search.prose import Prose, ProseIndex
from matchmaker.library.hits import Hits
from matchmaker.library.models import Guide, NoteText, NoteVersion, PracticeNote, Question, Scheme
from matchmaker.library.note_page import said_in
from matchmaker.library.words import PARTS

OVERLAP: Final = timedelta(minutes=10)
"""No transaction that changes a text is open for longer; what changed within it is read again."""
BEGINNING: Final = datetime.fromtimestamp(0, tz=UTC)


class LibraryIndex:
    """The index of this process; threads search at once and take in what has changed one after the other."""

    def __init__(self) -> None:
        self._texts = ProseIndex()
        self._lock = Lock()
        self._since = BEGINNING

    def search(self, query: str) -> Hits:
        """Everything that says every word, by kind."""
        with self._lock:
            now = clock.now()
            self._texts.put(list(_changed_since(self._since)))
            self._since = now - OVERLAP
        hits = Hits()
        for key, points in self._texts.search(query).items():
            kind, number = key.split(":")
            getattr(hits, kind)[int(number)] = points
        return hits


def find(query: str) -> Hits:
    """Search the library of this application; empty for a query without words."""
    index: LibraryIndex = current_app.extensions.setdefault("tandem-library", LibraryIndex())
    return index.search(query)


def _changed_since(moment: datetime) -> Iterator[Prose]:
    yield from _notes(moment)
    for scheme in db.session.scalars(select(Scheme).where(Scheme.updated_at >= moment)):
        for code in LANGUAGES:
            yield Prose(f"schemes:{scheme.id}", code, scheme.name(code), scheme.conditions(code))
    for guide in db.session.scalars(select(Guide).where(Guide.updated_at >= moment)):
        for code in LANGUAGES:
            yield Prose(f"guides:{guide.id}", code, guide.title(code), guide.body(code))
    for asked in db.session.scalars(select(Question).where(Question.updated_at >= moment)):
        body = f"{asked.text} {asked.answer}"
        yield Prose(f"questions:{asked.id}", asked.language, asked.title, body)
        if asked.answer_language not in ("", asked.language):
            yield Prose(f"questions:{asked.id}", asked.answer_language, "", asked.answer)


def _notes(moment: datetime) -> Iterator[Prose]:
    """The words that the owner is writing, and those that other readers are shown."""
    changed = or_(
        PracticeNote.updated_at >= moment, *(_has_new(model, moment) for model in (NoteText, NoteVersion))
    )
    loaded = (
        select(PracticeNote)
        .where(changed)
        .options(selectinload(PracticeNote.texts), selectinload(PracticeNote.versions))
    )
    for note in db.session.scalars(loaded):
        for kind, working in (("working", True), ("notes", False)):
            if not working and not note.versions:
                continue
            for code in LANGUAGES:
                said = said_in(note, code, working=working)
                if said is not None:
                    yield Prose(
                        f"{kind}:{note.id}",
                        code,
                        said["title"],
                        " ".join(said.get(part, "") for part in PARTS),
                    )


def _has_new(model: type[NoteText] | type[NoteVersion], moment: datetime) -> ColumnElement[bool]:
    new = select(model.note_id).where(model.updated_at >= moment)
    return PracticeNote.id.in_(new)
