"""Action plans, minutes and indicators: who edits what, days that move, and figures that count themselves."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.matching.deals.enums import DealState
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.mous import queries as mous
from matchmaker.mous.figures import Total
from matchmaker.mous.indicators import queries as indicators
from matchmaker.mous.indicators import rules as indicator_rules
from matchmaker.mous.indicators import services as indicator_services
from matchmaker.mous.indicators.report import annual_report, report_data
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import queries, rules, services
from matchmaker.mous.plans.enums import ItemKind, ItemState
from matchmaker.mous.plans.models import ActionPlan, PlanItem
from tests.clients import Client
from tests.factories.deals import DealFactory
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.matching import MatchFactory
from tests.factories.mous import ActionPlanFactory, PlanItemFactory, mou_between
from tests.mous.test_drafts import speaker

Db = scoped_session[Session]
Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def mou(session: Db) -> Mou:
    return mous.mou(mou_between(InstitutionFactory(country="TR"), InstitutionFactory(country="RU")).id)


@pytest.fixture
def sides(mou: Mou) -> tuple[Actor, Actor]:
    """A coordinator of each party."""
    return speaker(mou.parties[0].institution), speaker(mou.parties[1].institution)


@pytest.fixture
def plan(mou: Mou, sides: tuple[Actor, Actor]) -> ActionPlan:
    made = services.add_plan(
        sides[0], mou, title="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    return queries.plan(made.id)


def values(**changed: Any) -> dict[str, Any]:
    """A task with a title, due in June."""
    plain = {
        "kind": ItemKind.TASK,
        "title_tr": "",
        "title_ru": "",
        "title_en": "Write the call",
        "institution_id": None,
        "assignee": "",
        "objective_id": None,
        "after_ids": [],
        "starts_on": None,
        "due_on": date(2026, 6, 1),
        "state": ItemState.OPEN,
        "progress": 0,
        "outcome": "",
    }
    return plain | changed


class TestItems:
    def test_each_side_writes_its_own_and_shared_ones(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        tr, ru = sides
        own = plan.mou.parties[0].institution_id
        item = services.add_item(tr, plan, **values(institution_id=own))

        with pytest.raises(DomainError):
            services.add_item(ru, plan, **values(institution_id=own))
        with pytest.raises(NotAllowed):
            services.edit_item(ru, plan, item, reason="", **values(institution_id=own))

    def test_a_day_moves_with_a_reason_only_and_stays_readable(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        item = services.add_item(sides[0], plan, **values())
        later = values(due_on=date(2026, 7, 1))

        with pytest.raises(DomainError) as refused:
            services.edit_item(sides[0], plan, item, reason=" ", **later)
        services.edit_item(sides[0], plan, item, reason="The hall is closed.", **later)

        assert refused.value.field == "reason"
        moves = [(one.before, one.after, one.reason) for one in queries.item(item.id)[2].moves]
        assert moves == [(date(2026, 6, 1), date(2026, 7, 1), "The hall is closed.")]

    def test_shared_items_are_confirmed_by_both_and_again_after_a_change(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        parties = frozenset(party.institution_id for party in plan.mou.parties)
        item = services.add_item(sides[0], plan, **values())
        for actor in sides:
            item = services.confirm_item(actor, plan.mou, item)
        assert rules.is_confirmed(item, parties)
        with pytest.raises(Conflict):
            services.confirm_item(sides[0], plan.mou, item)

        services.edit_item(sides[1], plan, item, reason="", **values(progress=50))
        assert rules.is_confirmed(queries.item(item.id)[2], parties)
        services.edit_item(sides[1], plan, item, reason="", **values(title_en="Something else"))
        assert not rules.is_confirmed(queries.item(item.id)[2], parties)

    def test_nothing_is_done_before_what_it_waits_for_and_nothing_waits_for_itself(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        first = services.add_item(sides[0], plan, **values())
        second = services.add_item(sides[0], plan, **values(after_ids=[first.id]))

        with pytest.raises(DomainError) as early:
            services.edit_item(
                sides[0], plan, second, reason="", **values(after_ids=[first.id], state=ItemState.DONE)
            )
        with pytest.raises(DomainError) as circle:
            services.edit_item(sides[0], plan, first, reason="", **values(after_ids=[second.id]))
        services.edit_item(sides[0], plan, first, reason="", **values(state=ItemState.DONE))
        services.edit_item(
            sides[0], plan, second, reason="", **values(after_ids=[first.id], state=ItemState.DONE)
        )

        assert (early.value.field, circle.value.field) == ("state", "after_ids")
        assert rules.progress(plan.items) == 100

    def test_an_item_waits_for_several_and_says_for_which(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        before = [
            services.add_item(sides[0], plan, **values(title_en=title)).id
            for title in ("Rent the hall", "Invite")
        ]
        last = services.add_item(sides[0], plan, **values(title_en="Open the fair", after_ids=before))
        services.edit_item(
            sides[0], plan, queries.item(before[0])[2], reason="", **values(state=ItemState.DONE)
        )

        owner, plan, last = queries.item(last.id)
        assert [one.title_en for one in rules.holding_up(last, plan.items)] == ["Invite"]
        with pytest.raises(DomainError, match="Invite") as early:
            services.edit_item(
                sides[0], plan, last, reason="", **values(after_ids=before, state=ItemState.DONE)
            )
        assert early.value.field == "state"
        services.edit_item(
            sides[0], plan, last, reason="", **values(after_ids=before[:1], state=ItemState.DONE)
        )
        assert queries.item(last.id)[2].after_ids == before[:1]
        assert owner.id == plan.mou_id

    def test_an_item_changes_its_kind_and_owner_but_not_to_the_other_side_alone(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        first, second = (party.institution_id for party in plan.mou.parties)
        item = services.add_item(sides[0], plan, **values())
        with pytest.raises(DomainError) as refused:
            services.edit_item(sides[0], plan, item, reason="", **values(institution_id=second))
        assert refused.value.field == "institution"

        changed = values(institution_id=first, kind=ItemKind.MILESTONE)
        item = services.edit_item(sides[0], plan, queries.item(item.id)[2], reason="", **changed)
        assert (item.institution_id, item.kind) == (first, ItemKind.MILESTONE)

    def test_an_objective_that_others_belong_to_stays_one(
        self, plan: ActionPlan, sides: tuple[Actor, Actor]
    ) -> None:
        aim = services.add_item(sides[0], plan, **values(kind=ItemKind.OBJECTIVE))
        task = services.add_item(sides[0], plan, **values(objective_id=aim.id))
        with pytest.raises(DomainError) as kept:
            services.edit_item(sides[0], plan, aim, reason="", **values())
        with pytest.raises(DomainError) as no_aim:
            services.add_item(sides[0], plan, **values(objective_id=task.id))
        assert (kept.value.field, no_aim.value.field) == ("kind", "objective_id")

    def test_what_is_open_after_its_day_is_late(self) -> None:
        item = PlanItem(state=ItemState.OPEN, due_on=date(2026, 1, 1))
        assert rules.is_late(item, date(2026, 1, 2))
        item.state = ItemState.DROPPED
        assert not rules.is_late(item, date(2026, 1, 2))


def test_a_decision_of_the_committee_becomes_a_task_that_binds_both(
    mou: Mou, plan: ActionPlan, sides: tuple[Actor, Actor]
) -> None:
    held = services.add_meeting(
        sides[0], mou, held_on=date(2026, 3, 3), place="Kazan", attendees="", minutes="Agreed."
    )
    made = services.decide(
        sides[0],
        mou,
        queries.meeting(held.id)[1],
        text="Hold a fair",
        plan_id=plan.id,
        institution_id=None,
        due_on=date(2026, 9, 1),
    )

    task = queries.item(made.item_id or 0)[2]
    assert (task.title("ru"), task.due_on) == ("Hold a fair", date(2026, 9, 1))
    assert rules.is_confirmed(task, frozenset(party.institution_id for party in mou.parties))
    ahead = clock.today() + timedelta(days=5)
    with pytest.raises(DomainError) as refused:
        services.add_meeting(sides[0], mou, held_on=ahead, place="", attendees="", minutes="Already")
    assert refused.value.field == "minutes"


def test_a_planned_meeting_gets_its_minutes_when_it_was_held(mou: Mou, sides: tuple[Actor, Actor]) -> None:
    day = clock.today()
    planned = services.add_meeting(
        sides[0], mou, held_on=day + timedelta(days=9), place="", attendees="", minutes=""
    )
    told = {"place": "Ankara", "attendees": "Both", "minutes": "Agreed:\n1. A fair."}
    with pytest.raises(DomainError) as early:
        services.edit_meeting(sides[1], mou, planned, held_on=day + timedelta(days=9), **told)
    held = services.edit_meeting(sides[1], mou, planned, held_on=day, **told)

    assert early.value.field == "minutes"
    assert (held.held_on, held.place, held.minutes) == (day, "Ankara", "Agreed:\n1. A fair.")


@pytest.mark.data
def test_two_items_made_to_wait_for_each_other_at_once_then_one_of_them(
    given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        institutions = [InstitutionFactory(country=code) for code in ("TR", "RU")]
        actor = speaker(institutions[0])
        plan = ActionPlanFactory(mou_id=mou_between(*institutions).id)
        pair = [PlanItemFactory(plan_id=plan.id).id for _ in range(2)]

    def wait(one: int, other: int) -> None:
        with unit_of_work():
            _mou, plan, item = queries.item(one)
            services.edit_item(actor, plan, item, reason="", **values(after_ids=[other]))

    results = concurrently(lambda: wait(*pair), lambda: wait(*reversed(pair)))
    assert sorted(type(one).__name__ for one in results) == ["DomainError", "NoneType"]


# ---------------------------------------------------------------- indicators


def follow(actor: Actor, mou: Mou, figures: list[str], **changed: Any) -> Any:
    """An indicator of this year with a target of 40."""
    plain: dict[str, Any] = {
        "name_tr": "",
        "name_ru": "",
        "name_en": "Firms and meetings",
        "unit": "",
        "starts_on": clock.today() - timedelta(days=100),
        "ends_on": clock.today() + timedelta(days=264),
        "target": Decimal(40),
        "comment": "",
    }
    return indicator_services.save(actor, mou, None, figures=figures, **plain | changed)


def introduce(mou: Mou, days_ago: int) -> None:
    """Two new firms introduced under the memorandum."""
    firms = [FirmFactory(country=code).id for code in ("TR", "RU")]
    MatchFactory(
        asker_id=firms[0],
        answerer_id=firms[1],
        state=MatchState.INTRODUCED,
        mou_id=mou.id,
        introduced_at=clock.now() - timedelta(days=days_ago),
    )


def test_the_indicator_moves_with_the_records_and_shows_what_is_behind(
    mou: Mou, sides: tuple[Actor, Actor]
) -> None:
    indicator = indicators.indicator(follow(sides[0], mou, ["firms_met", "meetings"]).id)
    introduce(mou, days_ago=200)
    assert indicators.actual(indicator) == Total(Decimal(0), None, 0)
    introduce(mou, days_ago=20)
    services.add_meeting(
        sides[0],
        mou,
        held_on=clock.today() - timedelta(days=3),
        place="Kazan",
        attendees="",
        minutes="Agreed.",
    )

    rows = indicators.rows(indicator)
    assert indicators.actual(indicator) == Total(Decimal(len(rows)), None, 0)
    assert len(rows) == 3
    assert rows[-1].label == "Kazan"
    points = indicator_rules.series(indicator, rows, clock.today())
    assert [point.actual for point in points] == [2, 3, None, None]
    assert points[-1].planned == Decimal(40)


def test_planned_is_spread_over_the_days() -> None:
    whole = (Decimal(100), date(2026, 1, 1), date(2026, 4, 10))
    assert indicator_rules.planned(*whole, date(2025, 12, 31)) == 0
    assert indicator_rules.planned(*whole, date(2026, 1, 10)) == 10
    assert indicator_rules.planned(*whole, date(2027, 1, 1)) == 100
    assert indicator_rules.quarter_ends(date(2026, 1, 1), date(2026, 8, 15)) == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 8, 15),
    ]


def test_the_targets_of_the_quarters_are_what_is_planned_while_they_fit(
    mou: Mou, sides: tuple[Actor, Actor]
) -> None:
    year = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    indicator = indicators.indicator(follow(sides[0], mou, ["firms_met"], **year).id)
    days = indicator_rules.quarter_ends(*year.values())
    for wrong in ([10, 10, 10, None], [10, 10, 10, 11]):
        amounts = [None if one is None else Decimal(one) for one in wrong]
        with pytest.raises(DomainError):
            indicator_services.set_steps(sides[0], indicator, dict(zip(days, amounts, strict=True)))

    steps = dict(zip(days, map(Decimal, (0, 5, 5, 30)), strict=True))
    indicator = indicator_services.set_steps(sides[1], indicator, steps)
    assert [point.planned for point in indicator_rules.series(indicator, [], date(2026, 5, 1))] == [
        0,
        5,
        10,
        40,
    ]
    assert indicator_rules.planned_by(indicator, date(2026, 5, 15)) == Decimal("2.5")
    follow(sides[0], mou, ["firms_met"], **year)
    indicator.target = Decimal(50)
    assert not indicator_rules.steps_fit(indicator)
    assert indicator_rules.planned_by(indicator, date(2026, 12, 31)) == 50


def test_a_figure_without_records_is_said_in_words_not_as_nothing(app: Flask, given: Given) -> None:
    with given():
        own = InstitutionFactory(country="TR")
        mou = mous.mou(mou_between(own, InstitutionFactory(country="RU")).id)
        actor = speaker(own)
        number = follow(actor, mou, ["deal_value"], name_en="Value", target=Decimal(1000)).id
        with pytest.raises(DomainError) as mixed:
            follow(actor, mou, ["deal_value", "firms_met"])
        person = official(own, InstitutionRole.STAFF).id
    assert mixed.value.field == "figures"
    client = app.test_client()
    assert isinstance(client, Client)
    page = client.sign_in(person).get(f"/mous/indicators/{number}").text
    assert "No record says this yet: Value of deals." in page
    assert '<div class="stat"><b>–</b>' in page
    listed = client.get(f"/mous/{mou.id}/indicators").text
    assert listed.count("no records yet") == 1
    report = client.get(f"/mous/{mou.id}/reports/{clock.today().year}/en").data
    assert PdfReader(io.BytesIO(report)).pages[0].extract_text().count("no records yet") == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name_en": ""}, "name_en"), ({"ends_on": date(2020, 1, 1)}, "ends_on")],
)
def test_an_indicator_without_name_or_period_is_refused(
    mou: Mou, sides: tuple[Actor, Actor], changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        follow(sides[0], mou, ["meetings"], **changed)
    assert refused.value.field == field


def test_page_and_list_show_the_value_of_deals_with_and_without_the_share(app: Flask, given: Given) -> None:
    with given():
        institutions = [InstitutionFactory(country=code) for code in ("TR", "RU")]
        mou = mous.mou(mou_between(*institutions).id)
        introduce(mou, days_ago=3)
        match = db.session.scalars(select(Match)).one()
        told = {"match_id": match.id, "reporter_id": match.asker_id, "state": DealState.CONFIRMED}
        DealFactory(**told, confirmed_at=clock.now(), share_without=50)
        made = follow(speaker(institutions[0]), mou, ["deal_value_eur"], unit="EUR").id
        person, mou_id = official(institutions[0], InstitutionRole.COORDINATOR).id, mou.id
        year = clock.today().year
        rows = report_data(mous.mou(mou_id), year, "en")["sections"]
    assert ["Value of deals, EUR", "1,500; 750 without what would have come anyway"] in rows[0]["rows"]
    assert rows[1]["rows"][0][3] == "1,500 EUR; 750 EUR without what would have come anyway"
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(person)
    listed = client.get(f"/mous/{mou_id}/indicators").text
    assert "750 without what would have come anyway" in listed
    assert f"/mous/indicators/{made}#behind" in listed
    page = client.get(f"/mous/indicators/{made}").text
    assert "750 without what would have come anyway" in page
    assert "Firms stated for 1 record" in page


def test_the_annual_report_is_a_paper_in_three_languages(app: Flask, given: Given) -> None:
    with given():
        institutions = [InstitutionFactory(country=code) for code in ("TR", "RU")]
        mou = mous.mou(mou_between(*institutions).id)
        actor = speaker(institutions[0])
        introduce(mou, days_ago=1)
        follow(actor, mou, ["introductions"])
    heads = {"tr": "yıllık raporu", "ru": "Годовой отчёт", "en": "Annual report"}
    year = (clock.now() - timedelta(days=1)).year
    with app.test_request_context():
        for code, head in heads.items():
            text = PdfReader(io.BytesIO(annual_report(mous.mou(mou.id), year, code))).pages[0].extract_text()
            assert head in text
            assert "Firms and meetings" in text


def test_pages_of_plans_and_indicators_work_without_script(app: Flask, given: Given) -> None:
    with given():
        own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        mou_id = mou_between(own, other).id
        person = official(own, InstitutionRole.COORDINATOR).id
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(person)

    made = client.submit(
        f"/mous/{mou_id}/plans/new", {"title": "2027", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    )
    place = made.location
    client.submit(
        f"{place}/items/new", {"kind": "task", "title_en": "Write the call", "due_on": "2027-05-01"}
    )
    board, timeline = client.get(place).text, client.get(f"{place}?view=timeline").text
    assert "Write the call" in board
    assert "Not confirmed by both sides" in board
    assert 'class="plan-bar"' in timeline
    refused = client.submit("/mous/plan-items/1", {"due_on": "2027-06-01"})
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    saved = client.submit(
        f"/mous/{mou_id}/indicators/new",
        {
            "name_en": "Meetings",
            "figures": "meetings",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
            "target": "4",
        },
    )
    page = client.get(saved.location).text
    assert "Counted from: Meetings of the joint committee" in page
    assert 'class="plan-chart"' in page
    assert client.get(f"/mous/{mou_id}/reports/2026/ru").mimetype == "application/pdf"
    assert client.get(f"/mous/{mou_id}/reports/2999/ru").status_code == 404
