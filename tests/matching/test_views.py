"""The pages of matches and approvals: what each reader sees, page and fragment, good input and bad."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.firms import queries as firm_queries
from matchmaker.firms.enums import FirmState, Side
from matchmaker.firms.models import FirmProduct
from matchmaker.matching import notices, queries, services
from matchmaker.matching.decisions import screen_both
from matchmaker.matching.enums import DecisionKind, MatchState
from matchmaker.matching.models import Match
from matchmaker.mous.models import MouTransferBasis
from tests.clients import HTMX, Client
from tests.matching.world import TEXT, World, make_firm

Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def match_id(world: World, given: Given) -> int:
    """A request of the Turkish firm that waits for the Russian one."""
    with given():
        return services.ask(world.actor("firm_tr"), world.firm("TR"), world.firm("RU"), text=TEXT).id


@pytest.fixture
def agreed_id(world: World, match_id: int, given: Given) -> int:
    with given():
        return services.agree(world.actor("firm_ru"), queries.match(match_id)).id


@pytest.fixture
def introduced_id(world: World, agreed_id: int, given: Given) -> int:
    with given():
        for name in ("coordinator_tr", "coordinator_ru"):
            services.decide(world.actor(name), queries.match(agreed_id), DecisionKind.APPROVE)
    return agreed_id


@pytest.fixture
def browser(app: Flask, world: World) -> Callable[[str], Client]:
    """A signed-in client of somebody of the world."""

    def signed_in(name: str) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(world.people[name])

    return signed_in


Browser = Callable[[str], Client]


def state_of(app: Flask, match_id: int) -> MatchState:
    with app.app_context():
        return queries.match(match_id).state


def words(html: str) -> str:
    """The visible words of a page in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class TestAsk:
    def test_shows_both_sides_and_the_places_left(self, browser: Browser, world: World) -> None:
        page = browser("firm_tr").get(f"/firms/{world.ru}/ask")

        assert page.status_code == 200
        assert "5 requests left" in page.text
        assert "Anadolu Vana (you)" in words(page.text)
        assert page.text.index("Anadolu Vana</a>") < page.text.rindex("Volga Pump</a>")

    def test_sends_the_request_and_shows_the_match(self, browser: Browser, world: World) -> None:
        client = browser("editor_tr")

        answer = client.submit(f"/firms/{world.ru}/ask", {"text": TEXT}, follow_redirects=True)

        assert "Your request is sent" in answer.text
        assert TEXT in answer.text
        assert "Waiting for the answer of Volga Pump" in answer.text

    def test_contact_data_in_the_text_are_refused_beside_it_and_what_was_typed_stays(
        self, browser: Browser, world: World
    ) -> None:
        typed = f"{TEXT} Tel. 0532 123 45 67"
        answer = browser("firm_tr").submit(f"/firms/{world.ru}/ask", {"text": typed})

        assert answer.status_code == 422
        assert "“0532 123 45 67” looks like a telephone number." in answer.text
        assert typed in answer.text

    def test_keeps_what_was_typed_when_it_is_too_short(self, browser: Browser, world: World) -> None:
        answer = browser("firm_tr").submit(f"/firms/{world.ru}/ask", {"text": "Hello"})

        assert answer.status_code == 422
        assert "Write at least 20 letters" in answer.text
        assert re.search(r"<textarea[^>]*>\s*Hello</textarea>", answer.text)
        assert "Error:" in answer.text

    def test_fragment_is_part_of_the_page(self, browser: Browser, world: World) -> None:
        client = browser("firm_tr")

        fragment = client.get(f"/firms/{world.ru}/ask", headers=HTMX).text

        assert fragment.strip().startswith('<div id="ask"')
        assert "<html" not in fragment

    def test_no_place_left_says_when_one_returns(
        self, browser: Browser, world: World, given: Given, make_app: Any
    ) -> None:
        with given():
            for place in range(5):
                other = make_firm(f"Firm {place}", "RU", offers="732599", seeks="848180")
                services.ask(world.actor("firm_tr"), world.firm("TR"), firm_queries.firm(other.id), text=TEXT)
        client = browser("firm_tr")

        page = client.get(f"/firms/{world.ru}/ask")
        sent = client.send(f"/firms/{world.ru}/ask", {"text": TEXT})

        assert "A place returns when" in page.text
        assert "<textarea" not in page.text
        assert sent.status_code == 422

    def test_a_pair_with_a_living_match_is_led_there(
        self, browser: Browser, world: World, match_id: int
    ) -> None:
        client = browser("firm_tr")

        assert f'href="/matches/{match_id}"' in client.get(f"/firms/{world.ru}/ask").text
        assert client.send(f"/firms/{world.ru}/ask", {"text": TEXT}).status_code == 409

    @pytest.mark.parametrize("name", ["member_tr", "firm_ru", "stranger", "coordinator_tr"])
    def test_is_not_there_for_others(self, browser: Browser, world: World, name: str) -> None:
        assert browser(name).get(f"/firms/{world.ru}/ask").status_code == 404


