"""Index and database are compared firm by firm, also after processes were killed at work."""

from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from bench.kills import run, work
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.directory import index
from matchmaker.directory.comparison import compare
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.writer import Writer
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from tests.directory.given_firms import russian, turkish
from tests.sites import FORKS

Given = Callable[[], Any]


@pytest.mark.data
def test_each_kind_of_difference_is_found(app: Flask, given: Given) -> None:
    with given():
        told, lost, hidden = turkish(), russian(), russian()
    with app.app_context():
        index.sync_now()
        assert compare().agrees
    with given() as session:
        session.get_one(Firm, told.id).trade_name = "Untold"
        session.get_one(Firm, hidden.id).state = FirmState.SUSPENDED
    with app.app_context(), Writer(index.search_index().root) as writer:
        writer.apply([FirmDocument(9_999, ("Nobody",))], removed=[lost.id])

    with app.app_context():
        found = compare()

    assert (found.different, found.missing, found.extra) == ([told.id], [lost.id], [hidden.id, 9_999])
    assert (found.compared, found.agrees) == (2, False)


def test_the_command_says_what_differs(app: Flask, given: Given) -> None:
    with given():
        firm = turkish()
    runner = app.test_cli_runner()

    agreed = runner.invoke(args=["index-check"])
    with app.app_context(), unit_of_work(), Writer(index.search_index().root) as writer:
        writer.apply(removed=[firm.id])
    differs = runner.invoke(args=["index-check"])

    assert (agreed.exit_code, agreed.output) == (0, "1 firms: index and database agree.\n")
    assert differs.exit_code == 1
    assert f"1 firms not in the index: {firm.id}" in differs.output


class Forked:
    """A process of the trial that has imported the application already, which takes longer than its work."""

    def __init__(self, folder: Path, address: str, role: str) -> None:
        here, there = FORKS.Pipe(duplex=False)
        self.process = FORKS.Process(target=at_work, args=(folder, address, role, there), daemon=True)
        self.process.start()
        there.close()
        assert here.recv() == "ready"

    def poll(self) -> int | None:
        return self.process.exitcode

    def kill(self) -> None:
        self.process.kill()

    def wait(self) -> None:
        self.process.join()


def at_work(folder: Path, address: str, role: str, told: Connection) -> None:
    """What such a process does."""
    work(folder, address, role, lambda: told.send("ready"))


@pytest.mark.slow
def test_index_and_database_agree_after_processes_were_killed(tmp_path: Path) -> None:
    assert run(2, tmp_path, "", roles=("indexer", "web"), start=Forked)
