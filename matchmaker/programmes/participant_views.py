"""The participants table of the staff: filters, bulk decisions, lists to take away."""

from collections.abc import Sequence

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.i18n import language
from matchmaker.core.requests import asked_keys, asked_page
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.programmes import bulk, participant_queries, queries, rules
from matchmaker.programmes import participants as table
from matchmaker.programmes.blueprint import bp
from matchmaker.programmes.bulk import Outcome
from matchmaker.programmes.capacity import display_name
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.sign_up_forms import BulkForm

add_tab(ProgrammeTab("programmes.participants", _l("Participants"), rules.may_see_people, 30))
CHECK = "check"
"""What the button says that only asks whether the selection fits, for readers without script."""


@bp.get("/<int:programme_id>/participants")
@access(rules.may_see_people, load=queries.programme)
def participants(programme: Programme) -> Response:
    """Who signed up, filtered."""
    return _shown(programme, BulkForm(formdata=None))


@bp.get("/<int:programme_id>/participants/fit")
@access(rules.may_edit, load=queries.programme)
def fit(programme: Programme) -> Response:
    """The table with some sign-ups selected, and whether they fit, before anything is decided."""
    return _shown(programme, BulkForm(formdata=None), fragment="fit", selected=asked_keys("selected"))


def _shown(
    programme: Programme,
    form: BulkForm,
    status: int = 200,
    fragment: str = "people",
    selected: Sequence[int] = (),
) -> Response:
    asked = table.wanted(request.args, asked_page())
    page = table.participants_page(current_actor(), programme, asked, selected)
    return render("programmes/participants.html", fragment=fragment, status=status, page=page, form=form)


@bp.post("/<int:programme_id>/participants")
@access(rules.may_edit, load=queries.programme)
def decide_selected(programme: Programme) -> Response:
    """Take one decision on the selected sign-ups."""
    form = BulkForm()
    chosen = form.selected.data or ()
    if form.decision.data == CHECK:
        asked = table.wanted(request.args).args()
        return go_to(url_for("programmes.fit", programme_id=programme.id, selected=chosen, **asked))
    if form.validate_on_submit():
        try:
            verb = table.BULK[form.decision.data or ""]
            outcome = bulk.decide(current_actor(), programme, verb, chosen, reason=form.reason.data or "")
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            _name_left_out(outcome)
            told = ngettext("%(num)s sign-up decided.", "%(num)s sign-ups decided.", len(outcome.done))
            return done(told, to=_back(programme))
    return _shown(programme, form, 422, selected=chosen)


def _back(programme: Programme) -> str:
    return url_for("programmes.participants", programme_id=programme.id, **table.wanted(request.args).args())


def _name_left_out(outcome: Outcome) -> None:
    for one, why in outcome.left_out:
        flash(_("Left out: %(name)s. %(why)s", name=display_name(one), why=why), "warn")


@bp.get("/<int:programme_id>/participants/<any(xlsx, csv):kind>")
@access(rules.may_see_list, load=participant_queries.list_of)
def participant_list(asked: rules.ListOf) -> Response:
    """The filtered list as a spreadsheet."""
    programme, filters = asked.programme, table.wanted(request.args)
    columns, rows = table.sheet(programme, filters)
    audit.record_export(current_actor(), "participants", programme.id, filters.args(), len(rows))
    name = _("participants-%(rest)s", rest=f"{programme.id}-{clock.today():%Y-%m-%d}.{asked.kind}")
    if asked.kind == "xlsx":
        return send_sheet(xlsx(programme.title(language()), columns, rows, zone=programme.zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=programme.zone), name)