class TestIndex:
    def test_lists_by_what_waits_for_whom(self, browser: Browser, world: World, match_id: int) -> None:
        asker, answerer = browser("firm_tr").get("/matches").text, browser("firm_ru").get("/matches").text

        assert "Waiting for the answer of Volga Pump" in asker
        assert "Your answer is needed until" in answerer
        assert re.search(r'aria-current="page">Waiting for you <span class="count">1<', answerer)
        # The state says whose turn it is: the firm that was asked has not asked.
        assert re.search(r'class="badge[^"]*">(<[^>]*>)*Waiting for you<', answerer)
        assert re.search(r'class="badge[^"]*">(<[^>]*>)*Asked<', asker)

    @pytest.mark.parametrize("tab", ["you", "others", "introduced", "ended", "nonsense"])
    def test_every_tab_is_an_address(self, browser: Browser, match_id: int, tab: str) -> None:
        assert browser("firm_tr").get(f"/matches?tab={tab}").status_code == 200

    def test_fragment_is_part_of_the_page(self, browser: Browser, match_id: int) -> None:
        client = browser("firm_tr")

        page, fragment = client.get("/matches").text, client.get("/matches", headers=HTMX).text

        assert fragment.strip() in page
        assert fragment.strip().startswith('<div id="matches"')

    def test_empty_list_shows_the_way(self, browser: Browser) -> None:
        assert "Nothing here" in browser("firm_tr").get("/matches").text

    def test_is_for_members_of_firms(self, browser: Browser) -> None:
        assert browser("stranger").get("/matches").status_code == 404
        assert browser("coordinator_tr").get("/matches").status_code == 404

    def test_needs_few_statements(
        self, browser: Browser, world: World, given: Given, count_statements: Any
    ) -> None:
        client = browser("firm_tr")
        with given():
            for place in range(4):
                other = make_firm(f"Firm {place}", "RU", offers="732599", seeks="848180")
                services.ask(world.actor("firm_tr"), world.firm("TR"), firm_queries.firm(other.id), text=TEXT)
        with count_statements() as sent:
            client.get("/matches?tab=others")

        assert len(sent) < 25


