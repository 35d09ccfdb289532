"""Pages of outcomes: a firm's meetings with five buttons each, and the results of a day for staff."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render, toast, wants_fragment
from matchmaker.core.i18n import language
from matchmaker.core.requests import MOST_PAGES, asked_number, asked_page
from matchmaker.core.sheets_out import csv_text, send_sheet, xlsx
from matchmaker.firms.names import reader_name
from matchmaker.meetings import parties
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.enums import Outcome
from matchmaker.meetings.lessons.rules import may_see_points
from matchmaker.meetings.live.pages import offers_to
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting
from matchmaker.meetings.outcomes import pages, queries, rules, services, sheets, words
from matchmaker.meetings.outcomes.forms import OutcomeForm, SettleForm
from matchmaker.meetings.outcomes.results_page import results_page
from matchmaker.meetings.outcomes.rules import Side
from matchmaker.meetings.pages import DayTab, OwnTab, add_own_tab, add_tab
from matchmaker.meetings.show_page import head, title

add_own_tab(
    OwnTab("meetings.outcomes", _l("Outcomes"), rules.may_see_outcomes, 13, also=("meetings.say_outcome",))
)
add_tab(DayTab("meetings.results", _l("Results"), rules.may_see_results, 70, ("meetings.points_after",)))


@bp.get("/day-participants/<int:participant_id>/outcomes")
@access(day_rules.may_see_participant, load=day_queries.participant)
def outcomes(participant: DayParticipant) -> Response:
    """All meetings of a firm at its day, each with the buttons for what came of it."""
    return _outcomes(participant)


def _outcomes(participant: DayParticipant, refused: int = 0, form: OutcomeForm | None = None) -> Response:
    return render(
        "meetings/outcomes.html",
        status=422 if form else 200,
        head=head(current_actor(), participant.day),
        participant=participant,
        lines=pages.lines(participant),
        firm="" if day_rules.speaks_for(current_actor(), participant) else reader_name(participant.firm),
        offers=offers_to(participant),
        refused=refused,
        form=form or OutcomeForm(),
        outcome_words=words.OUTCOMES,
    )


@bp.post("/day-participants/<int:participant_id>/outcomes/<int:meeting_id>")
@access(rules.may_say, load=queries.side)
def say_outcome(side: Side) -> Response:
    """Say what came of a meeting."""
    form = OutcomeForm()
    said = form.validate_on_submit()
    if said:
        next_step = (form.next_step.data or "").strip()
        services.say(current_actor(), side, Outcome(form.outcome.data), next_step)
    if wants_fragment():
        card = _card(side, form, said=said)
        return toast(card, _said(side, form)) if said else card
    if not said:
        return _outcomes(side.participant, side.meeting.id, form)
    anchor = f"meeting-{side.meeting.id}"
    back = url_for("meetings.outcomes", participant_id=side.participant.id, _anchor=anchor)
    return done(_("Saved. Thank you."), to=back)


def _said(side: Side, form: OutcomeForm) -> str:
    """What was stored, for those who do not see the pressed button change."""
    word = words.OUTCOMES[Outcome(form.outcome.data)][0]
    there = (one.participant for one in parties.in_order(side.meeting))
    others = ", ".join(reader_name(one.firm) for one in there if one.id != side.participant.id)
    return str(_("Saved: %(what)s, %(firm)s.", what=word, firm=others))


def _card(side: Side, form: OutcomeForm, *, said: bool) -> Response:
    fresh = queries.side(side.participant.id, side.meeting.id)
    return render(
        "meetings/outcomes.html",
        fragment="meeting",
        status=200 if said else 422,
        line=pages.line(fresh.participant.day, fresh.meeting, fresh.participant.id),
        outcome_words=words.OUTCOMES,
        refused=0 if said else side.meeting.id,
        form=form,
    )


@bp.get("/b2b-days/<int:day_id>/results")
@access(day_rules.may_see_as_staff, load=day_queries.day)
def results(day: B2bDay) -> Response:
    """What came of a day, beside the benchmarks."""
    return _results(day)


def _results(day: B2bDay, refused: int = 0, form: SettleForm | None = None) -> Response:
    return render(
        "meetings/results.html",
        status=422 if form else 200,
        head=head(current_actor(), day),
        page=results_page(day, asked_page(), asked_number("apart", least=1, most=MOST_PAGES), refused),
        may_settle=day_rules.may_run(current_actor(), day),
        may_see_points=may_see_points(current_actor(), day),
        refused=refused,
        form=form or SettleForm(),
    )


@bp.get("/b2b-days/<int:day_id>/results/<any(xlsx, csv):kind>")
@access(rules.may_export, load=queries.results_as)
def results_sheet(asked: rules.ResultsAs) -> Response:
    """The meetings of a day with their outcomes, as a spreadsheet."""
    day = asked.day
    columns, rows = sheets.results(day)
    audit.record_export(current_actor(), "b2b_day", day.id, {"list": "results"}, len(rows))
    name = _("results-%(rest)s", rest=f"{day.held_on:%Y-%m-%d}.{asked.kind}")
    if asked.kind == "xlsx":
        return send_sheet(xlsx(title(day), columns, rows, zone=day.zone), name)
    return send_sheet(csv_text(columns, rows, language=language(), zone=day.zone), name)


@bp.post("/meetings/<int:meeting_id>/settle")
@access(rules.may_settle, load=queries.meeting)
def settle_meeting(meeting: Meeting) -> Response:
    """Decide whether a meeting was held where its sides disagree."""
    form = SettleForm()
    if form.validate_on_submit():
        try:
            services.settle(
                current_actor(), meeting, held=form.held.data == "yes", reason=form.reason.data or ""
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("Saved."), to=url_for("meetings.results", day_id=meeting.day_id))
    return _results(meeting.day, meeting.id, form)
