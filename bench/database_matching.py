"""Matching by a database alone, for comparison: the same twenty firms with the same totals, found in SQL.

The statement knows every criterion of the score and is helped by the same bound as the product: firms with a heading in
common come first, and all others are scored only where the last of the twenty could be passed by one of them. It is
written for PostgreSQL and SQLite alike. Goods have an index by country, side and heading and one by firm.
"""

import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import psycopg

from matchmaker.engines.fit.columns import UNKNOWN, Columns, Vocabularies
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.request import CHAPTER, Request
from matchmaker.engines.fit.weights import WEIGHTS_2026_1 as POINTS

Rows = list[tuple[Any, ...]]
BEST: Final = 20
COUNTRIES: Final = {"TR": 0, "RU": 1}
TABLES: Final = (
    (
        "CREATE TEMPORARY TABLE bench_firm (firm integer PRIMARY KEY, country smallint NOT NULL, partnership bigint NOT NULL,"
        " language bigint NOT NULL, certificate bigint NOT NULL, wants integer NOT NULL)"
    ),
    (
        "CREATE TEMPORARY TABLE bench_line (firm integer NOT NULL, country smallint NOT NULL, side smallint NOT NULL,"
        " code integer NOT NULL, heading integer NOT NULL, chapter smallint NOT NULL, unit smallint NOT NULL,"
        " amount double precision NOT NULL, required bigint NOT NULL, requires smallint NOT NULL)"
    ),
    "CREATE TEMPORARY TABLE bench_branch (firm integer NOT NULL, branch smallint NOT NULL)",
)
INDEXES: Final = (
    "CREATE INDEX bench_heading ON bench_line (country, side, heading)",
    "CREATE INDEX bench_of_firm ON bench_line (firm, side)",
    "CREATE INDEX bench_branches ON bench_branch (firm)",
    "CREATE INDEX bench_country ON bench_firm (country)",
    "ANALYZE bench_firm",
    "ANALYZE bench_line",
    "ANALYZE bench_branch",
)
QUERY: Final = """
WITH sought (heading, lines) AS ({sought}), sought_codes (code) AS ({sought_codes}),
sought_amounts (heading, unit, amount) AS ({sought_amounts}), required (heading, mask, requires) AS ({required}),
offered (heading, lines) AS ({offered}), offered_codes (code) AS ({offered_codes}),
offered_amounts (heading, unit, amount) AS ({offered_amounts}), branches (branch) AS ({branches}),
headed AS (
  SELECT l.firm, l.heading, max(CASE WHEN l.code IN (SELECT code FROM sought_codes) THEN {six} ELSE {four} END) AS level,
    max(coalesce(CASE WHEN l.amount >= o.amount THEN {full} WHEN l.amount * 2 >= o.amount THEN {half}
      WHEN o.amount IS NOT NULL THEN {some} END, 0)) AS volume
  FROM sought s JOIN bench_line l ON l.country = {country} AND l.side = 0 AND l.heading = s.heading
  LEFT JOIN sought_amounts o ON o.heading = l.heading AND o.unit = l.unit
  GROUP BY l.firm, l.heading
), gained AS (
  SELECT h.firm, max(h.level) AS level, sum(s.lines) AS covered, max(h.volume) AS volume, max(h.certificates) AS certificates
  FROM (
    SELECT h.firm, h.heading, h.level, h.volume,
      coalesce((SELECT max({certificate_points} * popcount(f.certificate & r.mask) / r.requires) FROM required r, bench_firm f
        WHERE r.heading = h.heading AND f.firm = h.firm), 0) AS certificates
    FROM headed h
  ) h JOIN sought s ON s.heading = h.heading
  GROUP BY h.firm
), given AS (
  SELECT l.firm, max(CASE WHEN l.code IN (SELECT code FROM offered_codes) THEN {six} ELSE {four} END) AS level,
    count(DISTINCT l.line) AS covered,
    max(coalesce(CASE WHEN o.amount >= l.amount THEN {full} WHEN o.amount * 2 >= l.amount THEN {half}
      WHEN o.amount IS NOT NULL THEN {some} END, 0)) AS volume,
    max(CASE WHEN l.requires > 0 THEN {certificate_points} * popcount(l.required & {certificates}) / l.requires ELSE 0 END)
      AS certificates
  FROM (SELECT b.*, b.{row} AS line FROM offered s
    JOIN bench_line b ON b.country = {country} AND b.side = 1 AND b.heading = s.heading) l
  LEFT JOIN offered_amounts o ON o.heading = l.heading AND o.unit = l.unit
  GROUP BY l.firm
), looked AS ({looked}), sides AS (
  SELECT f.firm, f.wants, f.partnership, f.language,
    coalesce(g.level + {breadth} * g.covered / {seeks},
      CASE WHEN EXISTS (SELECT 1 FROM bench_line l WHERE l.firm = f.firm AND l.side = 0 AND l.chapter IN ({sought_chapters}))
      THEN {two} ELSE 0 END) AS a,
    coalesce(h.level + {breadth} * h.covered / f.wants,
      CASE WHEN EXISTS (SELECT 1 FROM bench_line l WHERE l.firm = f.firm AND l.side = 1 AND l.chapter IN ({offered_chapters}))
      THEN {two} ELSE 0 END) AS b,
    coalesce(g.volume + g.certificates, 0) + coalesce(h.volume + h.certificates, 0) AS more
  FROM looked k JOIN bench_firm f ON f.firm = k.firm
  LEFT JOIN gained g ON g.firm = f.firm LEFT JOIN given h ON h.firm = f.firm
)
SELECT firm, a + b + more + 2 * ({reciprocity} * CASE WHEN a < b THEN a ELSE b END / {products})
  + CASE WHEN partnership & {partnership} <> 0 THEN 2 * {partnership_points} ELSE 0 END
  + CASE WHEN language & {language} <> 0 THEN 2 * {language_points} ELSE 0 END
  + 2 * coalesce((SELECT max(CASE WHEN x.branch = y.branch THEN {class} WHEN x.branch / 10 = y.branch / 10 THEN {group}
      WHEN x.branch / 100 = y.branch / 100 THEN {division} ELSE 0 END)
    FROM bench_branch x, branches y WHERE x.firm = sides.firm), 0) AS total
FROM sides ORDER BY total DESC, firm LIMIT 20"""
NEAR: Final = "SELECT firm FROM gained UNION SELECT firm FROM given"


