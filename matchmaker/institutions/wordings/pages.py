"""What the pages of mail templates show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from matchmaker.core import wordings
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGES, in_language, language
from matchmaker.core.wordings import REWORDED, Place, Wording
from matchmaker.institutions.models import Institution
from matchmaker.institutions.wordings import queries, rules
from matchmaker.institutions.wordings.rules import WordingOf
from matchmaker.reference import languages


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of a kind of mail."""

    name: str
    url: str
    changed_at: datetime | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The mails of one institution."""

    institution: Institution
    mails: list[tuple[str, list[Tongue]]]


def lists(actor: Actor) -> list[Listed]:
    """The mails that an actor may word, with the languages in which they have words of their own."""
    found = queries.kept_by(actor)
    own = queries.worded([one.id for one in found])
    return [
        Listed(
            one,
            [
                (
                    str(mail.title),
                    [
                        Tongue(
                            languages.title(code, language()),
                            _url(one.id, mail.key, code),
                            row.updated_at if (row := own.get((one.id, mail.key, code))) else None,
                        )
                        for code in LANGUAGES
                    ],
                )
                for mail in REWORDED.values()
            ],
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version: what changed against the one before it."""

    number: int
    at: datetime
    who: str
    returned_to: int | None
    is_products: bool
    changes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail with invented values: its text, and its paragraphs with the words and address of the button where there is one."""

    subject: str
    text: str
    paragraphs: list[tuple[str, str, str]]
    fixed: list[str]


@dataclass(frozen=True, slots=True)
class WordingPage:
    """The words of one mail in one language."""

    asked: WordingOf
    title: str
    tongues: list[Tongue]
    places: list[tuple[Place, str]]
    fixed: list[str]
    preview: Preview | None
    versions: list[Version]
    version: int
    is_own: bool


def wording_page(asked: WordingOf, wording: Wording | None) -> WordingPage:
    """Put the page together; a preview is shown of words that are in order."""
    row = queries.kept(asked)
    sound = wording is not None and not rules.faults(asked.mail, wording)
    example = wordings.examples(asked.mail, asked.language)
    with in_language(asked.language):
        fixed = wordings.fixed_sentences(asked.mail, {name: f"{{{name}}}" for name in example})
    return WordingPage(
        asked=asked,
        title=str(asked.mail.title),
        tongues=[
            Tongue(
                languages.title(code, language()),
                _url(asked.institution.id, asked.mail.key, code),
                None,
                code == asked.language,
            )
            for code in LANGUAGES
        ],
        places=[(place, example[place.name]) for place in asked.mail.places],
        fixed=fixed,
        preview=_preview(asked, wording, example) if wording and sound else None,
        versions=_versions(asked),
        version=row.version if row else 0,
        is_own=bool(row and row.text),
    )


def standing(asked: WordingOf) -> dict[str, Any]:
    """The words as they stand, with their version."""
    row, words = queries.kept(asked), queries.standing(asked)
    return {"subject": words.subject, "text": words.text, "version": row.version if row else 0}


def _preview(asked: WordingOf, wording: Wording, values: dict[str, str]) -> Preview:
    subject, text, _html = wordings.written(asked.mail, wording, asked.language, values)
    with in_language(asked.language):
        parts = wordings.filled_paragraphs(wording.text, str(asked.mail.button), values)
        return Preview(subject, text, parts, wordings.fixed_sentences(asked.mail, values))


def _versions(asked: WordingOf) -> list[Version]:
    own = wordings.own_words(asked.mail, asked.language)
    found = queries.versions(asked)
    words = [Wording(one.subject, one.text) if one.text else own for one in found] + [own]
    return [
        Version(
            one.number,
            one.created_at,
            one.person.name,
            one.returned_to,
            not one.text,
            rules.changes(words[place + 1], words[place]),
        )
        for place, one in enumerate(found)
    ]


def _url(institution_id: int, kind: str, code: str) -> str:
    return url_for("wordings.show", institution_id=institution_id, kind=kind, language=code)
