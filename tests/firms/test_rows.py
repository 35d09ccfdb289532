"""Rows of a list are added and removed among the posted values."""

from werkzeug.datastructures import MultiDict

from matchmaker.firms.rows import changed_rows

POSTED = [
    ("version", "3"),
    ("lines-0-code", "28.14"),
    ("lines-1-code", "25"),
    ("lines-1-tag", "a"),
    ("lines-1-tag", "b"),
]


def test_without_a_button_nothing_changes() -> None:
    assert changed_rows(MultiDict(POSTED), "lines", ("code",)) is None


def test_a_row_is_added_at_the_end() -> None:
    found = changed_rows(MultiDict([*POSTED, ("add_row", "1")]), "lines", ("code",))

    assert found is not None
    assert (found.getlist("lines-1-tag"), found["lines-2-code"]) == (["a", "b"], "")


def test_a_removed_row_moves_the_others_up() -> None:
    found = changed_rows(MultiDict([*POSTED, ("remove_row", "0")]), "lines", ("code",))

    assert found is not None
    kept = {key: found.getlist(key) for key in found if key.startswith("lines")}
    assert kept == {"lines-0-code": ["25"], "lines-0-tag": ["a", "b"]}


def test_the_last_row_is_emptied_rather_than_gone() -> None:
    found = changed_rows(MultiDict([("lines-0-code", "28.14"), ("remove_row", "0")]), "lines", ("code",))

    assert found is not None
    assert found.getlist("lines-0-code") == [""]


def test_a_number_that_is_no_row_removes_nothing() -> None:
    found = changed_rows(MultiDict([*POSTED, ("remove_row", "9")]), "lines", ("code",))

    assert found is not None
    assert (found["lines-0-code"], found["lines-1-code"]) == ("28.14", "25")
