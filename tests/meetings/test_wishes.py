"""Wishes: which come together, who may say them, what keeps two firms apart, and choosing the meetings from them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotFound
from matchmaker.firms.names import reader_name
from matchmaker.matching.enums import MatchState, WishKind
from matchmaker.matching.models import Wish
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import services as day_services
from matchmaker.meetings.enums import DayState, DayVerb
from matchmaker.meetings.models import DayParticipant, DayWish, Meeting
from matchmaker.meetings.wishes import choosing, queries, rules, services
from matchmaker.meetings.wishes.book import Book
from matchmaker.meetings.wishes.queries import ToWish
from tests.clients import HTMX, Client
from tests.factories.firms import member_of
from tests.factories.matching import MatchFactory
from tests.factories.meetings import B2bDayFactory, participant_of, room
from tests.matching.world import actor_of
from tests.meetings.world import runner_of

MUST, WOULD, NO = WishKind.MUST_MEET, WishKind.WOULD_MEET, WishKind.NO_THANKS


@pytest.mark.parametrize(
    ("one", "other", "meets", "must"),
    [
        (MUST, WOULD, True, True),
        (WOULD, WOULD, True, False),
        (MUST, None, True, False),
        (WOULD, None, False, False),
        (MUST, NO, False, False),
        (None, None, False, False),
    ],
)
def test_what_two_wishes_come_to(one: Any, other: Any, meets: bool, must: bool) -> None:
    for pair in ((one, other), (other, one)):
        assert rules.together(*pair) == rules.Together(meets, must)


def test_an_interpreter_is_needed_where_no_language_is_shared() -> None:
    assert rules.spoken(["tr", "en"], ["ru", "en"]) == ("en", "")
    assert rules.spoken(["tr"], ["ru", "en"]) == ("", "ru-tr")
    assert rules.spoken([], ["ru"]) == ("", "")


class Crowd:
    """A day that takes wishes, with three firms a side."""

    def __init__(self, session: Any) -> None:
        made = B2bDayFactory(state=DayState.WISHES)
        room(made, slots=4, tables=3)
        own = [participant_of(made).id for _ in range(3)]
        foreign = [participant_of(made, country="RU").id for _ in range(3)]
        session.expire_all()
        self.day = day_queries.day(made.id)
        self.own = [day_queries.participant(number) for number in own]
        self.foreign = [day_queries.participant(number) for number in foreign]
        self.runner = runner_of(self.day)

    def speaker(self, one: DayParticipant) -> Any:
        return actor_of(member_of(one.firm))

    def say(self, one: DayParticipant, other: DayParticipant, kind: WishKind | None) -> None:
        services.say(self.runner, queries.to_wish(one.id, other.id), kind)

    def agree(self, pairs: list[tuple[int, int]]) -> None:
        """Both firms of each pair would meet."""
        for one, other in pairs:
            self.say(self.own[one], self.foreign[other], WOULD)
            self.say(self.foreign[other], self.own[one], WOULD)

    def living(self) -> set[frozenset[int]]:
        """The pairs that have a meeting."""
        keys = select(Meeting.living_key).where(
            Meeting.day_id == self.day.id, Meeting.living_key.is_not(None)
        )
        return {frozenset(map(int, str(key).split("-"))) for key in db.session.scalars(keys)}

    def pair(self, one: int, other: int) -> frozenset[int]:
        return frozenset((self.own[one].id, self.foreign[other].id))

    def close(self) -> None:
        day_services.move_day(self.runner, self.day, DayVerb.CLOSE)


@pytest.fixture
def crowd(session: Any) -> Crowd:
    return Crowd(session)


def test_a_later_wish_takes_the_place_of_an_earlier_one(crowd: Crowd) -> None:
    one, other = crowd.own[0], crowd.foreign[0]
    speaker = crowd.speaker(one)

    for kind in (MUST, WOULD):
        services.say(speaker, queries.to_wish(one.id, other.id), kind)
    services.say(speaker, queries.to_wish(one.id, other.id), WOULD, "Castings")
    crowd.say(other, one, WOULD)
    assert {number: wish.kind for number, wish in queries.said_by(one.id).items()} == {other.id: WOULD}
    found = choosing.choosing(day_queries.day(crowd.day.id))
    assert [made.topic for made in found.candidates] == ["Castings"]
    services.say(speaker, queries.to_wish(one.id, other.id), None)
    assert queries.said_by(one.id) == {}


def test_many_wishes_at_once_are_judged_as_single_ones(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_MUSTS", 2)
    book = Book(crowd.runner, crowd.day)
    own, friend = (book.firms[one.firm_id] for one in crowd.own[:2])
    first, second, third = (book.firms[one.firm_id] for one in crowd.foreign)

    for other in (first, second):
        book.say(ToWish(own, other), MUST, None)
    with pytest.raises(DomainError):
        book.say(ToWish(own, third), MUST, None)
    book.say(ToWish(own, first), WOULD, "Castings")
    book.say(ToWish(own, third), MUST, None)
    with pytest.raises(NotFound):
        book.say(ToWish(own, friend), WOULD, None)
    db.session.flush()
    said = {number: wish.kind for number, wish in queries.said_by(own.id).items()}
    assert said == {first.id: WOULD, second.id: MUST, third.id: MUST}
    told = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "wish").order_by(AuditEntry.id)
    ).all()
    assert [one.before["wish"] for one in told] == [None, None, MUST, None]


def test_a_topic_that_is_too_long_or_holds_an_address_is_refused_beside_what_was_typed(
    client: Client, given: Any
) -> None:
    with given():
        day = B2bDayFactory(state=DayState.WISHES)
        own, other = participant_of(day), participant_of(day, country="RU")
        db.session.add(DayWish(day_id=day.id, from_id=own.id, to_id=other.id, kind=WOULD))
        db.session.flush()
        path = f"/b2b-days/participants/{own.id}/wishes/{other.id}"
        speaker = member_of(day_queries.participant(own.id).firm).id
        name = reader_name(day_queries.participant(other.id).firm)
    client.sign_in(speaker)

    typed = "x" * (rules.TOPIC_LETTERS + 1)
    answer = client.send(path, {"kind": WOULD.value, "topic": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert answer.text.count("Write at most 240 letters.") == 1
    answer = client.send(path, {"kind": WOULD.value, "topic": "www.firm.example"})
    assert answer.status_code == 422
    assert 'value="www.firm.example"' in answer.text
    assert answer.text.count("“www.firm.example” looks like a web address.") == 1
    # What was stored is said aloud to those who do not see the button change; what was refused stands in the row.
    stored, refused = (
        client.send(path, {"kind": kind}, headers=HTMX).headers.get("HX-Trigger")
        for kind in (MUST.value, "x")
    )
    assert json.loads(stored or "")["toast"]["text"] == f"Saved: Must meet, {name}."
    assert refused is None


def test_must_meets_are_few(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_MUSTS", 1)
    crowd.say(crowd.own[0], crowd.foreign[0], MUST)

    with pytest.raises(DomainError) as caught:
        crowd.say(crowd.own[0], crowd.foreign[1], MUST)
    assert caught.value.field == "kind"


def test_after_the_deadline_only_staff_speak(crowd: Crowd) -> None:
    one, other = crowd.own[0], crowd.foreign[0]
    crowd.close()

    with pytest.raises(Conflict):
        services.say(crowd.speaker(one), queries.to_wish(one.id, other.id), WOULD)
    crowd.say(one, other, WOULD)
    assert queries.said_by(one.id)[other.id].kind is WOULD


@pytest.mark.parametrize("how", ["refused", "no thanks", "same side"])
def test_who_may_not_meet_is_not_offered_and_not_taken(crowd: Crowd, how: str) -> None:
    one, other = crowd.own[0], crowd.own[1] if how == "same side" else crowd.foreign[0]
    if how == "refused":
        MatchFactory(
            asker_id=one.firm_id, answerer_id=other.firm_id, state=MatchState.REFUSED, ended_at=clock.now()
        )
    if how == "no thanks":
        db.session.add(Wish(firm_id=other.firm_id, other_id=one.firm_id, kind=NO))
        db.session.flush()

    assert other.id not in {firm.id for firm in queries.possible(one)}
    with pytest.raises(NotFound):
        crowd.say(one, other, WOULD)


def test_what_firms_said_before_is_taken_over_once(crowd: Crowd) -> None:
    one, other = crowd.own[0], crowd.foreign[0]
    db.session.add(Wish(firm_id=one.firm_id, other_id=other.firm_id, kind=MUST))
    db.session.flush()

    assert services.take_opinions(crowd.day) == 1
    assert queries.said_by(one.id)[other.id].kind is MUST
    assert services.take_opinions(crowd.day) == 0


def test_a_minimum_has_its_price_and_is_kept(crowd: Crowd) -> None:
    crowd.own[0].most = crowd.foreign[0].most = 1
    crowd.agree([(0, 0), (0, 1), (1, 0)])
    weigh = {(0, 0): 90, (0, 1): 10, (1, 0): 10}
    crowd.close()
    found = choosing.choosing(crowd.day)
    problem = found.problem
    weighed = tuple(
        replace(one, weight=next(w for p, w in weigh.items() if crowd.pair(*p) == set(one.firms)))
        for one in problem.day.meetings
    )
    found = replace(found, problem=replace(problem, day=replace(problem.day, meetings=weighed)))

    none, least = choosing.prices(found)[:2]
    assert (none.weight, none.held) == (90, 1)
    assert (least.weight, least.lost, least.held, least.below) == (20, 70, 2, 0)


def test_chosen_again_the_same_rows_live_and_others_end(crowd: Crowd) -> None:
    crowd.agree([(0, 0), (1, 1), (2, 2)])
    crowd.close()
    choosing.choose_meetings(crowd.runner, crowd.day, 1)
    assert crowd.living() == {crowd.pair(at, at) for at in range(3)}

    crowd.say(crowd.own[2], crowd.foreign[2], NO)
    left = choosing.choose_meetings(crowd.runner, crowd.day, 0)
    assert (left.new, left.left_out) == (0, 1)
    assert crowd.living() == {crowd.pair(0, 0), crowd.pair(1, 1)}

    crowd.say(crowd.own[2], crowd.foreign[2], WOULD)
    again = choosing.choose_meetings(crowd.runner, crowd.day, 0)
    assert (again.new, again.left_out) == (1, 0)
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 3


def test_a_locked_meeting_stays_whatever_is_chosen(crowd: Crowd) -> None:
    crowd.agree([(0, 0), (1, 1)])
    crowd.close()
    choosing.choose_meetings(crowd.runner, crowd.day, 0)
    locked = db.session.scalars(
        select(Meeting).where(Meeting.living_key == rules.living_key(sorted(crowd.pair(0, 0))))
    ).one()
    locked.locked = True
    db.session.execute(delete(DayWish))
    crowd.agree([(1, 1)])

    choosing.choose_meetings(crowd.runner, crowd.day, 0)

    assert crowd.living() == {crowd.pair(0, 0), crowd.pair(1, 1)}


def test_firms_of_one_side_are_chosen_only_while_staff_allow_it(crowd: Crowd) -> None:
    one, other = crowd.own[:2]
    crowd.day.same_side = True
    crowd.say(one, other, MUST)
    crowd.agree([(0, 0)])
    crowd.close()
    among_us = frozenset((one.id, other.id))
    choosing.choose_meetings(crowd.runner, crowd.day, 1)
    assert crowd.living() == {among_us, crowd.pair(0, 0)}

    crowd.day.same_side = False
    db.session.flush()
    choosing.choose_meetings(crowd.runner, crowd.day, 1)
    assert crowd.living() == {crowd.pair(0, 0)}


def test_meetings_are_not_chosen_while_wishes_are_taken(crowd: Crowd) -> None:
    crowd.agree([(0, 0)])

    with pytest.raises(Conflict):
        choosing.choose_meetings(crowd.runner, crowd.day, 0)
