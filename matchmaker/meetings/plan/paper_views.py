"""What staff print for a B2B day."""

from flask import Response, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.files import path_of
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.jobs import JobState
from matchmaker.core.pdf import render_pdf, send_pdf
from matchmaker.meetings import queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.pages import DayTab, add_tab
from matchmaker.meetings.parties import in_alphabet
from matchmaker.meetings.plan import agenda_books, papers, tasks
from matchmaker.meetings.plan.agenda_books import Book
from matchmaker.meetings.show_page import head

__all__ = ["tasks"]

add_tab(
    DayTab(
        "meetings.papers_index", _l("Print"), day_rules.may_see_as_staff, 48, also=("meetings.agenda_book",)
    )
)


def may_see_book(actor: Actor, asked: Book) -> bool:
    """Staff of the day."""
    return day_rules.may_see_as_staff(actor, asked.day)


@bp.get("/b2b-days/<int:day_id>/papers")
@access(day_rules.may_see_as_staff, load=queries.day)
def papers_index(day: B2bDay) -> Response:
    """What can be printed, and the agenda of each firm."""
    return render(
        "meetings/plan/papers.html",
        head=head(current_actor(), day),
        day=day,
        participants=in_alphabet(queries.participants(day.id)),
        is_long=agenda_books.is_long(day),
    )


@bp.get("/b2b-days/<int:day_id>/papers/agendas")
@access(day_rules.may_see_as_staff, load=queries.day)
def agendas(day: B2bDay) -> AnyResponse:
    """The agendas of all firms, a page each; those of many firms are ordered on the page of papers."""
    if agenda_books.is_long(day):
        return redirect(url_for("meetings.papers_index", day_id=day.id), 303)
    data = papers.agendas(day, queries.participants(day.id))
    audit.record_export(current_actor(), "b2b_agendas", day.id, {}, len(data["agendas"]))
    content = render_pdf("agendas", data, language(), title=data["title"], made_at=clock.now())
    return send_pdf(content, f"agendas-{day.id}.pdf")


@bp.post("/b2b-days/<int:day_id>/papers/agendas")
@access(day_rules.may_see_as_staff, load=queries.day)
def order_agendas(day: B2bDay) -> AnyResponse:
    """Have the agendas of many firms written."""
    job = agenda_books.order(current_actor(), day, language())
    return done(
        _("The agendas are being written."), to=url_for("meetings.agenda_book", day_id=day.id, job_id=job.id)
    )


@bp.get("/b2b-days/<int:day_id>/papers/agendas/<int:job_id>")
@access(may_see_book, load=agenda_books.book)
def agenda_book(asked: Book) -> Response:
    """One order: its progress, then the file."""
    return render(
        "meetings/plan/agenda_book.html",
        fragment="book",
        head=head(current_actor(), asked.day),
        day=asked.day,
        job=asked.job,
        failed=asked.job.state is JobState.FAILED,
    )


@bp.post("/b2b-days/<int:day_id>/papers/agendas/<int:job_id>/stop")
@access(may_see_book, load=agenda_books.book)
def stop_agendas(asked: Book) -> AnyResponse:
    """End the work at its next step."""
    agenda_books.stop(current_actor(), asked)
    page = url_for("meetings.agenda_book", day_id=asked.day.id, job_id=asked.job.id)
    return done(_("The work stops at its next step."), to=page)


@bp.get("/b2b-days/<int:day_id>/papers/agendas/<int:job_id>/agendas.pdf")
@access(may_see_book, load=agenda_books.book)
def agenda_book_file(asked: Book) -> Response:
    """The finished PDF."""
    stored = agenda_books.file_of(asked)
    audit.record_export(current_actor(), "b2b_agendas", asked.day.id, {}, asked.job.result["agendas"])
    return send_pdf(path_of(stored).read_bytes(), stored.name)


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
    content = render_pdf("room_plan", data, language(), title=data["heading"], made_at=clock.now())
    return send_pdf(content, f"room-plan-{day.id}.pdf")


@bp.get("/b2b-days/<int:day_id>/papers/badges")
@access(day_rules.may_see_as_staff, load=queries.day)
def day_badges(day: B2bDay) -> Response:
    """A badge for each person who comes."""
    data = papers.badges(day)
    audit.record_export(current_actor(), "b2b_badges", day.id, {}, len(data["badges"]))
    content = render_pdf("badges", data, language(), title=_("Badges"), made_at=clock.now())
    return send_pdf(content, f"b2b-badges-{day.id}.pdf")
