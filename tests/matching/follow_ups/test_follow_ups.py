"""Asking introduced firms: when, whom, once; what a link can do; who reads the answers."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotFound
from matchmaker.core.mail import OutboxMail
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.matching import checks
from matchmaker.matching import queries as matches
from matchmaker.matching import services as matching
from matchmaker.matching.enums import MatchState, ReasonCode
from matchmaker.matching.follow_ups import queries, rules, services
from matchmaker.matching.follow_ups.enums import FollowUpState, Standing
from matchmaker.matching.follow_ups.models import FollowUp, FollowUpLink
from matchmaker.matching.follow_ups.services import Answer
from matchmaker.matching.introductions import open_contacts
from matchmaker.matching.models import Match
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.models import MutedCategory, Notice
from tests.clients import Client
from tests.factories.follow_ups import FollowUpFactory
from tests.factories.matching import MatchFactory
from tests.matching.world import World, make_world

Given = Callable[[], AbstractContextManager[Any]]
SAID = Answer(Standing.IN_TALKS, "Send samples", None, "Good people", 2)
"""What the contact person says, who saw the page as it was right after the asking."""


def introduced(world: World, days: int, state: MatchState = MatchState.INTRODUCED) -> int:
    """The match of the two firms, introduced so many days and an hour ago, with open contacts."""
    at = clock.now() - timedelta(days=days, hours=1)
    match = MatchFactory(
        asker_id=world.tr, answerer_id=world.ru, state=state, introduced_at=at, mou_id=world.mou
    )
    loaded = matches.match(match.id)
    if rules.is_open(loaded):
        open_contacts(loaded, checks.facts_of(loaded))
    return int(match.id)


def mails() -> list[OutboxMail]:
    return list(
        db.session.scalars(select(OutboxMail).where(OutboxMail.notice == "follow_up").order_by(OutboxMail.id))
    )


def token_of(mail: OutboxMail) -> str:
    found = re.search(r"/follow-ups/(\S+)", mail.text)
    assert found
    return found[1]


def asked() -> set[tuple[int, int, int]]:
    rows = db.session.execute(select(FollowUp.match_id, FollowUp.firm_id, FollowUp.days))
    return {(row[0], row[1], row[2]) for row in rows}


@pytest.fixture
def world(app: Flask, given: Given) -> World:
    with given():
        return make_world()


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_each_day_has_a_window_and_no_two_overlap() -> None:
    now = clock.now()
    windows = rules.due_windows(now)
    assert set(windows) == {30, 90, 180, 365}
    ends = [moment for window in reversed(windows.values()) for moment in window]
    assert ends == sorted(ends)
    assert rules.last_day(now + rules.LINK_TIME) == (now + timedelta(days=29)).date()


@pytest.mark.data
def test_both_firms_are_asked_once_with_one_mail_for_each_contact(world: World, inside: None) -> None:
    match = introduced(world, 31)
    assert services.ask_due() == 2
    assert services.ask_due() == 0
    assert asked() == {(match, world.tr, 30), (match, world.ru, 30)}
    sent = mails()
    assert len(sent) == len({mail.to_address for mail in sent}) == 2
    assert all(mail.secret for mail in sent)
    turkish = sent[0]
    assert "How does it stand with Volga Pump?" in turkish.subject
    assert db.session.scalar(select(func.count()).select_from(FollowUpLink)) == 2
    assert db.session.scalar(select(func.count()).where(AuditEntry.entity == "follow_up")) == 2


@pytest.mark.data
def test_two_workers_at_once_ask_once(
    app: Flask, world: World, given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        introduced(world, 95)

    def works() -> int:
        with unit_of_work():
            return services.ask_due()

    results = concurrently(works, works, works)

    assert sorted(results) == [0, 0, 2]
    with app.app_context():
        assert {days for _match, _firm, days in asked()} == {90}
        assert len(mails()) == 2


@pytest.mark.data
def test_the_database_keeps_an_asking_once(
    world: World, inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduced(world, 40)
    services.ask_due()
    once = queries.Due(db.session.scalars(select(Match.id)).one(), world.tr, 30)
    monkeypatch.setattr(queries, "due", lambda _now: [once])
    monkeypatch.setattr(queries, "is_asked", lambda _one: False)
    assert services.ask_due() == 0
    assert len(mails()) == 2


@pytest.mark.parametrize("days", [5, 29, 61, 121, 400])
def test_nobody_is_asked_too_early_or_long_after(world: World, inside: None, days: int) -> None:
    introduced(world, days)
    assert services.ask_due() == 0


def test_nothing_is_asked_of_ended_matches_and_of_firms_that_left(world: World, inside: None) -> None:
    match = introduced(world, 31, MatchState.CLOSED)
    assert services.ask_due() == 0
    db.session.get_one(Match, match).state = MatchState.PARTNERSHIP
    db.session.get_one(Firm, world.ru).state = FirmState.SUSPENDED
    db.session.flush()
    assert services.ask_due() == 1
    assert asked() == {(match, world.tr, 30)}


def test_without_disclosed_contacts_those_who_speak_for_the_firm_are_asked(
    world: World, inside: None
) -> None:
    match = introduced(world, 31)
    db.session.get_one(Match, match).contacts_opened_at = None
    muted = MutedCategory(person_id=world.people["editor_tr"], category=NoticeCategory.MATCHES)
    db.session.add(muted)
    services.ask_due()
    people = set(db.session.scalars(select(FollowUpLink.person_id)))
    assert people == {world.people[who] for who in ("firm_tr", "firm_ru", "editor_ru")}


def test_where_nobody_can_be_asked_the_institution_sees_it(world: World, inside: None) -> None:
    match = introduced(world, 31)
    db.session.get_one(Match, match).contacts_opened_at = None
    for who in ("firm_tr", "editor_tr"):
        db.session.add(MutedCategory(person_id=world.people[who], category=NoticeCategory.MATCHES))
    services.ask_due()
    assert services.ask_due() == 0
    counts = queries.counts(world.actor("staff_tr"), None)
    assert counts[FollowUpState.UNREACHABLE] == 1


@pytest.fixture
def link(world: World, inside: None) -> FollowUpLink:
    """The link of the Turkish firm's contact person."""
    introduced(world, 31)
    services.ask_due()
    return queries.link_of(token_of(mails()[0]))


