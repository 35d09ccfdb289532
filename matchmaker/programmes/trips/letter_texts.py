"""What a letter says, in its own language; the letterhead and the frame are those of all papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core.i18n import in_language, show_date
from matchmaker.firms.models import Firm
from matchmaker.firms.names import place_name, reader_name
from matchmaker.institutions.models import Institution
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips.enums import LetterKind
from matchmaker.programmes.trips.models import TripFrame
from matchmaker.programmes.trips.travel_secrets import Passport
from matchmaker.reference import countries

PLACES = 4
"""Digits of a number in the register."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What one letter is written from."""

    kind: LetterKind
    language: str
    number: int
    year: int
    addressee: str
    institution: Institution
    programme: Programme
    frame: TripFrame
    firm: Firm | None
    original_name: str
    passport: Passport
    signed_by: str
    on: date


def number_of(institution: Institution, year: int, number: int) -> str:
    """The number as it is printed and quoted, such as AGENCY-2027/0015."""
    return f"{institution.short_name}-{year}/{number:0{PLACES}d}"


def letter_data(facts: LetterFacts) -> tuple[str, dict[str, Any]]:
    """Title and data of the letter for the template of letters."""
    with in_language(facts.language):
        subject = _subject(facts.kind)
        institution = facts.institution
        lines = [institution.name(facts.language), place_name(institution.city)]
        data = {
            "from": [line for line in lines if line],
            "number_line": "№ " + number_of(institution, facts.year, facts.number),
            "date_line": show_date(facts.on),
            "to": [line for line in facts.addressee.split("\n") if line.strip()]
            or [_("To whom it may concern")],
            "subject": subject,
            "body": _body(facts),
            "facts": _facts(facts),
            "signed": [{"name": facts.signed_by, "role": institution.name(facts.language)}],
            "foot": _("Entered in the register of letters under this number."),
            "qr": "",
            "qr_meaning": "",
        }
    return subject, data


def _subject(kind: LetterKind) -> str:
    subjects: dict[LetterKind, str] = {
        LetterKind.INVITATION: _("Invitation to a business trip"),
        LetterKind.VISA_SUPPORT: _("Support of a visa application"),
        LetterKind.PARTICIPATION: _("Confirmation of participation in a business trip"),
    }
    return subjects[kind]


def _body(facts: LetterFacts) -> str:
    words = {
        "title": facts.programme.title(facts.language),
        "first": show_date(facts.programme.first_day),
        "last": show_date(facts.programme.last_day),
        "country": countries.label(facts.programme.country, facts.language),
        "mou": facts.programme.mou.title(facts.language),
        "institution": facts.institution.name(facts.language),
    }
    opening = {
        LetterKind.INVITATION: _(
            "%(institution)s invites the person named below to the business trip “%(title)s”, which takes place from "
            "%(first)s to %(last)s. Country of stay: %(country)s.",
            **words,
        ),
        LetterKind.VISA_SUPPORT: _(
            "%(institution)s asks you to issue a business visa to the person named below for the business trip "
            "“%(title)s”, which takes place from %(first)s to %(last)s. Country of stay: %(country)s.",
            **words,
        ),
        LetterKind.PARTICIPATION: _(
            "%(institution)s confirms that the person named below is a participant of the business trip “%(title)s” "
            "from %(first)s to %(last)s. Country of stay: %(country)s.",
            **words,
        ),
    }[facts.kind]
    ground = _("The trip is held under: %(mou)s.", **words)
    return f"{opening}\n{ground}"


def _facts(facts: LetterFacts) -> list[dict[str, str]]:
    passport = facts.passport
    cities = ", ".join(place_name(one.city) for one in facts.frame.destinations) or place_name(
        facts.programme.city
    )
    found: Sequence[tuple[str, str]] = (
        (pgettext("passport", "Surname and given names"), passport.name),
        (pgettext("passport", "In the original script"), facts.original_name),
        (pgettext("passport", "Nationality"), countries.label(passport.nationality, facts.language)),
        (pgettext("passport", "Passport number"), passport.number),
        (pgettext("passport", "Valid until"), show_date(passport.expires_on)),
        (pgettext("passport", "Date of birth"), show_date(passport.born_on)),
        (pgettext("passport", "Firm"), reader_name(facts.firm) if facts.firm else ""),
        (pgettext("passport", "Cities of stay"), cities),
    )
    return [{"term": term, "value": value} for term, value in found if value]
