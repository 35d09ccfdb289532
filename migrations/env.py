"""Runs the migrations with the application's own engine, so that both see the same database."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON

from matchmaker.core.db import UtcDateTime


def plain_type(kind: str, item: Any, render: Any) -> str | Literal[False]:
    """Our own column types as the plain ones, so that a migration outlives the code it was written beside."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        render.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    """Migrate inside one transaction; an empty revision is not written."""
    migrate = current_app.extensions["migrate"]
    options = dict(migrate.configure_args)

    def drop_empty(_context: object, _revision: object, directives: list[object]) -> None:
        # The hook is told objects; what autogenerate hands over first is a script of operations.
        script = directives[0]
        if getattr(context.config.cmd_opts, "autogenerate", False) and script.upgrade_ops.is_empty():  # type: ignore[attr-defined]
            directives[:] = []

    engine = migrate.db.engine
    # SQLite rewrites a table to change it; meanwhile references to it would be checked against nothing. It ignores the
    # setting inside a transaction, and a statement of SQLAlchemy begins one, so the driver is asked itself.
    with engine.connect() as connection:
        driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
        if driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            process_revision_directives=drop_empty,
            render_item=plain_type,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if driver is not None:
            driver.execute("PRAGMA foreign_keys=ON")


run()