class TestShow:
    def test_shows_why_they_fit_and_what_to_do(self, browser: Browser, world: World, match_id: int) -> None:
        page = browser("firm_ru").get(f"/matches/{match_id}").text

        assert "Volga Pump (you)" in words(page)
        assert "Agree to the introduction" in page
        assert page.count('class="btn btn--primary') == 1
        assert "Contacts open to both firms at the same moment" in page
        assert "@example.com" not in page.split('id="main"')[1]

    def test_fragment_is_part_of_the_page(self, browser: Browser, match_id: int) -> None:
        fragment = browser("firm_ru").get(f"/matches/{match_id}", headers=HTMX).text

        assert fragment.strip().startswith('<div id="match"')
        assert "<html" not in fragment

    def test_a_member_without_a_voice_reads_only(self, browser: Browser, match_id: int) -> None:
        page = browser("member_ru").get(f"/matches/{match_id}").text

        assert "Agree to the introduction" not in page
        assert browser("member_ru").send(f"/matches/{match_id}/agree").status_code == 404

    def test_agreeing_leads_to_the_coordinators(self, app: Flask, browser: Browser, match_id: int) -> None:
        answer = browser("firm_ru").submit(f"/matches/{match_id}", form="/agree", follow_redirects=True)

        assert "The coordinators check now" in answer.text
        assert state_of(app, match_id) is MatchState.AGREED

    def test_declining_needs_a_reason(self, app: Flask, browser: Browser, match_id: int) -> None:
        client = browser("firm_ru")

        failed = client.submit(f"/matches/{match_id}", {"reason": ""}, form="refuse")
        assert failed.status_code == 422
        assert "Choose a reason." in failed.text
        assert state_of(app, match_id) is MatchState.ASKED

        failed = client.submit(
            f"/matches/{match_id}", {"reason": "capacity", "note": "Ask b@firm.example"}, form="refuse"
        )
        assert failed.status_code == 422
        assert "“b@firm.example” looks like an e-mail address." in failed.text
        assert state_of(app, match_id) is MatchState.ASKED

        done = client.submit(
            f"/matches/{match_id}",
            {"reason": "capacity", "note": "Next year."},
            form="refuse",
            follow_redirects=True,
        )
        assert "No capacity at the moment" in done.text
        assert "Next year." in browser("firm_tr").get(f"/matches/{match_id}").text

    def test_a_step_out_of_turn_is_refused_clearly_and_logged(
        self, app: Flask, browser: Browser, introduced_id: int
    ) -> None:
        answer = browser("firm_tr").send(f"/matches/{introduced_id}/withdraw")

        assert answer.status_code == 409
        assert "no longer possible" in answer.text
        assert "Introduced" in answer.text
        with app.app_context():
            assert refusals("withdraw", introduced_id) == 1

    def test_double_click_has_one_effect(self, app: Flask, browser: Browser, match_id: int) -> None:
        client = browser("firm_ru")
        data = {"csrf_token": client.csrf_token(), "once": client.once()}

        first = client.post(f"/matches/{match_id}/agree", data=data)
        second = client.post(f"/matches/{match_id}/agree", data=data)

        assert (first.status_code, second.status_code) == (303, 303)
        assert first.headers["Location"] == second.headers["Location"]
        assert state_of(app, match_id) is MatchState.AGREED

    def test_reading_opened_contacts_is_logged_one_by_one(
        self, browser: Browser, introduced_id: int, world: World, given: Given
    ) -> None:
        browser("coordinator_tr").get(f"/approvals/{introduced_id}")
        browser("firm_tr").get(f"/matches/{introduced_id}")
        with given():
            lines = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "read")).all()
            shown = [one.id for one in queries.disclosed_contacts(queries.match(introduced_id), world.ru)]
            told = [
                (world.people["firm_tr"], "contact_person", number, {"fields": ["email", "phone"]})
                for number in shown
            ]
            assert [(one.actor_id, one.entity, one.entity_id, one.after) for one in lines] == told
            assert shown

    def test_contacts_are_open_to_both_after_introduction(self, browser: Browser, introduced_id: int) -> None:
        for name, other, own in (("firm_tr", "Volga Pump", "Anadolu"), ("firm_ru", "Anadolu Vana", "Volga")):
            page = browser(name).get(f"/matches/{introduced_id}").text
            card = page.split('id="contacts"')[1].split("</section>")[0]
            assert f"{other} contact 0" in card
            assert f"{other} silent" not in card
            assert own not in card
            assert "open since" in card

    def test_without_basis_the_page_says_why(
        self, app: Flask, browser: Browser, world: World, agreed_id: int, given: Given
    ) -> None:
        with given() as session:
            for row in session.scalars(db.select(MouTransferBasis)):
                session.delete(row)
            session.flush()
            for name in ("coordinator_tr", "coordinator_ru"):
                services.decide(world.actor(name), queries.match(agreed_id), DecisionKind.APPROVE)

        page = browser("firm_tr").get(f"/matches/{agreed_id}").text

        assert state_of(app, agreed_id) is MatchState.INTRODUCED
        assert "No legal basis for passing on contact data from Russia is recorded." in page
        assert "contact 0" not in page

    def test_talks_then_partnership(self, app: Flask, browser: Browser, introduced_id: int) -> None:
        client = browser("firm_tr")

        client.submit(f"/matches/{introduced_id}", form="/talks")
        client.submit(f"/matches/{introduced_id}", form="/partnership")

        assert state_of(app, introduced_id) is MatchState.PARTNERSHIP

    def test_strangers_and_experts_do_not_know_it(self, browser: Browser, match_id: int) -> None:
        assert browser("stranger").get(f"/matches/{match_id}").status_code == 404

    def test_paths_of_notices_are_those_of_the_pages(self, app: Flask) -> None:
        match = Match(id=7)
        with app.test_request_context():
            assert notices.match_path(match) == url_for("matching.show", match_id=7)
            assert notices.approval_path(match) == url_for("matching.approval", match_id=7)


