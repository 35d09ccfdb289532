"""Expert exchanges that the access matrix asks with: an expert of the own institution goes to the other one."""

from datetime import timedelta
from typing import Any

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.institutions.models import Institution
from matchmaker.mous.models import Mou
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.exchanges.enums import SendingDecision
from matchmaker.programmes.exchanges.models import ExchangeAgendaItem, ExchangeApplication
from tests.factories.exchanges import CallFactory, ExpertFactory, agree_on
from tests.factories.programmes import ProgrammeFactory, SignUpFactory


def exchange_arguments(
    own: Institution, other: Institution, mou: Mou, people: dict[str, int]
) -> dict[str, Any]:
    """A draft call, an open one, the expert's record, and an exchange whose agreement is written."""
    draft, asked = (
        ProgrammeFactory(
            mou_id=mou.id,
            kind=ProgrammeKind.EXCHANGE,
            state=state,
            institution_id=own.id,
            host_institution_id=other.id,
            most_people=1,
        )
        for state in (ProgrammeState.DRAFT, ProgrammeState.OPEN)
    )
    CallFactory(programme_id=asked.id, sending_institution_id=own.id, host_institution_id=other.id)
    record = ExpertFactory(person_id=people["expert"], institution_id=own.id)
    sign_up = SignUpFactory(
        programme_id=asked.id, person_id=people["expert"], state=SignUpState.ACCEPTED, arrival=1
    )
    db.session.add(
        ExchangeApplication(
            sign_up_id=sign_up.id,
            call_id=asked.id,
            expert_id=record.id,
            motivation="Motivation",
            sending=SendingDecision.ENDORSED,
            host_person_id=people["other_staff"],
            agreed_from=clock.today(),
            agreed_to=clock.today() + timedelta(days=2),
        )
    )
    db.session.flush()
    agree_on(sign_up.id)
    now = clock.now()
    item = ExchangeAgendaItem(
        application_id=sign_up.id, starts_at=now, ends_at=now + timedelta(hours=1), title="Visit"
    )
    db.session.add(item)
    db.session.flush()
    return {
        "expert_id": record.id,
        "application_id": sign_up.id,
        "exchanges.call:programme_id": draft.id,
        "exchanges.apply:programme_id": asked.id,
        "exchanges.paper:kind": "report",
        "exchanges.paper_file:kind": "report",
        "exchanges.remove_item:item_id": item.id,
    }
