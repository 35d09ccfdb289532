"""What the page of a practice note shows: the words of a language as readers may have them, and where each language stands."""

from dataclasses import dataclass

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.library import rules
from matchmaker.library.enums import NoteVerb, TextState
from matchmaker.library.models import NoteText, PracticeNote
from matchmaker.library.note_queries import text_of
from matchmaker.library.words import PARTS


@dataclass(frozen=True, slots=True)
class ShownNote:
    """The words of one language, and the language they are really in; `state` says how far they can be trusted."""

    language: str
    title: str
    parts: tuple[tuple[str, str, str], ...]
    """Name, heading and words of each part that is written."""
    state: TextState


def shown_note(note: PracticeNote, wanted: str, *, working: bool) -> ShownNote:
    """The words in the wanted language, else in the original.

    `working` shows what the owner is writing now; other readers get the approved version and the translations of it.
    """
    own = said_in(note, wanted, working=working)
    found = own or said_in(note, note.source_language, working=working) or {}
    spoken = wanted if own else note.source_language
    parts = tuple((name, str(label), found[name]) for name, label in PARTS.items() if found.get(name))
    return ShownNote(spoken, found.get("title", ""), parts, rules.text_state(note, spoken))


def said_in(note: PracticeNote, spoken: str, *, working: bool) -> dict[str, str] | None:
    """Title and parts in one language as shown_note has them; None where the note says nothing in it."""
    version = note.versions[0] if note.versions and not working else None
    text = text_of(note, spoken)
    if version is None:
        return _said(text)
    if text is not None and text.revision == version.source_revision:
        return _said(text)
    kept: dict[str, str] | None = version.content["texts"].get(spoken)
    return kept if kept and kept.get("title") else None


def _said(text: NoteText | None) -> dict[str, str] | None:
    return {name: getattr(text, name) for name in ("title", *PARTS)} if text and text.title else None


def language_states(note: PracticeNote) -> list[tuple[str, TextState]]:
    """Each language of the product with where its words stand."""
    return [(code, rules.text_state(note, code)) for code in LANGUAGES]


def readable_languages(note: PracticeNote) -> list[str]:
    """The languages in which a note can be read: its own, and those whose words somebody checked."""
    readable = (TextState.SOURCE, TextState.CHECKED)
    return [code for code, state in language_states(note) if state in readable]


def open_verbs(actor: Actor, note: PracticeNote) -> list[NoteVerb]:
    """What the actor can do with the note now, in the order of its life."""
    return [verb for verb in NoteVerb if rules.may(verb, actor, note)]


def title_of(note: PracticeNote) -> str:
    """The title for a list, in the reader's language where there is one."""
    return shown_note(note, language(), working=note.number == 0).title
