"""Pages of the versions of a timetable."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.requests import LARGEST_KEY, MOST_PAGES, asked_number, asked_page
from matchmaker.meetings import queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.plan import rules
from matchmaker.meetings.plan import versions as released
from matchmaker.meetings.plan.forms import ReleaseForm
from matchmaker.meetings.plan.version_page import Asked, versions_page
from matchmaker.meetings.show_page import head
from matchmaker.programmes.forms import unless_conflict

add_tab(DayTab("meetings.versions", _l("Versions"), day_rules.may_see_as_staff, 45))


@bp.get("/b2b-days/<int:day_id>/versions")
@access(day_rules.may_see_as_staff, load=queries.day)
def versions(day: B2bDay) -> Response:
    """All versions; the address may name one whose changes are shown, or two to compare."""
    return _page(day, ReleaseForm(formdata=None))


@bp.post("/b2b-days/<int:day_id>/versions")
@access(rules.may_release, load=queries.day)
def release(day: B2bDay) -> AnyResponse:
    """Release the timetable as it stands."""
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _page(day, form, 422)
    try:
        version = released.release(current_actor(), day, form.note.data or "", form.seen.data)
    except DomainError as error:
        form.refuse(unless_conflict(error))
        return _page(queries.day(day.id), form, 422)
    told = ngettext("%(num)s person is told.", "%(num)s people are told.", version.told)
    message = _("Version %(number)s is released.", number=version.number)
    return done(f"{message} {told}", to=url_for("meetings.versions", day_id=day.id))


def _page(day: B2bDay, form: ReleaseForm, status: int = 200) -> Response:
    version, first, second = (
        asked_number(name, least=0, most=LARGEST_KEY) for name in ("version", "first", "second")
    )
    asked = Asked(version, first, second, asked_page(), asked_number("part", least=1, most=MOST_PAGES))
    return render(
        "meetings/plan/versions.html",
        status=status,
        head=head(current_actor(), day),
        page=versions_page(current_actor(), day, asked),
        form=form,
    )
