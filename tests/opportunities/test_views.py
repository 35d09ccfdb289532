"""Pages of opportunities."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.opportunities.enums import OpportunityState
from matchmaker.opportunities.models import Opportunity
from tests.clients import HTMX, Client
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.factories.opportunities import TITLE, opportunity_of

Given = Callable[[], AbstractContextManager[Any]]
OFFER = {
    "title_en": TITLE,
    "summary_en": "We make valves.",
    "description_en": "From DN15 to DN200.",
    "advantages_en": "Pressure-tested.",
    "hs_codes": "8481.80, 73.25",
    "partnerships": ["DISTRIBUTION:seeks"],
}


class Sides:
    """A firm of each side with its administrator, and staff of both institutions, by number."""

    def __init__(self) -> None:
        home, partner = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        mou_between(home, partner)
        self.firm: Firm = FirmFactory(country="TR", trade_name="Anatolia Valves")
        self.other: Firm = FirmFactory(country="RU")
        self.people = {
            "firm": member_of(self.firm).id,
            "member": member_of(self.firm, FirmRole.MEMBER).id,
            "other": member_of(self.other).id,
            "staff": official(home, InstitutionRole.STAFF).id,
            "abroad": official(partner, InstitutionRole.STAFF).id,
        }


@pytest.fixture
def sides(given: Given) -> Sides:
    with given():
        return Sides()


@pytest.fixture
def signed_in(app: Flask, sides: Sides) -> Callable[[str], Client]:
    def client(who: str) -> Client:
        made: Any = app.test_client()
        return made.sign_in(sides.people[who])

    return client


def test_an_offer_is_written_sent_approved_cleared_and_read(signed_in: Callable[[str], Client]) -> None:
    firm, staff, abroad, other = (signed_in(who) for who in ("firm", "staff", "abroad", "other"))

    made = firm.submit("/opportunities/new/business_offer", {**OFFER, "send": "1"}, form="opportunity")
    address = made.location
    hidden = other.get(address).status_code
    staff.submit(address, {"decision": "announce"}, form="review")
    still_hidden = other.get(address).status_code
    abroad.submit(address, {"decision": "clear"}, form="answer")
    page = other.get(address).text

    assert (made.status_code, hidden, still_hidden) == (303, 404, 404)
    assert TITLE in page
    assert "Anatolia Valves" in page
    assert "7325" in page or "73.25" in page
    assert TITLE in other.get("/opportunities").text
    assert "History" not in page


def test_what_is_missing_stands_beside_its_field_and_what_was_typed_is_kept(
    signed_in: Callable[[str], Client], app: Flask
) -> None:
    answer = signed_in("firm").submit(
        "/opportunities/new/business_offer",
        {"title_en": TITLE, "summary_en": "A summary to keep", "send": "1"},
        form="opportunity",
    )

    assert answer.status_code == 422
    assert "A summary to keep" in answer.text
    for name in ("description_en", "advantages_en", "hs_codes", "partnerships"):
        assert f'href="#{name}' in answer.text
    with app.app_context():
        assert db.session.scalar(select(Opportunity.id)) is None


def test_a_draft_may_lack_much_and_sending_it_from_its_page_asks_for_the_rest(
    signed_in: Callable[[str], Client],
) -> None:
    firm = signed_in("firm")
    made = firm.submit("/opportunities/new/research_request", {"title_en": TITLE}, form="opportunity")

    sent = firm.send(f"{made.location}/moves/submit")

    assert made.status_code == 303
    assert sent.status_code == 422
    assert 'href="#deadline"' in sent.text
    assert TITLE in sent.text


def test_a_form_asks_only_what_its_kind_says(signed_in: Callable[[str], Client]) -> None:
    firm = signed_in("firm")

    offer, technology = (
        firm.get(f"/opportunities/new/{kind}").text for kind in ("business_offer", "technology_offer")
    )

    assert 'name="stage"' not in offer
    assert 'name="stage"' in technology
    assert 'name="quantity"' not in technology
    assert firm.get("/opportunities/new/nonsense").status_code == 404


def test_staff_return_with_a_comment_that_the_firm_reads(
    signed_in: Callable[[str], Client], sides: Sides, given: Given
) -> None:
    with given():
        number = opportunity_of(sides.firm, state=OpportunityState.SUBMITTED).id
    address, staff = f"/opportunities/{number}", signed_in("staff")

    empty = staff.submit(address, {"decision": "return"}, form="review")
    staff.submit(address, {"decision": "return", "note": "Say which sizes."}, form="review")

    assert empty.status_code == 422
    assert "Give the reason" in empty.text
    assert "Say which sizes." in signed_in("firm").get(address).text
    assert staff.get(address).status_code == 404


def test_what_was_changed_and_sent_again_is_not_decided_by_its_former_words(
    signed_in: Callable[[str], Client], sides: Sides, given: Given, app: Flask
) -> None:
    with given():
        number = opportunity_of(sides.firm, state=OpportunityState.SUBMITTED).id
    address, firm, staff = f"/opportunities/{number}", signed_in("firm"), signed_in("staff")
    seen = re.search(r'name="version"[^>]*value="(\d+)"', staff.get(address).text)
    assert seen is not None
    firm.send(f"{address}/moves/take_back")
    firm.submit(f"{address}/change", {"title_en": "Other words", "send": "1"}, form="opportunity")
    decision = {"decision": "announce", "note": "A note to keep", "version": seen[1]}

    stale = staff.send(f"{address}/review", decision)
    again = staff.submit(address, {"decision": "announce"}, form="review")

    assert stale.status_code == 422
    assert "A note to keep" in stale.text
    assert "Other words" in stale.text
    assert "Somebody else has changed this meanwhile" in stale.text
    assert again.status_code == 303


def test_a_name_that_the_firm_shows_to_partners_only_is_in_no_list(
    signed_in: Callable[[str], Client], sides: Sides, given: Given
) -> None:
    with given():
        firm = db.session.merge(sides.firm)
        firm.visibility = {"name": "partner", "region": "staff"}
        number = opportunity_of(firm).id
    other = signed_in("other")

    texts = [other.get("/opportunities").text, other.get(f"/opportunities/{number}").text]

    assert all(TITLE in text and "Anatolia" not in text and "Konya" not in text for text in texts)


def test_the_list_is_a_fragment_of_its_page_and_keeps_the_filter_in_its_pages(
    signed_in: Callable[[str], Client], sides: Sides, given: Given
) -> None:
    with given():
        for _number in range(21):
            opportunity_of(sides.firm)
    other = signed_in("other")
    address = "/opportunities?kind=business_offer&q=valves"

    page, part = other.get(address).text, other.get(address, headers=HTMX).text

    assert part.strip() in page
    assert "kind=business_offer" in part.split('rel="next"')[1][:200]
    assert "21 opportunities" in part
    assert (
        other.get("/opportunities?q=nothing&kind=x&chapter=%00&sector=xx&country=zz&page=99").status_code
        == 200
    )


def test_members_read_the_own_list_but_do_not_move(
    signed_in: Callable[[str], Client], sides: Sides, given: Given
) -> None:
    with given():
        number = opportunity_of(sides.firm, state=OpportunityState.DRAFT).id
    member = signed_in("member")

    assert TITLE in member.get("/opportunities/mine").text
    assert "New opportunity" not in member.get("/opportunities/mine").text
    assert member.send(f"/opportunities/{number}/moves/submit").status_code == 404
    assert signed_in("firm").send(f"/opportunities/{number}/moves/renew").status_code in (400, 409, 422)


def test_the_queue_and_the_inbox_show_each_institution_its_own(
    signed_in: Callable[[str], Client], sides: Sides, given: Given
) -> None:
    with given():
        opportunity_of(sides.firm, state=OpportunityState.SUBMITTED, title="Ours")
        opportunity_of(sides.firm, state=OpportunityState.ANNOUNCED, title="Theirs")
    staff, abroad = signed_in("staff"), signed_in("abroad")

    assert "Ours" in staff.get("/opportunities/queue").text
    assert "Ours" in staff.get("/inbox?kind=opportunity").text
    assert "Ours" not in abroad.get("/opportunities/queue").text
    assert "Theirs" in abroad.get("/opportunities/queue?tab=answer").text
    assert "Theirs" in abroad.get("/inbox?kind=from_abroad").text
    assert "Theirs" in staff.get("/opportunities/queue?tab=all").text


def test_listed_goods_stand_beside_the_codes_and_before_the_officers_but_not_before_other_firms(
    signed_in: Callable[[str], Client], sides: Sides, given: Given
) -> None:
    with given():
        waiting = opportunity_of(sides.firm, state=OpportunityState.SUBMITTED, hs_code="8542").id
        shown = opportunity_of(sides.firm, hs_code="8542").id
    address, staff = f"/opportunities/{waiting}", signed_in("staff")

    typed = signed_in("firm").submit(
        "/opportunities/new/business_offer", OFFER | {"hs_codes": "8542.31", "summary_en": "", "send": "1"}
    )
    refused = staff.submit(address, {"decision": "announce"}, form="review")

    assert typed.status_code == refused.status_code == 422
    listed = "On the common high priority list:"
    assert all(
        listed in page for page in (typed.text, staff.get(address).text, signed_in("firm").get(address).text)
    )
    assert "Give the reason why it may be shown" in refused.text
    assert "Listed goods" in staff.get("/opportunities/queue").text
    assert listed not in signed_in("other").get(f"/opportunities/{shown}").text


def test_the_list_asks_as_often_for_many_owners_as_for_two(
    signed_in: Callable[[str], Client],
    given: Given,
    count_statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    def publish(number: int) -> None:
        with given():
            for _one in range(number):
                opportunity_of(FirmFactory(country="TR"))

    other, numbers = signed_in("other"), []
    for more in (2, 8):
        publish(more)
        other.get("/opportunities")
        with count_statements() as sent:
            other.get("/opportunities")
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]
