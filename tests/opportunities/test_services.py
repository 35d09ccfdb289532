"""Writing, review, objection, opening, warnings, renewal; on both databases."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.signals import firm_state_changed
from matchmaker.mous.models import Mou
from matchmaker.notifications.models import Notice
from matchmaker.opportunities import queries, reviews, services
from matchmaker.opportunities.enums import (
    OpportunityKind,
    OpportunityState,
    OpportunityVerb,
    Standing,
    Supply,
)
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.queries import Wanted
from matchmaker.opportunities.writing import Content, Words
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.factories.opportunities import TITLE, opportunity_of
from tests.matching.world import actor_of

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[Any]]
S, V = OpportunityState, OpportunityVerb
WORDS = Words("en", TITLE, "We make valves.", "From DN15 to DN200.", "Pressure-tested.")
CONTENT = Content([WORDS], ["RU"], ["848180"], ["28.14"], ["DISTRIBUTION:seeks"])


class Sides:
    """A verified firm of each side, its editor, and the staff of both institutions under one memorandum."""

    def __init__(self) -> None:
        home, partner = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        self.mou: Mou = mou_between(home, partner)
        self.firm: Firm = FirmFactory(country="TR")
        self.other: Firm = FirmFactory(country="RU")
        self.people = {
            "firm": member_of(self.firm).id,
            "other": member_of(self.other).id,
            "staff": official(home, InstitutionRole.STAFF).id,
            "coordinator": official(home, InstitutionRole.COORDINATOR).id,
            "abroad": official(partner, InstitutionRole.STAFF).id,
        }

    def actor(self, who: str) -> Actor:
        return actor_of(self.people[who])

    def announced(self) -> Opportunity:
        opportunity = services.begin(self.actor("firm"), OpportunityKind.BUSINESS_OFFER, CONTENT)
        services.submit(self.actor("firm"), opportunity)
        return reviews.review(self.actor("staff"), opportunity, V.ANNOUNCE)


@pytest.fixture
def sides(session: scoped_session[Session]) -> Sides:
    return Sides()


def told(person_id: int) -> list[str]:
    return list(
        db.session.scalars(select(Notice.kind).where(Notice.person_id == person_id).order_by(Notice.id))
    )


def found(actor: Actor, **wanted: Any) -> list[int]:
    return [one.id for one in queries.listed(actor, Wanted(**wanted), 1).items]


def test_the_way_from_a_draft_to_the_list_with_audit_and_mail(sides: Sides) -> None:
    opportunity = sides.announced()

    assert opportunity.state is S.ANNOUNCED
    assert told(sides.people["staff"]) == ["opportunity_to_review"]
    assert told(sides.people["abroad"]) == ["opportunity_to_answer"]
    assert found(sides.actor("other")) == []

    reviews.answer(sides.actor("abroad"), opportunity, V.CLEAR)

    assert (opportunity.state, opportunity.reaches[0].mou_id) == (S.PUBLISHED, sides.mou.id)
    assert found(sides.actor("other")) == found(sides.actor("firm")) == [opportunity.id]
    assert told(sides.people["firm"]) == ["opportunity_announced", "opportunity_published"]
    deeds = select(AuditEntry.action).where(AuditEntry.entity == "opportunity").order_by(AuditEntry.id)
    assert list(db.session.scalars(deeds)) == [
        "begin", "check_submission", "submit", "announce", "clear", "publish",
    ]  # fmt: skip
    mails = list(db.session.scalars(select(OutboxMail)))
    assert len(mails) == 5
    assert not any(TITLE in mail.subject + mail.text for mail in mails)


def test_without_an_answer_it_opens_after_the_days_for_objections(sides: Sides) -> None:
    opportunity = sides.announced()

    assert reviews.open_due() == 0
    opportunity.opens_at = clock.now() - timedelta(minutes=1)
    db.session.flush()
    assert reviews.open_due() == 1

    assert found(sides.actor("other")) == [opportunity.id]
    with pytest.raises(Conflict):
        reviews.answer(sides.actor("abroad"), opportunity, V.OBJECT, note="Too late")


def test_an_objection_leads_back_to_the_firms_institution_with_its_reason(sides: Sides) -> None:
    opportunity = sides.announced()

    with pytest.raises(DomainError) as refused:
        reviews.answer(sides.actor("abroad"), opportunity, V.OBJECT)
    reviews.answer(sides.actor("abroad"), opportunity, V.OBJECT, note="The goods need a permit.")

    assert refused.value.field == "note"
    assert (opportunity.state, opportunity.note) == (S.SUBMITTED, "The goods need a permit.")
    assert opportunity.reaches[0].standing is Standing.OBJECTED
    assert told(sides.people["staff"])[-1] == "opportunity_objected"
    assert found(sides.actor("other")) == []


def test_staff_return_with_a_comment_and_the_firm_sends_it_again(sides: Sides) -> None:
    opportunity = services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_OFFER, CONTENT)
    services.submit(sides.actor("firm"), opportunity)

    with pytest.raises(DomainError):
        reviews.review(sides.actor("staff"), opportunity, V.RETURN)
    reviews.review(sides.actor("staff"), opportunity, V.RETURN, note="Say which sizes.")
    said = opportunity.note
    services.submit(sides.actor("firm"), opportunity)

    assert said == "Say which sizes."
    assert (opportunity.state, opportunity.note) == (S.SUBMITTED, "")
    assert told(sides.people["firm"]) == ["opportunity_draft"]


def test_nobody_of_the_other_side_reviews_and_the_firm_does_not_decide_itself(sides: Sides) -> None:
    opportunity = services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_OFFER, CONTENT)
    services.submit(sides.actor("firm"), opportunity)

    for who in ("abroad", "firm", "other"):
        with pytest.raises(NotAllowed):
            reviews.review(sides.actor(who), opportunity, V.ANNOUNCE)


def test_it_is_sent_only_when_its_kind_says_all_it_has_to(sides: Sides) -> None:
    content = Content([WORDS], ["RU"], quantity=Decimal(3), unit="t", supply=Supply.REGULAR)
    opportunity = services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_REQUEST, content)

    with pytest.raises(services.Incomplete) as refused:
        services.submit(sides.actor("firm"), opportunity)

    assert refused.value.lacking == ["partner_role", "hs_codes"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (Content([Words("en", "")], ["RU"]), "title_tr"),
        (Content([Words("ru", summary="Без заголовка")], ["RU"]), "title_ru"),
        (Content([Words("en", TITLE, "Call +90 312 555 44 33")], ["RU"]), "summary_en"),
        (Content([WORDS], ["KZ"]), "countries"),
        (Content([WORDS], ["RU"], ["000000"]), "hs_codes"),
        (Content([WORDS], ["RU"], sectors=["99.99"]), "sectors"),
        (Content([WORDS], ["RU"], quantity=Decimal(3)), "unit"),
    ],
)
def test_what_no_draft_may_say_is_refused_at_its_field(sides: Sides, content: Content, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_OFFER, content)

    assert refused.value.field == field


def test_without_a_memorandum_in_force_only_a_coordinators_reason_publishes(sides: Sides) -> None:
    opportunity = services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_OFFER, CONTENT)
    services.submit(sides.actor("firm"), opportunity)
    sides.mou.ended_on = clock.today() - timedelta(days=1)
    db.session.flush()

    for who, reason in (("staff", "The renewal is signed next week."), ("coordinator", "")):
        with pytest.raises(DomainError) as refused:
            reviews.review(sides.actor(who), opportunity, V.ANNOUNCE, override_reason=reason)
        assert refused.value.field == "override_reason"
    reviews.review(
        sides.actor("coordinator"),
        opportunity,
        V.ANNOUNCE,
        override_reason="The renewal is signed next week.",
    )

    assert opportunity.state is S.ANNOUNCED


def test_the_firm_is_warned_once_30_and_once_7_days_ahead_and_anew_after_a_renewal(sides: Sides) -> None:
    opportunity = opportunity_of(sides.firm)
    for left in (31, 30, 29, 7, 6):
        opportunity.expires_on = clock.today() + timedelta(days=30)
        opportunity.expires_on = clock.today() + timedelta(days=left)
        db.session.flush()
        reviews.warn_of_ends()
        assert reviews.warn_of_ends() == 0

    kinds = told(sides.people["firm"])

    assert sorted(set(kinds)) == ["opportunity_ends_30", "opportunity_ends_7"]


def test_renewing_lists_it_for_a_year_from_today(sides: Sides) -> None:
    opportunity = opportunity_of(sides.firm, expires_on=clock.today())
    assert found(sides.actor("other")) == []

    services.renew(sides.actor("firm"), opportunity)

    assert opportunity.expires_on is not None
    assert opportunity.expires_on > clock.today() + timedelta(days=364)
    assert found(sides.actor("other")) == [opportunity.id]
    with pytest.raises(Conflict):
        services.renew(sides.actor("firm"), opportunity)


def test_a_deadline_gone_by_or_a_memorandum_that_ended_stops_a_renewal(sides: Sides) -> None:
    past = opportunity_of(sides.firm, expires_on=clock.today(), deadline=clock.today() - timedelta(days=1))
    with pytest.raises(DomainError):
        services.renew(sides.actor("firm"), past)

    uncovered = opportunity_of(sides.firm, "KZ", expires_on=clock.today())
    with pytest.raises(DomainError):
        services.renew(sides.actor("firm"), uncovered)


def test_goods_that_are_listed_meanwhile_are_not_renewed_in_one_click(sides: Sides) -> None:
    opportunity = opportunity_of(sides.firm, hs_code="854231", expires_on=clock.today())
    with pytest.raises(DomainError, match="looks at it anew"):
        services.renew(sides.actor("firm"), opportunity)
    assert opportunity.expires_on == clock.today()


def test_a_firm_that_is_suspended_leaves_all_lists_for_good(sides: Sides) -> None:
    opportunity = opportunity_of(sides.firm)

    firm_state_changed.send(
        None, firm=sides.firm, before=FirmState.VERIFIED, after=FirmState.SUSPENDED, actor=None
    )

    assert opportunity.state is S.WITHDRAWN


def test_words_are_found_across_scripts_and_filters_narrow_down(sides: Sides) -> None:
    milk = opportunity_of(sides.firm, title="Süt tozu", hs_code="040221")
    valves = opportunity_of(sides.other, "TR", title="Шаровые краны")
    reader = sides.actor("other")

    assert found(reader, words="sut") == [milk.id]
    assert found(reader, words="sharovy") == [valves.id]
    assert found(reader, words="100% _") == []
    assert found(reader, chapter="04") == [milk.id]
    assert found(reader, division="28", country="RU") == [valves.id]
    assert found(reader, kind=OpportunityKind.RESEARCH_REQUEST) == []
    assert queries.choices(reader).chapters == ["04", "84"]


def test_a_third_country_reads_nothing(sides: Sides) -> None:
    opportunity_of(sides.firm)
    stranger = actor_of(member_of(FirmFactory(country="KZ", region_code="")))

    assert found(stranger) == []
    assert found(actor_of(PersonFactory())) == []


def test_two_officers_who_answer_at_the_same_moment_open_it_once(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        sides = Sides()
        number = sides.announced().id

    def deed(who: str, what: Callable[..., Any], *more: Any) -> Callable[[], None]:
        def do() -> None:
            with unit_of_work():
                what(sides.actor(who), queries.opportunity(number), *more)

        return do

    results = concurrently(deed("abroad", reviews.answer, V.CLEAR), deed("abroad", reviews.answer, V.CLEAR))

    assert sum(result is None for result in results) == 1
    with app.app_context():
        opened = db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == "publish"))
        assert opened == 1


def test_goods_on_the_high_priority_list_are_shown_to_others_only_with_a_reason_that_is_kept(
    sides: Sides,
) -> None:
    content = Content([WORDS], ["RU"], ["848180", "8482", "854231"], partnerships=["DISTRIBUTION:seeks"])
    opportunity = services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_OFFER, content)
    services.submit(sides.actor("firm"), opportunity)

    with pytest.raises(DomainError) as refused:
        reviews.review(sides.actor("staff"), opportunity, V.ANNOUNCE, note=" ")
    assert (refused.value.field, opportunity.state) == ("note", S.SUBMITTED)
    reviews.review(sides.actor("staff"), opportunity, V.ANNOUNCE, note="Parts of a civil pump.")

    kept = select(AuditEntry.action, AuditEntry.after).where(AuditEntry.action.like("%listed_goods"))
    goods = {"goods": ["8482", "854231"], "list": "2024-02-23"}
    assert [tuple(row) for row in db.session.execute(kept.order_by(AuditEntry.id))] == [
        ("find_listed_goods", goods),
        ("pass_listed_goods", goods | {"reason": "Parts of a civil pump."}),
    ]
    assert (opportunity.state, opportunity.note) == (S.ANNOUNCED, "Parts of a civil pump.")


def test_listed_goods_that_the_firm_added_while_an_officer_read_need_a_reason_too(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        sides = Sides()
        opportunity = services.begin(sides.actor("firm"), OpportunityKind.BUSINESS_OFFER, CONTENT)
        number = services.submit(sides.actor("firm"), opportunity).id
    listed = Content([WORDS], ["RU"], ["854231"], partnerships=["DISTRIBUTION:seeks"])

    def resubmit() -> None:
        with unit_of_work():
            firm = sides.actor("firm")
            opportunity = services.take_back(firm, queries.opportunity(number))
            services.submit(firm, services.change(firm, opportunity, listed))

    def announce() -> None:
        with unit_of_work():
            reviews.review(sides.actor("staff"), queries.opportunity(number), V.ANNOUNCE)

    results = concurrently(resubmit, announce)

    # Whoever comes second finds what the first has done.
    assert sum(result is None for result in results) == 1
    with app.app_context():
        found = queries.opportunity(number)
        codes = [good.hs_code for good in found.goods]
        assert (found.state, codes) in ((S.ANNOUNCED, ["848180"]), (S.SUBMITTED, ["854231"]))
