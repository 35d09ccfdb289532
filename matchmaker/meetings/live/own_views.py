"""What a firm does on the running day, or the desk for it: say who is missing, answer an offered meeting."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import done
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.live import absences, offers, rules
from matchmaker.meetings.live.offers import Taken
from matchmaker.meetings.outcomes import queries
from matchmaker.meetings.outcomes import rules as outcome_rules
from matchmaker.meetings.outcomes.rules import Side


def _back(side: Side) -> str:
    """The firm's own page from which it answered, or the page of the day for those who run it; asked before the deed reads the day anew."""
    actor = current_actor()
    if day_rules.may_run(actor, side.participant.day):
        return url_for("meetings.live", day_id=side.participant.day_id)
    own = next(one for one in side.meeting.parties if actor.membership(one.participant.firm_id))
    page = "meetings.next_meeting" if request.form.get("back") == "next" else "meetings.outcomes"
    return url_for(page, participant_id=own.participant_id)


@bp.post("/day-participants/<int:participant_id>/absences/<int:meeting_id>")
@access(rules.may_mark_absent, load=queries.side)
def mark_absent(side: Side) -> Response:
    """Say that this firm did not come to this meeting."""
    back = _back(side)
    offered = absences.mark(current_actor(), side)
    told = _("Recorded as not held. There is no other meeting that could be offered now.")
    if offered:
        told = _("Recorded as not held. The next possible meeting has been offered.")
    return done(told, to=back)


@bp.post("/day-participants/<int:participant_id>/offers/<int:meeting_id>/accept")
@access(outcome_rules.may_say, load=queries.side)
def accept_offer(side: Side) -> Response:
    """Say yes to an offered meeting."""
    back = _back(side)
    taken = offers.accept(current_actor(), side)
    told = {
        Taken.PLACED: _("The meeting has its place. Both firms know."),
        Taken.WAITING: _("Thank you. The other firm is asked too."),
        Taken.GONE: _("The time was taken meanwhile. Another one is offered where there is one."),
    }
    return done(told[taken], to=back)


@bp.post("/day-participants/<int:participant_id>/offers/<int:meeting_id>/decline")
@access(outcome_rules.may_say, load=queries.side)
def decline_offer(side: Side) -> Response:
    """Say no to an offered meeting."""
    back = _back(side)
    offers.decline(current_actor(), side)
    return done(_("Declined."), to=back)
