"""Processes that share work: every task is done once, errors come back, nothing stays behind."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from matchmaker.core.crew import Crew, CrewFailed


@contextmanager
def squaring(folder: Path) -> Iterator[Callable[[int], int]]:
    """Squares numbers, fails at 13, is killed at 99; tidies up into a file."""

    def square(number: int) -> int:
        if number == 13:
            raise ValueError("unlucky")
        if number == 99:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    (folder / f"{os.getpid()}.begun").write_text(os.environ.get("GLIBC_TUNABLES", ""))
    yield square
    (folder / f"{os.getpid()}.closed").touch()


def test_crew_when_work_is_done_then_each_result_once_and_all_closed(tmp_path: Path) -> None:
    with Crew(squaring, [(tmp_path,), (tmp_path,)]) as crew:
        assert sorted(crew.results(range(9))) == [number * number for number in range(9)]
        crew.finish()
    assert len(list(tmp_path.glob("*.closed"))) == 2
    assert all("hugetlb=1" in one.read_text() for one in tmp_path.glob("*.begun"))
    assert "GLIBC_TUNABLES" not in os.environ
    assert all(one.cpu > 0 and one.peak > 1_000_000 for one in crew.spent)


@pytest.mark.parametrize(("number", "error"), [(13, ValueError), (99, CrewFailed)])
def test_crew_when_a_task_fails_then_raised_here_and_nobody_stays(
    tmp_path: Path, number: int, error: type[Exception]
) -> None:
    with pytest.raises(error), Crew(squaring, [(tmp_path,)]) as crew:
        list(crew.results([1, number, 2]))
    assert not list(tmp_path.glob("*.closed"))
    (begun,) = tmp_path.glob("*.begun")
    until = time.monotonic() + 60
    while Path(f"/proc/{begun.stem}").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{begun.stem}").exists()
