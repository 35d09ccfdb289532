"""Lists add up to the figures for each stage and cut, and a past day gives the figures that it had."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.firms import goods_services, profile_services, services
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import StateVerb
from matchmaker.firms.goods_services import Sector
from matchmaker.firms.models import Firm
from matchmaker.firms.profile_services import Place
from matchmaker.matching import decisions
from matchmaker.matching import services as matching
from matchmaker.matching.deals import services as deals
from matchmaker.matching.deals.enums import DealKind
from matchmaker.matching.deals.services import DealFacts
from matchmaker.matching.enums import DecisionKind, MatchState
from matchmaker.matching.models import Match
from matchmaker.meetings.enums import MeetingState
from matchmaker.meetings.models import DayParticipant, Meeting, MeetingEvent, MeetingParty
from matchmaker.meetings.outcomes import services as outcomes
from matchmaker.reference.nace import NaceRevision
from matchmaker.reports import queries
from matchmaker.reports.asked import NOT_STATED, Asked
from matchmaker.reports.enums import Cut, Stage
from tests.factories.firms import member_of
from tests.factories.matching import MatchFactory
from tests.factories.mous import MouFactory
from tests.firms.test_services import acting, staff
from tests.matching.world import World, make_world
from tests.reports.world import Drawn, firm_of

pytestmark = pytest.mark.data
ZONE = "Europe/Istanbul"


def asked_today(**values: Any) -> Asked:
    """A report of today."""
    today = clock.now().astimezone(ZoneInfo(ZONE)).date()
    return Asked(**{"as_of": today, "today": today, "zone": ZONE} | values)


def listed(stage: Stage, asked: Asked) -> set[int]:
    """The firms of a list; none stands there twice."""
    found = [row.name.id for row in queries.all_firms(stage, asked, None)]
    assert len(found) == len(set(found))
    return set(found)


def part_of(asked: Asked, key: str) -> Asked:
    """The report of one part, as the page links it."""
    if key == queries.EARLIER:
        return replace(asked, until=queries.months(asked)[0] - timedelta(days=1))
    return asked.within(asked.by, key)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_list_of_each_part_adds_up_to_its_figure(session: Any, seed: int) -> None:
    world = Drawn(seed)
    today = asked_today()
    reports = [
        today,
        replace(today, as_of=today.today - timedelta(days=100)),
        queries.with_parties(replace(today, mou_id=world.mous[0].id)),
        replace(today, country="TR", since=today.today - timedelta(days=300)),
        replace(today, as_of=today.today - timedelta(days=50), sector="28"),
        replace(today, region=NOT_STATED, until=today.today - timedelta(days=30)),
    ]
    # Each half on rows of its own: what adds up does not hang on which of them.
    for report in reports[seed - 1 :: 2]:
        whole = {stage: listed(stage, report) for stage in Stage}
        for cut in Cut:
            asked = replace(report, by=cut)
            figures = queries.figures(asked)
            for stage in Stage:
                parts = {key: listed(stage, part_of(asked, key)) for key in figures}
                assert {key: len(found) for key, found in parts.items()} == {
                    key: row.get(stage, 0) for key, row in figures.items()
                }
                assert sum(map(len, parts.values())) == len(whole[stage])
                assert set().union(*parts.values()) == whole[stage]
    assert all(listed(stage, today) for stage in Stage)


def test_a_past_day_gives_its_figures_whatever_happens_later(session: Any) -> None:
    world, drawn = make_world(), Drawn(3)
    for firm in (world.firm("TR"), world.firm("RU")):
        firm.registered_at = firm.listed_at = clock.now() - timedelta(days=90)
    pair = {"asker_id": world.tr, "answerer_id": world.ru}
    agreed = MatchFactory(state=MatchState.AGREED, **pair)
    submitted = next(one for one in drawn.sides["TR"] if one.registered_at and not one.listed_at)
    listed_firm = next(one for one in drawn.sides["RU"] if one.listed_at)
    waiting = MatchFactory(asker_id=submitted.id, answerer_id=listed_firm.id, state=MatchState.AGREED)
    held = db.session.scalars(select(Meeting).where(Meeting.state == MeetingState.HELD)).first()
    assert held is not None
    day = asked_today().today
    figures = {cut: queries.figures(asked_today(by=cut)) for cut in Cut}
    lists = {stage: listed(stage, asked_today()) for stage in Stage}

    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        verify(submitted)
        change_place(world)
        introduce_and_deal(world, agreed)
        matching.withdraw(actor_of_firm(submitted), waiting)
        archive(listed_firm)
        outcomes.settle(staff(), held, held=False, reason="Nobody came")
        db.session.flush()
        now = {stage: listed(stage, asked_today()) for stage in Stage}
        past = replace(asked_today(), as_of=day)
        assert {cut: queries.figures(replace(past, by=cut)) for cut in Cut} == figures
        assert {stage: listed(stage, past) for stage in Stage} == lists

    assert now[Stage.VERIFIED] - lists[Stage.VERIFIED] == {submitted.id}
    assert listed_firm.id in now[Stage.VERIFIED]
    assert lists[Stage.MET] - now[Stage.MET]
    for stage in (Stage.INTRODUCED, Stage.COOPERATING, Stage.DEAL):
        assert now[stage] - lists[stage] == {world.tr, world.ru}
    assert len(now[Stage.REGISTERED]) == len(lists[Stage.REGISTERED])


def verify(firm: Firm) -> None:
    services.set_state(staff(firm.country), firms.firm(firm.id), StateVerb.VERIFY)


def archive(firm: Firm) -> None:
    services.set_state(staff(firm.country), firms.firm(firm.id), StateVerb.ARCHIVE, reason="Closed")


def change_place(world: World) -> None:
    """The firm moves and names another main branch; it counts there from now on."""
    actor, firm = world.actor("firm_tr"), world.firm("TR")
    place = Place(region_code="TR-06", town="Ankara", address="", postcode="", website="")
    profile_services.set_place(actor, firm, firm.version, place)
    goods_services.set_sectors(actor, firm, firm.version, [Sector("46.61", NaceRevision.NACE_2)])
    moved = asked_today(by=Cut.REGION, region="TR-06")
    assert world.tr in listed(Stage.VERIFIED, moved)
    assert world.tr in listed(Stage.REGISTERED, asked_today(sector="46"))


def introduce_and_deal(world: World, match: Match) -> None:
    for country in ("tr", "ru"):
        decisions.decide(world.actor(f"coordinator_{country}"), match, DecisionKind.APPROVE)
    matching.start_talks(world.actor("firm_tr"), match)
    matching.partner(world.actor("firm_tr"), match)
    facts = DealFacts(DealKind.SALE, None, None, "8481", None, clock.today(), "")
    deal = deals.report(world.actor("firm_tr"), match, facts)
    assert world.tr not in listed(Stage.DEAL, asked_today())
    deals.confirm(world.actor("firm_ru"), deal)


def actor_of_firm(firm: Firm) -> Actor:
    return acting(member_of(firm).id, firm)


def test_a_meeting_counts_by_what_was_recorded_last(session: Any) -> None:
    drawn = Drawn(5, matches=0)
    recorded = select(MeetingEvent.meeting_id)
    held = select(DayParticipant.firm_id).join(MeetingParty).join(Meeting)
    kept = held.where(Meeting.state == MeetingState.HELD, Meeting.id.in_(recorded))

    assert listed(Stage.MET, asked_today()) == set(db.session.scalars(kept))
    assert drawn.days


def test_a_memorandum_that_nobody_signed_has_no_report(session: Any) -> None:
    draft = MouFactory(signed_on=None, in_force_from=None)

    for number in (draft.id, draft.id + 99):
        with pytest.raises(NotFound):
            queries.with_parties(asked_today(mou_id=number))


def test_months_begin_on_the_clock_of_the_institution(session: Any) -> None:
    midnight = clock.now().replace(day=1, hour=21, minute=30) - timedelta(days=1)
    firm = firm_of("TR", "TR-42", ["28.14"], midnight, midnight)
    asked = asked_today(by=Cut.MONTH)

    assert queries.counts(Stage.VERIFIED, asked) == {f"{midnight + timedelta(days=1):%Y-%m}": 1}
    assert queries.counts(Stage.VERIFIED, replace(asked, zone="UTC")) == {f"{midnight:%Y-%m}": 1}
    assert listed(Stage.VERIFIED, asked) == {firm.id}
