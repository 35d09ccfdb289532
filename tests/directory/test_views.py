"""The directory and the profile as visitors, firms and staff see them."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.directory import facet_counts, facets, index, views
from matchmaker.firms.enums import ConsentPurpose, FirmState, Side
from matchmaker.firms.models import (
    ContactConsent,
    ContactPerson,
    Firm,
    FirmCertificate,
    FirmLanguage,
    FirmSector,
    FirmText,
)
from matchmaker.firms.services import index_later
from matchmaker.matching.enums import MatchState, WishKind
from matchmaker.matching.models import Wish
from tests.clients import HTMX, Client
from tests.directory.given_firms import OPEN, good, russian, turkish
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.matching import MatchFactory
from tests.factories.mous import mou_between

Given = Callable[[], Any]
ROW = re.compile(r'<article class="listing">.*?</article>', re.DOTALL)
PROFILE = re.compile(r'<h3><a href="/firms/(\d+)"')


def shown(client: Client, address: str = "/firms") -> list[int]:
    """The numbers of the firms on a page, in order."""
    answer = client.get(address)
    assert answer.status_code == 200
    return [int(PROFILE.findall(row)[0]) for row in ROW.findall(answer.text)]


def total(text: str) -> str:
    """What the page says about the number of firms, without markup."""
    found = re.search(r'id="total"[^>]*>(.*?)</p>', text, re.DOTALL)
    assert found
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def counts(text: str, name: str) -> dict[str, int]:
    """The counts of a group of filters by value."""
    pattern = rf'name="{name}" value="([^"]*)".*?class="sr">\(</span>(\d+)'
    return {value: int(number) for value, number in re.findall(pattern, text)}


def memorandum() -> None:
    """A memorandum in force between the two countries."""
    mou_between(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        ["süt", "sut", "SÜT", "küresel vana", "kuresel", "istanbul", "İstanbul", "ISTANBUL", "ışık", "isik"],
    )
    def test_turkish_is_found_in_any_spelling(self, client: Client, given: Given, words: str) -> None:
        with given():
            firm = turkish()
            russian(products=[], region_code="RU-SVE")

        assert shown(client, f"/firms?q={words}") == [firm.id]

    @pytest.mark.parametrize("words", ["Казань", "казань", "Kazan", "kazan litye", "надежный", "корпусами"])
    def test_russian_is_found_in_both_scripts(self, client: Client, given: Given, words: str) -> None:
        with given():
            turkish(products=[])
            firm = russian()

        assert shown(client, f"/firms?q={words}") == [firm.id]

    @pytest.mark.parametrize(
        "words", ["ball valve", "шаровой кран", "küresel vana", "8481", "8481.80", "848180"]
    )
    def test_a_good_is_found_by_its_name_in_any_language_and_by_its_code(
        self, client: Client, given: Given, words: str
    ) -> None:
        with given():
            firm = russian(products=[good("848180")], texts=[])
            turkish(products=[good("080222")], texts=[], sectors=[])

        assert shown(client, f"/firms?q={words}") == [firm.id]

    def test_the_page_says_what_the_words_are_called_elsewhere(self, client: Client, given: Given) -> None:
        with given():
            russian()

        page = client.get("/firms?q=ball+valve").text

        assert re.search(r'id="hint">.*HS 8481.80.*<span lang="tr">[^<]*vana', page)
        assert 'href="/firms?offered=848180"' in page
        # Firms are not searched by the code that a beginning might come to mean.
        assert "by the code" not in client.get("/firms?q=kür").text

    def test_the_search_by_code_is_switched_off_by_the_address(self, client: Client, given: Given) -> None:
        with given():
            by_code = russian(products=[good("848180")], texts=[])
            by_word = turkish(texts=[FirmText(language="en", summary="Ball valve repair")], products=[])

        page = client.get("/firms?q=ball+valve&words=only").text

        assert set(shown(client, "/firms?q=ball+valve")) == {by_code.id, by_word.id}
        assert shown(client, "/firms?q=ball+valve&words=only") == [by_word.id]
        assert (
            'href="/firms?q=ball+valve&amp;words=only">Search only my words'
            in client.get("/firms?q=ball+valve").text
        )
        assert 'href="/firms?q=ball+valve">Search by the code too' in page
        assert '<input type="hidden" name="words" value="only">' in page

    def test_nothing_found_leads_on(self, client: Client, given: Given) -> None:
        with given():
            turkish()

        page = client.get("/firms?q=xyzzyxq&size=small")

        assert page.status_code == 200
        assert "No firm fits all of this" in page.text
        assert "Add “" not in page.text
        assert 'href="/firms?q=xyzzyxq">Take all filters away' in page.text

    def test_filters_that_leave_nothing_lead_to_the_branches_beside_those_of_the_words(
        self, client: Client, given: Given
    ) -> None:
        with given():
            turkish()
            for number, code in enumerate(("29.10", "25.11", "10.71")):
                branch = FirmSector(code=code, revision="NACE2", nace_class=code, main=True)
                facts: dict[str, Any] = {
                    "region_code": "TR-16" if number else "TR-35",
                    "products": [],
                    "texts": [],
                }
                turkish(**facts, legal_name=f"Deneme {number} A.Ş.", sectors=[branch])

        assert len(shown(client, "/firms?q=küresel")) == 1
        page = client.get("/firms?q=küresel&region=TR-16").text

        found = re.findall(
            r'href="(/firms\?[^"]*sector=[^"]*)"', page[page.index("No firm fits all of this") :]
        )
        assert found == ["/firms?region=TR-16&amp;sector=25", "/firms?region=TR-16&amp;sector=10"]
        misspelt = client.get("/firms?q=küresek&region=TR-16").text
        assert "sector=" not in misspelt[misspelt.index("No firm fits all of this") :]

    def test_two_letters_that_are_no_word_ask_for_a_third(self, client: Client, given: Given) -> None:
        with given():
            turkish(legal_name="Un Değirmeni A.Ş.")

        page = client.get("/firms?q=zt").text

        assert len(shown(client, "/firms?q=un")) == len(shown(client, "/firms?q=değ")) == 1
        assert "Type at least three letters" in page
        assert "No firm has “zt” as a whole word" in page
        assert "0 firms" not in page

    def test_nothing_found_offers_wider_codes_and_the_own_list(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            own = turkish()
            person = member_of(own)
            russian(products=[good("848210")], sectors=[])
        client.sign_in(person)

        page = client.get("/firms?q=ball+valve+gazelle").text
        asked = html.unescape(re.findall(r'href="([^"]*registration/sought[^"]*)"', page)[0])
        step = client.get(asked).text

        assert re.search(r'href="/firms\?offered=84">[^<]*</a> <span class="muted">1 firm<', page)
        assert re.search(r'href="/firms\?offered=8482">[^<]*</a> <span class="muted">1 firm<', page)
        assert 'href="/firms?offered=8481"' not in page
        assert 'value="848180"' in step
        assert 'value="ball valve gazelle"' in step
        assert 'value="732510"' in step


class TestSuggestions:
    def kinds(self, client: Client, text: str) -> set[str]:
        answer = client.get("/firms/suggestions", query_string={"q": text}, headers=HTMX)
        assert answer.status_code == 200
        return set(re.findall(r'data-href="([^"]*)"', answer.text))

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("каз", "/firms/{ru}"),
            ("kaza", "/firms/{ru}"),
            ("ışı", "/firms/{tr}"),
            ("ISI", "/firms/{tr}"),
            ("ball val", "/firms?offered=848180"),
            ("val", "/firms?offered=848180"),
            ("шаров", "/firms?offered=848180"),
            ("татар", "/firms?region=RU-TA"),
            ("tatar", "/firms?region=RU-TA"),
            ("İSTAN", "/firms?region=TR-34"),
        ],
    )
    def test_firms_goods_and_places_are_suggested_in_either_script(
        self, client: Client, given: Given, text: str, address: str
    ) -> None:
        with given():
            tr, ru = turkish().id, russian().id

        assert address.format(tr=tr, ru=ru) in self.kinds(client, text)

    @pytest.mark.parametrize("text", ["", "k", "xyzzy", "%", "—"])
    def test_nothing_is_suggested_for_nothing(self, client: Client, given: Given, text: str) -> None:
        with given():
            russian()

        assert self.kinds(client, text) == set()

    def test_the_page_without_script_holds_the_fragment(self, client: Client, given: Given) -> None:
        with given():
            firm = russian()

        page = client.get("/firms/suggestions?q=kazan").text
        part = client.get("/firms/suggestions?q=kazan", headers=HTMX).text

        assert part.strip() in page
        assert f'href="/firms/{firm.id}"' in page

    def test_a_hidden_name_and_a_firm_that_left_are_not_suggested(self, client: Client, given: Given) -> None:
        with given():
            hidden = russian(visibility={**OPEN, "name": "registered"})
            gone = turkish()
            person = member_of(turkish(legal_name="Başka"))
        client.get("/firms")
        with given() as session:
            session.get_one(Firm, gone.id).state = FirmState.SUSPENDED

        assert not [one for one in self.kinds(client, "kazan") if re.fullmatch(r"/firms/\d+", one)]
        assert f"/firms/{gone.id}" not in self.kinds(client, "ışık")
        assert f"/firms/{hidden.id}" in self.kinds(client.sign_in(person), "kazan")


class TestManyFirms:
    """What a page does when counting its filters would be dear; the limits are lowered for the test."""

    def test_dear_groups_come_later(
        self, client: Client, given: Given, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(facets, "AT_ONCE", 1)
        with given():
            turkish()
            russian()

        page = client.get("/firms?partnership=DISTRIBUTION").text
        late = client.get("/firms/filters?partnership=DISTRIBUTION", headers=HTMX).text
        whole = client.get("/firms/filters?partnership=DISTRIBUTION").text
        kept = client.get("/firms/filters?q=vana&words=only&sort=name").text

        assert counts(page, "region") == {"RU-TA": 1, "TR-34": 1}
        assert counts(page, "sector") == {}
        assert 'name="partnership" value="DISTRIBUTION" checked' in page
        assert 'hx-get="/firms/filters?partnership=DISTRIBUTION" hx-trigger="load"' in page
        assert '<a href="/firms/filters?partnership=DISTRIBUTION">Count the other filters too' in page
        assert counts(late, "sector") == {"24": 1, "28": 1}
        assert counts(late, "partnership") == {"DISTRIBUTION": 2}
        assert late.strip() in whole
        assert 'name="words" value="only"' in kept
        assert 'name="sort" value="name"' in kept

    def test_the_dearest_are_left_out_with_a_word(
        self, client: Client, given: Given, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(facets, "AT_ONCE", 1)
        monkeypatch.setattr(facets, "MOST_COUNTED", 1)
        with given():
            turkish()
            russian()

        page = client.get("/firms").text

        assert counts(page, "country") == {"any": 2, "TR": 1, "RU": 1}
        assert counts(page, "sector") == {}
        assert "Too many firms to count the other filters" in page
        assert 'id="late_facets"' not in page

    def test_dear_counts_are_kept_for_a_while(
        self, client: Client, given: Given, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(facet_counts, "CHEAP", 0)
        with given():
            turkish()
        before = counts(client.get("/firms").text, "country")
        with given():
            index_later(russian().id)
        with client.application.app_context():
            index.sync_now()

        assert counts(client.get("/firms").text, "country") == before
        monkeypatch.setattr(facet_counts, "KEPT", 0.0)
        assert counts(client.get("/firms").text, "country") == {"any": 2, "TR": 1, "RU": 1}


class TestFilters:
    def test_counts_are_those_under_the_other_filters(self, client: Client, given: Given) -> None:
        with given():
            turkish()
            turkish(region_code="TR-42", size_class="micro")
            russian()

        everything = client.get("/firms").text
        narrowed = client.get("/firms?size=small").text

        assert counts(everything, "country") == {"any": 3, "TR": 2, "RU": 1}
        assert counts(everything, "region") == {"RU-TA": 1, "TR-34": 1, "TR-42": 1}
        assert counts(everything, "size") == {"small": 2, "micro": 1}
        assert counts(narrowed, "region") == {"RU-TA": 1, "TR-34": 1}
        assert counts(narrowed, "size") == {"small": 2, "micro": 1}
        assert counts(narrowed, "offered") == {"73": 1, "84": 1}
        assert counts(narrowed, "partnership") == {"DISTRIBUTION": 2}

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("country=TR", "tr"),
            ("region=RU-TA", "ru"),
            ("sector=28", "tr"),
            ("offered=84", "tr"),
            ("offered=8481", "tr"),
            ("sought=848180", "ru"),
            ("partnership=DISTRIBUTION:seeks", "tr"),
            ("certificate=ISO9001", "ru"),
            ("language=tr", "tr"),
            ("size=micro", "tr"),
            ("country=TR&country=RU&language=ru", "ru"),
        ],
    )
    def test_each_filter_narrows(self, client: Client, given: Given, query: str, expected: str) -> None:
        with given():
            firms = {"tr": turkish(size_class="micro").id, "ru": russian().id}

        assert shown(client, f"/firms?{query}") == [firms[expected]]

    def test_chosen_filters_stand_as_chips_that_take_themselves_away(
        self, client: Client, given: Given
    ) -> None:
        with given():
            turkish()

        page = client.get("/firms?q=vana&region=TR-34&size=small").text

        assert '<a class="chip" href="/firms?q=vana&amp;size=small">İstanbul' in page or "Istanbul" in page
        assert 'href="/firms?q=vana&amp;size=small"' in page
        assert 'href="/firms?q=vana&amp;region=TR-34"' in page
        assert 'value="TR-34" checked' in page

    def test_codes_from_nowhere_do_no_harm(self, client: Client, given: Given) -> None:
        with given():
            turkish()

        odd = "/firms?country=<script>&region=%00&offered=ABC&sector=%F0%9F%92%A9&certificate='&page=7&size=small"

        assert client.get(odd).status_code == 200
        assert "<script>&" not in client.get(odd).text

    def test_a_long_group_is_folded(self, client: Client, given: Given) -> None:
        regions = ["TR-01", "TR-06", "TR-07", "TR-16", "TR-27", "TR-34", "TR-35", "TR-38", "TR-42"]
        with given():
            for code in regions:
                turkish(region_code=code)

        page = client.get("/firms?region=TR-42").text

        assert len(counts(page, "region")) == len(regions)
        assert 'id="more-region"' in page
        assert page.index('value="TR-42" checked') < page.index('id="more-region"')


class TestFirm:
    def test_a_firm_begins_with_best_fit_in_the_countries_of_its_memorandums(
        self, client: Client, given: Given
    ) -> None:
        with given():
            memorandum()
            person = member_of(turkish())
            worse = russian(products=[good("080222")])
            better = russian()
            turkish()
        client.sign_in(person)

        page = client.get("/firms").text

        assert shown(client) == [better.id, worse.id]
        assert total(page) == "2 firms in Russia"
        assert len(re.findall(r'class="fitpill', page)) == 2
        assert len(shown(client, "/firms?country=any")) == 4

    def test_offer_what_you_need(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            person = member_of(turkish())
            both = russian()
            russian(products=[good("080222")])
            needs = russian(products=[good("848180", Side.SOUGHT)])
        client.sign_in(person)

        page = client.get("/firms?they=offer").text

        assert counts(page, "they") == {"offer": 1, "need": 1}
        assert counts(page, "offered") == {"73": 1}
        assert shown(client, "/firms?they=offer") == [both.id]
        assert sorted(shown(client, "/firms?they=need")) == [both.id, needs.id]
        assert shown(client, "/firms?they=offer&offered=08") == []

    def test_what_fits_is_marked_and_the_match_is_told(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            own, other = turkish(), russian()
            asked = russian()
            MatchFactory(asker_id=own.id, answerer_id=other.id, state=MatchState.ASKED)
            MatchFactory(asker_id=asked.id, answerer_id=own.id, state=MatchState.ASKED)
            person = member_of(own)
        client.sign_in(person)

        rows = {int(PROFILE.findall(row)[0]): row for row in ROW.findall(client.get("/firms").text)}

        assert '<span class="tag tag--hit">ISO 9001</span>' in rows[other.id]
        assert '<span class="tag tag--hit">English</span>' in rows[other.id]
        assert '<span class="tag">Russian</span>' in rows[other.id]
        assert "Introduction asked" in rows[other.id]
        assert "Waiting for you" in rows[asked.id]

    def test_a_firm_one_does_not_want_comes_last(self, client: Client, given: Given) -> None:
        with given() as session:
            memorandum()
            own, better, worse = turkish(), russian(), russian(products=[good("080222")])
            session.add(Wish(firm_id=own.id, other_id=better.id, kind=WishKind.NO_THANKS))
            person = member_of(own)

        assert shown(client.sign_in(person)) == [worse.id, better.id]

    def test_goods_are_named_in_the_language_of_the_reader(self, client: Client, given: Given) -> None:
        with given():
            russian()

        assert "Чугунное литьё" in client.get("/firms?lang=ru").text
        page = client.get("/firms?lang=tr").text
        assert "Küresel vana" in page
        assert "Чугунное литьё" not in page


class TestVisibility:
    """Each test has something that would leak."""

    HIDDEN = {
        **OPEN,
        "texts": "registered",
        "certificates": "registered",
        "size": "registered",
        "name": "registered",
    }

    def hidden(self) -> Firm:
        """A firm whose certificate, size, text and name are for people with an account only."""
        return russian(
            visibility=self.HIDDEN,
            texts=[FirmText(language="ru", summary="Тайныйтекст")],
            certificates=[FirmCertificate(scheme="ISO14001")],
            headcount=77,
        )

    @pytest.mark.parametrize(
        "query", ["q=Тайныйтекст", "certificate=ISO14001", "size=small", "q=Литье+Казань"]
    )
    def test_a_visitor_does_not_find_by_what_is_hidden(
        self, client: Client, given: Given, query: str
    ) -> None:
        with given():
            firm = self.hidden()
            person = member_of(turkish(size_class="micro"))

        assert shown(client, f"/firms?{query}") == []
        assert firm.id in shown(client.sign_in(person), f"/firms?{query}&country=any")

    def test_a_visitor_sees_neither_field_nor_count(self, client: Client, given: Given) -> None:
        with given():
            firm = self.hidden()

        page = client.get("/firms").text

        assert shown(client) == [firm.id]
        assert counts(page, "certificate") == {}
        assert counts(page, "size") == {}
        for secret in ("Казань Литьё", "Kazan Litye", "ISO 14001", "77 people", "Тайныйтекст"):
            assert secret not in page
            assert secret not in client.get(f"/firms/{firm.id}").text

    def test_a_field_for_partners_is_not_found_by_anybody_else(self, client: Client, given: Given) -> None:
        with given():
            firm = russian(visibility={**OPEN, "certificates": "partner"})
            own = turkish()
            person = member_of(own)
        client.sign_in(person)

        assert shown(client, "/firms?certificate=ISO9001&country=any") == []
        assert "ISO 9001" not in client.get(f"/firms/{firm.id}").text
        assert "ISO 9001" not in next(
            row for row in ROW.findall(client.get("/firms?country=any").text) if f"/firms/{firm.id}" in row
        )

    def test_partners_see_what_is_for_them(self, client: Client, given: Given) -> None:
        with given():
            firm = russian(
                visibility={**OPEN, "certificates": "partner"}, address="Baumana 1", town="Kazan town"
            )
            own = turkish()
            MatchFactory(asker_id=own.id, answerer_id=firm.id, state=MatchState.INTRODUCED)
            person = member_of(own)

        page = client.sign_in(person).get(f"/firms/{firm.id}").text

        assert "ISO 9001" in page
        assert "Baumana 1" in page

    def test_the_sort_by_name_does_not_tell_a_hidden_name(self, client: Client, given: Given) -> None:
        with given():
            hidden = turkish(legal_name="Aaa", name_romanised="", visibility={**OPEN, "name": "registered"})
            named = turkish(legal_name="Zzz", name_romanised="")

        assert shown(client, "/firms?sort=name") == [named.id, hidden.id]

    def test_a_firm_leaves_at_once_before_the_index_knows(self, client: Client, given: Given) -> None:
        with given():
            firm, other = turkish(), russian()
        assert len(shown(client)) == 2
        with given() as session:
            session.get_one(Firm, firm.id).state = FirmState.SUSPENDED

        assert shown(client) == [other.id]
        assert total(client.get("/firms").text) == "1 firm"
        assert client.get(f"/firms/{firm.id}").status_code == 303

    def test_the_fit_does_not_tell_hidden_fields(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            firm = russian(
                visibility={**OPEN, "certificates": "staff", "partnerships": "staff"},
                languages=[FirmLanguage(language="en")],
            )
            person = member_of(turkish())

        page = client.sign_in(person).get(f"/firms/{firm.id}").text

        assert "The other firm does not show this field" in page
        assert "They hold ISO" not in page
        assert "Languages in common" not in page


class TestFragment:
    def test_htmx_gets_what_changes_and_a_clean_address(self, client: Client, given: Given) -> None:
        with given():
            firm = turkish()

        answer = client.get("/firms?q=vana&sort=&they=", headers=HTMX)

        assert answer.headers["HX-Push-Url"] == "/firms?q=vana"
        assert answer.text.lstrip().startswith('<div class="stack gap-3" id="results">')
        assert "<form" not in answer.text
        assert f"/firms/{firm.id}" in answer.text
        assert 'hx-swap-oob="innerHTML:#facets"' in answer.text
        assert 'hx-swap-oob="innerHTML:#total"' in answer.text

    def test_an_address_shown_already_is_not_pushed_again(self, client: Client, given: Given) -> None:
        with given():
            turkish()

        answer = client.get(
            "/firms?q=vana", headers=HTMX | {"HX-Current-URL": "http://localhost/firms?q=vana"}
        )

        assert answer.headers["HX-Push-Url"] == "false"

    def test_going_back_gets_the_whole_page(self, client: Client, given: Given) -> None:
        with given():
            turkish()

        answer = client.get("/firms?q=vana", headers=HTMX | {"HX-History-Restore-Request": "true"})

        assert answer.text.startswith("<!doctype html>")

    def test_the_page_is_a_get_form_with_a_button(self, client: Client, given: Given) -> None:
        with given():
            turkish()

        page = client.get("/firms").text

        assert re.search(r'<form id="directory"[^>]* action="/firms" method="get"', page)
        assert re.search(r'<button class="btn btn--primary" type="submit"', page)
        assert 'aria-live="polite"' in page

    def test_pages_follow_one_another_and_keep_the_search(self, client: Client, given: Given) -> None:
        with given():
            firms = [turkish().id for _ in range(23)]

        first, second = (
            shown(client, "/firms?q=vana&sort=newest"),
            shown(client, "/firms?q=vana&sort=newest&page=2"),
        )

        assert first + second == sorted(firms, reverse=True)
        page = client.get("/firms?q=vana&sort=newest").text
        assert 'rel="next" href="/firms?q=vana&amp;sort=newest&amp;page=2"' in page
        assert "1 to 20 of 23" in page
        beyond = client.get("/firms?q=vana&sort=newest&page=3").text
        assert '<a href="/firms?q=vana&amp;sort=newest">To the first page' in beyond
        assert "No firm fits" not in beyond


class TestStatements:
    """A list costs the same number of statements whatever its length."""

    def statements(self, client: Client, count_statements: Any, address: str) -> int:
        client.get(address)
        with count_statements() as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    def test_visitor(self, client: Client, given: Given, count_statements: Any) -> None:
        with given():
            turkish()
        few = self.statements(client, count_statements, "/firms")
        with given():
            for _ in range(12):
                russian()
        with client.application.app_context():
            index.rebuild_index()

        assert self.statements(client, count_statements, "/firms") == few
        assert few <= 8

    def test_firm(self, client: Client, given: Given, count_statements: Any) -> None:
        with given():
            memorandum()
            person = member_of(turkish())
            russian()
            russian()
        client.sign_in(person)
        few = self.statements(client, count_statements, "/firms")
        with given():
            for _ in range(12):
                russian()
        with client.application.app_context():
            index.rebuild_index()

        assert self.statements(client, count_statements, "/firms") == few
        assert few <= 30


class TestProfile:
    def test_a_visitor_reads_what_is_public(self, client: Client, given: Given) -> None:
        with given():
            firm = russian()

        page = client.get(f"/firms/{firm.id}").text

        assert "<h1>Kazan Litye</h1>" in page
        assert '<p class="muted" lang="ru">ООО «Казань Литьё»</p>' in page
        assert "7325.10" in page
        assert 'lang="ru">Отливаем корпуса насосов' in page
        assert "Sign in to see the fit" in page

    def test_texts_fall_back_in_order_and_say_where_they_come_from(
        self, client: Client, given: Given
    ) -> None:
        with given():
            firm = russian(
                texts=[
                    FirmText(language="ru", summary="Русский текст", description="Много слов"),
                    FirmText(
                        language="en", summary="English text", description="Words", source="translation"
                    ),
                ]
            )

        turkish_page = client.get(f"/firms/{firm.id}?lang=tr").text
        russian_page = client.get(f"/firms/{firm.id}?lang=ru").text

        assert 'class="lead prose mb" lang="en">English text' in turkish_page
        assert "translated by a person" in client.get(f"/firms/{firm.id}?lang=en").text
        assert 'class="lead prose mb">Русский текст' in russian_page

    def test_a_firm_sees_fit_and_asks(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            firm, own = russian(), turkish()
            person = member_of(own)

        page = client.sign_in(person).get(f"/firms/{firm.id}").text

        assert f'href="/firms/{firm.id}/ask">Ask for an introduction' in page
        assert "You look for this" in page
        assert "You make this" in page
        assert 'class="keystone" role="img"' in page
        points = re.findall(r"<tfoot>.*?<b>(\d+)</b>.*?<b>(\d+)</b>", page, re.DOTALL)
        assert sum(map(int, points[0])) == int(re.findall(r'<b aria-hidden="true">(\d+)</b>', page)[0])

    def test_why_there_is_no_introduction(self, client: Client, given: Given) -> None:
        with given():
            firm, own = russian(), turkish()
            person = member_of(own)

        page = client.sign_in(person).get(f"/firms/{firm.id}").text

        assert "No memorandum in force covers" in page
        assert "Ask for an introduction" not in page

    def test_a_living_match_is_the_next_step(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            firm, own = russian(), turkish()
            match = MatchFactory(asker_id=own.id, answerer_id=firm.id, state=MatchState.ASKED)
            person = member_of(own)

        page = client.sign_in(person).get(f"/firms/{firm.id}").text

        assert f'href="/matches/{match.id}">Open the match' in page
        assert "Introduction asked" in page

    def test_a_wish_is_said_and_taken_back(self, client: Client, given: Given) -> None:
        with given():
            memorandum()
            firm = russian()
            person = member_of(turkish())
        address = f"/firms/{firm.id}"
        client.sign_in(person)
        said = {"csrf_token": client.csrf_token(), "kind": "no_thanks", "next": address}

        assert client.send(f"{address}/wish", said).status_code == 303
        page = client.get(address).text
        assert "You said no thanks." in page
        assert "Ask for an introduction</a>" not in page
        assert client.submit(address, form=f"{address}/wish").status_code == 303
        assert "Must meet" in client.get(address).text

    def test_an_own_change_is_seen_at_once(self, client: Client, given: Given) -> None:
        with given():
            firm = turkish()
            person = member_of(firm)
        client.sign_in(person)
        with given() as session:
            session.get_one(Firm, firm.id).trade_name = "Yepyeni"

        assert ">Yepyeni</h1>" in client.get(f"/firms/{firm.id}").text

    def test_contact_persons_need_their_own_consent(self, client: Client, given: Given) -> None:
        with given() as session:
            firm = russian()
            consent = ContactConsent(
                purpose=ConsentPurpose.PUBLICATION,
                text_version="1",
                language="ru",
                text="x",
                given_at=clock.now(),
            )
            agreed = ContactPerson(
                firm_id=firm.id,
                name="Agreed Pınar",
                name_romanised="Agreed Pinar",
                email="agreed@example.com",
                phone="+7 1",
                consents=[consent],
            )
            silent = ContactPerson(firm_id=firm.id, name="Silent Person", email="silent@example.com")
            session.add_all([agreed, silent])
            person = member_of(turkish())

        visitor = client.get(f"/firms/{firm.id}").text
        member = client.sign_in(person).get(f"/firms/{firm.id}").text

        assert "Agreed Pınar" not in visitor
        assert "Agreed Pınar" in member
        for page in (visitor, member):
            assert "Silent Person" not in page
            assert "agreed@example.com" not in page

    def test_staff_get_to_the_record(self, client: Client, given: Given) -> None:
        with given():
            firm = russian(state=FirmState.SUBMITTED)
            staff = official(InstitutionFactory(country="RU"), InstitutionRole.STAFF)

        page = client.sign_in(staff).get(f"/firms/{firm.id}")

        assert page.status_code == 200
        assert "Not in the directory" in page.text

    @pytest.mark.parametrize("state", [state for state in FirmState if state is not FirmState.VERIFIED])
    def test_others_do_not_learn_of_a_firm_that_is_not_listed(
        self, client: Client, given: Given, state: FirmState
    ) -> None:
        with given():
            firm = FirmFactory(state=state)
            person = member_of(FirmFactory(country="RU"))

        assert client.get(f"/firms/{firm.id}").status_code == 303
        assert client.sign_in(person).get(f"/firms/{firm.id}").status_code == 404


@pytest.mark.parametrize("address", ["/firms", "/firms/1"])
def test_costly_pages_are_limited(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(views, "PAGES_A_MINUTE", "2/minute")
    client = make_app(TESTING=False).test_client()

    statuses = [client.get(address).status_code for _ in range(3)]

    assert 429 not in statuses[:2]
    assert statuses[2] == 429
