"""Pages of the survey's results, for those who run the training."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.programmes import queries as programmes
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.rules import ListOf
from matchmaker.programmes.trainings import queries, rules, survey_page
from matchmaker.programmes.trainings.blueprint import bp

add_tab(
    ProgrammeTab(
        "trainings.survey_results", _l("Survey"), rules.may_see_survey, 25, kinds=(ProgrammeKind.TRAINING,)
    )
)


@bp.get("/programmes/<int:programme_id>/survey")
@access(rules.may_see_survey, load=programmes.programme)
def survey_results(programme: Programme) -> Response:
    """What participants thought, by session and country."""
    page = survey_page.survey_page(current_actor(), programme)
    return render("programmes/trainings/survey.html", page=page)


@bp.get("/programmes/<int:programme_id>/survey/<any(xlsx, csv):kind>")
@access(rules.may_take_survey, load=queries.survey_list_of)
def survey_list(asked: ListOf) -> Response:
    """The results as a spreadsheet."""
    programme = asked.programme
    columns, rows = survey_page.sheet(programme)
    audit.record_export(current_actor(), "survey", programme.id, {}, len(rows))
    name = _("survey-%(rest)s", rest=f"{programme.id}-{clock.today():%Y-%m-%d}.{asked.kind}")
    if asked.kind == "xlsx":
        return send_sheet(xlsx(programme.title(language()), columns, rows, zone=programme.zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=programme.zone), name)
