"""Forms of requests for meetings."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import SelectField, StringField
from wtforms.validators import Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.zones import clock_at
from matchmaker.meetings.models import DayParticipant, DaySlot


class AskForm(BaseForm):
    """A request for a meeting."""

    slot_id = SelectField(_l("When"))
    topic = StringField(
        lazy_pgettext("meeting", "What it is about"),
        [Length(max=300, message=_l("Write at most %(max)d letters."))],
        description=_l("The other firm reads this."),
    )

    def __init__(self, *args: Any, own: DayParticipant, free: Sequence[DaySlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = own.day.zone
        times = [
            (str(one.id), f"{clock_at(one.starts_at, zone)} – {clock_at(one.ends_at, zone)}") for one in free
        ]
        self.slot_id.choices = [("", _l("Any time")), *times]

    def slot(self) -> int | None:
        """The chosen time, None for any."""
        return int(self.slot_id.data) if self.slot_id.data else None
