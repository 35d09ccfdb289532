"""What the page of the firms of a day shows."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.i18n import language, order_countries
from matchmaker.firms.names import ShownName, in_reader_letters, shown_name
from matchmaker.meetings import queries
from matchmaker.meetings.enums import ParticipantState
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.parties import in_alphabet
from matchmaker.reference import languages


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm of the day."""

    participant: DayParticipant
    name: ShownName
    people: str
    tongues: str
    origin: str
    presence: str
    out: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The firms of one country."""

    country: str
    lines: list[FirmLine]


def sides(day: B2bDay) -> list[Side]:
    """The firms by country, in the reader's order of the countries."""
    by_country: dict[str, list[FirmLine]] = {}
    for one in in_alphabet(queries.participants(day.id)):
        by_country.setdefault(one.firm.country, []).append(_line(day, one))
    return [Side(code, by_country[code]) for code in order_countries(list(by_country))]


def _line(day: B2bDay, one: DayParticipant) -> FirmLine:
    coming = [
        in_reader_letters(person.name, person.name_romanised)
        for person in one.people
        if person.left_at is None
    ]
    return FirmLine(
        participant=one,
        name=shown_name(one.firm, language()),
        people=", ".join(coming),
        tongues=languages.listed(one.languages, language()),
        origin=str(_("from the trip")) if one.sign_up_id else str(_("added by staff")),
        presence=presence(day, one),
        out=one.state is not ParticipantState.EXPECTED,
    )


def presence(day: B2bDay, one: DayParticipant) -> str:
    """When a firm is there, in few words; empty where it is there all day."""
    parts = []
    if one.arrives_at is not None:
        parts.append(_("from %(time)s", time=day.time_of(one.arrives_at)))
    if one.leaves_at is not None:
        parts.append(_("until %(time)s", time=day.time_of(one.leaves_at)))
    shut = len([position for position in one.closed if position < len(day.slots)])
    if shut:
        parts.append(ngettext("not free at %(num)s time", "not free at %(num)s times", shut))
    return ", ".join(str(part) for part in parts)
