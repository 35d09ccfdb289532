"""How far somebody has read, whoever writes it at the same moment."""

from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.messages import queries, services
from matchmaker.messages.models import ReadMark
from tests.factories.firms import FirmFactory, member_of
from tests.factories.matching import introduced
from tests.matching.world import actor_of

pytestmark = pytest.mark.data


def test_a_mark_that_another_window_moved_on_since_we_looked_does_not_go_back(session: Any) -> None:
    own = FirmFactory()
    match = introduced(own)
    actor = actor_of(member_of(own).id)
    services.mark_read(actor, match, 3)
    seen = queries.read_mark(match.id, actor.person_id)
    session.execute(update(ReadMark).values(message_id=7).execution_options(synchronize_session=False))

    services.mark_read(actor, match, 5)

    session.refresh(seen)
    assert seen is not None
    assert seen.message_id == 7
