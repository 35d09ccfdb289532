"""Pages of a programme's papers."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.calendars import calendar_file, send_calendar
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.pdf import render_pdf, send_pdf
from matchmaker.programmes import calendar, rules
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.models import Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.papers import queries, services, sheets
from matchmaker.programmes.show_page import show_page

bp = Blueprint("papers", __name__, url_prefix="/programmes/<int:programme_id>")
add_tab(ProgrammeTab("papers.index", _l("Papers"), rules.may_see_people, 80))


@bp.get("/papers")
@access(rules.may_see_people, load=programme_queries.programme)
def index(programme: Programme) -> Response:
    """Badges and booklet."""
    return render(
        "programmes/papers/index.html",
        page=show_page(current_actor(), programme),
        people=len(queries.participants(programme.id)),
        ready=len(queries.tokens(programme.id)),
    )


@bp.post("/badges")
@access(rules.may_see_people, load=programme_queries.programme)
def prepare_badges(programme: Programme) -> Response:
    """Give each badge its token."""
    new = services.prepare_badges(current_actor(), programme)
    told = ngettext("%(num)s new badge is ready.", "%(num)s new badges are ready.", new)
    return done(told, to=url_for("papers.index", programme_id=programme.id))


@bp.get("/badges")
@access(rules.may_see_people, load=programme_queries.programme)
def badges(programme: Programme) -> Response:
    """The badges as a PDF, one A6 page each."""
    data = sheets.badges(programme)
    audit.record_export(current_actor(), "badge", programme.id, {}, len(data["badges"]))
    content = render_pdf("badges", data, language(), title=_("Badges"), made_at=clock.now())
    return send_pdf(content, f"badges-{programme.id}.pdf")


@bp.get("/booklet")
@access(rules.may_see_people, load=programme_queries.programme)
def booklet(programme: Programme) -> Response:
    """The booklet as a PDF."""
    data = sheets.booklet(programme)
    audit.record_export(current_actor(), "booklet", programme.id, {}, len(data["people"]))
    content = render_pdf("booklet", data, language(), title=data["title"], made_at=clock.now())
    return send_pdf(content, f"booklet-{programme.id}.pdf")


@bp.get("/calendar")
@access(rules.may_see, load=programme_queries.programme)
def calendar_of(programme: Programme) -> Response:
    """The programme as a calendar file."""
    content = calendar_file(calendar.file_name(programme), calendar.events_of(programme))
    return send_calendar(content, f"programme-{programme.id}.ics")
