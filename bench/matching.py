"""Matching at a chosen size: building the lists, memory, the twenty best of a firm, and whether they are exactly those.

Firms come from the generator, the same for a seed. Every figure stands beside its yardsticks of the same run: numpy lists
without rules, and with --database PostgreSQL and SQLite that find the same firms in SQL. The check computes every total of --checked
firms with a compiled loop that shares no code with the ranking, after comparing that loop with the product's explanation
of single pairs. Ends with status 1 where a ranking differs from it.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.bare_lists import bare_top
from bench.brute_force import all_totals
from bench.database_matching import DatabaseMatching, PostgreSQL, SQLite, fill, timed
from matchmaker.demo.generator.stream import CHUNK, SEED, chunk_of, firms, vocabularies
from matchmaker.engines.fit.index import FitIndex, Ranked
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.engines.fit.request import Request
from matchmaker.engines.fit.scoring import score
from matchmaker.engines.fit.segment import Segment
from matchmaker.engines.fit.snapshot import Builder, read
from matchmaker.engines.fit.weights import WEIGHTS_2026_1

OTHER = {"TR": "RU", "RU": "TR"}
WARM_UP = 20
MOST_CHUNKS = 25
PAIRS_OF = 40
ASKED_OF_DATABASES = 50
EVERY = 7
"""Excluded firms: so many of the best of each asked firm are barred, as refusals and matches do in life."""


def main() -> None:
    """Build, measure, check, print."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="bench-matching-"))
    lists = options.lists or folder / "lists"
    try:
        if options.lists is None:
            _print_build(options.firms, lists, options.seed)
        index = FitIndex.load(lists)
        segments = {segment.country: segment for segment in read(lists)[1]}
        say(f"  {sum(map(len, segments.values())):,} firms in the lists")
        asked = list(_asked(options.firms, options.asked, options.seed))
        _measure(index, segments, asked)
        if options.database:
            _measure_databases(options, index, asked)
        checked = list(_asked(options.firms, options.checked, options.seed))
        wrong = _check(index, segments, checked, options.seed)
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if wrong else 0)