def test_an_answer_is_kept_and_moves_nothing(world: World, link: FollowUpLink) -> None:
    kept = services.answer(world.actor("stranger"), link, SAID)
    assert (kept.standing, kept.next_step, kept.note) == (Standing.IN_TALKS, "Send samples", "Good people")
    assert kept.match.state is MatchState.INTRODUCED
    steps = select(AuditEntry.after).where(AuditEntry.entity == "follow_up", AuditEntry.action == "answer")
    assert db.session.scalars(steps).one() == {"standing": "in_talks", "by": "link", "link": link.id}
    assert not db.session.scalars(select(Notice).where(Notice.kind.startswith("follow_up"))).all()


def test_partnership_and_end_lead_the_members_to_the_match(world: World, link: FollowUpLink) -> None:
    match = link.follow_up.match_id
    for standing in (Standing.PARTNERSHIP, Standing.ENDED):
        given = replace(SAID, standing=standing, seen=link.follow_up.version)
        services.answer(world.actor("stranger"), link, given)
        told = select(Notice.person_id, Notice.path).where(Notice.kind == f"follow_up_{standing.value}")
        found = {(row[0], row[1]) for row in db.session.execute(told)}
        assert found == {
            (world.people[who], f"/matches/{match}") for who in ("firm_tr", "editor_tr", "member_tr")
        }
    assert link.follow_up.match.state is MatchState.INTRODUCED


LACKING: tuple[tuple[dict[str, Any], str | None], ...] = (
    ({"next_step": "x" * 301}, "next_step"),
    ({"note": "x" * 1001}, "note"),
    ({"next_step_on": clock.today() - timedelta(days=2)}, "next_step_on"),
    ({"next_step_on": clock.today() + timedelta(days=2), "next_step": " "}, "next_step"),
    ({"seen": 7}, None),
)


def test_what_an_answer_lacks_is_said_beside_its_field(world: World, link: FollowUpLink) -> None:
    for changed, field in LACKING:
        with pytest.raises(DomainError) as refused:
            services.answer(world.actor("stranger"), link, replace(SAID, **changed))
        assert refused.value.field == field


def test_a_link_ends_with_its_time_with_the_match_and_with_the_person(
    world: World, link: FollowUpLink
) -> None:
    token, actor = token_of(mails()[0]), world.actor("stranger")
    link.expires_at = clock.now()
    with pytest.raises(Conflict, match="expired"):
        services.answer(actor, link, SAID)
    link.expires_at = clock.now() + timedelta(days=1)
    contact = db.session.get_one(ContactPerson, link.contact_id)
    contact.email = "other@example.com"
    db.session.flush()
    with pytest.raises(NotFound):
        queries.link_of(token)
    contact.email = link.address
    matching.close(world.actor("firm_ru"), matches.match(link.follow_up.match_id), code=ReasonCode.CAPACITY)
    with pytest.raises(Conflict, match="ended"):
        services.answer(actor, link, SAID)
    assert queries.counts(world.actor("staff_tr"), 30)[FollowUpState.DROPPED] == 1


