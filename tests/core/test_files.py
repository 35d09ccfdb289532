"""Stored files: what becomes of the content on the disk when its transaction ends one way or the other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, keep_content, path_of, remove_stored
from matchmaker.core.unit_of_work import unit_of_work


class Undone(Exception):
    """Something behind the file went wrong."""


def kept() -> StoredFile:
    return keep_content(Actor(person_id=1), "letter.pdf", "application/pdf", b"%PDF-1.7")


def kept_for_good() -> tuple[int, Path]:
    """A file that was committed: its number and its place."""
    with unit_of_work():
        stored = kept()
        with db.session.begin_nested():
            pass
        return stored.id, path_of(stored)


def undo(deed: Callable[[], object]) -> None:
    """Run a deed in a transaction that fails after it."""

    def fails() -> None:
        with unit_of_work():
            deed()
            raise Undone

    with pytest.raises(Undone):
        fails()


def test_a_file_goes_with_the_transaction_that_is_undone(app: Flask) -> None:
    with app.app_context():
        undo(kept)

        number, path = kept_for_good()
        undo(lambda: db.session.get_one(StoredFile, number))
        assert list(path.parent.iterdir()) == [path]


def test_a_removed_file_stays_where_the_transaction_is_undone(app: Flask) -> None:
    with app.app_context():
        number, path = kept_for_good()
        undo(lambda: remove_stored(db.session.get_one(StoredFile, number)))

        assert path.is_file()
        with unit_of_work():
            remove_stored(db.session.get_one(StoredFile, number))
            with db.session.begin_nested():
                pass
            assert path.is_file()
        assert not path.exists()


def test_who_removes_a_file_does_not_make_the_database_read_all_firms(
    session: scoped_session[Session],
) -> None:
    steps = session.execute(text("EXPLAIN QUERY PLAN DELETE FROM stored_file WHERE id = 1")).all()

    read_whole = {step.detail for step in steps if step.detail.startswith("SCAN")}
    assert read_whole & {"SCAN firm", "SCAN firm_certificate"} == set()
    assert "SCAN mou_document" in read_whole, "small tables are"
