"""Search at any size: invented firms streamed into index and lists, then each kind of query timed and compared in one run.

Prints building time, size, memory and, for each kind of query, CPU and wall at the 50th and 95th percentile, the ratio
to the same tantivy query made beforehand and called directly. Beside them stands the CPU of SQLite FTS5 and of PostgreSQL
full text over the same words: the median, and how many times the CPU of the index the same queries took there in all.
CPU is that of this process (and of the database's own process); walls depend on what else the machine does.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from tantivy import Order, Query, Searcher

from bench.memory import watched
from bench.search_databases import Database, Fts5, PostgreSQL, Row
from matchmaker.demo.generator.building import PROCESSES, build
from matchmaker.demo.generator.documents import documents
from matchmaker.demo.generator.stream import CHUNK, chunk_at
from matchmaker.engines.search.counting import asked, used_fields
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.query import SearchQuery, WordQueries, build_filters, combine, named_queries
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.schema import FACETS
from matchmaker.engines.text.expansion import typed_text
from matchmaker.engines.text.folding import fold_word, tokens, words
from matchmaker.reference.word_meanings import meanings_of

TIMES = 24
SUGGESTED = 5
FIRST_FACETS = [name for name, facet in FACETS.items() if facet.single]
OTHER_FACETS = ["division", "partnership", "offered", "sought", "certificate", "language"]


def say(text: str) -> None:
    """A line of the report."""
    print(text, flush=True)


def mib(size: float) -> str:
    """Bytes as MiB."""
    return f"{size / 2**20:,.0f} MiB"


def sample_of(count: int) -> list[FirmDocument]:
    """The first of so many firms, of whose words queries are made."""
    return list(documents(chunk_at(0, count)))


def load(count: int, databases: Sequence[Database]) -> None:
    """Give the databases the same firms."""
    for first in range(0, count if databases else 0, CHUNK):
        rows = [Row(firm) for firm in documents(chunk_at(first, count))]
        for database in databases:
            database.load(rows)
    for database in databases:
        database.finish()


def built(root: Path, lists: Path, count: int, processes: int) -> None:
    """Build index and lists and say what it cost."""
    begin, own = time.perf_counter(), time.process_time()
    with watched() as held:
        done = build(root, lists, count, processes=processes)
    wall, own = time.perf_counter() - begin, time.process_time() - own
    used = own + sum(one.cpu for one in done.processes)
    peaks = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, *(one.peak for one in done.processes)]
    found = Reader(root).firms
    say(f"firms                {done.firms:,}, of which the index opened anew counts {found:,}")
    say(f"index and lists in   {wall:,.0f} s wall, {used:,.0f} s CPU ({used / count * 1e6:,.0f} us a firm)")
    say(f"of that CPU          {done.inventing:,.0f} s inventing firms, {done.lists:,.0f} s lists")
    say(f"processes            {processes} and this one, load of the machine {os.getloadavg()[1]:.1f}")
    say(f"index                {mib(size_of(root))}, lists {mib(size_of(lists))}")
    say(
        f"peaks of the rebuild {' + '.join(map(mib, peaks))} resident, each at its own time with mapped files"
    )
    say(
        f"most at one moment   {mib(held.proportional)} with mapped files, each page counted once; "
        f"{mib(held.anonymous)} without"
    )


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Kind:
    """A kind of query with its examples; `facets` are counted instead of a page."""

    name: str
    queries: Sequence[SearchQuery]
    facets: Sequence[str] = ()


def kinds(sample: Sequence[FirmDocument], chance: random.Random) -> list[Kind]:
    """Queries made of the words and codes of the firms themselves."""
    counted = Counter(
        fold_word(word)
        for firm in sample
        for word in {word for text in firm.texts.values() for word in words(text)}
        if len(word) > 4 and not word.isdecimal()
    )
    ordered = [word for word, _number in counted.most_common()]
    common, middle, rare = ordered[:40], ordered[40:800], ordered[-4000:]
    countries, regions = ("TR", "RU"), sorted({firm.region for firm in sample})

    def texts(make: Callable[[], str], **filters: Callable[[], str]) -> list[SearchQuery]:
        return [
            SearchQuery(make(), {name: (code(),) for name, code in filters.items()}) for _time in range(TIMES)
        ]

    one_of = chance.choice
    country, region = (lambda: one_of(countries)), (lambda: one_of(regions))
    named = [words(firm.names[-1]) for firm in sample if firm.names[-1]]
    said = [some for firm in sample if len(some := _long_words(firm)) > 1]
    commonest = texts(lambda: one_of(common))
    return [
        Kind("common word", commonest),
        Kind("rare word", texts(lambda: one_of(rare))),
        Kind("two words", texts(lambda: " ".join(chance.sample(one_of(said), 2)))),
        Kind("not together", texts(lambda: f"{one_of(middle)} {one_of(common)}")),
        Kind("name", texts(lambda: " ".join(one_of(named)))),
        Kind(
            "named code", [_meant(text) for text in ("ball valve", "шаровой кран", "mobilya", "peynir") * 6]
        ),
        Kind("prefix", texts(lambda: one_of(middle)[:4] + "")),
        Kind("typo", texts(lambda: _misspelt(one_of(middle), chance))),
        Kind("filters", texts(lambda: "", country=country, size=lambda: "small")),
        Kind("text and filters", texts(lambda: one_of(common), country=country, region=region)),
        Kind("page 50", [replace(query, offset=980) for query in commonest]),
        Kind("first facets, text", commonest, FIRST_FACETS),
        Kind("first facets, country", texts(lambda: "", country=country), FIRST_FACETS),
        Kind("other facets, text", commonest[:6], OTHER_FACETS),
        Kind("other facets, country", texts(lambda: "", country=country)[:4], OTHER_FACETS),
        Kind("suggestions", texts(lambda: one_of(named)[0][: chance.randint(2, 5)])),
    ]


def _long_words(firm: FirmDocument) -> list[str]:
    found = (word for text in firm.texts.values() for word in words(text))
    return list(dict.fromkeys(word for word in found if len(word) > 4 and not word.isdecimal()))


def _meant(text: str) -> SearchQuery:
    return SearchQuery(text, meanings=meanings_of(text))


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return f"{word[:place]}q{word[place + 1 :]}"


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall of a deed in milliseconds."""
    begin, cpu = time.perf_counter(), time.process_time()
    deed()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - begin) * 1000


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]


