"""Pages of agendas: on the phone, as a paper, in the calendar; and a colleague who takes a meeting over."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_pgettext
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.calendars import calendar_file, send_calendar
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.pdf import render_pdf, send_pdf
from matchmaker.firms.names import reader_name
from matchmaker.meetings import parties
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import DayParticipant, Meeting
from matchmaker.meetings.pages import OwnTab, add_own_tab
from matchmaker.meetings.plan import papers, queries, rules, takeover
from matchmaker.meetings.plan.agenda_calendar import events_of_firm
from matchmaker.meetings.plan.agenda_page import agenda_page
from matchmaker.meetings.plan.forms import TakeOverForm
from matchmaker.meetings.show_page import head, title
from matchmaker.programmes.forms import unless_conflict

add_own_tab(OwnTab("meetings.agenda", lazy_pgettext("B2B day", "Agenda"), rules.may_read_agenda, 12))


@bp.get("/b2b-days/agendas/<int:participant_id>")
@access(rules.may_read_agenda, load=queries.agenda_participant)
def agenda(participant: DayParticipant) -> Response:
    """The meetings of one firm."""
    actor = current_actor()
    return render(
        "meetings/plan/agenda.html", head=head(actor, participant.day), page=agenda_page(actor, participant)
    )


@bp.get("/b2b-days/agendas/<int:participant_id>/paper")
@access(rules.may_read_agenda, load=queries.agenda_participant)
def agenda_paper(participant: DayParticipant) -> Response:
    """The same as a PDF."""
    data = papers.agendas(participant.day, [participant])
    content = render_pdf("agendas", data, language(), title=data["title"], made_at=clock.now())
    return send_pdf(content, f"agenda-{participant.id}.pdf")


@bp.get("/b2b-days/agendas/<int:participant_id>/calendar")
@access(rules.may_read_agenda, load=queries.agenda_participant)
def agenda_calendar(participant: DayParticipant) -> Response:
    """The same as a calendar file."""
    name = f"{title(participant.day)}: {reader_name(participant.firm)}"
    return send_calendar(calendar_file(name, events_of_firm(participant)), f"agenda-{participant.id}.ics")


@bp.route("/b2b-days/meetings/<int:meeting_id>/colleague", methods=["GET", "POST"])
@access(rules.may_take_over, load=queries.meeting_to_take_over)
def colleague(meeting: Meeting) -> AnyResponse:
    """Send somebody else of the firm."""
    actor = current_actor()
    form = TakeOverForm(people=takeover.can_take_over(actor, meeting))
    if form.validate_on_submit():
        try:
            takeover.take_over(actor, meeting, int(form.person.data))
            own = form.participant_of(int(form.person.data))
            return done(_("Your colleague goes instead."), to=url_for("meetings.agenda", participant_id=own))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    status = 422 if form.is_submitted() else 200
    return render(
        "meetings/plan/colleague.html",
        head=head(actor, meeting.day),
        meeting=meeting,
        names=parties.names(meeting),
        form=form,
        status=status,
    )
