"""The results of a day as a list to take away."""

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core.i18n import order_parties
from matchmaker.core.sheets_out import Cell
from matchmaker.firms.names import reader_name
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting
from matchmaker.meetings.outcomes import queries, rules
from matchmaker.meetings.outcomes.pages import said_of
from matchmaker.meetings.outcomes.rows import TOLD_ONCE
from matchmaker.meetings.outcomes.words import OUTCOMES


def results(day: B2bDay) -> tuple[list[str], list[list[Cell]]]:
    """Every meeting that had a place, with what each side said."""
    columns = [
        pgettext("B2B day", "Time"),
        _("Table"),
        _("Firm"),
        _("Other firm"),
        _("Fit"),
        _("Held"),
        _("Outcome"),
        _("Outcome of the other firm"),
        _("Next step"),
        _("Next step by the other firm"),
        _("The sides say different things"),
    ]
    rows = [_row(day, one) for one in queries.meetings_of_day(day.id, TOLD_ONCE)]
    return [str(one) for one in columns], rows


def _row(day: B2bDay, meeting: Meeting) -> list[Cell]:
    sides = _ordered([one.participant for one in meeting.parties])
    said = {one.participant_id: one for one in meeting.outcomes}
    own, other = said.get(sides[0].id), said.get(sides[1].id)
    return [
        day.time_of(meeting.slot.starts_at) if meeting.slot else "",
        meeting.table.number if meeting.table else None,
        reader_name(sides[0].firm),
        ", ".join(reader_name(one.firm) for one in sides[1:]),
        meeting.weight,
        str(_("yes") if meeting.state is MeetingState.HELD else _("no")),
        str(OUTCOMES[own.outcome][0]) if own else "",
        str(OUTCOMES[other.outcome][0]) if other else "",
        own.next_step if own else "",
        other.next_step if other else "",
        str(_("yes") if rules.disagree(said_of(meeting)) else _("no")),
    ]


def _ordered(participants: list[DayParticipant]) -> list[DayParticipant]:
    """The firm of the side that comes first first."""
    first, second, *rest = participants
    if first.firm.country != second.firm.country:
        parties = order_parties(first.firm, second.firm)
        if parties[0] is second.firm:
            return [second, first, *rest]
    return participants
