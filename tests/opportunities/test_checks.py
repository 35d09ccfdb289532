"""The check of an opportunity that a firm sends, its list of words, and what officers and the firm read of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.engines.text.phrases import Phrase, Phrases
from matchmaker.firms.models import Firm
from matchmaker.firms.related import related_firms
from matchmaker.notifications.models import Notice
from matchmaker.opportunities import queries, reviews, services
from matchmaker.opportunities.checks import queries as checks
from matchmaker.opportunities.checks import rules
from matchmaker.opportunities.checks import services as checking
from matchmaker.opportunities.checks.enums import FindingKind, Outcome, WordKind
from matchmaker.opportunities.checks.models import OpportunityCheck, SensitiveWordChange
from matchmaker.opportunities.checks.rules import Earlier, Finding, Past, Said
from matchmaker.opportunities.checks.word_list import VERSION, Word, packaged
from matchmaker.opportunities.enums import OpportunityKind, OpportunityState, OpportunityVerb
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.writing import Content, Words
from tests.clients import Client
from tests.factories.firms import FirmFactory, FirmMemberFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.factories.opportunities import TITLE, opportunity_of
from tests.matching.world import actor_of

Given = Callable[[], AbstractContextManager[Any]]
K, S, V = FindingKind, OpportunityState, OpportunityVerb
OFFER = OpportunityKind.BUSINESS_OFFER
WORDS = Words("en", TITLE, "We make ball valves for dairies.", "From DN15 to DN200.", "Pressure-tested.")
SAID = Said(1, "business_offer", {"en": (TITLE, "We make ball valves for dairies.")}, frozenset(["848180"]))


def content(words: Words = WORDS) -> Content:
    return Content([words], ["RU"], ["848180"], partnerships=["DISTRIBUTION:seeks"])


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("listed", "language", "text", "is_found"),
    [
        (Phrase("tr", "silah"), "tr", "SİLAHLARIN parçaları", True),
        (Phrase("tr", "silah"), "tr", "s i l a h", True),
        (Phrase("tr", "İHA"), "tr", "iha'lar için", True),
        (Phrase("tr", "ışıldak"), "tr", "IŞILDAKLAR", True),
        (Phrase("tr", "füze"), "tr", "füzesi", True),
        (Phrase("tr", "silah"), "ru", "в силах", False),
        (Phrase("ru", "боевой самолёт"), "ru", "боевого самолета", True),
        (Phrase("ru", "боевой самолёт"), "ru", "боевого духа и самолета", False),
        (Phrase("ru", "вооружённые"), "ru", "ВООРУЖЕННЫХ", True),
        (Phrase("en", "night vision"), "en", "Night-vision cameras", True),
        (Phrase("en", "weapon"), "ru", "детали для weapons", True),
        (Phrase("en", "high explosive"), "en", "explosion-proof valves of high quality", False),
    ],
)
def test_a_phrase_is_found_whatever_its_endings_case_and_marks(
    listed: Phrase, language: str, text: str, is_found: bool
) -> None:
    assert bool(Phrases([listed]).found(text, language)) is is_found


def test_the_packaged_words_name_each_word_once_in_three_languages() -> None:
    keys = [word.key for word in packaged()]

    assert len(keys) == len(set(keys))
    assert {(word.language, word.kind) for word in packaged()} == {
        (language, kind) for language in ("tr", "ru", "en") for kind in WordKind
    }


@pytest.mark.parametrize(
    ("earlier", "kinds"),
    [
        (Earlier(replace(SAID, number=2), True, Past.LIVING), [K.SAME_OWN]),
        (
            Earlier(
                replace(
                    SAID, number=2, texts={"en": (TITLE, "We make ball valves and filters for big dairies.")}
                ),
                True,
                Past.LIVING,
            ),
            [K.NEAR_OWN],
        ),
        (
            Earlier(
                replace(
                    SAID,
                    number=2,
                    texts={"en": ("Ball valves, stainless", "For dairies we make valves: ball.")},
                ),
                True,
                Past.LIVING,
            ),
            [K.SAME_OWN],
        ),
        (
            Earlier(
                replace(SAID, number=2, texts={"en": ("Wooden chairs", "Chairs for restaurants.")}),
                True,
                Past.LIVING,
            ),
            [],
        ),
        (Earlier(replace(SAID, number=2), True, Past.REFUSED), [K.REFUSED_BEFORE]),
        (Earlier(replace(SAID, number=2), True, Past.GONE), []),
        (Earlier(replace(SAID, number=2), False, Past.LIVING), [K.SAME_RELATED]),
        (Earlier(replace(SAID, number=2), False, Past.REFUSED), []),
        (Earlier(replace(SAID, number=2, texts={"tr": (TITLE, "")}), True, Past.LIVING), []),
    ],
)
def test_what_an_opportunity_repeats(earlier: Earlier, kinds: list[FindingKind]) -> None:
    assert [one.kind for one in rules.repeated(SAID, [earlier])] == kinds


@pytest.mark.parametrize(
    ("kinds", "becomes"),
    [
        ([], Outcome.CLEAN),
        ([K.NEAR_OWN], Outcome.MARKED),
        ([K.SAME_OWN], Outcome.REFUSED),
        ([K.CONTACT_WORDS], Outcome.MARKED),
        ([K.NEAR_OWN, K.CONTACT_WORDS], Outcome.REFUSED),
        # About goods and rules a person decides, however many points there are.
        ([K.MILITARY_WORDS, K.RULE_WORDS, K.LISTED_GOODS, K.REFUSED_BEFORE, K.REWORDED], Outcome.MARKED),
    ],
)
def test_only_what_the_firm_sets_right_itself_gives_it_back(
    kinds: list[FindingKind], becomes: Outcome
) -> None:
    assert rules.outcome(Finding(kind) for kind in kinds) is becomes


def test_the_list_of_a_day_follows_from_what_is_delivered_and_the_changes_whose_day_has_come() -> None:
    today = clock.today()

    def change(number: int, phrase: str, listed: bool, days: int) -> Any:
        valid_from = today + timedelta(days=days)
        return SimpleNamespace(
            number=number, language="tr", phrase=phrase, kind="military", listed=listed, valid_from=valid_from
        )

    delivered = [Word("tr", WordKind.DUAL_USE, "ışıldak"), Word("tr", WordKind.MILITARY, "silah")]
    changes = [change(1, "IŞILDAK", True, 0), change(2, "Silah", False, -3), change(3, "mermi", True, 1)]

    found = rules.in_force(delivered, changes, today)

    assert [(word.kind, word.text) for word in found.values()] == [(WordKind.MILITARY, "IŞILDAK")]
    assert rules.list_version(changes, today) == f"{VERSION}+2"


# ---------------------------------------------------------------- services, on both databases


class Sides:
    """A firm of each side, and the officers of both institutions under one memorandum."""

    def __init__(self) -> None:
        home, partner = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        mou_between(home, partner)
        self.firm: Firm = FirmFactory(country="TR")
        self.person = member_of(self.firm)
        self.people = {
            "firm": self.person.id,
            "other": member_of(FirmFactory(country="RU")).id,
            "staff": official(home, InstitutionRole.STAFF).id,
            "compliance": official(home, InstitutionRole.COMPLIANCE).id,
            "abroad": official(partner, InstitutionRole.STAFF).id,
        }

    def actor(self, who: str) -> Actor:
        return actor_of(self.people[who])

    def sent(self, words: Words = WORDS) -> Opportunity:
        opportunity = services.begin(self.actor("firm"), OFFER, content(words))
        return services.submit(self.actor("firm"), opportunity)


@pytest.fixture
def sides(session: scoped_session[Session]) -> Sides:
    return Sides()


def kinds_of(opportunity: Opportunity) -> list[FindingKind]:
    found = checks.last_check(opportunity.id)
    assert found is not None
    return [one.kind for one in found.findings]


@pytest.mark.data
def test_the_same_again_stays_a_draft_and_the_reason_is_kept(sides: Sides) -> None:
    first = sides.sent()
    again = sides.sent(replace(WORDS, description="Other words below."))

    kept = checks.last_check(again.id)
    assert kept is not None
    assert (first.state, first.points) == (S.SUBMITTED, 0)
    assert (again.state, again.points, again.submitted_at) == (S.DRAFT, 100, None)
    assert [(one.kind, one.other_id, one.likeness) for one in kept.findings] == [(K.SAME_OWN, first.id, 100)]
    deed = select(AuditEntry.after).where(
        AuditEntry.action == "check_submission", AuditEntry.entity_id == again.id
    )
    assert db.session.scalar(deed) == {
        "outcome": "refused",
        "points": 100,
        "words": f"{VERSION}+0",
        "list": "2024-02-23",
        "findings": [f"same_own 100 #{first.id}"],
    }
    told = select(func.count(Notice.id)).where(Notice.person_id == sides.people["staff"])
    assert db.session.scalar(told) == 1

    services.withdraw(sides.actor("firm"), first)
    assert services.submit(sides.actor("firm"), again).state is S.SUBMITTED


@pytest.mark.data
def test_firms_with_one_person_belong_together_but_do_not_learn_of_each_other(sides: Sides) -> None:
    other, foreign = FirmFactory(country="TR"), FirmFactory(country="RU")
    for firm in (other, foreign):
        FirmMemberFactory(firm_id=firm.id, person_id=sides.person.id)
    theirs = opportunity_of(other, title=WORDS.title)
    theirs.texts[0].summary = WORDS.summary
    db.session.flush()

    again = sides.sent()

    assert related_firms(sides.firm.id) == {other.id}
    assert (again.state, kinds_of(again)) == (S.SUBMITTED, [K.NEAR_RELATED])


@pytest.mark.data
def test_words_written_out_of_the_way_are_told_to_the_officers_and_need_a_reason(sides: Sides) -> None:
    firm, staff = sides.actor("firm"), sides.actor("staff")
    opportunity = sides.sent(replace(WORDS, description="Also for night-vision cameras."))
    with pytest.raises(DomainError) as refused:
        reviews.review(staff, opportunity, V.ANNOUNCE)

    opportunity = services.take_back(firm, opportunity)
    opportunity = services.submit(firm, services.change(firm, opportunity, content()))

    assert refused.value.field == "note"
    assert kinds_of(opportunity) == [K.REWORDED]
    reviews.review(staff, opportunity, V.ANNOUNCE, note="The firm named the cameras by mistake.")
    passed = select(AuditEntry.after).where(AuditEntry.action == "pass_findings")
    after = db.session.scalar(passed)
    assert after is not None
    assert after["reason"] == "The firm named the cameras by mistake."

    copy = sides.sent(replace(WORDS, title="Stainless steel ball valves"))
    assert kinds_of(copy) == [K.NEAR_OWN, K.REWORDED]


@pytest.mark.data
def test_the_queue_begins_with_what_nothing_was_found_in(sides: Sides) -> None:
    marked = sides.sent(replace(WORDS, description="For drones."))
    clean = sides.sent(Words("en", "Wooden chairs", "Chairs for restaurants.", "Of beech.", "Light."))

    assert [one.id for one in queries.to_review(["TR"]).items] == [clean.id, marked.id]


@pytest.mark.data
def test_of_two_drafts_that_say_the_same_only_one_is_sent_at_once(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        sides = Sides()
        numbers = [services.begin(sides.actor("firm"), OFFER, content()).id for _one in range(2)]

    def send(number: int) -> Callable[[], None]:
        def do() -> None:
            with unit_of_work():
                services.submit(sides.actor("firm"), queries.opportunity(number))

        return do

    assert concurrently(*map(send, numbers)) == [None, None]

    with app.app_context():
        states = sorted(queries.opportunity(number).state for number in numbers)
        outcomes = sorted(db.session.scalars(select(OpportunityCheck.outcome)))
        assert (states, outcomes) == ([S.DRAFT, S.SUBMITTED], [Outcome.CLEAN, Outcome.REFUSED])


@pytest.mark.data
def test_of_two_changes_of_the_list_at_once_one_is_told_of_the_other(
    app: Flask, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        sides = Sides()

    def change(phrase: str) -> Callable[[], None]:
        def do() -> None:
            with unit_of_work():
                word = Word("tr", WordKind.MILITARY, phrase)
                checking.change_word(
                    sides.actor("compliance"), word, listed=True, valid_from=clock.today(), reason="New.", seen="0"
                )  # fmt: skip

        return do

    results = concurrently(change("torpido"), change("mayın"))

    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]
    with app.app_context():
        assert list(db.session.scalars(select(SensitiveWordChange.number))) == [1]


@pytest.mark.parametrize(
    ("phrase", "listed", "days", "field"),
    [
        ("Silah", True, 0, "phrase"),
        ("of", True, 0, "phrase"),
        ("a b c d e f g", True, 0, "phrase"),
        ("vana", False, 0, "phrase"),
        ("torpido", True, -1, "valid_from"),
    ],
)
def test_a_change_of_the_list_that_says_nothing_is_refused_at_its_field(
    sides: Sides, phrase: str, listed: bool, days: int, field: str
) -> None:
    word, day = Word("tr", WordKind.MILITARY, phrase), clock.today() + timedelta(days=days)

    with pytest.raises(DomainError) as refused:
        checking.change_word(
            sides.actor("compliance"), word, listed=listed, valid_from=day, reason="", seen="0"
        )

    assert not isinstance(refused.value, Conflict)
    assert refused.value.field == field


# ---------------------------------------------------------------- pages


FORM = {
    "title_en": TITLE,
    "summary_en": WORDS.summary,
    "description_en": WORDS.description,
    "advantages_en": WORDS.advantages,
    "hs_codes": "8481.80",
    "partnerships": ["DISTRIBUTION:seeks"],
    "send": "1",
}


@pytest.fixture
def signed_in(app: Flask, given: Given) -> Callable[[str], Client]:
    with given():
        sides = Sides()

    def client(who: str) -> Client:
        made: Any = app.test_client()
        return made.sign_in(sides.people[who])

    return client


def test_the_firm_reads_what_to_set_right_and_the_officers_all_of_it(
    signed_in: Callable[[str], Client],
) -> None:
    firm, staff, abroad = (signed_in(who) for who in ("firm", "staff", "abroad"))
    first = firm.submit("/opportunities/new/business_offer", FORM, form="opportunity").location
    again = firm.submit("/opportunities/new/business_offer", FORM, form="opportunity").location
    given_back = firm.get(again).text
    firm.submit(
        again + "/change",
        {**FORM, "summary_en": "Ball valves for breweries and drones.", "description_en": "Other."},
        form="opportunity",
    )
    waiting, reviewed = firm.get(again).text, staff.get(again).text

    assert "It is kept as a draft and was not sent." in given_back
    assert "another opportunity of yours" in given_back
    assert f'href="{first}"' in given_back
    assert "Your institution looks closer at this:" in waiting
    for secret in ("points", ">drone, ", "alike"):
        assert secret not in given_back + waiting
        assert secret in reviewed
    assert "Earlier checks" in reviewed
    assert "Look closer" in staff.get("/opportunities/queue").text
    assert abroad.get(again).status_code == 404


def test_compliance_officers_change_the_list_and_the_next_check_goes_by_it(
    signed_in: Callable[[str], Client],
) -> None:
    firm, officer = signed_in("firm"), signed_in("compliance")
    page = officer.get("/sensitive-words?language=en").text
    values = {"deed": "on", "language": "en", "kind": "military", "phrase": "Dairy", "reason": "A test."}

    refused = officer.submit("/sensitive-words/change", {**values, "phrase": "WEAPON"}, form="word")
    changed = officer.submit("/sensitive-words/change", values, form="word")
    again = officer.get(changed.location).text
    sent = firm.submit("/opportunities/new/business_offer", FORM, form="opportunity").location

    assert "night vision" in page
    assert (refused.status_code, changed.status_code) == (422, 303)
    assert "stands on the list already" in refused.text
    assert f"{VERSION}+1" in again
    assert "A test." in again
    assert "military goods" in firm.get(sent).text
    assert firm.get("/sensitive-words").status_code == 404
