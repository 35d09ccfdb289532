"""What becomes of B2B days when a firm is merged into another one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.firms.merging.parts import Moving, Part
from matchmaker.meetings.enums import DayState
from matchmaker.meetings.models import B2bDay, DayParticipant

OVER = (DayState.DONE, DayState.CANCELLED)


def refused(kept_id: int, merged_id: int) -> list[str]:
    """Two firms at one day have meetings in the same slots; the day is over, or one of them leaves it first."""
    own = select(DayParticipant.day_id).where(DayParticipant.firm_id == kept_id)
    both = select(DayParticipant.day_id).where(
        DayParticipant.firm_id == merged_id, DayParticipant.day_id.in_(own)
    )
    shared = select(B2bDay.id).where(B2bDay.id.in_(both), B2bDay.state.not_in(OVER))
    if db.session.scalar(shared.limit(1)) is None:
        return []
    return [
        _("Both firms take part in one B2B day. Take one of them out of it first, or wait until it is over.")
    ]


PART = Part(
    "meetings",
    moving=(Moving(DayParticipant.firm_id, _l("B2B days with their meetings"), (DayParticipant.day_id,)),),
    refused=refused,
)
