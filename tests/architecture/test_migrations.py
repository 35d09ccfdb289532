"""Migrations go up and down on both databases and end where the models are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, select

from matchmaker.app import create_app
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions.models import InstitutionMember
from tests.databases import Database, close_engines
from tests.factories.institutions import InstitutionFactory, official
from tests.settings import config_for

pytestmark = pytest.mark.data
BEFORE_A_REWRITE = "b1f04a7c9d52"
"""The revision before the one that adds a column to `institution`, to which members refer."""


@pytest.fixture
def empty_app(backend: str, databases: Callable[..., Database], tmp_path: Path) -> Iterator[Flask]:
    app = create_app(config_for(databases(backend).empty(tmp_path), tmp_path))
    yield app
    close_engines(app)


def migrate(app: Flask, *arguments: str) -> str:
    """Run a `flask db` command; its failure fails the test."""
    result = app.test_cli_runner().invoke(args=["db", *arguments])
    assert result.exit_code == 0, f"{result.output}\n{result.exception!r}"
    return result.output


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_upgrade_makes_the_tables_of_the_models(empty_app: Flask) -> None:
    migrate(empty_app, "upgrade")

    assert tables(empty_app) == set(db.metadata.tables)
    migrate(empty_app, "check")


def test_downgrade_removes_all_and_upgrade_comes_back(empty_app: Flask) -> None:
    migrate(empty_app, "upgrade")

    migrate(empty_app, "downgrade", "base")

    assert tables(empty_app) == set()
    migrate(empty_app, "upgrade")
    assert tables(empty_app) == set(db.metadata.tables)


def test_a_table_that_rows_refer_to_is_rewritten_with_its_rows(empty_app: Flask) -> None:
    migrate(empty_app, "upgrade")
    with empty_app.app_context(), unit_of_work():
        person = official(InstitutionFactory(), InstitutionRole.STAFF).id

    migrate(empty_app, "downgrade", BEFORE_A_REWRITE)
    migrate(empty_app, "upgrade")

    with empty_app.app_context():
        members = db.session.scalars(select(InstitutionMember)).all()
        assert [one.person_id for one in members] == [person]
