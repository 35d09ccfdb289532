"""Somebody else is sent to a programme: the B2B days set already follow."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.models import DayPerson, MeetingParty
from matchmaker.programmes import sign_up_services as sign_ups
from matchmaker.programmes.sign_up_services import NewDelegate
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of, room
from tests.programmes.world import firm_with, programme_with, signs_up

pytestmark = pytest.mark.data


def test_whoever_comes_instead_takes_over_the_meetings_of_days_to_come(session: Any) -> None:
    actor, firm_id = firm_with("RU")
    programme = programme_with(places=3)
    found = signs_up(actor, programme, firm_id)
    leaving = found.delegates[0]
    days = [
        B2bDayFactory(made_programme=programme, state=state) for state in (DayState.PUBLISHED, DayState.DONE)
    ]
    badges, firms = [], []
    for day in days:
        own = participant_of(day, db.session.get_one(Firm, firm_id))
        own.sign_up_id = found.id
        badge = db.session.scalars(select(DayPerson).where(DayPerson.participant_id == own.id)).one()
        badge.delegate_id = leaving.id
        badges.append(badge)
        firms.append(own)
    (slot, *_), (table, *_) = room(days[0])
    meeting = meeting_of(days[0], [firms[0], participant_of(days[0])], MeetingState.PLACED)
    meeting.slot_id, meeting.table_id = slot.id, table.id
    session.flush()
    party = db.session.scalars(select(MeetingParty).where(MeetingParty.participant_id == firms[0].id)).one()
    party.person_id = badges[0].id
    session.flush()

    entering = sign_ups.swap(actor, found, leaving, NewDelegate("Анна Лесная"))

    number, badge = firms[0].id, badges[1].id
    session.expire_all()
    people = queries.participant(number).people
    assert [(one.delegate_id, one.left_at is None) for one in people] == [
        (leaving.id, False),
        (entering.id, True),
    ]
    assert session.get(MeetingParty, party.id).person_id == people[1].id
    assert people[1].name_romanised == "Anna Lesnaia"
    assert session.get(DayPerson, badge).left_at is None
