"""No column that names a firm is forgotten by a merge."""

from collections import Counter

import pytest
from flask import Flask

from matchmaker.core.db import Base
from matchmaker.firms.merging.parts import parts


def named(column: object) -> str:
    return f"{column.class_.__tablename__}.{column.key}"  # type: ignore[attr-defined]


def test_each_column_that_names_a_firm_is_told_of_once(app: Flask) -> None:
    there = Counter(
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "firm.id" for key in column.foreign_keys)
    )
    with app.app_context():
        told = Counter(named(item.column) for part in parts() for item in (*part.moving, *part.staying))
    assert told == there


def test_each_moving_table_is_found_by_a_number(app: Flask) -> None:
    with app.app_context():
        moving = [item for part in parts() for item in part.moving]
    assert all("id" in item.table.__table__.primary_key.columns for item in moving)


@pytest.mark.parametrize("word", ["firm_member.firm_id", "match.asker_id", "sign_up.firm_id"])
def test_what_people_would_miss_moves(app: Flask, word: str) -> None:
    with app.app_context():
        assert word in {named(item.column) for part in parts() for item in part.moving}
