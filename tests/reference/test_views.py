"""The HS picker over HTTP: as a page without script and as the options alone."""

import pytest

from tests.clients import HTMX, Client


@pytest.mark.parametrize(
    ("lang", "query"), [("tr", "küresel vanalar"), ("ru", "шаровые краны"), ("en", "ball valve")]
)
def test_page_lists_the_code_for_a_word_in_each_language(client: Client, lang: str, query: str) -> None:
    answer = client.get("/hs-codes", query_string={"q": query, "lang": lang})
    assert answer.status_code == 200
    assert 'data-value="848180"' in answer.text
    assert "<html" in answer.text


def test_options_alone_are_a_part_of_the_page(client: Client) -> None:
    page = client.get("/hs-codes?q=8481.80&lang=tr").text
    options = client.get("/hs-codes?q=8481.80&lang=tr", headers=HTMX).text
    assert "<html" not in options
    assert "Vana, musluk ve valfler" in options
    assert options.strip() in page


def test_page_without_a_query_shows_only_the_form(client: Client) -> None:
    page = client.get("/hs-codes").text
    assert 'name="q"' in page
    assert "data-value" not in page


def test_page_says_when_nothing_is_found(client: Client) -> None:
    page = client.get("/hs-codes?q=zzqqxx&lang=en").text
    assert "Nothing found" in page


def test_typed_text_comes_back_escaped(client: Client) -> None:
    page = client.get("/hs-codes", query_string={"q": '"><script>x</script>'}).text
    assert "<script>x" not in page
