"""A firm that sends somebody else to a programme sends that person to its B2B days too, with the meetings."""

from typing import Any

from sqlalchemy import select

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.meetings import queries, rules
from matchmaker.meetings.models import B2bDay, DayParticipant, DayPerson
from matchmaker.meetings.setup.people_services import swap_delegate
from matchmaker.programmes.models import Delegate, SignUp
from matchmaker.programmes.signals import delegate_swapped


@delegate_swapped.connect
def carry_over(sender: SignUp, *, actor: Actor, leaving: Delegate, entering: Delegate, **_rest: Any) -> None:
    """Whoever comes instead takes over at every day of the programme that is not over."""
    found = db.session.scalars(
        select(DayParticipant.id)
        .join(DayPerson, DayPerson.participant_id == DayParticipant.id)
        .join(B2bDay, B2bDay.id == DayParticipant.day_id)
        .where(
            DayPerson.delegate_id == leaving.id,
            DayPerson.left_at.is_(None),
            DayParticipant.sign_up_id == sender.id,
            B2bDay.state.not_in(rules.ENDED),
        )
        .order_by(B2bDay.id)
    ).all()
    for number in found:
        participant = queries.locked_participant(number)
        here = (one for one in participant.people if one.delegate_id == leaving.id and one.left_at is None)
        row = next(here, None)
        if row is not None and participant.day.state not in rules.ENDED:
            swap_delegate(actor, participant, row, entering)
