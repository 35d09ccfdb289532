"""Writes of practice notes: words, translations, review, versions, files, adoption."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import remove_stored, store_document
from matchmaker.core.versions import require_version
from matchmaker.institutions.queries import officers_of
from matchmaker.library import rules
from matchmaker.library.enums import Instrument, NoteVerb, TargetGroup, Visibility
from matchmaker.library.models import Adoption, NoteFile, NoteText, NoteVersion, PracticeNote
from matchmaker.library.note_queries import locked_note, shared_mous, text_of
from matchmaker.library.words import PARTS
from matchmaker.notifications.services import notify

WORDS = ("title", *PARTS)


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note says beside its words."""

    practice_area: str
    instrument: Instrument
    target_group: TargetGroup
    budget: Decimal | None
    currency: str
    starts_on: date | None
    ends_on: date | None
    visibility: Visibility
    mou_id: int | None


def begin_note(
    actor: Actor, institution_id: int, language: str, title: str, facts: NoteFacts
) -> PracticeNote:
    """Begin a note of one's own institution in the language of its author; raises NotAllowed, DomainError."""
    if institution_id not in rules.institutions_of(actor, *rules.WRITERS):
        raise NotAllowed(_("You write notes of your own institution."))
    _check_facts(institution_id, facts)
    note = PracticeNote(
        institution_id=institution_id,
        author_id=actor.person_id,
        contact_id=actor.person_id,
        source_language=language,
        **asdict(facts),
    )
    text = NoteText(language=language, written_by_id=actor.person_id, **dict.fromkeys(WORDS, ""))
    text.title = title.strip()
    note.texts = [text]
    db.session.add(note)
    db.session.flush()
    audit.record(actor, "begin", "practice_note", note.id, after={"title": text.title, "language": language})
    db.session.flush()
    return note


def change_facts(actor: Actor, note: PracticeNote, facts: NoteFacts, *, version: int | None = None) -> None:
    """Change what the note says beside its words; raises Conflict where it is no draft, DomainError at the field.

    Raises ChangedMeanwhile where somebody changed it since `version` was read.
    """
    note = locked_note(note.id)
    if not rules.may_edit_note(actor, note):
        raise Conflict(_("This note is no draft any more. Nothing was changed."))
    require_version(note.version, version)
    _check_facts(note.institution_id, facts)
    before = {name: str(getattr(note, name)) for name in asdict(facts)}
    for name, value in asdict(facts).items():
        setattr(note, name, value)
    after = {name: str(value) for name, value in asdict(facts).items()}
    audit.record(actor, "change", "practice_note", note.id, before, after)
    db.session.flush()


def _check_facts(institution_id: int, facts: NoteFacts) -> None:
    if facts.ends_on and facts.starts_on and facts.ends_on < facts.starts_on:
        raise DomainError(_("The last day is before the first."), "ends_on")
    if facts.budget is not None and not facts.currency:
        raise DomainError(_("Choose the currency of the budget."), "currency")
    shared = {mou.id for mou in shared_mous([institution_id])}
    if facts.visibility is Visibility.MOU and facts.mou_id not in shared:
        raise DomainError(_("Choose the memorandum whose parties shall read the note."), "mou_id")


def write_text(
    actor: Actor,
    note: PracticeNote,
    language: str,
    words: Mapping[str, str],
    *,
    version: int | None = None,
) -> NoteText:
    """Keep the words of a language; a change makes a check needed anew, and one of the original ages the others.

    Raises NotAllowed for words the actor may not write, DomainError where the title is empty, ChangedMeanwhile where
    somebody wrote them since `version` was read, 0 for words that were not there yet.
    """
    note = locked_note(note.id)
    is_source = language == note.source_language
    allowed = rules.may_edit_note(actor, note) if is_source else rules.may_translate(actor, note)
    if not allowed:
        raise NotAllowed(_("You cannot change these words now."))
    if not words.get("title", "").strip():
        raise DomainError(_("Enter a title."), "title")
    text, source = text_of(note, language), text_of(note, note.source_language)
    if text is not None:
        require_version(text.version, version)
    if text is None:
        text = NoteText(language=language, revision=0, **dict.fromkeys(WORDS, ""))
        note.texts.append(text)
    said = {name: words.get(name, "").strip() for name in WORDS}
    before = {name: getattr(text, name) for name in WORDS}
    same_revision = is_source or source is None or text.revision == source.revision
    if said == before and same_revision:
        return text
    for name, value in said.items():
        setattr(text, name, value)
    text.revision = text.revision + 1 if is_source else (source.revision if source else 1)
    text.written_by_id, text.checked_at, text.checked_by_id = actor.person_id, None, None
    changed = sorted(name for name in WORDS if said[name] != before[name])
    audit.record(actor, "write", "practice_note", note.id, after={"language": language, "parts": changed})
    db.session.flush()
    return text


def check_text(actor: Actor, note: PracticeNote, language: str) -> NoteText:
    """Say that a translation is right; raises NotAllowed for one's own, Conflict where there is none to check."""
    note = locked_note(note.id)
    text, source = text_of(note, language), text_of(note, note.source_language)
    if text is None or source is None or text is source or text.revision < source.revision:
        raise Conflict(_("There is no translation of the present words to check."))
    if not rules.may_check(actor, note, text):
        raise NotAllowed(_("Somebody else than the translator checks a translation."))
    text.checked_by_id, text.checked_at = actor.person_id, clock.now()
    audit.record(actor, "check", "practice_note", note.id, after={"language": language})
    db.session.flush()
    return text