def refusals(action: str, match_id: int) -> int:
    found = db.select(AuditEntry.id).where(
        AuditEntry.action == f"refused:{action}", AuditEntry.entity_id == match_id
    )
    return len(db.session.scalars(found).all())


class TestApprovals:
    def test_both_institutions_see_the_same_checks(self, browser: Browser, agreed_id: int) -> None:
        tables = [
            sorted(re.findall(r"<td>.*?</td>", browser(name).get(f"/approvals/{agreed_id}").text))
            for name in ("coordinator_tr", "coordinator_ru", "compliance_ru", "staff_tr")
        ]

        assert tables[0] == tables[1] == tables[2] == tables[3]
        assert len(tables[0]) == 18
        assert "Valid" in "".join(tables[0])

    def test_opens_the_first_of_the_list(self, browser: Browser, agreed_id: int) -> None:
        page = browser("coordinator_tr").get("/approvals").text

        assert 'class="q-item" aria-current="true"' in page
        assert 'data-key="a"' in page
        assert 'data-key="r"' in page
        assert 'data-key="d"' in page
        assert page.index("Anadolu Vana") < page.index("Volga Pump")

    def test_needs_no_statement_more_for_more_matches(
        self, browser: Browser, world: World, agreed_id: int, given: Given, count_statements: Any
    ) -> None:
        client = browser("coordinator_tr")
        with given():
            screen_both(queries.match(agreed_id))

        def statements() -> int:
            with count_statements() as sent:
                assert client.get("/approvals").status_code == 200
            return len(sent)

        statements()
        few = statements()
        with given():
            for place in range(4):
                other = make_firm(f"Firm {place}", "RU", offers="732599", seeks="848180")
                match = services.ask(
                    world.actor("firm_tr"), world.firm("TR"), firm_queries.firm(other.id), text=TEXT
                )
                match.state, match.answerer_agreed, match.agreed_at = MatchState.AGREED, True, clock.now()
                screen_both(queries.match(match.id))

        assert statements() == few

    @pytest.mark.parametrize(
        "query", ["tab=matches&sort=fit", "tab=other-side", "tab=done", "page=9", "sort=x"]
    )
    def test_every_state_is_an_address(self, browser: Browser, agreed_id: int, query: str) -> None:
        assert browser("coordinator_tr").get(f"/approvals?{query}").status_code == 200

    def test_fragment_is_part_of_the_page(self, browser: Browser, agreed_id: int) -> None:
        fragment = browser("coordinator_tr").get(f"/approvals/{agreed_id}", headers=HTMX).text

        assert fragment.strip().startswith('<div class="queue-record" id="record"')
        assert "<html" not in fragment
        assert "Volga Pump" in fragment

    def test_approval_moves_it_to_the_other_sides_list(
        self, app: Flask, browser: Browser, agreed_id: int
    ) -> None:
        own, other = browser("coordinator_tr"), browser("coordinator_ru")

        answer = own.submit(
            f"/approvals/{agreed_id}",
            {"decision": "approve", "note": "Fine."},
            form="decision",
            follow_redirects=True,
        )

        assert "Approved for your side" in answer.text
        assert "Nothing waits here" in answer.text
        assert "Volga Pump" in own.get("/approvals?tab=other-side").text
        assert "Fine." in other.get(f"/approvals/{agreed_id}").text
        assert "Fine." not in browser("firm_tr").get(f"/matches/{agreed_id}").text

    def test_the_second_approval_introduces(self, app: Flask, browser: Browser, agreed_id: int) -> None:
        for name in ("coordinator_ru", "coordinator_tr"):
            answer = browser(name).submit(
                f"/approvals/{agreed_id}", {"decision": "approve"}, form="decision", follow_redirects=True
            )

        assert "the firms are introduced" in answer.text
        assert state_of(app, agreed_id) is MatchState.INTRODUCED

    def test_a_decision_leads_to_the_next_record_of_the_list(
        self, browser: Browser, world: World, agreed_id: int, given: Given
    ) -> None:
        with given():
            own, other = (
                make_firm("Ege Vana", "TR"),
                make_firm("Don Les", "RU", offers="732599", seeks="848180"),
            )
            following = made_agreed(world, own.id, other.id)
        client, said = browser("coordinator_tr"), {"decision": "question", "note": "Which alloy?"}

        answers = [
            client.submit(f"/approvals/{one}", said, form="decision") for one in (agreed_id, following)
        ]

        places = [one.headers["Location"].partition("?")[0] for one in answers]
        assert places == [f"/approvals/{following}", "/approvals"]

    def test_deciding_twice_for_one_side_is_a_clear_conflict(self, browser: Browser, agreed_id: int) -> None:
        browser("coordinator_tr").send(f"/approvals/{agreed_id}", {"decision": "approve"})

        answer = browser("coordinator_tr2").send(f"/approvals/{agreed_id}", {"decision": "approve"})

        assert answer.status_code == 409
        assert "Your side has decided already" in answer.text

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"decision": "decline", "note": "kept words"}, "Choose a reason."),
            ({"decision": "question", "note": ""}, "Write your question in the note."),
            ({"decision": "introduce"}, "Choose what to do."),
        ],
    )
    def test_bad_input_keeps_the_words(
        self, app: Flask, browser: Browser, agreed_id: int, data: dict[str, str], message: str
    ) -> None:
        answer = browser("coordinator_tr").send(f"/approvals/{agreed_id}", data)

        assert answer.status_code == 422
        assert message in answer.text
        assert data.get("note", "") in answer.text
        assert state_of(app, agreed_id) is MatchState.AGREED

    def test_declining_tells_the_firms_without_the_note(
        self, app: Flask, browser: Browser, agreed_id: int
    ) -> None:
        browser("coordinator_ru").submit(
            f"/approvals/{agreed_id}",
            {"decision": "decline", "reason": "doubtful_data", "note": "Secret file note"},
            form="decision",
        )

        page = browser("firm_tr").get(f"/matches/{agreed_id}").text
        assert state_of(app, agreed_id) is MatchState.REFUSED
        assert "Secret file note" not in page
        assert "Secret file note" in browser("coordinator_tr").get(f"/approvals/{agreed_id}").text

    @pytest.mark.parametrize("name", ["staff_tr", "compliance_tr"])
    def test_others_of_the_institution_read_only(self, browser: Browser, agreed_id: int, name: str) -> None:
        page = browser(name).get(f"/approvals/{agreed_id}").text

        assert 'value="approve"' not in page
        answer = browser(name).send(f"/approvals/{agreed_id}", {"decision": "approve"})
        assert answer.status_code == 403

    def test_firms_and_strangers_do_not_know_it(self, browser: Browser, agreed_id: int) -> None:
        for name in ("firm_tr", "stranger"):
            assert browser(name).get("/approvals").status_code == 404
            assert browser(name).get(f"/approvals/{agreed_id}").status_code == 404

    def test_a_request_is_no_approval_yet(self, browser: Browser, match_id: int) -> None:
        assert browser("coordinator_tr").get(f"/approvals/{match_id}").status_code == 404


