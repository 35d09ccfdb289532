"""Every state of the directory is an address, and every address a state."""

import pytest
from werkzeug.datastructures import MultiDict

from matchmaker.directory.filters import (
    NOTHING,
    OwnSide,
    Selection,
    Sort,
    They,
    effective_countries,
    engine_filters,
    read_selection,
    wanted_goods,
)

OWN = OwnSide(1, "TR", offered=("848180",), sought=("732510", "841391"), partners=("RU",))


def read(query: str) -> Selection:
    return read_selection(MultiDict([tuple(pair.split("=", 1)) for pair in query.split("&") if pair]))


def test_an_address_is_read_and_written_back_the_same() -> None:
    query = "q=valve&words=only&they=offer&country=RU&region=RU-TA&region=RU-SVE&sector=28&size=small&sort=name&page=3"

    assert read(query).query_string() == query


def test_the_beginning_has_no_arguments() -> None:
    assert read("q=&sort=&page=1").query_string() == ""


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=" + "9" * 400, "page=²", "sort=best", "they=buy", "region="],
)
def test_what_cannot_be_read_is_left_out(query: str) -> None:
    assert read(query) in (Selection(), Selection(page=50))


def test_paging_ends() -> None:
    assert read("page=99").page == 50


def test_too_much_is_cut() -> None:
    many = MultiDict([("region", f"RU-{number}") for number in range(500)] + [("q", "x" * 5000)])

    selection = read_selection(many)

    assert (len(selection.chosen["region"]), len(selection.text)) == (40, 120)


def test_marks_that_nobody_sees_cut_no_word() -> None:
    assert read("q=\ufeffkü\u00adresel\t va\u200bna\u202e\x00").text == "küresel vana"


def test_a_filter_is_taken_away_alone_and_leads_to_the_first_page() -> None:
    selection = read("q=valve&region=RU-TA&region=RU-SVE&they=offer&page=2")

    assert selection.without("region", "RU-TA").query_string() == "q=valve&they=offer&region=RU-SVE"
    assert selection.without("they", "offer").query_string() == "q=valve&region=RU-TA&region=RU-SVE"
    assert selection.cleared().query_string() == "q=valve"
    assert selection.filters == 3


def test_a_firm_searches_the_countries_of_its_memorandums_unless_it_says_otherwise() -> None:
    assert effective_countries(Selection(), OWN) == ("RU",)
    assert effective_countries(Selection(), None) == ()
    assert effective_countries(Selection(chosen={"country": ("any",)}), OWN) == ()
    assert effective_countries(Selection(chosen={"country": ("TR",)}), OWN) == ("TR",)


def test_offer_what_you_need_asks_for_the_headings_of_the_own_needs() -> None:
    filters = engine_filters(Selection(they=(They.OFFER, They.NEED)), OWN)

    assert filters["offered"] == ("7325", "8413")
    assert filters["sought"] == ("8481",)


def test_own_needs_and_chosen_chapters_hold_together() -> None:
    assert wanted_goods(OWN.sought, ("84",)) == ("8413",)
    assert wanted_goods(OWN.sought, ("841391",)) == ("8413",)
    assert wanted_goods(OWN.sought, ("01",)) == NOTHING
    assert wanted_goods((), ()) == NOTHING


def test_sectors_are_divisions_in_the_index() -> None:
    assert engine_filters(read("sector=28"), None) == {"division": ("28",)}


def test_the_order_asked_for_is_kept() -> None:
    assert read("sort=newest").sort is Sort.NEWEST
