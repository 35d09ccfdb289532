"""Reads of practice notes, always as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.institutions.models import Institution
from matchmaker.library import rules
from matchmaker.library.enums import Instrument, NoteState, TargetGroup, Visibility
from matchmaker.library.models import Adoption, NoteFile, NoteText, NoteVersion, PracticeNote
from matchmaker.library.searching import finding, rank
from matchmaker.mous.models import Mou, MouParty


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What the list of notes is asked for; an empty value asks for nothing."""

    words: str = ""
    practice_area: str = ""
    instrument: Instrument | None = None
    target_group: TargetGroup | None = None
    institution_id: int = 0
    adopted: bool = False


def _loaded() -> Select[PracticeNote]:
    return select(PracticeNote).options(
        joinedload(PracticeNote.institution),
        joinedload(PracticeNote.author),
        joinedload(PracticeNote.contact),
        selectinload(PracticeNote.mou).selectinload(Mou.parties).selectinload(MouParty.institution),
        selectinload(PracticeNote.texts),
        selectinload(PracticeNote.versions).joinedload(NoteVersion.approved_by),
        selectinload(PracticeNote.files).joinedload(NoteFile.file),
        selectinload(PracticeNote.adoptions).joinedload(Adoption.institution),
    )


def note(note_id: int) -> PracticeNote:
    """A note with all that its page shows; raises NotFound."""
    found = db.session.scalar(_loaded().where(PracticeNote.id == note_id))
    if found is None:
        raise NotFound
    return found


def locked_note(note_id: int) -> PracticeNote:
    """The note as it is now, nobody else moving it until this transaction ends; raises NotFound."""
    statement = _loaded().where(PracticeNote.id == note_id).with_for_update(of=PracticeNote)
    found = db.session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def note_file(file_id: int) -> NoteFile:
    """A file with what decides who reads it; raises NotFound."""
    found = db.session.get(NoteFile, file_id, options=[joinedload(NoteFile.file)])
    if found is None:
        raise NotFound
    found.note = note(found.note_id)
    return found


def readable_notes(actor: Actor, wanted: NoteFilter) -> list[PracticeNote]:
    """The notes that the actor may read and the filter asks for, the best by the words first, then the newest."""
    found = _loaded().where(_readable(actor), *_conditions(wanted)).order_by(PracticeNote.id.desc())
    notes = list(db.session.scalars(found).unique())
    if wanted.words:
        notes.sort(key=lambda one: -max(rank(text.title, text.language, wanted.words) for text in one.texts))
    return notes


def _readable(actor: Actor) -> ColumnElement[bool]:
    own = rules.institutions_of(actor)
    if not own:
        return PracticeNote.id.is_(None)
    under = select(MouParty.mou_id).where(MouParty.institution_id.in_(own))
    shared = or_(
        PracticeNote.visibility == Visibility.INSTITUTIONS,
        and_(PracticeNote.visibility == Visibility.MOU, PracticeNote.mou_id.in_(under)),
    )
    published = and_(PracticeNote.number > 0, PracticeNote.state != NoteState.RETIRED)
    return or_(PracticeNote.institution_id.in_(own), and_(published, shared))


def _conditions(wanted: NoteFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.practice_area:
        found.append(PracticeNote.practice_area == wanted.practice_area)
    if wanted.instrument:
        found.append(PracticeNote.instrument == wanted.instrument)
    if wanted.target_group:
        found.append(PracticeNote.target_group == wanted.target_group)
    if wanted.institution_id:
        found.append(PracticeNote.institution_id == wanted.institution_id)
    if wanted.adopted:
        found.append(PracticeNote.adoptions.any())
    said = finding(wanted.words)
    if said is not None:
        found.append(PracticeNote.texts.any(said))
    return found


def owners(actor: Actor) -> Sequence[Institution]:
    """The institutions whose notes the actor may read, by short name."""
    wrote = select(PracticeNote.institution_id).where(_readable(actor))
    found = select(Institution).where(Institution.id.in_(wrote))
    return db.session.scalars(found.order_by(Institution.short_name, Institution.id)).all()


def shared_mous(institution_ids: Sequence[int]) -> list[Mou]:
    """The memorandums under which one of the institutions can share, newest first."""
    under = select(MouParty.mou_id).where(MouParty.institution_id.in_(institution_ids))
    published = or_(Mou.signed_on.is_not(None), Mou.announced_on.is_not(None))
    found = select(Mou).options(selectinload(Mou.parties).selectinload(MouParty.institution))
    return list(db.session.scalars(found.where(Mou.id.in_(under), published).order_by(Mou.id.desc())))


def text_of(note: PracticeNote, language: str) -> NoteText | None:
    """The working words of a language, if there are any."""
    return next((text for text in note.texts if text.language == language), None)
