"""Migrations go up and down on both databases and end where the models are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from matchmaker.app import create_app
from matchmaker.core.db import db
from tests.databases import Database, close_engines
from tests.settings import config_for

pytestmark = pytest.mark.data


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
