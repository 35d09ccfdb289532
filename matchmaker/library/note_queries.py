"""Reads of practice notes, always as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.institutions.models import Institution
from matchmaker.library import rules
from matchmaker.library.enums import Instrument, NoteState, TargetGroup, Visibility
from matchmaker.library.hits import Hits
from matchmaker.library.models import Adoption, NoteFile, NoteText, NoteVersion, PracticeNote
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
    return existing(db.session.scalar(_loaded().where(PracticeNote.id == note_id)))


def locked_note(note_id: int) -> PracticeNote:
    """The note as it is now, nobody else moving it until this transaction ends; raises NotFound."""
    statement = _loaded().where(PracticeNote.id == note_id).with_for_update(of=PracticeNote)
    return existing(db.session.scalar(statement.execution_options(populate_existing=True)))


def note_file(file_id: int) -> NoteFile:
    """A file with what decides who reads it; raises NotFound."""
    found = existing(db.session.get(NoteFile, file_id, options=[joinedload(NoteFile.file)]))
    found.note = note(found.note_id)
    return found


def readable_notes(actor: Actor, wanted: NoteFilter, hits: Hits | None = None) -> list[PracticeNote]:
    """The notes that the actor may read and the filter asks for, the newest first.

    With hits only those, the best first; words that a note says only while it is being written find it for its owner.
    """
    own = rules.institutions_of(actor)
    found = _loaded().where(_readable(actor), *_conditions(wanted)).order_by(PracticeNote.id.desc())
    if hits is not None:
        mine = and_(PracticeNote.institution_id.in_(own), PracticeNote.id.in_(hits.working))
        found = found.where(or_(PracticeNote.id.in_(hits.notes), mine))
    notes = list(db.session.scalars(found).unique())
    if hits is not None:
        notes.sort(key=lambda one: -max(kind.get(one.id, 0.0) for kind in (hits.notes, hits.working)))
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
