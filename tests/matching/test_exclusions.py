"""Each hard rule, alone and for the whole list; wishes that make one of them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from matchmaker.compliance import services as compliance
from matchmaker.compliance.enums import HitState
from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmPartnership
from matchmaker.matching import exclusions, wishes
from matchmaker.matching.enums import MatchState, WishKind
from matchmaker.matching.exclusions import ExclusionCode as Code
from matchmaker.matching.models import Match, Wish
from matchmaker.mous.models import Mou, MouArea
from tests.factories.compliance import listed
from tests.factories.matching import MatchFactory
from tests.matching.world import World, make_firm, make_world

pytestmark = [pytest.mark.data, pytest.mark.usefixtures("session")]


@pytest.fixture
def world(session: Any) -> World:
    return make_world()


def both(world: World) -> tuple[Firm, Firm]:
    db.session.flush()
    return world.firm("TR"), world.firm("RU")


def codes(world: World) -> list[Code]:
    one, other = both(world)
    there = [item.code for item in exclusions.why_not(one, other)]
    assert sorted(there) == sorted(item.code for item in exclusions.why_not(other, one))
    return there


def test_a_good_pair_breaks_no_rule(world: World) -> None:
    assert codes(world) == []
    assert exclusions.excluded_ids(world.tr) == set()


def test_the_same_firm(world: World) -> None:
    own, _other = both(world)
    assert [item.code for item in exclusions.why_not(own, own)] == [Code.SAME_FIRM]


def test_the_same_country(world: World) -> None:
    own, _other = both(world)
    neighbour = firms.firm(make_firm("Neighbour", "TR").id)
    assert [item.code for item in exclusions.why_not(own, neighbour)] == [Code.SAME_COUNTRY]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (FirmState.DRAFT, Code.NOT_VERIFIED),
        (FirmState.SUBMITTED, Code.NOT_VERIFIED),
        (FirmState.ON_HOLD, Code.BLOCKED),
        (FirmState.SUSPENDED, Code.BLOCKED),
        (FirmState.ARCHIVED, Code.BLOCKED),
    ],
)
def test_the_state_of_a_firm(world: World, state: FirmState, code: Code) -> None:
    db.session.get_one(Firm, world.ru).state = state
    (broken,) = exclusions.why_not(*both(world))
    assert (broken.code, broken.firms) == (code, (world.ru,))


def test_a_firm_that_is_not_matchable(world: World) -> None:
    db.session.execute(delete(FirmPartnership).where(FirmPartnership.firm_id == world.tr))
    assert codes(world) == [Code.NOT_MATCHABLE]


def test_a_region_that_is_not_mapped(world: World) -> None:
    firm = db.session.get_one(Firm, world.ru)
    firm.region_code, firm.region_note = "", "Region 94"
    assert codes(world) == [Code.NOT_MATCHABLE]


@pytest.mark.parametrize(
    ("decision", "excluded"), [(None, True), (HitState.CONFIRMED, True), (HitState.CLEARED, False)]
)
def test_a_hit_excludes_until_it_is_cleared(world: World, decision: HitState | None, excluded: bool) -> None:
    listed("Volga Pump", version="2")
    (hit,) = compliance.screen(db.session.get_one(Firm, world.ru)).hits
    if decision:
        compliance.decide_hit(world.actor("compliance_ru"), hit, decision, "Looked at it.")
    assert codes(world) == ([Code.SCREENING] if excluded else [])
    assert exclusions.excluded_ids(world.tr) == ({world.ru} if excluded else set())


def test_a_firm_that_was_not_screened_yet_may_be_suggested(world: World) -> None:
    listed("Somebody", version="2")
    assert codes(world) == []


@pytest.mark.parametrize("why", ["ended", "not yet", "other area"])
def test_a_memorandum_in_force_with_the_area(world: World, why: str) -> None:
    mou = db.session.scalars(select(Mou)).one()
    if why == "ended":
        mou.ended_on = clock.today()
    elif why == "not yet":
        mou.in_force_from = clock.today() + timedelta(days=1)
    else:
        db.session.execute(delete(MouArea))
    db.session.flush()
    db.session.expire_all()
    assert codes(world) == [Code.NO_MEMORANDUM]
    assert exclusions.partner_countries("TR") == frozenset()


def test_partner_countries_are_those_of_the_memorandum(world: World) -> None:
    assert exclusions.partner_countries("TR") == {"RU"}
    assert exclusions.partner_countries("RU") == {"TR"}
    assert exclusions.partner_countries("KZ") == frozenset()


@pytest.mark.parametrize("who", ["TR", "RU"])
def test_no_thanks_of_either(world: World, who: str) -> None:
    one, other = (world.tr, world.ru) if who == "TR" else (world.ru, world.tr)
    db.session.add(Wish(firm_id=one, other_id=other, kind=WishKind.NO_THANKS))
    assert codes(world) == [Code.NO_THANKS]
    assert exclusions.excluded_ids(world.tr) == {world.ru}
    assert exclusions.excluded_ids(world.ru) == {world.tr}


@pytest.mark.parametrize(
    ("state", "days", "excluded"),
    [
        (MatchState.REFUSED, 0, True),
        (MatchState.REFUSED, 179, True),
        (MatchState.REFUSED, 181, False),
        (MatchState.WITHDRAWN, 0, False),
        (MatchState.EXPIRED, 0, False),
        (MatchState.CLOSED, 0, False),
    ],
)
def test_a_refusal_rests_for_half_a_year(world: World, state: MatchState, days: int, excluded: bool) -> None:
    MatchFactory(
        asker_id=world.ru, answerer_id=world.tr, state=state, ended_at=clock.now() - timedelta(days=days)
    )
    assert codes(world) == ([Code.REFUSED] if excluded else [])
    assert exclusions.excluded_ids(world.tr) == ({world.ru} if excluded else set())


@pytest.mark.parametrize("state", [MatchState.ASKED, MatchState.AGREED, MatchState.INTRODUCED])
def test_a_match_that_is_under_way(world: World, state: MatchState) -> None:
    MatchFactory(asker_id=world.tr, answerer_id=world.ru, state=state)
    assert codes(world) == [Code.LIVING_MATCH]
    assert db.session.scalars(select(Match)).one().open_pair
    assert exclusions.excluded_ids(world.ru) == {world.tr}


def test_several_rules_at_once_are_all_named(world: World) -> None:
    db.session.get_one(Firm, world.ru).state = FirmState.SUSPENDED
    db.session.add(Wish(firm_id=world.ru, other_id=world.tr, kind=WishKind.NO_THANKS))
    assert codes(world) == [Code.BLOCKED, Code.NO_THANKS]


def test_the_sentences_tell_a_firm_nothing_about_wishes_and_lists(world: World) -> None:
    for code, words in ((Code.NO_THANKS, "thanks"), (Code.SCREENING, "list")):
        assert words not in str(exclusions.SENTENCES[code])
    assert set(exclusions.RULES) == set(exclusions.SENTENCES) == set(Code)


class TestWishServices:
    def wish(self, world: World, who: str, kind: WishKind, reason: str = "") -> None:
        wishes.wish(world.actor(who), world.tr, world.firm("RU"), kind, reason=reason)

    def test_the_latest_wish_counts(self, world: World) -> None:
        for kind in WishKind:
            self.wish(world, "firm_tr", kind)
        assert [(row.kind, row.firm_id) for row in db.session.scalars(select(Wish))] == [(kind, world.tr)]
        assert wishes.wish_of(world.tr, world.ru) is WishKind.NO_THANKS
        assert wishes.wishes_of(world.tr, [world.ru, 0]) == {world.ru: WishKind.NO_THANKS}
        actions = select(AuditEntry.after).where(AuditEntry.action == "wish").order_by(AuditEntry.id)
        assert [after["wish"] for after in db.session.scalars(actions)] == [kind.value for kind in WishKind]

    def test_it_can_be_taken_back(self, world: World) -> None:
        self.wish(world, "editor_tr", WishKind.MUST_MEET)
        wishes.forget(world.actor("editor_tr"), world.tr, world.firm("RU"))
        wishes.forget(world.actor("editor_tr"), world.tr, world.firm("RU"))
        assert wishes.wish_of(world.tr, world.ru) is None

    @pytest.mark.parametrize("who", ["member_tr", "firm_ru", "staff_tr", "stranger"])
    def test_only_who_speaks_for_the_firm(self, world: World, who: str) -> None:
        with pytest.raises(NotAllowed):
            self.wish(world, who, WishKind.MUST_MEET)
        with pytest.raises(NotAllowed):
            wishes.forget(world.actor(who), world.tr, world.firm("RU"))

    def test_not_of_a_firm_of_the_same_country(self, world: World) -> None:
        neighbour = make_firm("Neighbour", "TR")
        with pytest.raises(DomainError):
            wishes.wish(world.actor("firm_tr"), world.tr, neighbour, WishKind.MUST_MEET)

    def test_a_reason_that_is_too_long(self, world: World) -> None:
        with pytest.raises(DomainError) as refused:
            self.wish(world, "firm_tr", WishKind.NO_THANKS, "x" * 501)
        assert refused.value.field == "reason"


def test_the_same_data_gives_the_same_answers(world: World) -> None:
    db.session.add(Wish(firm_id=world.tr, other_id=world.ru, kind=WishKind.NO_THANKS))
    told = [
        repr([exclusions.why_not(*both(world)), exclusions.excluded_ids(world.tr)]) for _round in range(2)
    ]
    assert told[0] == told[1]
