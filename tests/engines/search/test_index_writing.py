"""One writer, whole batches, rebuilds beside the old index, and what the pinned tantivy does with deletes."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tantivy

from matchmaker.engines.search.codes import pack, unpack
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.parts import Part, sizes
from matchmaker.engines.search.query import SearchQuery
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.schema import FIRM_ID, build_schema
from matchmaker.engines.search.storage import (
    IndexIncomplete,
    IndexMissing,
    IndexMoved,
    RebuildBusy,
    WriterBusy,
    current_generation,
    needs_rebuild,
    usable_generation,
)
from matchmaker.engines.search.writer import Writer, open_or_create, rebuild

HOLDER = """
import sys, time
from pathlib import Path
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.writer import Writer
writer = Writer(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    writer.apply([FirmDocument(1, (f"Change {number}",)), FirmDocument(number + 1, ("Growing",))], position=number)
    print(number, flush=True)
"""

REBUILDER = """
import sys
from pathlib import Path
from matchmaker.core.crew import Crew
from matchmaker.engines.search.writer import rebuild
from tests.engines.search.test_index_writing import filling
with rebuild(Path(sys.argv[1])) as build, Crew(filling, [(build.folder_of_part(),)]) as crew:
    for process in crew.results(range(1, 1_000_000)):
        print(process, flush=True)
"""


@contextmanager
def filling(folder: Path) -> Iterator[Callable[[int], int]]:
    """What a process of a crew does for the rebuilder: takes a firm in and says which process it is."""
    part = Part(folder)

    def add(number: int) -> int:
        part.add([firm(number, "Half")])
        return os.getpid()

    try:
        yield add
    except BaseException:
        part.abandon()
        raise
    part.finish()


def firm(firm_id: int, name: str = "Deniz", country: str = "") -> FirmDocument:
    return FirmDocument(firm_id, (name,), country=country)


def ids(root: Path, text: str = "") -> list[int]:
    return Reader(root).ids(SearchQuery(text), 100)


def test_apply_when_firm_is_written_again_then_only_the_new_one_is_found(tmp_path: Path) -> None:
    with open_or_create(tmp_path) as writer:
        writer.apply([firm(1, "Deniz"), firm(2, "Ada")])
        writer.apply([firm(1, "Orman"), firm(1, "Liman")])
    assert (ids(tmp_path), ids(tmp_path, "deniz"), ids(tmp_path, "orman"), ids(tmp_path, "liman")) == (
        [1, 2],
        [],
        [],
        [1],
    )


def test_apply_when_repeated_then_nothing_changes(tmp_path: Path) -> None:
    with open_or_create(tmp_path) as writer:
        for _ in range(3):
            writer.apply([firm(1), firm(2)], removed=[3], position=7)
    assert (ids(tmp_path), Reader(tmp_path).firms, Reader(tmp_path).position) == ([1, 2], 2, 7)


def test_apply_when_firm_is_removed_then_gone_and_position_kept(tmp_path: Path) -> None:
    with open_or_create(tmp_path) as writer:
        writer.apply([firm(1), firm(2)], position=4)
        writer.apply(removed=[1], position=5)
        assert writer.position == 5
    assert ids(tmp_path) == [2]


def test_apply_when_code_cannot_be_kept_then_nothing_of_the_batch(tmp_path: Path) -> None:
    with open_or_create(tmp_path) as writer:
        writer.apply([firm(1)], position=1)
        with pytest.raises(ValueError, match="not a code"):
            writer.apply([firm(1, "New"), firm(2, country="far too long a code")], position=2)
        with pytest.raises(WriterBusy, match="closed"):
            writer.apply([firm(3)])
    assert (ids(tmp_path), ids(tmp_path, "deniz"), Reader(tmp_path).position) == ([1], [1], 1)


def test_refresh_when_other_writer_commits_then_seen_after_the_interval(tmp_path: Path) -> None:
    now = 0.0
    with open_or_create(tmp_path) as writer:
        reader = Reader(tmp_path, interval=1.0, monotonic=lambda: now)
        writer.apply([firm(1)])
        reader.refresh()
        assert reader.firms == 0
        now = 1.5
        reader.refresh()
        assert reader.firms == 1
        writer.apply([firm(2)])
        reader.refresh(now=True)
        assert reader.firms == 2


def test_writer_when_another_holds_the_index_then_refused_until_it_closes(tmp_path: Path) -> None:
    first = open_or_create(tmp_path)
    with pytest.raises(WriterBusy):
        Writer(tmp_path)
    first.close()
    first.close()
    Writer(tmp_path).close()


def test_writer_when_holder_is_killed_then_index_opens_and_no_commit_is_lost(tmp_path: Path) -> None:
    open_or_create(tmp_path).close()
    for _ in range(3):
        acknowledged = _kill_a_writer_at_work(tmp_path, after=3)
        with Writer(tmp_path) as writer:
            assert writer.position >= acknowledged
            reader = Reader(tmp_path)
            changes = {number for number in range(1, 200) if reader.ids(SearchQuery(f"change {number}"), 9)}
            assert len(changes) == 1
            assert changes.pop() >= acknowledged
            assert reader.firms == len(reader.ids(SearchQuery(), 1_000))


def test_writer_when_a_killed_commit_left_its_deletions_then_the_same_batch_is_written(
    tmp_path: Path,
) -> None:
    """Killed between the file of deletions and the list of segments; the next writer makes a file of that name."""
    with open_or_create(tmp_path) as writer:
        writer.apply([firm(1), firm(2)])
    index = usable_generation(tmp_path).index
    listed = (index / "meta.json").read_bytes()
    with Writer(tmp_path) as writer:
        writer.apply([firm(1)])
    left = {path.name for path in index.glob("*.del")}
    (index / "meta.json").write_bytes(listed)
    with Writer(tmp_path) as writer:
        writer.apply([firm(1)])
    assert left
    assert ids(tmp_path) == [1, 2]


def _kill_a_writer_at_work(root: Path, after: int) -> int:
    command = [sys.executable, "-c", HOLDER, str(root)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    ) as holder:
        assert holder.stdout is not None
        seen = [int(holder.stdout.readline()) for _ in range(after)]
        with pytest.raises(WriterBusy):
            Writer(root)
        holder.send_signal(signal.SIGKILL)
        rest = [int(line) for line in holder.stdout.read().split()]
    return (seen + rest)[-1]


def test_rebuild_when_killed_with_a_crew_at_work_then_old_index_serves_and_next_is_made(
    tmp_path: Path,
) -> None:
    with open_or_create(tmp_path) as writer:
        writer.apply([firm(1)], position=3)
    command = [sys.executable, "-c", REBUILDER, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as rebuilder:
        assert rebuilder.stdout is not None
        crew = [int(rebuilder.stdout.readline()) for _ in range(3)]
        with pytest.raises(RebuildBusy), rebuild(tmp_path):
            pass
        rebuilder.kill()

    assert (ids(tmp_path), ids(tmp_path, "half"), Reader(tmp_path).position) == ([1], [], 3)
    assert len(list(tmp_path.glob("*/part-*"))) == 2
    _await_end_of(crew[0])
    with rebuild(tmp_path, position=4) as build:
        build.add([firm(1), firm(2)])
    assert (ids(tmp_path), Reader(tmp_path).position) == ([1, 2], 4)
    assert not list(tmp_path.glob("*/part-*"))


def _await_end_of(process: int) -> None:
    until = time.monotonic() + 60
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_rebuild_when_done_then_readers_and_writers_move(tmp_path: Path) -> None:
    writer = open_or_create(tmp_path)
    writer.apply([firm(1)], position=3)
    reader = Reader(tmp_path)
    with rebuild(tmp_path, position=9) as build:
        build.add([firm(2), firm(4)])
        assert reader.firms == 1
    assert (build.firms, reader.firms) == (2, 1)
    reader.refresh(now=True)
    assert (reader.firms, reader.position) == (2, 9)
    with pytest.raises(IndexMoved):
        writer.apply([firm(5)])
    with Writer(tmp_path) as moved:
        moved.apply([firm(5)])
    assert ids(tmp_path) == [2, 4, 5]


def test_rebuild_when_parts_are_joined_then_one_index_that_can_be_changed_and_merged(tmp_path: Path) -> None:
    with rebuild(tmp_path, position=5) as build:
        build.add([firm(1, "Deniz")])
        for number in range(2, 12):
            part = Part(build.folder_of_part())
            part.add([firm(number, "Deniz"), firm(number + 100, "Orman")])
            part.finish()
    assert ids(tmp_path, "deniz") == list(range(1, 12))
    assert ids(tmp_path, "orman") == list(range(102, 112))
    generation = current_generation(tmp_path)
    assert generation is not None
    assert not list(generation.path.glob("part-*"))
    files = set(generation.index.glob("*.idx"))
    with Writer(tmp_path) as writer:
        writer.apply([firm(3, "Liman")], [4], position=6)
    # The segments of the parts are enough for a merge, which leaves none of their files behind.
    with Writer(tmp_path) as writer:
        writer.apply([firm(5, "Liman")], position=7)
    assert len(files & set(generation.index.glob("*.idx"))) < len(files)
    assert (ids(tmp_path, "liman"), ids(tmp_path, "deniz")) == ([3, 5], [1, 2, *range(6, 12)])
    assert ids(tmp_path, "orman") == list(range(102, 112))


def test_sizes_when_two_parts_are_joined_then_tantivy_finds_nothing_to_merge() -> None:
    """As its LogMergePolicy tells segments apart; up to eleven million firms."""
    for firms in (1_000, 1_500_000, 2_400_001, 4_750_000, 5_500_000):
        found: list[int] = []
        for share in (firms - 300, firms + 300):
            left = share
            for size in sizes():
                found.append(min(size, left))
                left -= size
                if left <= 0:
                    break
        levels: list[list[float]] = []
        for size in sorted((math.log2(max(one, 10_000)) for one in found), reverse=True):
            if not levels or size < levels[-1][0] - 0.75:
                levels.append([])
            levels[-1].append(size)
        assert max(map(len, levels)) < 8, found


def test_rebuild_when_a_part_was_not_finished_then_refused_and_old_index_stays(tmp_path: Path) -> None:
    with rebuild(tmp_path) as build:
        build.add([firm(1)])
    with pytest.raises(IndexIncomplete), rebuild(tmp_path) as build:
        Part(build.folder_of_part()).abandon()
    assert ids(tmp_path) == [1]
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_rebuild_when_it_fails_then_old_index_stays(tmp_path: Path) -> None:
    with rebuild(tmp_path) as build:
        build.add([firm(1)])
    before = current_generation(tmp_path)
    with pytest.raises(ValueError, match="not a code"), rebuild(tmp_path) as build:
        build.add([firm(2), firm(3, country="far too long a code")])
    assert (current_generation(tmp_path), ids(tmp_path)) == (before, [1])
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_rebuild_when_writer_cannot_be_made_then_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"memory|heap|arena"), rebuild(tmp_path, threads=0):
        pass
    assert needs_rebuild(tmp_path)


def test_apply_when_batch_is_empty_then_only_the_position_moves(tmp_path: Path) -> None:
    with open_or_create(tmp_path) as writer:
        writer.apply([firm(1)], position=1)
        writer.apply(position=8)
    assert (ids(tmp_path), Reader(tmp_path).position) == ([1], 8)


def test_rebuild_when_another_runs_then_refused(tmp_path: Path) -> None:
    with rebuild(tmp_path), pytest.raises(RebuildBusy), rebuild(tmp_path):
        pass


def test_rebuild_when_repeated_then_only_the_last_two_generations_stay(tmp_path: Path) -> None:
    for _ in range(4):
        with rebuild(tmp_path) as build:
            build.add([firm(1)])
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_rebuild_when_folders_of_the_first_layout_are_there_then_they_go(tmp_path: Path) -> None:
    for name in ("public", "registered"):
        (tmp_path / name / "generation-000001").mkdir(parents=True)
    with rebuild(tmp_path) as build:
        build.add([firm(1)])
    assert not (tmp_path / "public").exists()
    assert not (tmp_path / "registered").exists()
    assert ids(tmp_path) == [1]


def test_reader_when_there_is_no_index_of_this_version_then_missing(tmp_path: Path) -> None:
    assert needs_rebuild(tmp_path)
    with pytest.raises(IndexMissing):
        Reader(tmp_path)
    with rebuild(tmp_path):
        pass
    assert not needs_rebuild(tmp_path)
    generation = current_generation(tmp_path)
    assert generation is not None
    (generation.path / "version").write_text("0.0")
    assert needs_rebuild(tmp_path)
    with pytest.raises(IndexMissing):
        Reader(tmp_path)
    with pytest.raises(IndexMissing):
        Writer(tmp_path)


def test_pinned_tantivy_when_deleting_by_signed_id_then_document_is_gone() -> None:
    index = tantivy.Index(build_schema())
    writer = index.writer(15_000_000, 1)
    for number in (1, 2, 3):
        entry = tantivy.Document()
        entry.add_integer(FIRM_ID, number)
        writer.add_document(entry)
    writer.commit()
    writer.delete_documents_by_term(FIRM_ID, 1)
    writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, FIRM_ID, [2]))
    writer.commit()
    index.reload()
    assert index.searcher().num_docs == 1


def test_pinned_tantivy_when_field_is_unsigned_then_delete_by_term_does_nothing() -> None:
    schema = tantivy.SchemaBuilder().add_unsigned_field("number", indexed=True).build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    entry = tantivy.Document()
    entry.add_unsigned("number", 1)
    writer.add_document(entry)
    writer.commit()
    writer.delete_documents_by_term("number", 1)
    writer.commit()
    index.reload()
    assert index.searcher().num_docs == 1, "the trap is mended upstream: the signed id may be reconsidered"


@pytest.mark.parametrize(
    "code", ["TR", "RU-TA", "28.14", "848180", "medium", "z", "+++++++++0", "00", "000001"]
)
def test_pack_when_unpacked_then_same_code(code: str) -> None:
    assert unpack(pack(code)) == code
    assert 0 < pack(code) < 2**63


@pytest.mark.parametrize("code", ["", "elevenchars", "a b", "ç"])
def test_pack_when_not_a_code_then_error(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        pack(code)
