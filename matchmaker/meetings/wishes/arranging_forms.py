"""The form of a meeting that staff arrange."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.names import reader_name
from matchmaker.meetings.enums import BlockKind
from matchmaker.meetings.models import B2bDay, Meeting
from matchmaker.meetings.parties import in_alphabet
from matchmaker.meetings.wishes import arranging_queries, queries
from matchmaker.meetings.wishes.arranging import Arrangement
from matchmaker.meetings.words import block_name
from matchmaker.programmes.forms import TickField


def firms_of(meeting: Meeting) -> str:
    """The firms of a meeting in the letters of the reader."""
    return " – ".join(reader_name(one.participant.firm) for one in meeting.parties)


class ArrangeForm(BaseForm):
    """Which firms meet, and what narrows the time."""

    firms = TickField(
        _l("Firms"),
        coerce=int,
        validators=[InputRequired(_l("Choose the firms."))],
        description=_l("Two or more."),
    )
    topic = StringField(
        lazy_pgettext("meeting", "What it is about"),
        [Length(max=300, message=_l("Write at most %(max)d letters."))],
    )
    must = BooleanField(_l("Comes before all others"))
    block_id = SelectField(_l("Only in this block"))
    fixed_slot_id = SelectField(_l("Only at this time"))
    earlier_id = SelectField(_l("Only after this meeting"))

    def __init__(self, *args: Any, day: B2bDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_of = ("", _l("Any"))
        self.firms.choices = [(one.id, reader_name(one.firm)) for one in in_alphabet(queries.expected(day))]
        blocks = [one for one in day.blocks if one.kind is BlockKind.MEETINGS]
        self.block_id.choices = [any_of, *((str(one.id), block_name(one, language())) for one in blocks)]
        self.fixed_slot_id.choices = [
            any_of,
            *((str(one.id), day.time_of(one.starts_at)) for one in day.slots),
        ]
        meetings = arranging_queries.living(day.id)
        self.earlier_id.choices = [("", _l("None")), *((str(one.id), firms_of(one)) for one in meetings)]

    def arrangement(self) -> Arrangement:
        """What the service needs."""
        numbers = {
            name: int(self[name].data) if self[name].data else None
            for name in ("block_id", "fixed_slot_id", "earlier_id")
        }
        topic = (self.topic.data or "").strip()
        return Arrangement(tuple(self.firms.data or ()), topic, bool(self.must.data), **numbers)