def ours(reader: Reader, kind: Kind, query: SearchQuery) -> Callable[[], object]:
    """The deed as a page does it; the words are read anew each time."""

    def deed() -> None:
        reader.forget()
        if kind.name == "suggestions":
            reader.named(query.text, query.level, SUGGESTED)
            return
        reader.search(query)
        if kind.facets:
            reader.facets(query, kind.facets)

    return deed


def bare(reader: Reader, kind: Kind, query: SearchQuery) -> Callable[[], object] | None:
    """The same tantivy query for the same page, made beforehand; None where there is no single one.

    It searches with the same words and filters for no more hits than the page has, counts them, reads the numbers of
    the page's firms, and counts the same facets. What it leaves out is what the product adds: reading the words and
    codes, the order of equal ones, a second look where nothing was found, counting a filter's group without it.
    """
    index = reader.index
    searcher = index.searcher()
    if kind.name == "suggestions":
        begun = named_queries(searcher, index.schema, tokens(query.text), query.level)
        return (
            _bare_page(searcher, Query.disjunction_max_query(begun), SUGGESTED, count=False)
            if begun
            else None
        )
    typed = typed_text(query.text)
    made = WordQueries(searcher, index.schema, query.level).build(typed.words, typed.optional, query.meanings)
    filters = build_filters(query.filters, searcher, index.schema, query.level)
    whole = combine(made.words if typed.words else None, filters)
    if typed.words and not searcher.search(whole, limit=1).hits:
        return None
    fields = asked(one for name in kind.facets for one in used_fields(searcher, name, query.level, set()))
    page = _bare_page(searcher, whole, query.offset + query.limit, by_id=not typed.words)

    def deed() -> None:
        page()
        if fields:
            searcher.aggregate(whole, fields)

    return deed


