"""Every column that can name a person is told of by its domain, so that nothing is left out of archive and erasure."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import inspect

from matchmaker.accounts.models import Person
from matchmaker.core.db import Base
from matchmaker.core.personal_data import Fate, parts

PEOPLE = frozenset({"person", "contact_person", "delegate", "day_person", "expert"})
"""The tables whose rows are people: what refers to one of them is about a person or names one."""
WITHOUT_KEY = frozenset(
    {
        ("audit_entry", "actor_id"),
        ("job", "owner_id"),
        ("search_outbox", "by_id"),
        ("stored_file", "uploaded_by_id"),
        ("transfer_record", "contact_id"),
    }
)
"""Columns with the number of a person that no foreign key keeps."""
ADDRESSES = frozenset({"email", "to_address"})


def columns_that_name_people() -> Iterator[tuple[str, str]]:
    """Table and column of every reference to a person."""
    for name, table in Base.metadata.tables.items():
        for column in table.columns:
            if any(key.column.table.name in PEOPLE for key in column.foreign_keys):
                yield name, column.name
    yield from WITHOUT_KEY


def told() -> set[tuple[str, str]]:
    """Table and column of everything that the domains told."""
    found = {(held.name, column) for part in parts() for held in part.held for column in held.told}
    named = {(str(column.class_.__tablename__), column.key) for part in parts() for column in part.named}
    return found | named


def test_every_column_that_names_a_person_is_told(app: Flask) -> None:
    with app.app_context():
        assert set(columns_that_name_people()) - told() == set()


def test_numbers_of_people_without_key_are_known() -> None:
    endings = ("person_id", "_by_id", "officer_id", "actor_id", "owner_id", "author_id", "contact_id")
    bare = {
        (name, column.name)
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if column.name.endswith(endings) and not column.foreign_keys
    }
    assert bare | {("search_outbox", "by_id")} == WITHOUT_KEY


def test_tables_with_addresses_are_found_by_them(app: Flask) -> None:
    with app.app_context():
        by_address = {held.name for part in parts() for held in part.held if held.address is not None}
    with_address = {
        name for name, table in Base.metadata.tables.items() if ADDRESSES & {c.name for c in table.columns}
    }
    assert with_address - by_address == {Person.__tablename__}


def test_what_is_kept_says_why_and_what_is_blanked_says_how(app: Flask) -> None:
    with app.app_context():
        everything = [held for part in parts() for held in part.held]
    assert [held.name for held in everything if (held.fate is Fate.KEPT) != (held.why is not None)] == []
    assert [held.name for held in everything if (held.fate is Fate.BLANKED) != bool(held.blank)] == []


def test_blanked_and_secret_columns_exist(app: Flask) -> None:
    with app.app_context():
        everything = [held for part in parts() for held in part.held]
    for held in everything:
        columns = {attribute.key for attribute in inspect(held.table).column_attrs}
        assert {*held.blank, *held.secret, *held.readers} <= columns, held.name
