"""The sessions of a training as entries of a calendar, in place of one entry for the whole."""

from matchmaker.core.calendars import CalendarEvent
from matchmaker.core.i18n import language
from matchmaker.core.mail import link
from matchmaker.firms.names import place_name
from matchmaker.programmes.calendar import add_parts
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trainings import queries
from matchmaker.programmes.trainings.models import TrainingSession


def events(programme: Programme) -> list[CalendarEvent]:
    """The sessions in order of time; the link to take part online is no part of them, because the file is public."""
    return [_event(programme, session) for session in queries.sessions(programme.id)]


def _event(programme: Programme, session: TrainingSession) -> CalendarEvent:
    # A session counts no versions of its own; the seconds up to its last change grow in the same way.
    changes = int((session.updated_at - session.created_at).total_seconds())
    about = (programme.title(language()), session.trainer)
    return CalendarEvent(
        key=f"training-session-{session.id}",
        version=programme.version + changes,
        changed_at=max(programme.updated_at, session.updated_at),
        starts=session.starts_at,
        ends=session.ends_at,
        zone=programme.zone,
        title=session.title(language()),
        place=place_name(session.place or programme.place),
        text="\n".join(part for part in about if part),
        url=link("trainings.index", programme_id=programme.id),
        cancelled=programme.state is ProgrammeState.CANCELLED,
        part_of=programme.title(language()),
    )


add_parts(ProgrammeKind.TRAINING, events)