def _bare_page(
    searcher: Searcher, query: Query, upto: int, *, count: bool = True, by_id: bool = False
) -> Callable[[], object]:
    if by_id:
        return lambda: searcher.search(query, limit=upto, order_by_field="firm_id", order=Order.Asc).hits

    def deed() -> None:
        hits = cast("Any", searcher.search(query, limit=upto, count=count)).hits
        searcher.fast_field_values("firm_id", [address for _score, address in hits[-20:]])

    return deed


def measure(reader: Reader, kind: Kind, databases: Sequence[Database]) -> None:
    """One line of the table."""
    mine: list[tuple[float, float]] = []
    compared: list[tuple[float, float]] = []
    for query in kind.queries:
        deed, plain = ours(reader, kind, query), bare(reader, kind, query)
        timed(deed)
        mine.append(min(timed(deed), timed(deed)))
        if plain is not None:
            timed(plain)
            compared.append((mine[-1][0], min(timed(plain), timed(plain))[0]))
    cpu, wall = percentiles([one[0] for one in mine]), percentiles([one[1] for one in mine])
    theirs = sum(plain for _mine, plain in compared)
    ratio = f"{sum(one for one, _plain in compared) / theirs:5.2f}" if theirs else "    -"
    line = f"{kind.name:22} {cpu[0]:8.2f} {cpu[1]:8.2f} {wall[0]:8.2f} {wall[1]:8.2f} {ratio}"
    for database in databases:
        deed_of = database.deed(kind)
        if deed_of is None:
            line += f" {'-':>9} {'-':>7}"
            continue
        deeds = [deed_of(query) for query in kind.queries[: database.times(kind)]]
        spent = [min(database.cpu(deed), database.cpu(deed)) for deed in deeds]
        same = sum(cpu for cpu, _wall in mine[: len(spent)])
        line += f" {statistics.median(spent):9.1f} {sum(spent) / same:7.1f}"
    say(line)


def memory() -> None:
    """What this process holds beyond mapped files, after all queries."""
    status = Path("/proc/self/status").read_text()
    kept = {line.split(":")[0]: line.split() for line in status.splitlines()}
    say(
        f"resident of a reader {mib(int(kept['RssAnon'][1]) * 1024)} beyond mapped files, "
        f"{mib(int(kept['RssFile'][1]) * 1024)} of mapped files"
    )


def read_alone(folder: Path, seed: int) -> None:
    """Ask everything in this process, which never built anything, and say what it holds."""
    reader = Reader(folder / "index")
    for kind in kinds(sample_of(CHUNK), random.Random(seed)):
        for query in kind.queries:
            ours(reader, kind, query)()
    memory()


def main() -> None:
    """Build, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("firms", type=int)
    parser.add_argument(
        "--databases", action="store_true", help="compare with FTS5 and PostgreSQL (up to a million)"
    )
    parser.add_argument("--folder", type=Path, help="where to build; kept afterwards")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="that build the index")
    parser.add_argument(
        "--built", action="store_true", help="only measure what an earlier run left in the folder"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--alone", action="store_true", help="only ask the index of a folder, and say the memory"
    )
    options = parser.parse_args()
    if options.alone:
        read_alone(options.folder, options.seed)
        return
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases: list[Database] = []
        if options.databases:
            databases = [
                stack.enter_context(Fts5(folder)),
                stack.enter_context(PostgreSQL(os.environ.get("TEST_DATABASE_URL", ""))),
            ]
        if not options.built:
            for name in ("index", "lists"):
                shutil.rmtree(folder / name, ignore_errors=True)
            built(folder / "index", folder / "lists", options.firms, options.processes)
        load(options.firms, databases)
        reader = Reader(folder / "index")
        asked = kinds(sample_of(options.firms), random.Random(options.seed))
        say(
            f"\n{'ms':22} {'CPU p50':>8} {'p95':>8} {'wall p50':>8} {'p95':>8} {'ratio':>5}"
            + "".join(f" {database.name:>10} {'times':>6}" for database in databases)
        )
        for kind in asked:
            measure(reader, kind, databases)
        command = [sys.executable, "-m", "bench.search", "0", "--alone", "--folder", str(folder)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
