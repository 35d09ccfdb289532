"""What an opportunity has to say, who sees and moves it, and what follows from its days."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from matchmaker.core import clock
from matchmaker.core.actor import VISITOR, Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.opportunities import rules
from matchmaker.opportunities.enums import (
    OpportunityKind,
    OpportunityState,
    OpportunityVerb,
    PartnerKind,
    PropertyState,
    Stage,
    Standing,
    Supply,
)
from matchmaker.opportunities.models import (
    Opportunity,
    OpportunityGood,
    OpportunityReach,
    OpportunitySector,
    OpportunityText,
)

K, S, V = OpportunityKind, OpportunityState, OpportunityVerb
FULL = {
    "goods": [OpportunityGood(hs_code="848180")],
    "sectors": [OpportunitySector(code="28.14")],
    "partnerships": ["LICENCE:offers"],
    "quantity": Decimal(3),
    "supply": Supply.REGULAR,
    "stage": Stage.IDEA,
    "property_state": PropertyState.NONE,
    "partner_kind": PartnerKind.ANY,
    "deadline": date(2027, 1, 1),
}


def member(
    country: str = "TR", firm_id: int = 1, role: FirmRole = FirmRole.EDITOR, verified: bool = True
) -> Actor:
    return Actor(person_id=1, memberships=(Membership(firm_id, role, country, verified=verified),))


def officer(role: InstitutionRole, country: str) -> Actor:
    return Actor(person_id=2, grants=(Grant(role, 1, country),))


def made(**facts: Any) -> Opportunity:
    found = {
        "id": 5,
        "firm_id": 1,
        "kind": K.BUSINESS_OFFER,
        "state": S.PUBLISHED,
        "expires_on": clock.today() + timedelta(days=60),
        "firm": Firm(id=1, country="TR", state=FirmState.VERIFIED),
        "reaches": [OpportunityReach(country="RU", standing=Standing.CLEAR)],
        "texts": [],
    }
    return Opportunity(**(found | facts))


def words(language: str = "en", **said: str) -> OpportunityText:
    return OpportunityText(language=language, **(dict.fromkeys(rules.WORDS, "") | said))


@pytest.mark.parametrize("kind", K)
def test_each_kind_asks_for_its_own_and_takes_no_more_than_that(kind: OpportunityKind) -> None:
    empty = Opportunity(kind=kind, texts=[], goods=[], sectors=[], partnerships=[])
    said = words(title="t", summary="s", description="d", advantages="a", partner_role="r")
    full = Opportunity(kind=kind, texts=[said], **FULL)

    assert rules.missing(empty) == list(rules.REQUIRED[kind])
    assert rules.missing(full) == []
    assert not set(rules.REQUIRED[kind]) & set(rules.OMITTED[kind])


def test_words_count_in_the_language_that_says_most() -> None:
    begun, whole = (
        words("tr", title="b"),
        words("ru", title="т", summary="к", description="о", advantages="п"),
    )

    assert rules.missing(Opportunity(kind=K.BUSINESS_OFFER, texts=[begun, whole], **FULL)) == []


@pytest.mark.parametrize(("language", "shown"), [("ru", "ru"), ("tr", "en"), ("en", "en")])
def test_a_reader_gets_the_own_language_else_english(language: str, shown: str) -> None:
    opportunity = made(texts=[words("en", title="a"), words("ru", title="b"), words("tr")])

    found = rules.in_language(opportunity, language)

    assert found is not None
    assert found.language == shown


def test_a_year_ends_on_the_same_day_and_a_deadline_ends_it_earlier() -> None:
    assert rules.last_listed(date(2026, 11, 28), None) == date(2027, 11, 28)
    assert rules.last_listed(date(2028, 2, 29), None) == date(2029, 2, 28)
    assert rules.last_listed(date(2026, 11, 28), date(2026, 12, 31)) == date(2027, 1, 1)
    assert rules.last_listed(date(2026, 11, 28), date(2029, 1, 1)) == date(2027, 11, 28)


@pytest.mark.parametrize(("left", "listed", "renewable"), [(31, True, False), (30, True, True), (1, True, True), (0, False, True), (-90, False, True), (-91, False, False)])  # fmt: skip
def test_it_leaves_the_list_on_its_day_and_is_renewed_around_it(
    left: int, listed: bool, renewable: bool
) -> None:
    today = clock.today()
    opportunity = made(expires_on=today + timedelta(days=left))

    assert rules.is_listed(opportunity, today) is listed
    assert rules.is_renewable(opportunity, today) is renewable


def test_what_is_listed_is_read_by_both_sides_and_by_no_third_country() -> None:
    opportunity = made()

    readers = (member(firm_id=9), member("RU", 9), member("KZ", 9), VISITOR, Actor(person_id=3))

    assert [rules.may_see(one, opportunity) for one in readers] == [True, True, False, False, False]


def test_an_objection_closes_it_to_the_firms_of_that_country() -> None:
    opportunity = made(reaches=[OpportunityReach(country="RU", standing=Standing.OBJECTED)])

    assert not rules.may_see(member("RU", 9), opportunity)


@pytest.mark.parametrize("role", [InstitutionRole.STAFF, InstitutionRole.COMPLIANCE])
def test_the_other_institution_sees_it_before_its_firms_and_not_before_it_is_announced(
    role: InstitutionRole,
) -> None:
    announced, sent = made(state=S.ANNOUNCED), made(state=S.SUBMITTED)

    assert rules.may_see(officer(role, "RU"), announced)
    assert not rules.may_see(officer(role, "RU"), sent)
    assert not rules.may_see(member("RU", 9), announced)
    assert rules.may_see(officer(role, "TR"), sent)
    assert not rules.may_see(officer(role, "TR"), made(state=S.DRAFT))


def test_a_firm_that_is_not_verified_is_in_no_list_and_writes_nothing() -> None:
    hidden = made(firm=Firm(id=1, country="TR", state=FirmState.ON_HOLD))

    assert not rules.may_see(member("RU", 9), hidden)
    assert rules.may_see(member(), hidden)
    assert not rules.may_write(member(verified=False))
    assert not rules.may_write(member(role=FirmRole.MEMBER))
    assert rules.may_write(member())


def test_staff_never_review_a_firm_of_their_own() -> None:
    both = Actor(
        person_id=1, grants=(Grant(InstitutionRole.STAFF, 1, "TR"),), memberships=member().memberships
    )

    assert not rules.may_review(both, made(state=S.SUBMITTED))
    assert rules.allowed_reviews(both, made(state=S.SUBMITTED)) == []
    assert rules.allowed_reviews(officer(InstitutionRole.STAFF, "TR"), made()) == [V.REFUSE]


def test_the_firm_is_offered_only_what_its_state_allows() -> None:
    today = clock.today()

    assert rules.allowed_moves(member(), made(state=S.DRAFT), today) == [V.SUBMIT, V.WITHDRAW]
    assert rules.allowed_moves(member(), made(), today) == [V.REVISE, V.WITHDRAW]
    assert rules.allowed_moves(member(), made(expires_on=today), today) == [V.RENEW, V.REVISE, V.WITHDRAW]
    assert rules.allowed_moves(member(role=FirmRole.MEMBER), made(), today) == []
