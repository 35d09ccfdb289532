"""What has to be there before firms are asked for their wishes."""

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.errors import DomainError
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayVerb, ParticipantState
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.services import add_gate


def ask_only_when_ready(day: B2bDay) -> None:
    """There are times to meet at, firms that can meet each other, and a deadline that lies ahead if there is one."""
    if not day.slots:
        raise DomainError(_("Plan a block of meetings first."))
    firms = [one for one in queries.participants(day.id) if one.state is ParticipantState.EXPECTED]
    sides = {one.firm.country for one in firms}
    if len(firms) < 2 or (len(sides) < 2 and not day.same_side):
        raise DomainError(_("Add the firms of both sides first."))
    if day.wishes_until is not None and day.wishes_until <= clock.now():
        raise DomainError(_("The deadline of the wishes is over. Set a later one first."))


for _verb in (DayVerb.OPEN, DayVerb.REOPEN):
    add_gate(_verb, ask_only_when_ready)
