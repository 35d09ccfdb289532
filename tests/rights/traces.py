"""Where values stand in the database, whichever table and column it is."""

import json
from collections.abc import Collection, Iterator

from sqlalchemy import inspect, literal_column, select, table

from matchmaker.core.db import Base, db


def values_anywhere(values: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Table, column and value wherever one of the values stands in the database, known to us or not."""
    names = inspect(db.session.connection()).get_table_names()
    assert set(Base.metadata.tables) <= set(names)
    for name in names:
        for row in db.session.execute(select(literal_column("*")).select_from(table(name))).mappings():
            # SQLite keeps the letters of JSON escaped.
            whole = "\n".join(map(str, row.values()))
            if not any(value in whole or json.dumps(value)[1:-1] in whole for value in values):
                continue
            for column, held in row.items():
                for value in values:
                    if value in str(held) or json.dumps(value)[1:-1] in str(held):
                        yield name, str(column), value