class DatabaseMatching(Protocol):
    """A database with the lines of all firms, filled once."""

    name: str
    row: str

    def load(self, tables: Sequence[tuple[str, Rows]]) -> None:
        """Take rows in."""

    def finish(self) -> None:
        """Make the indexes."""

    def ask(self, statement: str) -> list[tuple[int, int]]:
        """The rows of an answer."""

    def cpu(self) -> float:
        """CPU seconds spent so far, where the database works."""


class PostgreSQL:
    """A session of a server on this machine; its temporary tables go with it."""

    name, row = "PostgreSQL", "ctid"

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute(
            "CREATE FUNCTION pg_temp.popcount(bigint) RETURNS bigint LANGUAGE sql IMMUTABLE"
            " RETURN bit_count($1::bit(64))"
        )
        self._connection.execute("SET max_parallel_workers_per_gather = 0; SET temp_buffers = '512MB'")
        for statement in TABLES:
            self._connection.execute(statement)

    def load(self, tables: Sequence[tuple[str, Rows]]) -> None:
        """Copy rows."""
        for table, rows in tables:
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write("".join("\t".join(map(str, row)) + "\n" for row in rows))

    def finish(self) -> None:
        """Make the indexes."""
        for statement in INDEXES:
            self._connection.execute(statement)

    def ask(self, statement: str) -> list[tuple[int, int]]:
        """The rows of an answer."""
        called = statement.replace("popcount(", "pg_temp.popcount(")
        return [(int(firm), int(total)) for firm, total in self._connection.execute(called).fetchall()]

    def cpu(self) -> float:
        """From the scheduler's counter of the session's process."""
        process = self._connection.info.backend_pid
        return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


class SQLite:
    """A file, its pages in memory."""

    name, row = "SQLite", "rowid"

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path)
        self._file.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000"
        )
        self._file.create_function("popcount", 1, int.bit_count, deterministic=True)
        for statement in TABLES:
            self._file.execute(statement.replace("TEMPORARY ", ""))

    def load(self, tables: Sequence[tuple[str, Rows]]) -> None:
        """Insert rows."""
        for table, rows in tables:
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                self._file.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def finish(self) -> None:
        """Make the indexes."""
        for statement in INDEXES:
            self._file.execute(statement)
        self._file.commit()

    def ask(self, statement: str) -> list[tuple[int, int]]:
        """The rows of an answer."""
        return self._file.execute(statement).fetchall()

    def cpu(self) -> float:
        """This process, where SQLite works."""
        return time.process_time()


def fill(databases: Sequence[DatabaseMatching], chunks: Iterable[Columns]) -> None:
    """Load firms into all databases."""
    for columns in chunks:
        tables = [
            ("bench_firm", _firms(columns)),
            ("bench_line", _lines(columns, 0) + _lines(columns, 1)),
            ("bench_branch", _branches(columns)),
        ]
        for database in databases:
            database.load(tables)
    for database in databases:
        database.finish()


