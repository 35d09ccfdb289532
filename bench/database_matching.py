"""Matching by the database alone, for comparison: lines of goods in one table with indexes, joined and added up in SQL.

It finds only the points for goods of both sides and their reciprocity (no partnership, volume, certificates, languages,
branch, no hard rules), so it does less than the product and still is the dearer.
"""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import psycopg

from matchmaker.engines.fit.columns import Columns, starts_of
from matchmaker.engines.fit.profile import FitProfile

TABLE: Final = """
CREATE TEMPORARY TABLE bench_line (
  firm integer NOT NULL, country smallint NOT NULL, side smallint NOT NULL, code integer NOT NULL, heading smallint NOT NULL
)"""
INDEXES: Final = (
    "CREATE INDEX ON bench_line (country, side, code, firm)",
    "CREATE INDEX ON bench_line (country, side, heading, firm)",
    "ANALYZE bench_line",
)
QUERY: Final = """
WITH gained AS (
  SELECT firm, max(CASE WHEN code = ANY(%(sought)s) THEN 17 ELSE 10 END) AS points
  FROM bench_line WHERE country = %(country)s AND side = 0 AND heading = ANY(%(sought_headings)s) GROUP BY firm
), given AS (
  SELECT firm, max(CASE WHEN code = ANY(%(offered)s) THEN 17 ELSE 10 END) AS points
  FROM bench_line WHERE country = %(country)s AND side = 1 AND heading = ANY(%(offered_headings)s) GROUP BY firm
)
SELECT coalesce(gained.firm, given.firm) AS firm,
  coalesce(gained.points, 0) + coalesce(given.points, 0)
  + 2 * (5 * least(coalesce(gained.points, 0), coalesce(given.points, 0)) / 23) AS total
FROM gained FULL JOIN given ON gained.firm = given.firm
ORDER BY total DESC, firm LIMIT 20"""
_TICK: Final = os.sysconf("SC_CLK_TCK")


class DatabaseMatching:
    """A session with the lines loaded; the table goes with it."""

    def __init__(self, uri: str) -> None:
        self._connection = psycopg.connect(uri, autocommit=True)
        self._connection.execute(TABLE)
        row = self._connection.execute("SELECT pg_backend_pid()").fetchone()
        self._process = row[0] if row else 0

    def load(self, chunks: Iterable[Columns]) -> None:
        """Copy the lines in and index them."""
        with self._connection.cursor() as cursor:
            with cursor.copy("COPY bench_line FROM STDIN") as copy:
                for columns in chunks:
                    copy.write(_rows(columns))
            for statement in INDEXES:
                cursor.execute(statement)

    def cpu(self) -> float:
        """Seconds of CPU that the server process of this session has used; same machine only."""
        fields = Path(f"/proc/{self._process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def top(self, firm: FitProfile, country: int) -> list[tuple[int, int]]:
        """The 20 best."""

        def codes(lines: Iterable[str], length: int) -> list[int]:
            return sorted({int(code[:length]) for code in lines if len(code) >= length})

        sought, offered = [line.hs for line in firm.sought], [line.hs for line in firm.offered]
        values = {
            "country": country,
            "sought": codes(sought, 6),
            "offered": codes(offered, 6),
            "sought_headings": codes(sought, 4),
            "offered_headings": codes(offered, 4),
        }
        return self._connection.execute(QUERY, values).fetchall()


def _rows(columns: Columns) -> str:
    rows = []
    country = columns.country.tolist()
    for side, lines in enumerate((columns.offered, columns.sought)):
        starts = starts_of(lines.counts).tolist()
        codes = lines.codes.tolist()
        for at, firm in enumerate(columns.ids.tolist()):
            for code in codes[starts[at] : starts[at + 1]]:
                if code % 8 >= 4:
                    whole = code // 8 if code % 8 == 6 else 0
                    rows.append(f"{firm}\t{country[at]}\t{side}\t{whole}\t{code // 800}\n")
    return "".join(rows)


def timed(
    database: DatabaseMatching, asked: Iterable[tuple[FitProfile, int]]
) -> tuple[list[float], list[float]]:
    """CPU of the server and wall time of each question, in milliseconds."""
    cpu, wall = [], []
    for firm, country in asked:
        before, begun = database.cpu(), time.perf_counter()
        database.top(firm, country)
        cpu.append(1000 * (database.cpu() - before))
        wall.append(1000 * (time.perf_counter() - begun))
    return cpu, wall
