"""Meetings that staff arrange: of several firms, within a side only where allowed, never of firms that may not meet."""

from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.i18n import in_language
from matchmaker.firms.names import FirmName
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import DayWish
from matchmaker.meetings.parties import in_alphabet
from matchmaker.meetings.plan import queries as plan_queries
from matchmaker.meetings.wishes import arranging, rules
from matchmaker.meetings.wishes.arranging import Arrangement
from tests.factories.meetings import B2bDayFactory, participant_of, room
from tests.meetings.world import runner_of


class Hall:
    """A day with two firms of one side and one of the other."""

    def __init__(self, session: Any) -> None:
        made = B2bDayFactory()
        room(made)
        firms = [participant_of(made), participant_of(made), participant_of(made, country="RU")]
        self.one, self.two, self.foreign = (firm.id for firm in firms)
        session.expire_all()
        self.day = day_queries.day(made.id)
        self.runner = runner_of(self.day)

    def arrange(self, *firms: int, **more: Any) -> Any:
        return arranging.arrange(self.runner, self.day, Arrangement(firms, **more))


def test_firms_to_choose_from_stand_side_by_side_in_the_alphabet_of_the_reader(session: Any) -> None:
    def firm(number: int, country: str, name: str) -> Any:
        named = FirmName(number, country, "", name, name, "Ada Çelik" if country == "RU" else "")
        return SimpleNamespace(id=number, firm=named)

    firms = [firm(1, "RU", "Ясень"), firm(2, "TR", "Zeytin"), firm(3, "TR", "Çınar"), firm(4, "TR", "Dere")]
    with in_language("tr"):
        assert [one.id for one in in_alphabet(firms)] == [3, 4, 2, 1]
    with in_language("ru"):
        assert next(one.id for one in in_alphabet(firms)) == 1


@pytest.fixture
def hall(session: Any) -> Hall:
    return Hall(session)


def test_three_firms_meet_after_another_meeting(hall: Hall) -> None:
    first = hall.arrange(hall.one, hall.foreign)
    three = hall.arrange(hall.one, hall.two, hall.foreign, earlier_id=first.id, must=True)

    known = {one.id: one for one in plan_queries.problem(hall.day).day.meetings}
    assert set(known[three.id].firms) == {hall.one, hall.two, hall.foreign}
    assert (known[three.id].after, known[three.id].must) == ((first.id,), True)


def test_firms_of_one_side_meet_only_where_the_day_allows_it(hall: Hall) -> None:
    with pytest.raises(DomainError) as caught:
        hall.arrange(hall.one, hall.two)
    assert caught.value.field == "firms"
    hall.day.same_side = True
    assert hall.arrange(hall.one, hall.two).state is MeetingState.WISHED


def test_who_said_no_is_not_brought_together(hall: Hall) -> None:
    said = DayWish(day_id=hall.day.id, from_id=hall.foreign, to_id=hall.one, kind=WishKind.NO_THANKS)
    db.session.add(said)
    db.session.flush()

    with pytest.raises(DomainError):
        hall.arrange(hall.one, hall.foreign)


def test_a_meeting_that_is_called_off_can_be_arranged_again(hall: Hall) -> None:
    first = hall.arrange(hall.one, hall.foreign)
    with pytest.raises(DomainError):
        hall.arrange(hall.foreign, hall.one)

    assert arranging.call_off(hall.runner, hall.day, first.id).state is MeetingState.CANCELLED
    assert hall.arrange(hall.one, hall.foreign).id != first.id


def test_the_language_of_several() -> None:
    assert rules.spoken_by_all([["tr", "en"], ["ru", "en"], ["en"]]) == ("en", "")
    assert rules.spoken_by_all([["tr"], ["tr"], ["ru"]]) == ("", "ru-tr")