def top(
    database: DatabaseMatching, firm: FitProfile, country: str, known: Vocabularies
) -> list[tuple[int, int]]:
    """The twenty best with their totals."""
    request = Request.of(firm, POINTS, known)
    values = _values(request, country) | {"row": database.row}
    found = database.ask(QUERY.format(**values, looked=NEAR))
    bound = request.most(CHAPTER, CHAPTER) + request.most_shared
    if len(found) == BEST and found[-1][1] > bound:
        return found
    everybody = f"SELECT firm FROM bench_firm WHERE country = {COUNTRIES[country]}"
    return [row for row in database.ask(QUERY.format(**values, looked=everybody)) if row[1] > 0]


def timed(
    database: DatabaseMatching, asked: Iterable[tuple[FitProfile, str]], known: Vocabularies
) -> tuple[list[float], list[float], list[list[tuple[int, int]]]]:
    """CPU and wall time of each question in milliseconds, and the answers."""
    cpu, wall, answers = [], [], []
    for firm, country in asked:
        before, begun = database.cpu(), time.perf_counter()
        answers.append(top(database, firm, country, known))
        cpu.append(1000 * (database.cpu() - before))
        wall.append(1000 * (time.perf_counter() - begun))
    return cpu, wall, answers


def _values(request: Request, country: str) -> dict[str, Any]:
    """Everything that the statement is filled with."""
    firm, known = request.firm, request.vocabularies
    required = {
        (int(line.hs[:4]), _mask(known, line.required_certificates), len(line.required_certificates))
        for line in firm.sought
        if line.required_certificates and len(line.hs) > 2
    }
    two, four, six = POINTS.product
    some, half, full = POINTS.volume
    division, group, whole = POINTS.sector
    sides: dict[str, Any] = {}
    for name, wanted in (("sought", request.sought), ("offered", request.offered)):
        sides[name] = _table(wanted.headings, 2)
        sides[f"{name}_codes"] = _table([(code // 8,) for code in wanted.subheadings], 1)
        sides[f"{name}_amounts"] = _table(wanted.volumes, 3)
        sides[f"{name}_chapters"] = ", ".join(map(str, wanted.chapters)) or "-1"
    return sides | {
        "required": _table(sorted(required), 3),
        "branches": _table([(code,) for code in request.sectors], 1),
        "country": COUNTRIES[country],
        "seeks": max(len(firm.sought), 1),
        "certificates": _mask(known, firm.certificates),
        "partnership": request.partnership.get(0, 0),
        "language": request.language.get(0, 0),
        "two": two,
        "four": four,
        "six": six,
        "some": some,
        "half": half,
        "full": full,
        "division": division,
        "group": group,
        "class": whole,
        "breadth": POINTS.breadth,
        "certificate_points": POINTS.certificates,
        "partnership_points": POINTS.partnership,
        "language_points": POINTS.languages,
        "reciprocity": POINTS.reciprocity,
        "products": POINTS.products,
    }


def _table(rows: Sequence[Sequence[Any]], width: int) -> str:
    if not rows:
        return f"SELECT {', '.join(['0'] * width)} WHERE 1 = 0"
    return "VALUES " + ", ".join(f"({', '.join(map(str, row))})" for row in rows)


def _mask(known: Vocabularies, codes: Iterable[str]) -> int:
    return sum(1 << number for number in known["certificate"].known(codes))


def _firms(columns: Columns) -> Rows:
    sets = []
    for kind in ("partnership", "language", "certificate"):
        if columns.sets[kind].shape[1] > 1 or int(columns.sets[kind].max(initial=0)) >> 63:
            raise ValueError(f"these tables keep up to 63 codes of a kind: {kind}")
        sets.append(columns.sets[kind][:, 0].tolist())
    ids, country = columns.ids.tolist(), columns.country.tolist()
    wants = np.maximum(columns.sought.counts, 1).tolist()
    return list(zip(ids, country, *sets, wants, strict=True))


def _lines(columns: Columns, side: int) -> Rows:
    lines = columns.sought if side else columns.offered
    names = columns.vocabularies["requirement"].codes
    masks = [_mask(columns.vocabularies, name.split("\n")) for name in names]
    sizes = [len(name.split("\n")) if name else 0 for name in names]
    owners = np.repeat(columns.ids, lines.counts).tolist()
    country = np.repeat(columns.country, lines.counts).tolist()
    required = lines.requirements.tolist() if side else [0] * len(owners)
    rows = zip(
        *(owners, country, lines.codes.tolist(), lines.units.tolist(), lines.quantities.tolist(), required),
        strict=True,
    )
    return [
        (
            *(firm, where, side, code // 8 if code % 8 == 6 else 0, code // 800 if code % 8 > 2 else UNKNOWN),
            *(code // 80_000, unit, amount, masks[number], sizes[number]),
        )
        for firm, where, code, unit, amount, number in rows
    ]


def _branches(columns: Columns) -> Rows:
    owners = np.repeat(columns.ids, columns.sector_counts).tolist()
    return list(zip(owners, columns.sectors.tolist(), strict=True))