def test_links_are_forgotten_a_while_after_their_time(world: World, link: FollowUpLink) -> None:
    assert services.forget_old_links() == 0
    db.session.execute(update(FollowUpLink).values(expires_at=clock.now() - timedelta(days=31)))
    assert services.forget_old_links() == 2


READERS = {
    "firm_tr": {"TR"},
    "member_tr": {"TR"},
    "firm_ru": {"RU"},
    "staff_tr": {"TR"},
    "staff_ru": {"RU"},
    "coordinator_tr": {"TR", "RU"},
    "coordinator_ru": {"TR", "RU"},
    "compliance_tr": set(),
    "stranger": set(),
}


@pytest.mark.data
def test_list_and_rule_show_each_reader_the_same(world: World, inside: None) -> None:
    match = introduced(world, 31)
    services.ask_due()
    countries = {world.tr: "TR", world.ru: "RU"}
    found = queries.of_match(match)
    loaded = matches.match(match)
    for who, expected in READERS.items():
        actor = world.actor(who)
        assert {countries[one.firm_id] for one in found if rules.sees(actor, one, loaded)} == expected, who
        if rules.sees_list(actor):
            listed = queries.listed(actor, FollowUpState.ASKED, 30, 1)
            assert {countries[one.firm_id] for one in listed.items} == expected, who


def test_states_of_the_list_are_those_of_the_rule(world: World, inside: None) -> None:
    now, match = clock.now(), introduced(world, 400)
    for days, age, values in (
        (30, 1, {}),
        (90, 15, {}),
        (180, 3, {"standing": Standing.ENDED, "answered_at": now}),
        (365, 3, {"reached": 0}),
    ):
        at = now - timedelta(days=age)
        FollowUpFactory(match_id=match, firm_id=world.tr, days=days, asked_at=at, **values)
    actor, expected = (
        world.actor("coordinator_ru"),
        {30: "asked", 90: "overdue", 180: "answered", 365: "unreachable"},
    )
    for one in queries.of_match(match):
        state = rules.state_of(one, matches.match(match), now)
        assert state == expected[one.days]
        assert [row.days for row in queries.listed(actor, state, None, 1).items] == [one.days]
    assert queries.counts(actor, None)[FollowUpState.ANSWERED] == 1
    assert queries.listed(actor, None, 90, 1).paging.total == 1


def test_the_page_of_a_link_is_answered_without_an_account(app: Flask, world: World, given: Given) -> None:
    with given():
        match = introduced(world, 31)
        services.ask_due()
        url = f"/follow-ups/{token_of(mails()[0])}"
    visitor = app.test_client()
    assert isinstance(visitor, Client)
    assert "Volga Pump" in visitor.get(url).text
    typed = {"next_step": "We visit them", "next_step_on": "nonsense", "note": "By train"}
    refused = visitor.submit(url, typed)
    assert refused.status_code == 422
    for kept in ("Choose how it stands.", "Enter a date", "We visit them", "nonsense", "By train"):
        assert kept in refused.text
    future = (clock.today() + timedelta(days=20)).strftime("%d.%m.%Y")
    sent = typed | {"standing": "partnership", "next_step_on": future}
    first = visitor.submit(url, sent)
    assert first.status_code == 303
    again = visitor.get(url).text
    assert "You can still change it" in again
    assert f"/matches/{match}" in again
    late = visitor.send(url, sent | {"seen": "1"})
    assert late.status_code == 422
    assert "has answered meanwhile" in late.text
    assert visitor.get(f"/matches/{match}").status_code == 303
    member = app.test_client().sign_in(world.people["member_tr"])
    assert "once somebody of your firm records it" in member.get(f"/matches/{match}").text
    staff = app.test_client().sign_in(world.people["staff_tr"])
    listed = staff.get("/follow-ups?state=answered&days=30").text
    assert "We visit them" in listed
    assert "We visit them" in staff.get(f"/matches/{match}").text
    other = app.test_client().sign_in(world.people["firm_ru"])
    assert "We visit them" not in other.get(f"/matches/{match}").text


def test_a_link_after_its_time_names_no_firm(app: Flask, world: World, given: Given) -> None:
    with given():
        introduced(world, 31)
        services.ask_due()
        url = f"/follow-ups/{token_of(mails()[0])}"
        db.session.execute(update(FollowUpLink).values(expires_at=clock.now()))
    visitor = app.test_client()
    assert isinstance(visitor, Client)
    for page in (visitor.get(url), visitor.send(url, {"standing": "ended", "seen": "1"})):
        assert page.status_code == 410
        assert "This link has expired" in page.text
        assert "Volga" not in page.text
