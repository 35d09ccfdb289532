"""Forms of the running day."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional, Regexp

from matchmaker.core.forms import BaseForm
from matchmaker.core.requests import key_of_record
from matchmaker.firms.names import reader_name
from matchmaker.meetings.enums import RepairKind
from matchmaker.meetings.live.words import KINDS
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.parties import in_alphabet
from matchmaker.meetings.plan.rows import ParticipantRow

CHOOSE = _l("Choose a firm.")


def _firm(label: Any) -> SelectField:
    return SelectField(
        label, coerce=_number, validators=[InputRequired(CHOOSE)], validate_choice=True, choices=[]
    )


def _number(value: Any) -> int:
    return key_of_record(str(value)) if value else 0


def _choices(participants: Iterable[ParticipantRow]) -> list[tuple[Any, Any]]:
    named = [(one.id, reader_name(one.firm)) for one in in_alphabet(participants)]
    return [("", _l("Choose a firm")), *named]


class RepairForm(BaseForm):
    """What happened to a firm, and when it comes or goes."""

    participant = _firm(_l("Firm"))
    kind = SelectField(_l("What happened"), choices=[(one.value, word) for one, word in KINDS.items()])
    moment = StringField(
        _l("Time at the venue"),
        description=_l("When a late firm arrives, or when the firm that leaves early goes"),
        validators=[
            Optional(),
            Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", message=_l("Enter a time such as 09:00.")),
        ],
        render_kw={"type": "time"},
    )

    @classmethod
    def of(cls, participants: Iterable[ParticipantRow]) -> "RepairForm":
        """The form with the firms of a day."""
        form = cls(prefix="repair")
        form.participant.choices = _choices(participants)
        return form

    def at(self, day: B2bDay) -> datetime | None:
        """The typed time on the day of the meetings; None where the kind needs none."""
        if not self.moment.data or RepairKind(self.kind.data) not in (
            RepairKind.LATE,
            RepairKind.EARLY_LEAVE,
        ):
            return None
        return datetime.combine(day.held_on, time.fromisoformat(self.moment.data), tzinfo=ZoneInfo(day.zone))


class WalkInForm(BaseForm):
    """Two firms at the desk."""

    one = _firm(_l("First firm"))
    other = _firm(_l("Second firm"))

    @classmethod
    def of(cls, participants: Iterable[ParticipantRow]) -> "WalkInForm":
        """The form with the firms of a day."""
        form = cls(prefix="walk-in")
        form.one.choices = form.other.choices = _choices(list(participants))
        return form
