"""Who writes next to the embedded database."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from matchmaker.core import turns
from matchmaker.core.db import db
from matchmaker.core.turns import Turns, begin_immediate
from matchmaker.core.unit_of_work import unit_of_work


def test_the_turn_goes_to_whoever_has_waited_longest() -> None:
    line, served = Turns(), []
    assert line.take(0)

    def comes(name: int) -> None:
        assert line.take(60)
        served.append(name)
        line.give()

    threads = []
    for name in range(5):
        threads.append(threading.Thread(target=comes, args=(name,)))
        threads[-1].start()
        while len(line._line) <= name:
            time.sleep(0.001)
    line.give()
    for thread in threads:
        thread.join(60)

    assert served == [0, 1, 2, 3, 4]


def test_whoever_waited_long_enough_leaves_the_line_and_the_next_gets_the_turn() -> None:
    line = Turns()
    assert line.take(0)
    assert not line.take(0.01)
    line.give()
    assert line.take(0)


def test_a_lock_held_by_another_process_ends_the_wait_and_gives_the_turn_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.05)
    path, line = tmp_path / "some.sqlite3", Turns()
    other, mine = (sqlite3.connect(path, isolation_level=None) for _ in range(2))
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError):
        begin_immediate(mine, line)
    other.execute("COMMIT")
    begin_immediate(mine, line)

    assert mine.in_transaction
    assert not line.take(0)


def test_a_transaction_that_fails_lets_the_next_in(
    app: Flask, concurrently: Callable[..., list[Any]]
) -> None:
    def fails() -> None:
        with unit_of_work():
            raise ValueError("undone")

    def works() -> str:
        with unit_of_work():
            return str(db.session.connection().connection.info)

    results = concurrently(*(fails for _ in range(3)), *(works for _ in range(3)))

    assert sum(isinstance(one, ValueError) for one in results) == 3
    assert sum(isinstance(one, str) and "turn" in one for one in results) == 3