class TestCompliance:
    @pytest.fixture
    def flagged_id(self, world: World, match_id: int, given: Given) -> int:
        with given() as session:
            session.add(FirmProduct(firm_id=world.tr, side=Side.OFFERED, hs_code="854231"))
            session.flush()
            services.agree(world.actor("firm_ru"), queries.match(match_id))
        return match_id

    def test_a_flag_holds_up_until_an_officer_records_a_decision(
        self, app: Flask, browser: Browser, flagged_id: int
    ) -> None:
        coordinator, officer = browser("coordinator_tr"), browser("compliance_ru")
        refused = coordinator.submit(f"/approvals/{flagged_id}", {"decision": "approve"}, form="decision")
        assert refused.status_code == 422
        assert "cannot be approved yet: Export control" in refused.text

        officer.submit(
            f"/approvals/{flagged_id}", {"outcome": "override", "reason": "Civil use, seen."}, form="review"
        )

        page = coordinator.get(f"/approvals/{flagged_id}").text
        assert "Overridden" in page
        assert "Civil use, seen." in page
        assert "has to decide" in refused.text
        assert "has to decide" not in page
        assert (
            coordinator.submit(
                f"/approvals/{flagged_id}", {"decision": "approve"}, form="decision"
            ).status_code
            == 303
        )

    def test_a_review_needs_outcome_and_reason(self, browser: Browser, flagged_id: int) -> None:
        answer = browser("compliance_tr").submit(f"/approvals/{flagged_id}", {"reason": ""}, form="review")

        assert answer.status_code == 422
        assert "Give the reason for your decision." in answer.text
        assert "Choose one." in answer.text

    def test_only_officers_review(self, browser: Browser, flagged_id: int) -> None:
        data = {"outcome": "clear", "reason": "x"}

        assert browser("coordinator_tr").send(f"/approvals/{flagged_id}/review", data).status_code == 404

    def test_bulk_leaves_out_and_names_flagged_and_other_states(
        self, app: Flask, browser: Browser, world: World, flagged_id: int, given: Given
    ) -> None:
        with given() as session:
            clean_firm = make_firm("Don Les", "RU", offers="732599", seeks="848180")
            own = make_firm("Ege Vana", "TR")
            clean = made_agreed(world, own.id, clean_firm.id)
            gone = made_agreed(world, own.id, world.ru)
            session.get_one(Match, gone).state = MatchState.WITHDRAWN
            session.get_one(Match, gone).open_pair = None
        client = browser("coordinator_tr")

        chosen = {"selection-selected": [flagged_id, clean, gone, 999], "selection-decision": "approve"}
        answer = client.send("/approvals", chosen, follow_redirects=True)

        shown = words(answer.text)
        assert "1 match approved." in shown
        assert "Left out: Anadolu Vana – Volga Pump. Open: Export control." in shown
        assert "Left out: Ege Vana – Volga Pump. It is in the state “Withdrawn”." in shown
        assert state_of(app, clean) is MatchState.AGREED
        with app.app_context():
            assert [item.country for item in queries.match(clean).decisions] == ["TR"]
            assert queries.match(flagged_id).decisions == []

    def test_bulk_without_selection_says_so(self, browser: Browser, agreed_id: int) -> None:
        answer = browser("coordinator_tr").send("/approvals", {"selection-decision": "approve"})

        assert answer.status_code == 422
        assert "Select at least one match." in answer.text

    def test_several_are_declined_with_one_reason_and_one_in_another_state_is_named(
        self, app: Flask, browser: Browser, world: World, flagged_id: int, given: Given
    ) -> None:
        with given() as session:
            own = make_firm("Ege Vana", "TR")
            gone = made_agreed(world, own.id, world.ru)
            session.get_one(Match, gone).state = MatchState.WITHDRAWN
            session.get_one(Match, gone).open_pair = None
        chosen = {"selection-selected": [flagged_id, gone], "selection-decision": "decline"}
        client = browser("coordinator_tr")

        unexplained = client.send("/approvals", {**chosen, "selection-note": "Seen by phone."})
        assert unexplained.status_code == 422
        assert 'aria-describedby="selection-reason-error"' in unexplained.text
        assert "Seen by phone." in unexplained.text
        assert f'name="selection-selected" value="{flagged_id}" checked' in unexplained.text
        assert state_of(app, flagged_id) is MatchState.AGREED

        chosen["selection-reason"] = "capacity"
        answer = client.send("/approvals", chosen, follow_redirects=True)

        shown = words(answer.text)
        assert "1 match declined." in shown
        assert "Left out: Ege Vana – Volga Pump. It is in the state “Withdrawn”." in shown
        assert state_of(app, flagged_id) is MatchState.REFUSED

    def test_several_are_returned_with_one_question(
        self, app: Flask, browser: Browser, flagged_id: int
    ) -> None:
        chosen = {"selection-selected": [flagged_id], "selection-decision": "question"}
        client = browser("coordinator_ru")

        assert client.send("/approvals", chosen).status_code == 422
        answer = client.send(
            "/approvals", {**chosen, "selection-note": "Which pump is meant?"}, follow_redirects=True
        )

        assert "Question asked about 1 match." in words(answer.text)
        with app.app_context():
            match = queries.match(flagged_id)
            assert match.state is MatchState.AGREED
            assert [(item.country, item.note) for item in match.decisions] == [("RU", "Which pump is meant?")]


