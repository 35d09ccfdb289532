"""Ending the worker that runs beside the server."""

import signal
import subprocess
import sys

from matchmaker.core.cli import stop

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
WILLING = "import time; print(flush=True); time.sleep(60)"


def _ended_by(code: str) -> int:
    with subprocess.Popen([sys.executable, "-Sc", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        stop(process, patience=0.2 if code == DEAF else 10)
        return -process.returncode


def test_a_worker_that_goes_on_computing_is_killed() -> None:
    assert _ended_by(DEAF) == signal.SIGKILL


def test_a_worker_that_listens_ends_by_itself() -> None:
    assert _ended_by(WILLING) == signal.SIGTERM
