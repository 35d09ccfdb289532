"""What a day says of the points: which words count, when nothing is proposed, and a set named after the day."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.models import FirmLanguage
from matchmaker.matching.quality import decisions
from matchmaker.matching.quality.evidence import Said, apart
from matchmaker.matching.weighing import queries as weighing
from matchmaker.matching.weighing import rules as weighing_rules
from matchmaker.matching.weighing.enums import WeightOrigin, WeightState
from matchmaker.matching.weighing.words import name_of
from matchmaker.meetings import queries
from matchmaker.meetings.enums import DayState, MeetingState, Outcome
from matchmaker.meetings.lessons import evidence, learning, rules, services
from matchmaker.meetings.lessons.rules import Finding, Kept
from matchmaker.meetings.models import B2bDay, DayParticipant, Meeting, MeetingOutcome
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of
from tests.matching.world import actor_of, make_firm
from tests.meetings.world import runner_of

Given = Callable[[], AbstractContextManager[Any]]
YES, NO = Outcome.NEXT_STEP_AGREED, Outcome.NO_INTEREST


def met(
    day: B2bDay, firms: tuple[DayParticipant, ...], *said: Outcome, state: MeetingState = MeetingState.HELD
) -> Meeting:
    """A meeting whose time is over, with what its firms said in their order."""
    made = meeting_of(day, firms, state)
    made.living_key = None
    speaker = PersonFactory().id
    for firm, outcome in zip(firms, said, strict=False):
        db.session.add(
            MeetingOutcome(meeting_id=made.id, participant_id=firm.id, outcome=outcome, said_by_id=speaker)
        )
    db.session.flush()
    return made


def speak(firm_id: int, language: str) -> None:
    """Let a firm work in one language only."""
    db.session.execute(update(FirmLanguage).where(FirmLanguage.firm_id == firm_id).values(language=language))


def a_day(owners: int = 3, others: int = 8) -> B2bDay:
    """A day that is over: firms of which `owners` may be learned from met `others`, half of which were useful to them.

    Every second one of the others has their goods; useful were those that speak their language, goods or not.
    """
    made = B2bDayFactory(state=DayState.DONE, held_on=date(2026, 11, 12))
    firms = []
    while sum(not decisions.is_held_out(one.firm_id) for one in firms) < owners:
        firms.append(participant_of(made, make_firm(f"Owner {len(firms)}", "TR")))
    for at in range(others):
        goods = {"offers": "732599", "seeks": "848180"} if at % 2 else {"offers": "010121", "seeks": "010121"}
        other = participant_of(made, make_firm(f"Other {at}", "RU", **goods), country="RU")
        talks = at // 2 % 2
        speak(other.firm_id, "en" if talks else "ru")
        for own in firms:
            met(made, (own, other), YES if talks else NO)
    return made


def test_the_name_says_the_day_and_two_days_of_one_date_differ() -> None:
    names = [rules.event_name(date(2026, 11, 12), earlier) for earlier in (0, 1)]
    assert names == ["B2B 2026-11-12", "B2B 2026-11-12/2"]
    assert weighing_rules.free_name(names[0], [None, *names]) == "B2B 2026-11-12 (2)"


def test_what_is_kept_for_judging_is_not_learned_from() -> None:
    said = [Said(1, 2, True, "a"), Said(2, 1, True, "a"), Said(1, 3, False, "a"), Said(4, 3, True, "a")]
    # The decisions of firm 4 are held out, and one of them is about 1 and 3.
    assert apart(said, [(3, 1)], lambda firm: firm == 4) == said[:2]


def test_only_what_firms_say_of_meetings_they_held_counts(session: Any) -> None:
    day = B2bDayFactory(state=DayState.DONE)
    own, second = participant_of(day), participant_of(day)
    three = [participant_of(day, country="RU") for _at in range(3)]
    met(day, (own, three[0]), Outcome.COOPERATION_POSSIBLE, Outcome.USEFUL)
    met(day, (own, three[1]), Outcome.NOT_HELD, NO)
    late = met(day, (own, three[2]), Outcome.NOT_HELD, state=MeetingState.NOT_HELD)
    late.absent_id = three[2].id
    met(day, (own, second), YES, YES)
    met(day, (own, second, three[0]), YES, YES, YES)
    met(day, (second, three[0]), state=MeetingState.NOT_HELD)

    said = evidence.of_day(day.id)

    event = evidence.event_of(day.id)
    assert said == [
        Said(own.firm_id, three[0].firm_id, True, event),
        Said(three[0].firm_id, own.firm_id, False, event),
        Said(three[1].firm_id, own.firm_id, False, event),
    ]
    assert evidence.kept_of(day.id) == Kept(held=4, missed=1, not_held=2)
    assert list(evidence.of_all_days()) == said
    day.state = DayState.RUNNING
    assert evidence.of_all_days() == []


def test_too_few_meetings_propose_nothing(session: Any) -> None:
    made = a_day(owners=1, others=4)
    day = queries.day(made.id)

    found = learning.learn(day)

    assert (found.finding, found.then) == (Finding.TOO_FEW, None)
    assert (found.ground.read, found.ground.read_useful) == (4, 2)
    with pytest.raises(Conflict):
        services.keep_points(runner_of(day), day)
    day.state = DayState.RUNNING
    assert learning.learn(day).finding is Finding.NOT_OVER


@pytest.mark.data
def test_a_day_proposes_points_and_somebody_keeps_them(
    client: Client,
    given: Given,
    app: Flask,
    concurrently: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matchmaker.matching.quality.calibration.FEW_DECISIONS", 24)
    monkeypatch.setattr("matchmaker.matching.quality.calibration.FEW_OF_A_KIND", 12)
    with given():
        made = a_day()
        # By the points in use the exact goods come first, by those of the day a language in common does.
        coming = B2bDayFactory(programme_id=made.programme_id, state=DayState.WISHES)
        for at in range(6):
            other = make_firm(f"Coming {at}", "RU", offers="732510" if at else "732599", seeks="010121")
            speak(other.id, "en" if at else "ru")
            participant_of(coming, other)
        participant_of(coming, make_firm("Asking", "TR"))
        day = queries.day(made.id)
        runner, stranger = runner_of(day), actor_of(PersonFactory().id)
    with app.app_context():
        day = queries.day(made.id)
        found = learning.learn(day)
        points = {one.criterion: (one.now, one.then) for one in found.found.learned} if found.found else {}
        assert (points["products"], points["languages"]) == ((23, 22), (3, 4))
        with pytest.raises(NotAllowed):
            services.keep_points(stranger, day)
        # What the page of the quality learns from holds the same answers.
        assert len(decisions.to_learn_from()) == found.ground.read == 24
    client.sign_in(runner.person_id)
    page = client.get(f"/b2b-days/{made.id}/points").get_data(as_text=True)
    assert "24 answers about 24 meetings" in page
    assert "1 of 7 firms would see others in the first 5 places of their wishes; 1 place changes." in page

    def keep() -> int:
        with unit_of_work():
            return services.keep_points(runner, queries.day(made.id)).id

    results = concurrently(keep, keep)
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "int"]
    with app.app_context():
        draft = weighing.drafts()[0]
        assert (draft.state, draft.origin, draft.author_id) == (
            WeightState.DRAFT,
            WeightOrigin.CALIBRATION,
            runner.person_id,
        )
        assert name_of(draft) == f"Draft {draft.id}, after B2B 2026-11-12"
        assert (draft.evidence["decisions"], draft.evidence["meetings"]) == (24, 24)
        assert weighing.in_use().name == "2026-1"
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "keep_points")).one()
        assert entry.after["name"] == "B2B 2026-11-12"
    assert f"/fit/weights/{draft.id}" in client.get(f"/b2b-days/{made.id}/points").get_data(as_text=True)
