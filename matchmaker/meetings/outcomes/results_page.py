"""What the page of a day's results shows; firms and contradictions of a large day come in pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from matchmaker.core.i18n import language, order_countries, show_number, show_percent
from matchmaker.core.paging import Paging, Part
from matchmaker.firms.names import FirmName, ShownName, reader_name, shown_name
from matchmaker.meetings import parties
from matchmaker.meetings.models import B2bDay, Meeting
from matchmaker.meetings.outcomes import benchmarks, queries, rows, rules
from matchmaker.meetings.outcomes.benchmarks import Band, Counts, Judged, Measured
from matchmaker.meetings.outcomes.rows import ResultRow
from matchmaker.meetings.outcomes.words import FIGURES, LESSONS, OUTCOMES, STANDINGS
from matchmaker.reference import countries

FIRMS_ON_PAGE: Final = 100
CONTRADICTIONS_ON_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure beside its benchmark."""

    label: str
    value: str
    counted: str
    usual: str
    standing: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A meeting of which its sides say different things."""

    meeting: Meeting
    at: str
    said: list[tuple[ShownName, str]]


@dataclass(frozen=True, slots=True)
class FirmLine:
    """What a firm's meetings came to; said counts the outcomes it gave, missed its own no-shows.

    unsaid counts the meetings that the firm came to and has not spoken of.
    """

    participant_id: int
    name: ShownName
    country: str
    held: int
    not_held: int
    missed: int
    said: int
    second: int
    unsaid: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A day's results."""

    day: B2bDay
    figures: list[FigureLine]
    outcomes: list[dict[str, Any]]
    unsaid: int
    contradictions: Part[Contradiction]
    firms: Part[FirmLine]
    bands: list[Band]
    points_sets: list[str]
    lesson: str


def results_page(day: B2bDay, page: int = 1, apart: int = 1, meeting_id: int = 0) -> ResultsPage:
    """Put the results of a day together: a page of its firms and a page of its contradictions.

    With the number of a meeting the page of contradictions is the one on which it stands.
    """
    meetings = rows.results(day.id)
    held = [one for one in meetings if one.is_held]
    judged = [Judged(min(one.weight, 100), one.answers) for one in held]
    return ResultsPage(
        day=day,
        figures=[_figure(one) for one in benchmarks.measured(counts(day, meetings))],
        outcomes=_outcomes(meetings),
        unsaid=sum(len(one.firms) - len(one.said) for one in held),
        contradictions=_contradictions(day, meetings, apart, meeting_id),
        firms=_firms(day, meetings, page),
        bands=benchmarks.bands(judged),
        points_sets=sorted({one.points_set for one in held if one.points_set}),
        lesson=str(LESSONS[benchmarks.lesson(judged)]),
    )


def counts(day: B2bDay, meetings: Sequence[ResultRow]) -> Counts:
    """What happened at a day, for its four figures."""
    asked, accepted = queries.asked_and_accepted(day.id)
    held = [one for one in meetings if one.is_held]
    lost = [one for one in meetings if one.is_lost]
    return Counts(
        asked=asked,
        accepted=accepted,
        firms=len({firm for one in (*held, *lost) for firm in one.firms}),
        promised=len(held) + len(lost),
        held=len(held),
        seats_held=sum(len(one.firms) for one in held),
        second=sum(rules.leads_on(one.answers) for one in held),
    )


def _figure(one: Measured) -> FigureLine:
    label, usual = FIGURES[one.figure]
    word, kind = STANDINGS[one.standing]
    per_firm = one.figure is benchmarks.Figure.PER_FIRM
    value = "–"
    if one.value is not None:
        value = show_number(round(one.value, 1)) if per_firm else show_percent(one.value)
    counted = _("%(part)s of %(whole)s", part=one.part, whole=one.whole)
    if per_firm:
        counted = _("%(part)s seats, %(whole)s firms", part=one.part, whole=one.whole)
    return FigureLine(str(label), value, str(counted), str(usual), (str(word), kind))


def _outcomes(meetings: Sequence[ResultRow]) -> list[dict[str, Any]]:
    """How often each outcome was said, as bars."""
    said = Counter(answer for one in meetings for answer in one.answers)
    most = max(said.values(), default=0)
    return [
        {"label": word, "value": 100 * said[one] / most if most else 0, "text": said[one]}
        for one, (word, _kind) in OUTCOMES.items()
    ]


def _contradictions(
    day: B2bDay, meetings: Sequence[ResultRow], page: int, meeting_id: int
) -> Part[Contradiction]:
    numbers = [one.id for one in meetings if rules.disagree(one.answers)]
    if meeting_id in numbers:
        page = numbers.index(meeting_id) // CONTRADICTIONS_ON_PAGE + 1
    paging = Paging.near(page, CONTRADICTIONS_ON_PAGE, len(numbers))
    shown = paging.of(numbers)
    found = {one.id: one for one in queries.some_meetings(shown)}
    items = [_contradiction(day, found[number]) for number in shown]
    return Part(items, paging)


def _contradiction(day: B2bDay, meeting: Meeting) -> Contradiction:
    by_side = {one.participant_id: str(OUTCOMES[one.outcome][0]) for one in meeting.outcomes}
    said = [
        (shown_name(one.participant.firm, language()), by_side[one.participant_id])
        for one in parties.in_order(meeting)
        if one.participant_id in by_side
    ]
    at = day.time_of(meeting.slot.starts_at) if meeting.slot else ""
    return Contradiction(meeting, at, said)


def _firms(day: B2bDay, meetings: Sequence[ResultRow], page: int) -> Part[FirmLine]:
    """Each firm's meetings; both sides in the usual order, by name within a side."""
    by_firm: dict[int, list[ResultRow]] = {}
    for meeting in meetings:
        for number in meeting.firms:
            by_firm.setdefault(number, []).append(meeting)
    names = {number: name for number, name in rows.firm_names(day.id).items() if number in by_firm}
    sides = order_countries(sorted({one.country for one in names.values()}))
    order = sorted(
        names, key=lambda one: (sides.index(names[one].country), reader_name(names[one]).casefold(), one)
    )
    paging = Paging.near(page, FIRMS_ON_PAGE, len(order))
    return Part([_firm(number, names[number], by_firm[number]) for number in paging.of(order)], paging)


def _firm(number: int, name: FirmName, meetings: Sequence[ResultRow]) -> FirmLine:
    held = [one for one in meetings if one.is_held]
    return FirmLine(
        participant_id=number,
        name=shown_name(name, language()),
        country=countries.label(name.country, language()),
        held=len(held),
        not_held=sum(one.is_lost for one in meetings),
        missed=sum(one.absent_id == number for one in meetings),
        said=sum(number in one.said for one in meetings),
        second=sum(rules.leads_on(one.answers) for one in held),
        unsaid=sum(number not in one.said for one in held),
    )
