"""Who words mails, and which words are refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import ndiff
from enum import StrEnum

from matchmaker.core.actor import Actor
from matchmaker.core.wordings import RewordedMail, Wording, slips, used
from matchmaker.institutions.models import Institution
from matchmaker.notifications.rules import KEEPERS


@dataclass(frozen=True, slots=True)
class WordingOf:
    """One kind of mail of an institution in one language."""

    institution: Institution
    mail: RewordedMail
    language: str


class Fault(StrEnum):
    """Why words are refused."""

    EMPTY = "empty"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    NOT_HERE = "not_here"
    MISSING = "missing"


def may_word_any(actor: Actor) -> bool:
    """Staff and administrators of an institution, who look after its mails, word them."""
    return actor.has(*KEEPERS)


def may_word(actor: Actor, asked: WordingOf) -> bool:
    """Each institution words its own mails."""
    return actor.has(*KEEPERS, institution_id=asked.institution.id)


def faults(mail: RewordedMail, wording: Wording) -> list[tuple[str, Fault, str]]:
    """What is wrong with words: the field, why, and the piece it is about; the first fault of each field."""
    in_subject = [place.name for place in mail.places if place.line]
    found = [
        ("subject", *_fault(wording.subject, mail.names, in_subject)),
        ("text", *_fault(wording.text, mail.names, mail.names)),
    ]
    missing = [place.name for place in mail.places if place.required and place.name not in used(wording.text)]
    if missing and found[1][1] is None:
        found[1] = ("text", Fault.MISSING, f"{{{missing[0]}}}")
    return [(field, fault, piece) for field, fault, piece in found if fault is not None]


def _fault(text: str, known: Sequence[str], here: Sequence[str]) -> tuple[Fault | None, str]:
    if not text.strip():
        return Fault.EMPTY, ""
    if slip := slips(text):
        return Fault.MALFORMED, slip
    for name in used(text):
        if name not in known:
            return Fault.UNKNOWN, f"{{{name}}}"
        if name not in here:
            return Fault.NOT_HERE, f"{{{name}}}"
    return None, ""


def changes(before: Wording, after: Wording) -> list[tuple[str, str]]:
    """The lines that went ("-") and came ("+") from one version to the next, the subject as the first line."""
    lines = ndiff([before.subject, *before.text.splitlines()], [after.subject, *after.text.splitlines()])
    return [(line[0], line[2:]) for line in lines if line[0] in "-+" and line[2:].strip()]


def clean(subject: str, text: str) -> Wording:
    """What was typed, with one kind of line end and nothing around it."""
    return Wording(" ".join(subject.split()), "\n".join(text.strip().splitlines()))