def made_agreed(world: World, asker: int, answerer: int) -> int:
    """A match on which both firms agreed, made by hand for firms without members."""
    now = clock.now()
    match = Match(
        asker_id=asker,
        answerer_id=answerer,
        open_pair=f"{min(asker, answerer)}-{max(asker, answerer)}",
        state=MatchState.AGREED,
        origin="search",
        answerer_agreed=True,
        asked_at=now,
        agreed_at=now,
        expires_at=now + timedelta(days=90),
        points=[],
    )
    db.session.add(match)
    db.session.flush()
    screen_both(queries.match(match.id))
    return match.id


class TestPropose:
    def test_leads_from_a_name_to_a_proposal(self, app: Flask, browser: Browser, world: World) -> None:
        client = browser("staff_tr")

        found = client.get("/matches/new?q=anadolu").text
        assert f"/matches/new?own={world.tr}" in found
        chosen = client.get(f"/matches/new?own={world.tr}&q-other=volga").text
        assert f"other={world.ru}" in chosen
        answer = client.submit(
            f"/matches/new?own={world.tr}&other={world.ru}",
            {"text": "You complete each other."},
            follow_redirects=True,
        )

        assert "Both firms are asked now." in answer.text
        assert "You complete each other." in browser("firm_ru").get("/matches/1").text
        assert state_of(app, 1) is MatchState.PROPOSED

    def test_only_firms_of_the_own_side_come_first(self, browser: Browser, world: World) -> None:
        assert "No verified firm of your side" in browser("staff_tr").get("/matches/new?q=volga").text

    def test_an_obstacle_is_shown_and_refused(self, browser: Browser, world: World, given: Given) -> None:
        with given() as session:
            firm = session.get_one(type(world.firm("RU")), world.ru)
            firm.state = FirmState.ON_HOLD

        answer = browser("coordinator_tr").submit(
            f"/matches/new?own={world.tr}&other={world.ru}", {"text": ""}
        )

        assert answer.status_code == 422
        assert "cannot be asked at the moment" in answer.text

    def test_is_not_there_for_firms_and_compliance(self, browser: Browser) -> None:
        for name in ("firm_tr", "compliance_tr", "stranger"):
            assert browser(name).get("/matches/new").status_code == 404
