"""What staff print for a B2B day."""

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.pdf import render_pdf, send_pdf
from matchmaker.meetings import queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.plan import papers
from matchmaker.meetings.show_page import head

add_tab(DayTab("meetings.papers_index", _l("Print"), day_rules.may_see_as_staff, 48))


@bp.get("/b2b-days/<int:day_id>/papers")
@access(day_rules.may_see_as_staff, load=queries.day)
def papers_index(day: B2bDay) -> Response:
    """What can be printed, and the agenda of each firm."""
    return render(
        "meetings/plan/papers.html",
        head=head(current_actor(), day),
        day=day,
        participants=queries.participants(day.id),
    )


@bp.get("/b2b-days/<int:day_id>/papers/agendas")
@access(day_rules.may_see_as_staff, load=queries.day)
def agendas(day: B2bDay) -> Response:
    """The agendas of all firms, a page each."""
    data = papers.agendas(day, queries.participants(day.id))
    audit.record_export(current_actor(), "b2b_agendas", day.id, {}, len(data["agendas"]))
    content = render_pdf("agendas", data, language(), title=data["title"], made_at=clock.now())
    return send_pdf(content, f"agendas-{day.id}.pdf")


@bp.get("/b2b-days/<int:day_id>/papers/table-cards")
@access(day_rules.may_see_as_staff, load=queries.day)
def table_cards(day: B2bDay) -> Response:
    """A card for each table."""
    data = papers.table_cards(day)
    content = render_pdf("table_cards", data, language(), title=data["title"], made_at=clock.now())
    return send_pdf(content, f"table-cards-{day.id}.pdf")


@bp.get("/b2b-days/<int:day_id>/papers/room-plan")
@access(day_rules.may_see_as_staff, load=queries.day)
def room_plan(day: B2bDay) -> Response:
    """Tables and times on one paper."""
    data = papers.room_plan(day)
    content = render_pdf("list", data, language(), title=data["heading"], made_at=clock.now())
    return send_pdf(content, f"room-plan-{day.id}.pdf")


@bp.get("/b2b-days/<int:day_id>/papers/badges")
@access(day_rules.may_see_as_staff, load=queries.day)
def day_badges(day: B2bDay) -> Response:
    """A badge for each person who comes."""
    data = papers.badges(day)
    audit.record_export(current_actor(), "b2b_badges", day.id, {}, len(data["badges"]))
    content = render_pdf("badges", data, language(), title=_("Badges"), made_at=clock.now())
    return send_pdf(content, f"b2b-badges-{day.id}.pdf")
