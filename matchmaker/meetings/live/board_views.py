"""Screens in the room and on the phone of a firm. They ask every few seconds; where nothing changed the answer is 304 and costs one small read."""

from collections.abc import Callable

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import render
from matchmaker.core.requests import MOST_PAGES, asked_number, asked_page
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.live import boards, queries, rules
from matchmaker.meetings.live.next_page import next_page
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.pages import OwnTab, add_own_tab
from matchmaker.meetings.plan.queries import agenda_participant
from matchmaker.meetings.rules import may_see_as_staff, may_see_participant
from matchmaker.meetings.show_page import head

add_own_tab(OwnTab("meetings.next_meeting", _l("Next meeting"), rules.may_see_next, 11))


def _unless_same(mark: str, answer: Callable[[], Response]) -> Response:
    """304 for a screen that shows this already."""
    # Weak, because compression on the way gives a strong mark an ending of its own.
    if request.if_none_match.contains_weak(mark):
        same = Response(status=304)
        same.set_etag(mark, weak=True)
        return same
    response = answer()
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/b2b-days/<int:day_id>/board")
@access(may_see_as_staff, load=day_queries.day)
def board(day: B2bDay) -> Response:
    """The board of a room; where it has more tables than a screen holds, the parts in turns or the one asked for."""
    room, page, turns = request.args.get("room", ""), asked_page(), "page" not in request.args
    part = asked_number("turn", least=1, most=MOST_PAGES) if turns else page
    mark = boards.mark(day, room, str(part), str(turns), str(bool(request.headers.get("HX-Request"))))
    return _unless_same(
        mark,
        lambda: render(
            "meetings/board.html", fragment="board", board=boards.board(day, room, part), turns=turns
        ),
    )


@bp.get("/day-tables/<int:table_id>/screen")
@access(rules.may_watch_table, load=queries.table)
def table_screen(asked: rules.TableOf) -> Response:
    """The screen of one table."""
    mark = boards.mark(asked.day, str(asked.table.id), str(bool(request.headers.get("HX-Request"))))
    return _unless_same(
        mark,
        lambda: render(
            "meetings/table_screen.html",
            fragment="screen",
            screen=boards.table_screen(asked.day, asked.table),
        ),
    )


@bp.get("/day-participants/<int:participant_id>/next")
@access(may_see_participant, load=agenda_participant)
def next_meeting(participant: DayParticipant) -> Response:
    """Where a firm goes next; the minutes in it make it another page every minute."""
    actor, minute = current_actor(), f"{clock.now():%H:%M}"
    part = str(bool(request.headers.get("HX-Request")))
    mark = boards.mark(participant.day, str(participant.id), str(actor.person_id), minute, part)
    return _unless_same(
        mark,
        lambda: render(
            "meetings/next.html",
            fragment="next",
            head=head(actor, participant.day),
            page=next_page(actor, participant),
        ),
    )
