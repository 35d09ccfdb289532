"""Badges: one token for everybody whose place is settled, and for nobody twice."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.programmes import calendar
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.papers import queries, services, sheets
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import official
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of
from tests.programmes.exchanges.people import actor


@pytest.fixture
def programme(session: Any) -> Any:
    """Two hours of one day at the venue, whatever the time of the test."""
    return ProgrammeFactory(starts_at=(clock.now() + timedelta(days=30)).replace(hour=9))


def organiser(programme: Any) -> Any:
    return actor(official(db.session.get_one(Institution, programme.institution_id), InstitutionRole.STAFF))


def test_each_settled_participant_gets_one_token_once(programme: Any) -> None:
    firm = FirmFactory()
    settled = SignUpFactory(
        programme_id=programme.id, firm_id=firm.id, person_id=member_of(firm).id, arrival=1
    )
    here, gone = delegate_of(settled, "Ayşe Işık"), delegate_of(settled, "Left Early")
    gone.left_at = clock.now()
    waiting = SignUpFactory(programme_id=programme.id, state=SignUpState.WAITING, arrival=2)
    delegate_of(waiting, "Waits")

    assert services.prepare_badges(organiser(programme), programme) == 1
    [token] = queries.tokens(programme.id).values()
    assert services.prepare_badges(organiser(programme), programme) == 0
    assert queries.tokens(programme.id) == {here.id: token}
    assert len(token) == 24
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "prepare_badges")).one()
    assert entry.after == {"badges": 1}


def test_a_cancelled_programme_is_struck_out_of_the_calendar(programme: Any) -> None:
    sign_up = SignUpFactory(programme_id=programme.id, arrival=1)
    [event] = calendar.of_person(sign_up.person_id)
    assert (event.key, event.cancelled) == (f"programme-{programme.id}", False)

    programme.state = ProgrammeState.CANCELLED
    sign_up.state = SignUpState.CANCELLED
    db.session.flush()
    [event] = calendar.of_person(sign_up.person_id)
    assert event.cancelled
    assert event.version == programme.version


def test_somebody_sent_by_a_firm_has_the_programme_in_the_calendar_until_replaced(programme: Any) -> None:
    firm = FirmFactory()
    member, other = member_of(firm), member_of(firm)
    sign_up = SignUpFactory(programme_id=programme.id, firm_id=firm.id, person_id=member.id, arrival=1)
    delegate = delegate_of(sign_up)
    delegate.person_id = other.id
    db.session.flush()
    assert [len(calendar.of_person(one.id)) for one in (member, other)] == [0, 1]

    delegate.left_at = clock.now()
    db.session.flush()
    assert calendar.of_person(other.id) == []


def test_the_booklet_names_firms_and_people(programme: Any) -> None:
    firm = FirmFactory()
    sign_up = SignUpFactory(
        programme_id=programme.id, firm_id=firm.id, person_id=member_of(firm).id, arrival=1
    )
    delegate = delegate_of(sign_up, "Иван Петров")
    delegate.name_romanised = "Ivan Petrov"
    data = sheets.booklet(programme_queries.programme(programme.id))

    [[name, firm_name, country]] = data["people"]
    assert name == "Иван Петров (Ivan Petrov)"
    assert firm_name
    assert country == "Türkiye"
    assert data["course"][0]["items"]
