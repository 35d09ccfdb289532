"""What participants thought of a training: by session and country, never so few answers that one could tell whose they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries
from matchmaker.core.sheets_out import Cell
from matchmaker.programmes import pages
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trainings import queries, rules
from matchmaker.programmes.trainings.models import TrainingSession
from matchmaker.programmes.trainings.queries import SurveyComment, SurveyResult
from matchmaker.reference import countries


@dataclass(frozen=True, slots=True)
class Line:
    """The answers of one country, or of all; marks are None where they are too few to be shown."""

    name: str
    count: int
    marks: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class SessionResult:
    """One session: its lines by country, all of them together last; comments with their language."""

    title: str
    lines: list[Line]
    comments: list[SurveyComment]


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """The results of a training for one reader."""

    programme: Programme
    title: str
    tabs: list[dict[str, Any]]
    sessions: list[SessionResult]
    least: int


def survey_page(actor: Actor, programme: Programme) -> SurveyPage:
    """Put the page together."""
    return SurveyPage(
        programme,
        programme.title(language()),
        pages.tabs(actor, programme),
        _sessions(programme),
        rules.LEAST_ANSWERS,
    )


def _sessions(programme: Programme) -> list[SessionResult]:
    results, comments = queries.survey_results(programme.id), queries.survey_comments(programme.id)
    return [
        _session(one, results.get(one.id, {}), comments.get(one.id, []))
        for one in queries.sessions(programme.id)
    ]


def _session(
    session: TrainingSession, found: Mapping[str, SurveyResult], comments: Sequence[SurveyComment]
) -> SessionResult:
    lines = [_line(countries.label(code, language()), found[code]) for code in order_countries(sorted(found))]
    counted = sum(result.count for result in found.values())
    if len(found) > 1:
        lines.append(Line(_("All countries"), counted, _of_all(found.values())))
    # The language alone would tell whose a comment is where few of a country answered.
    shown = [one for one in comments if found[one.country].count >= rules.LEAST_ANSWERS]
    return SessionResult(session.title(language()), lines, shown)


def _line(name: str, result: SurveyResult) -> Line:
    enough = result.count >= rules.LEAST_ANSWERS
    return Line(name, result.count, result.marks if enough else None)


def _of_all(results: Iterable[SurveyResult]) -> tuple[float, float, float] | None:
    """The means over all countries; left out where they would give away the marks of a country with too few answers."""
    known = list(results)
    few = sum(one.count for one in known if one.count < rules.LEAST_ANSWERS)
    count = sum(one.count for one in known)
    if count < rules.LEAST_ANSWERS or 0 < few < min(rules.LEAST_ANSWERS, count):
        return None
    content, trainer, usefulness = (
        sum(one.count * one.marks[place] for one in known) / count for place in range(3)
    )
    return content, trainer, usefulness


def sheet(programme: Programme) -> tuple[list[str], list[list[Cell]]]:
    """The results as columns and rows, one row for each session and country."""
    columns = [_("Session"), _("Country"), _("Answers"), _("Content"), _("Trainer"), _("Use for the work")]
    return columns, [_cells(one.title, line) for one in _sessions(programme) for line in one.lines]


def _cells(title: str, line: Line) -> list[Cell]:
    marks = [round(mark, 2) for mark in line.marks] if line.marks else [None] * 3
    return [title, line.name, line.count, *marks]
