"""What can be chosen in the forms of the set-up: languages, pairs of them, times, firms."""

from itertools import combinations

from flask_babel import gettext as _

from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.firms.names import reader_name
from matchmaker.meetings import queries
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.parties import in_alphabet
from matchmaker.meetings.setup import firm_queries
from matchmaker.reference import languages

Choices = list[tuple[str, str]]


def tongues(day: B2bDay) -> list[str]:
    """The languages that matter at a day: those of the product and those of the people who come, in a fixed order."""
    spoken = {code for one in queries.participants(day.id) for code in one.languages}
    spoken |= {code for pair in pairs_of(day) for code in pair.split("-")}
    return [*LANGUAGES, *sorted(spoken - set(LANGUAGES))]


def pairs_of(day: B2bDay) -> set[str]:
    """The pairs of languages between which somebody interprets at a day."""
    return {pair for one in day.interpreters for pair in one.pairs}


def tongues_of(participant: DayParticipant) -> list[str]:
    """The languages to choose from for one firm: those of the day and those that its profile names."""
    named = firm_queries.languages_of_firm(participant.firm_id)
    return list(dict.fromkeys((*tongues(participant.day), *named)))


def language_choices(codes: list[str]) -> Choices:
    """Languages with their names."""
    return [(code, languages.title(code, language())) for code in codes]


def pair_name(pair: str, spoken: str) -> str:
    """Two languages between which somebody interprets, such as Russian – Turkish."""
    return languages.listed(pair.split("-"), spoken, " – ")


def pair_choices(day: B2bDay) -> Choices:
    """Every two of the languages, such as ru-tr."""
    pairs = ("-".join(sorted(two)) for two in combinations(tongues(day), 2))
    return [(pair, pair_name(pair, language())) for pair in pairs]


def slot_choices(day: B2bDay) -> Choices:
    """The times of the day by position."""
    return [
        (str(one.position), f"{day.time_of(one.starts_at)} – {day.time_of(one.ends_at)}") for one in day.slots
    ]


def firm_choices(day: B2bDay) -> Choices:
    """The firms that take part, by number of the participant, after nobody."""
    rows = [(str(one.id), reader_name(one.firm)) for one in in_alphabet(queries.participants(day.id))]
    return [("", str(_("Any firm"))), *rows]
