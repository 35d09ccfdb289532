"""The list of scores of a trip as a workbook; scores that are not both in are not in it either."""

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.core.sheets_out import Cell, xlsx
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import assessment_queries, frame_queries, scoring
from matchmaker.programmes.trips.assessment_queries import Scored
from matchmaker.programmes.trips.scoring_words import CRITERIA
from matchmaker.programmes.trips.words import applicant_name
from matchmaker.programmes.words import sign_up_word
from matchmaker.reference import regions


def score_sheet(programme: Programme, columns: list[str], rows: list[list[Cell]]) -> bytes:
    """The list as a workbook."""
    return xlsx(_("Scores"), columns, rows, zone=programme.zone)


def score_rows(actor: Actor, programme: Programme) -> tuple[list[str], list[list[Cell]]]:
    """The applications with rank, score and, once both assessments are in, points and reasons of each assessor.

    Answers the names of the columns and the rows.
    """
    weights = scoring.weights_of(frame_queries.frame(programme).weights)
    scored = assessment_queries.scored(actor, programme)
    seen = assessment_queries.assessments(actor, [one.sign_up.id for one in scored])
    columns = [
        _("Rank"),
        _("Firm"),
        _("Region"),
        _("People"),
        _("Status"),
        _("Score"),
        _("Fits the places left"),
        _("Assessor"),
    ]
    for criterion, weight in weights.items():
        columns += [f"{CRITERIA[criterion]} ({weight})", _("Reason")]
    rows: list[list[Cell]] = []
    for one in scored:
        shown = [item for item in seen.get(one.sign_up.id, []) if item.submitted_at is not None]
        head = _head(one)
        if not shown:
            rows.append([*head, "", *([""] * 2 * len(weights))])
        for item in shown:
            row: list[Cell] = [*head, item.assessor.name]
            for criterion in weights:
                row += [item.points.get(criterion.value), item.reasons.get(criterion.value, "")]
            rows.append(row)
    return columns, rows


def _head(one: Scored) -> list[Cell]:
    total = scoring.combined(one.scores)
    sign_up, ranked = one.sign_up, one.ranked
    fits: Cell = "" if ranked is None else (_("yes") if ranked.fits else _("no"))
    return [
        ranked.place if ranked else None,
        applicant_name(sign_up),
        regions.label(sign_up.region_code, language()) if sign_up.region_code else "",
        sign_up.people,
        sign_up_word(sign_up.state),
        round(float(total), 2) if total is not None else None,
        fits,
    ]
