"""Meetings as calendar entries: a meeting that moves stays the same entry."""

from flask_babel import gettext as _

from matchmaker.core.calendars import CalendarEvent, add_source
from matchmaker.core.i18n import language
from matchmaker.core.mail import link
from matchmaker.firms.names import shown_name
from matchmaker.meetings import leavers
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting
from matchmaker.meetings.plan import queries
from matchmaker.meetings.plan.rules import TOLD


def event_of(
    day: B2bDay, meeting: Meeting, own: DayParticipant, *, left: bool = False
) -> CalendarEvent | None:
    """The entry of a meeting for one firm; struck out where it lost its place, None where it never had one.

    `left` strikes it out for somebody whose colleague goes instead.

    The key names the meeting and the firm's participation, the version is what calendars were told so far: a moved
    meeting replaces the entry of before.
    """
    slot = meeting.told_slot or meeting.told_before
    if slot is None:
        return None
    others = [one.participant.firm for one in meeting.parties if one.participant_id != own.id]
    names = ", ".join(shown_name(firm, language()).text for firm in others)
    table = meeting.told_table
    where = _("Table %(number)s", number=table.number) if table else ""
    return CalendarEvent(
        key=f"b2b-meeting-{meeting.id}-{own.id}",
        version=meeting.sequence,
        changed_at=meeting.updated_at,
        starts=slot.starts_at,
        ends=slot.ends_at,
        zone=day.zone,
        title=str(_("Meeting: %(firms)s", firms=names)),
        place=", ".join(part for part in (str(where), table.room if table else "", day.place) if part),
        text=meeting.topic,
        url=link("meetings.agenda", participant_id=own.id),
        cancelled=left or meeting.told_slot is None or meeting.state is MeetingState.CANCELLED,
    )


def events_of_firm(participant: DayParticipant) -> list[CalendarEvent]:
    """The entries of one firm, those of meetings that were taken out again struck out."""
    told = queries.told_meetings(participant.id, with_lost=True)
    found = (event_of(participant.day, one, participant) for one in told)
    return [one for one in found if one is not None]


def of_person(person_id: int) -> list[CalendarEvent]:
    """The meetings that a person goes to, and struck out those that somebody else goes to instead."""
    events = []
    gone = leavers.meetings_left(person_id)
    for meeting in queries.meetings_of_person(person_id):
        if meeting.day.state not in TOLD:
            continue
        for party in meeting.parties:
            mine = {one.id for one in party.participant.people if one.person_id == person_id}
            if mine:
                left = meeting.id in gone and not mine & {one.person_id for one in meeting.bookings}
                event = event_of(meeting.day, meeting, party.participant, left=left)
                events += [event] if event else []
    return events


add_source("b2b meetings", of_person)