def say(line: str) -> None:
    """Print a line at once, also into a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("firms", type=int, nargs="?", default=100_000)
    parser.add_argument("--asked", type=int, default=400, help="firms that are asked for")
    parser.add_argument(
        "--checked", type=int, default=1000, help="of those, rankings compared with brute force"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--lists", type=Path, help="lists of so many firms that bench.search left in its folder; else built"
    )
    parser.add_argument(
        "--database", default="", help="address of a PostgreSQL on this machine to compare with"
    )
    return parser.parse_args()


def _print_build(count: int, folder: Path, seed: int) -> None:
    cpu, wall, drawn = time.process_time(), time.perf_counter(), 0.0
    builder = Builder(folder, vocabularies())
    stream = firms(count, seed)
    while True:
        begun = time.process_time()
        chunk = next(stream, None)
        drawn += time.process_time() - begun
        if chunk is None:
            break
        builder.add(chunk.columns)
    builder.finish()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    size = sum(path.stat().st_size for path in folder.rglob("*.npy"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"{count:,} firms: built in {wall:.1f} s wall, {cpu:.1f} s CPU, of which {drawn:.1f} s to invent them"
    )
    say(f"  on disk {size / 1e6:.0f} MB, peak resident {peak:.0f} MB")


def _asked(count: int, wanted: int, seed: int) -> Iterator[FitProfile]:
    """Firms from all over the population, evenly."""
    chunks = min(MOST_CHUNKS, -(-count // CHUNK), wanted)
    for part in range(chunks):
        begin, end = count * part // chunks, count * (part + 1) // chunks
        chunk = chunk_of(begin + 1, seed)
        first = int(chunk.columns.ids[0]) - 1
        have = min(end, first + CHUNK) - begin
        some = wanted * (part + 1) // chunks - wanted * part // chunks
        for at in range(some):
            yield chunk.columns.profile(begin - first + have * at // some)


def _timed(calls: Sequence[Callable[[], Any]]) -> tuple[np.ndarray, np.ndarray]:
    for call in calls[:WARM_UP]:
        call()
    cpu, wall = [], []
    for call in calls:
        begun, at = time.process_time(), time.perf_counter()
        call()
        cpu.append(1000 * (time.process_time() - begun))
        wall.append(1000 * (time.perf_counter() - at))
    return np.asarray(cpu), np.asarray(wall)


def _row(name: str, cpu: np.ndarray, wall: np.ndarray) -> None:
    figures = [*np.percentile(cpu, (50, 95)), cpu.max(), *np.percentile(wall, (50, 95))]
    say(f"  {name:<44}" + "".join(f"{figure:9.2f}" for figure in figures))


def _measure(index: FitIndex, segments: dict[str, Segment], asked: list[FitProfile]) -> None:
    known = vocabularies()
    excluded = {one.firm_id: _excluded(index, one) for one in asked}
    say(f"  {'milliseconds, ' + str(len(asked)) + ' firms':<44}  CPU p50      p95      max wall p50      p95")
    cpu, wall = _timed(
        [
            lambda one=one: index.top(one, countries={OTHER[one.country]}, excluded=excluded[one.firm_id])
            for one in asked
        ]
    )
    _row("twenty best, hard rules inside, exact", cpu, wall)
    requests = {one.firm_id: Request.of(one, WEIGHTS_2026_1, known) for one in asked}
    bare_cpu, bare_wall = _timed(
        [lambda one=one: bare_top(segments[OTHER[one.country]], requests[one.firm_id]) for one in asked]
    )
    _row("numpy lists without rules, order or reasons", bare_cpu, bare_wall)
    _row(
        "counting all with 30 points or more (row 18)",
        *_timed([lambda one=one: index.count(one, 30, countries={OTHER[one.country]}) for one in asked[:60]]),
    )
    say(
        f"  ratio to the bare lists: {cpu.sum() / bare_cpu.sum():.2f} in sum, {np.median(cpu / bare_cpu):.2f} at the median"
    )
    memory = _memory()
    say(
        f"  memory of this process: {memory['Anonymous']:.0f} MB own, {memory['Rss']:.0f} MB with mapped files"
    )


def _excluded(index: FitIndex, one: FitProfile) -> frozenset[int]:
    best = index.top(one, countries={OTHER[one.country]})
    return frozenset(ranked.firm_id for ranked in best[::EVERY])


def _memory() -> dict[str, float]:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def _measure_databases(options: argparse.Namespace, index: FitIndex, asked: list[FitProfile]) -> None:
    """The same question in SQL, and whether the answers are the same firms with the same totals."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        databases: list[DatabaseMatching] = [
            PostgreSQL(options.database),
            SQLite(Path(folder) / "lines.sqlite3"),
        ]
        fill(databases, (chunk.columns for chunk in firms(options.firms, options.seed)))
        say(f"  databases loaded and indexed in {time.perf_counter() - begun:.0f} s")
        some = asked[:: max(1, len(asked) // ASKED_OF_DATABASES)]
        ours, wall = _timed([lambda one=one: index.top(one, countries={OTHER[one.country]}) for one in some])
        _row(f"the same {len(some)} firms in the lists", ours, wall)
        for database in databases:
            questions = [(one, OTHER[one.country]) for one in some]
            spent, waited, answers = timed(database, questions, vocabularies())
            cpu = np.asarray(spent)
            _row(f"{database.name}, the same twenty firms", cpu, np.asarray(waited))
            same = sum(
                answer == [(best.firm_id, best.total) for best in index.top(one, countries={country})]
                for answer, (one, country) in zip(answers, questions, strict=True)
            )
            say(
                f"  {database.name}: {same} of {len(some)} answers equal, {cpu.sum() / ours.sum():.0f} times the CPU in sum, "
                f"{np.median(cpu / ours):.0f} at the median"
            )


def _check(index: FitIndex, segments: dict[str, Segment], asked: list[FitProfile], seed: int) -> int:
    """Compare rankings with all totals; answers how many differ."""
    known, wrong, ties, pairs = vocabularies(), 0, 0, 0
    chance = np.random.default_rng(1)
    begun = time.perf_counter()
    for number, one in enumerate(asked):
        segment = segments[OTHER[one.country]]
        totals = all_totals(segment, Request.of(one, WEIGHTS_2026_1, known))
        if number < PAIRS_OF:
            pairs += _check_pairs(segment, one, totals, chance, seed)
        barred = _excluded(index, one) if number % 2 else frozenset()
        totals[segment.places_of(barred)[1]] = 0
        border = np.partition(totals, -21)[-21] if len(totals) > 21 else 0
        places = np.flatnonzero(totals >= max(int(border), 1))
        order = places[np.lexsort((segment.ids[places], -totals[places].astype(np.int64)))]
        best = tuple(Ranked(int(segment.ids[at]), int(totals[at])) for at in order[:20])
        ties += len(order) > 20 and totals[order[19]] == totals[order[20]]
        wrong += best != index.top(one, countries={OTHER[one.country]}, excluded=barred)
    say(
        f"  {len(asked)} rankings compared with all totals of each ({ties} with a tie at the border; the check agrees with "
        f"the explanation of {pairs} pairs): {wrong} differ ({time.perf_counter() - begun:.0f} s)"
    )
    return wrong


def _check_pairs(
    segment: Segment, one: FitProfile, totals: np.ndarray, chance: np.random.Generator, seed: int
) -> int:
    """The check against ``score``, for some of the best and some others; ends the run where it fails.

    Their profiles are drawn again by the generator, so that nothing is read back from the lists under test.
    """
    places = [*np.argpartition(totals, -3)[-3:].tolist(), *chance.integers(len(segment), size=3).tolist()]
    for at in places:
        number = int(segment.ids[at])
        columns = chunk_of(number, seed).columns
        if score(one, columns.profile(number - int(columns.ids[0]))).total != totals[at]:
            raise SystemExit(f"the check itself is wrong for firms {one.firm_id} and {number}")
    return len(places)


if __name__ == "__main__":
    main()
