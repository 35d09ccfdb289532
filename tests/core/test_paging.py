"""A page of a long list."""

import pytest
from flask import Flask

from matchmaker.core.paging import Paging


@pytest.mark.parametrize(
    ("asked", "page", "items", "neighbours"),
    [
        (1, 1, "ab", (None, 2)),
        (2, 2, "cd", (1, 3)),
        (3, 3, "e", (2, None)),
        (9, 3, "e", (2, None)),
        (-4, 1, "ab", (None, 2)),
    ],
)
def test_the_nearest_page_that_there_is(
    asked: int, page: int, items: str, neighbours: tuple[int | None, int | None]
) -> None:
    paging = Paging.near(asked, 2, 5)

    assert (paging.page, paging.of("abcde"), (paging.previous, paging.next)) == (page, items, neighbours)
    assert (paging.first, paging.last) == (2 * page - 1, 2 * page - 2 + len(items))


def test_an_empty_list_has_one_page_with_nothing() -> None:
    paging = Paging.near(3, 2, 0)

    assert (paging.page, paging.of(""), paging.previous, paging.next) == (1, "", None, None)


def test_a_list_of_which_only_the_first_pages_are_shown_says_that_it_goes_on() -> None:
    before, last, whole = Paging(1, 2, 5, most=2), Paging(2, 2, 5, most=2), Paging(2, 2, 4, most=2)

    assert [(one.next, one.ends_early) for one in (before, last, whole)] == [
        (2, False), (None, True), (None, False)
    ]  # fmt: skip
    assert last.offset == 2


def test_a_page_links_to_its_neighbours_by_the_address_that_the_list_writes(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{% call(number) ui.pagination(paging) %}{{ '/list?tab=a&page=%s' % number }}{% endcall %}"
    )

    with app.test_request_context():
        first, between = (template.render(paging=Paging(page, 2, 5)) for page in (1, 2))
        assert template.render(paging=Paging(1, 5, 5)).strip() == ""

    assert ('rel="prev"' in first, 'href="/list?tab=a&amp;page=2"' in first) == (False, True)
    for link in ('rel="prev" href="/list?tab=a&amp;page=1"', 'rel="next" href="/list?tab=a&amp;page=3"'):
        assert link in between
    assert "3 to 4 of 5" in between
