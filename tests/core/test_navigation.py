"""The navigation is put together once a page, for its badges are counted in the database."""

from typing import Any

from matchmaker.core import navigation
from matchmaker.core.access import public
from matchmaker.core.actor import Actor
from matchmaker.core.navigation import Place, add_place
from tests.clients import Client


def test_a_badge_is_counted_once_for_all_menus_of_a_page(client: Client, monkeypatch: Any) -> None:
    counted: list[int] = []

    def count(actor: Actor) -> int:
        counted.append(actor.person_id)
        return 7

    monkeypatch.setattr(navigation, "_places", [])
    add_place(Place("home.contact", "Counted", "mail", public, 1, tab=True, badge=count))
    add_place(Place("home.privacy", "Not in the bar", "mail", public, 2))

    page = client.get("/contact").text

    assert counted == [0]
    assert page.count('Counted <span class="count">7</span>') == 2
    with client.application.test_request_context("/contact"):
        assert [place.label for place in navigation.shown_places()] == ["Counted", "Not in the bar"]
        assert [(place.label, place.badge) for place in navigation.shown_places(tabs=True)] == [
            ("Counted", 7)
        ]
        assert len(counted) == 2


def test_each_page_counts_anew(client: Client, monkeypatch: Any) -> None:
    numbers = iter((3, 4))
    monkeypatch.setattr(navigation, "_places", [])
    add_place(Place("home.contact", "Counted", "mail", public, 1, badge=lambda actor: next(numbers)))

    assert 'Counted <span class="count">3</span>' in client.get("/contact").text
    assert 'Counted <span class="count">4</span>' in client.get("/contact").text