def move_note(actor: Actor, note: PracticeNote, verb: NoteVerb, remark: str = "") -> PracticeNote:
    """Submit, return, approve, revise or retire; raises Conflict, or DomainError where something is lacking."""
    note = locked_note(note.id)
    if not rules.may(verb, actor, note):
        raise Conflict(_("This step is not possible now, or not for you. The page shows what is."))
    if verb is NoteVerb.SUBMIT and rules.missing_texts(note):
        raise DomainError(_("Some parts are still empty. Write them before you send the note for review."))
    if verb is NoteVerb.RETURN and not remark.strip():
        raise DomainError(_("Say what has to be changed."), "remark")
    before = note.state
    note.state = rules.MOVES[verb][1]
    note.review_note = remark.strip() if verb is NoteVerb.RETURN else ""
    if verb is NoteVerb.APPROVE:
        _keep_version(actor, note)
    audit.record(
        actor,
        verb.value,
        "practice_note",
        note.id,
        {"state": before.value},
        {"state": note.state.value, "number": note.number, "remark": note.review_note},
    )
    db.session.flush()
    _tell(note, verb)
    return note


def _keep_version(actor: Actor, note: PracticeNote) -> None:
    note.number += 1
    source = text_of(note, note.source_language)
    content: dict[str, Any] = {
        "texts": {text.language: {name: getattr(text, name) for name in WORDS} for text in note.texts},
        "facts": {
            "practice_area": note.practice_area,
            "instrument": note.instrument.value,
            "target_group": note.target_group.value,
            "budget": None if note.budget is None else str(note.budget),
            "currency": note.currency,
        },
    }
    note.versions.insert(
        0,
        NoteVersion(
            number=note.number,
            source_revision=source.revision if source else 1,
            content=content,
            approved_by_id=actor.person_id,
        ),
    )


def _tell(note: PracticeNote, verb: NoteVerb) -> None:
    text = text_of(note, note.source_language)
    title, path = text.title if text else "", path_of(note)
    key = f"note {note.id} {verb.value} {note.version}"
    if verb is NoteVerb.SUBMIT:
        for person in officers_of(note.institution_id, *rules.APPROVERS):
            if person.id != note.author_id:
                notify(person.id, "note_to_review", title, path, key)
    elif verb in (NoteVerb.RETURN, NoteVerb.APPROVE):
        kind = "note_returned" if verb is NoteVerb.RETURN else "note_approved"
        notify(note.author_id, kind, title, path, key)


def path_of(note: PracticeNote) -> str:
    """The page of a note, for notices."""
    return f"/library/notes/{note.id}"


def attach(actor: Actor, note: PracticeNote, upload: FileStorage) -> NoteFile:
    """Add a file to a draft; raises Conflict, DomainError at `file`."""
    note = locked_note(note.id)
    if not rules.may_edit_note(actor, note):
        raise Conflict(_("This note is no draft any more. Nothing was changed."))
    if len(note.files) >= rules.MOST_FILES:
        raise DomainError(_("Attach at most %(most)s files.", most=rules.MOST_FILES), "file")
    stored = store_document(actor, upload, "file")
    file = NoteFile(note_id=note.id, file_id=stored.id)
    db.session.add(file)
    audit.record(actor, "attach", "practice_note", note.id, after={"file": stored.name})
    db.session.flush()
    return file


def remove_file(actor: Actor, file: NoteFile) -> None:
    """Take a file out of a draft and remove it."""
    audit.record(actor, "remove_file", "practice_note", file.note_id, before={"file": file.file.name})
    db.session.delete(file)
    remove_stored(file.file)
    db.session.flush()


def adopt(actor: Actor, note: PracticeNote, *, institution_id: int, what: str, adopted_on: date) -> Adoption:
    """Record that an institution took something over from the approved version; its owner is told.

    Raises NotAllowed for another institution than the actor's, DomainError at the field.
    """
    note = locked_note(note.id)
    own = set(rules.institutions_of(actor, *rules.OFFICERS)) - {note.institution_id}
    if institution_id not in own or not rules.may_adopt(actor, note):
        raise NotAllowed(_("You record what your own institution took over from another one."))
    if not what.strip():
        raise DomainError(_("Say what was taken over."), "what")
    if adopted_on > clock.today():
        raise DomainError(_("This day has not come yet."), "adopted_on")
    adoption = Adoption(
        note_id=note.id,
        institution_id=institution_id,
        number=note.number,
        what=what.strip(),
        adopted_on=adopted_on,
        recorded_by_id=actor.person_id,
    )
    db.session.add(adoption)
    db.session.flush()
    audit.record(
        actor, "adopt", "practice_note", note.id, after={"institution": institution_id, "number": note.number}
    )
    text = text_of(note, note.source_language)
    path = path_of(note)
    notify(
        note.author_id,
        "note_adopted",
        text.title if text else "",
        path,
        f"note {note.id} adopted {adoption.id}",
    )
    db.session.flush()
    return adoption
