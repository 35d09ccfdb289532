"""The page of notices and the outbox, as people see them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from matchmaker.accounts.models import Person
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.mail import MailState, OutboxMail, queue_mail
from matchmaker.notifications import queries, services
from matchmaker.notifications.enums import NewsCategory
from tests.clients import HTMX, Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.saved import wish_for_mails

Given = Callable[[], Any]
TOKEN = "t" * 43


@pytest.fixture
def reader(given: Given) -> Person:
    with given():
        person: Person = PersonFactory()
        services.notify(person.id, "match_asked", "Bağ Ltd. Şti.", "/settings", "event 1")
        services.notify(person.id, "message", "Bağ Ltd. Şti.", "/settings", "event 2")
    return person


class TestNotices:
    def test_are_listed_with_their_number_in_the_navigation(self, client: Client, reader: Person) -> None:
        page = client.sign_in(reader).get("/notices")

        assert "Bağ Ltd. Şti. asks to be introduced to you." in page.text
        assert '<span class="count">2</span>' in page.text

    def test_page_and_fragment(self, client: Client, reader: Person) -> None:
        part = client.sign_in(reader).get("/notices", headers=HTMX)

        assert part.text.lstrip().startswith('<div id="notices"')

    def test_opened_one_is_read_and_leads_to_its_page(self, client: Client, reader: Person) -> None:
        answer = client.sign_in(reader).submit("/notices", form="/notices/1/open")

        assert answer.location == "/settings"
        assert '<span class="count">1</span>' in client.get("/notices").text

    def test_all_are_marked_as_read(self, client: Client, reader: Person) -> None:
        client.sign_in(reader).submit("/notices", form="/notices/read")

        assert 'class="count"' not in client.get("/notices").text

    def test_of_others_are_not_known(self, client: Client, reader: Person, given: Given) -> None:
        with given():
            other = PersonFactory()
        client.sign_in(other)

        assert client.send("/notices/1/open").status_code == 404
        assert "Bağ" not in client.get("/notices").text

    def test_mail_is_chosen_by_category(self, client: Client, reader: Person) -> None:
        client.sign_in(reader).submit("/settings/notices", {"categories": ["messages"]})
        page = client.get("/settings/notices").text

        assert page.count("checked") - page.count("data-keys-switch checked") == 1


class TestNews:
    def test_come_only_when_asked_for_and_end_again(self, app: Flask, client: Client, reader: Person) -> None:
        client.sign_in(reader)
        seen = []
        for chosen in ([], ["saved_searches"], ["saved_searches"], []):
            client.submit("/settings/notices", {"categories": ["messages"], "news": chosen})
            with app.app_context():
                seen.append(queries.wants_news(reader.id))

        news = frozenset({NewsCategory.SAVED_SEARCHES})
        assert seen == [frozenset(), news, news, frozenset()]

    def test_end_by_one_post_without_signing_in_and_without_tokens(
        self, app: Flask, client: Client, reader: Person, given: Given
    ) -> None:
        with given():
            _asked, token = wish_for_mails(reader.id)
        address = f"/unsubscribe/{token}"

        looked = client.get(f"{address}?lang=ru")
        assert client.head(address).status_code == 200
        with app.app_context():
            assert queries.wants_news(reader.id)
        answers = [client.post(address, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]

        assert "Отказаться от писем" in looked.text
        assert [answer.status_code for answer in answers] == [200, 200]
        with app.app_context():
            assert queries.wants_news(reader.id) == frozenset()
        assert client.get(f"/unsubscribe/{token}x").status_code == 404
        assert client.post(f"/unsubscribe/{token}x").status_code == 404

    def test_link_of_an_old_mail_ends_what_was_asked_for_again(
        self, app: Flask, client: Client, reader: Person, given: Given
    ) -> None:
        with given():
            asked, token = wish_for_mails(reader.id)
            address = services.unsubscribe_url(asked)
        assert address == f"http://localhost/unsubscribe/{token}"
        client.post(f"/unsubscribe/{token}")
        client.sign_in(reader).submit("/settings/notices", {"news": ["saved_searches"]})

        page = client.submit(f"/unsubscribe/{token}?lang=en", form=f"/unsubscribe/{token}")

        assert "These mails have ended" in page.text
        with app.app_context():
            assert queries.wants_news(reader.id) == frozenset()


@pytest.fixture
def outbox(given: Given) -> dict[str, Any]:
    with given():
        agency, other = InstitutionFactory(), InstitutionFactory(country="RU")
        operator = InstitutionFactory(kind="operator", country=None)
        people = {
            "staff": official(agency, InstitutionRole.STAFF),
            "other": official(other, InstitutionRole.STAFF),
            "operator": official(operator, InstitutionRole.ADMINISTRATOR),
            "person": PersonFactory(),
        }
        queue_mail(
            "invitation", to="new@example.com", language="en", institution_id=agency.id,
            inviter="Ayşe", institution="Agency", role="Staff", token=TOKEN,
        )  # fmt: skip
        queue_mail("reset", to="b@example.com", language="en", name="B", token=TOKEN)
    return people


class TestOutbox:
    def test_is_seen_by_the_own_institution_and_whole_by_the_operator(
        self, app: Flask, outbox: dict[str, Any]
    ) -> None:
        seen = {}
        for who, person in outbox.items():
            client = app.test_client()
            assert isinstance(client, Client)
            client.sign_in(person)
            text = client.get("/mail").text
            one = [client.get(f"/mail/{number}").status_code for number in (1, 2)]
            seen[who] = ("new@example.com" in text, "b@example.com" in text, *one)

        assert seen == {
            "staff": (True, False, 200, 404),
            "other": (False, False, 404, 404),
            "operator": (True, True, 200, 200),
            "person": (False, False, 404, 404),
        }

    def test_hides_the_links_that_are_for_the_reader_only(
        self, client: Client, outbox: dict[str, Any]
    ) -> None:
        client.sign_in(outbox["operator"])

        for path in ("/mail/2", "/mail/2/html"):
            page = client.get(path)
            assert page.status_code == 200
            assert TOKEN not in page.text

    def test_frame_may_run_nothing(self, client: Client, outbox: dict[str, Any]) -> None:
        headers = client.sign_in(outbox["operator"]).get("/mail/1/html").headers

        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "sandbox" in headers["Content-Security-Policy"]

    def test_list_is_filtered_by_state_also_as_fragment(self, client: Client, outbox: dict[str, Any]) -> None:
        client.sign_in(outbox["operator"])
        part = client.get("/mail?state=queued", headers=HTMX).text

        assert part.lstrip().startswith('<div id="mails"')
        assert "b@example.com" in part
        assert "b@example.com" not in client.get("/mail?state=sent").text
        assert client.get("/mail?state=nonsense").status_code == 200

    def test_failed_mail_is_sent_again(self, app: Flask, client: Client, outbox: dict[str, Any]) -> None:
        with app.app_context():
            db.session.get_one(OutboxMail, 1).state = MailState.FAILED
            db.session.commit()
        client.sign_in(outbox["staff"]).submit("/mail/1", form="/mail/1/send")

        with app.app_context():
            assert db.session.get_one(OutboxMail, 1).state is MailState.QUEUED
        assert client.send("/mail/1/send").status_code == 409

    def test_mail_is_held_back_and_edited(self, app: Flask, client: Client, outbox: dict[str, Any]) -> None:
        outbox["staff"].language = "en"
        client.sign_in(outbox["staff"]).submit("/mail/1", form="/mail/1/hold")
        shown = client.get("/mail/1/edit?lang=en").text
        refused = client.send("/mail/1/edit", {"subject": "Hi", "text": "No way in", "version": "0"})
        client.submit("/mail/1/edit", {"subject": "Hi", "text": "Dear all,\n\n{link}"}, form="/mail/1/edit")
        late = client.send("/mail/1/edit", {"subject": "Mine", "text": "{link}", "version": "0"})

        assert TOKEN not in shown
        assert refused.status_code == 422
        assert 'id="text-error"' in refused.text
        assert "No way in</textarea>" in refused.text
        assert late.status_code == 409
        assert 'value="Mine"' in late.text
        assert "What stands now" in late.text
        with app.app_context():
            mail = db.session.get_one(OutboxMail, 1)
            assert (mail.subject, mail.state) == ("Hi", MailState.DRAFT)
            assert TOKEN in mail.text
        client.submit("/mail/1", form="/mail/1/send")
        assert client.get("/mail/1/edit").status_code == 409
