"""The figures of a day at a glance."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from matchmaker.core.db import db
from matchmaker.core.i18n import language, order_countries
from matchmaker.firms.models import Firm
from matchmaker.meetings.enums import MeetingState, ParticipantState
from matchmaker.meetings.models import B2bDay, DayParticipant, DayWish, Meeting
from matchmaker.reference import countries


def firms_by_country(day_id: int) -> dict[str, int]:
    """How many firms of each country are expected."""
    rows = db.session.execute(
        select(Firm.country, func.count())
        .join(DayParticipant, DayParticipant.firm_id == Firm.id)
        .where(DayParticipant.day_id == day_id, DayParticipant.state == ParticipantState.EXPECTED)
        .group_by(Firm.country)
    )
    return {row[0]: row[1] for row in rows}


def wishes_of_day(day_id: int) -> int:
    """How many wishes the firms of a day have said."""
    return db.session.scalar(select(func.count()).where(DayWish.day_id == day_id)) or 0


def meetings_by_state(day_id: int) -> dict[MeetingState, int]:
    """How many meetings of a day are in each state."""
    rows = db.session.execute(
        select(Meeting.state, func.count()).where(Meeting.day_id == day_id).group_by(Meeting.state)
    )
    return {row[0]: row[1] for row in rows}


def stats(day: B2bDay) -> list[dict[str, Any]]:
    """Firms of each side, wishes, meetings chosen and placed, tables, as ui.stats needs them."""
    firms, meetings = firms_by_country(day.id), meetings_by_state(day.id)
    spoken = language()
    placed = sum(
        meetings.get(one, 0) for one in (MeetingState.PLACED, MeetingState.HELD, MeetingState.NOT_HELD)
    )
    return [
        *(
            {"value": firms[code], "label": _("firms, %(country)s", country=countries.label(code, spoken))}
            for code in order_countries(list(firms))
        ),
        {"value": wishes_of_day(day.id), "label": _("wishes")},
        {"value": placed + meetings.get(MeetingState.WISHED, 0), "label": _("meetings chosen")},
        {"value": placed, "label": _("with time and table")},
        {"value": len(day.tables), "label": _("tables")},
    ]
