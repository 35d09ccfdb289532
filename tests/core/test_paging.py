"""A page of a long list."""

import pytest

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
