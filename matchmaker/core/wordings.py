"""Mails whose words an institution may write itself: with named places that are filled in, and nothing that runs.

The product's own words come from templates/mail/<folder>/. A domain whose mail may be reworded says so with add_mail when it
is imported; security mails (confirmation, new password) never are.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import current_app, render_template
from flask_babel import LazyString

from matchmaker.core.i18n import in_language

PLACE = re.compile(r"\{([a-z_]+[0-9]{0,2})\}")
"""The one spelling of a place; every other brace is a slip."""
LINK = "link"
"""The place of the address that a mail exists for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name in braces: what stands there, an invented example in the language written now, and whether it must stay.

    `line` tells whether it may stand in the subject; `source` is the value of queue_mail where that is named otherwise.
    """

    name: str
    meaning: LazyString
    example: LazyString | str
    required: bool = False
    line: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class RewordedMail:
    """A kind of mail; `fixed` sentences stand in it whatever an institution writes, `reason` at its foot.

    `endpoint` is the page that the link opens with the mail's token; without one `url` is given to queue_mail.
    `needs` are values of queue_mail that are no places, with what stands for them in the product's own words.
    """

    key: str
    title: LazyString
    folder: str
    places: tuple[Place, ...]
    button: LazyString
    fixed: tuple[LazyString, ...] = ()
    reason: LazyString | None = None
    endpoint: str = ""
    needs: Mapping[str, LazyString] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The places that may be used."""
        return tuple(place.name for place in self.places)


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and text of a mail, with places in braces."""

    subject: str
    text: str


Finder = Callable[[str, int, str], Wording | None]
_mails: dict[str, RewordedMail] = {}
REWORDED = MappingProxyType(_mails)
_finders: list[Finder] = []


def add_mail(mail: RewordedMail) -> RewordedMail:
    """Let institutions word a kind of mail; raises ValueError for a name that is taken."""
    if mail.key in _mails:
        raise ValueError(f"two kinds of mail are called {mail.key}")
    _mails[mail.key] = mail
    return mail


def finder(find: Finder) -> Finder:
    """Name the function that knows the words of an institution for a kind of mail in a language."""
    _finders.append(find)
    return find


def wording_of(key: str, institution_id: int | None, language: str) -> Wording | None:
    """The words of an institution; None where it keeps to the product's own."""
    if key not in REWORDED or institution_id is None:
        return None
    found = (find(key, institution_id, language) for find in _finders)
    return next((wording for wording in found if wording is not None), None)


def used(text: str) -> list[str]:
    """The names of the places in a text."""
    return PLACE.findall(text)


def slips(text: str) -> str:
    """The first brace that belongs to no place, with what stands beside it; empty where there is none."""
    rest = PLACE.sub(lambda found: "\0" * len(found.group()), text)
    slip = re.search(r"[{}][^\s\0]{0,30}", rest)
    return slip.group() if slip else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled, in one pass: what is filled in is never read again."""
    return PLACE.sub(lambda found: values.get(found.group(1), found.group()), text)


def own_words(mail: RewordedMail, language: str) -> Wording:
    """The product's own words in a language, with the places in braces and without what is fixed."""
    marked = {place.source or place.name: f"{{{place.name}}}" for place in mail.places}
    sign = "TOKEN-OF-THE-LINK"
    with in_language(language):
        kept = {name: str(value) for name, value in mail.needs.items()}
        values = {**kept, **marked, "token": sign, "mail_language": language, **_product()}
        subject, text = (
            re.sub(rf"\S*{sign}\S*", f"{{{LINK}}}", render_template(f"mail/{mail.folder}/{part}", **values))
            for part in ("subject.txt", "body.txt")
        )
        for sentence in fixed_sentences(mail, {place.name: f"{{{place.name}}}" for place in mail.places}):
            text = text.replace(sentence, "")
    return Wording(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text).strip())


def fixed_sentences(mail: RewordedMail, values: Mapping[str, str]) -> list[str]:
    """What stands in the mail whatever an institution writes, in the language written now."""
    return [str(sentence) % {**values, **_product()} for sentence in mail.fixed]


def examples(mail: RewordedMail, language: str) -> dict[str, str]:
    """An invented value for each place; the link leads to the first page."""
    with in_language(language):
        return {place.name: str(place.example) for place in mail.places} | {
            LINK: current_app.config["BASE_URL"]
        }


def _product() -> dict[str, str]:
    return {"product": current_app.config["PRODUCT_NAME"]}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a mail; where it ends with a link alone, the words of the button and the place of the link."""

    text: str
    button: str = ""
    place: str = LINK


def paragraphs(text: str, button: str) -> Iterator[Paragraph]:
    """The paragraphs of a wording before its places are filled.

    A line with a link alone becomes a button that says what the line before it says where that ends with a colon.
    """
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        alone = PLACE.fullmatch(lines[-1].strip()) if lines else None
        if alone is not None and alone.group(1).startswith(LINK):
            said = lines[-2].strip() if len(lines) > 1 and lines[-2].strip().endswith(":") else ""
            above = lines[:-2] if said else lines[:-1]
            if above:
                yield Paragraph("\n".join(above))
            yield Paragraph("", said.rstrip(":") or button, alone.group(1))
        else:
            yield Paragraph(part)


def filled_paragraphs(text: str, button: str, values: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Text, words of the button and address of each paragraph with the places filled."""
    return [
        (fill(one.text, values), fill(one.button, values), values.get(one.place, ""))
        for one in paragraphs(text, button)
    ]


def written(
    mail: RewordedMail, wording: Wording, language: str, values: Mapping[str, Any]
) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail in the words of an institution."""
    filled = {name: str(value) for name, value in values.items()}
    with in_language(language):
        fixed = fixed_sentences(mail, filled)
        subject = " ".join(fill(wording.subject, filled).split())
    return subject, *bodies(mail, subject, wording.text, language, filled, fixed)


def bodies(
    mail: RewordedMail,
    subject: str,
    text: str,
    language: str,
    values: Mapping[str, str],
    fixed: Sequence[str],
) -> tuple[str, str]:
    """Text and HTML of a mail: the places of the text filled, the fixed sentences below."""
    with in_language(language):
        html = render_template(
            "mail/reworded/body.html",
            subject=subject,
            paragraphs=filled_paragraphs(text, str(mail.button), values),
            fixed=fixed,
            reason=str(mail.reason) % _product() if mail.reason else "",
            mail_language=language,
            **_product(),
        )
    return "\n\n".join((fill(text.strip(), values), *fixed)) + "\n", html
