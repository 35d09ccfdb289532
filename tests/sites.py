"""A real running site for the journeys: server and worker, in processes of their own."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

from flask.cli import FlaskGroup

from tests.compiled import compile_templates_once
from tests.databases import make_shared_folder
from tests.settings import SECRET_KEY

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120
LOWEST_PORT, PORTS = 20_000, 12_000
FORKS = get_context("forkserver")
"""Starts processes that have imported the application: they are forked from a clean one that did so."""
FORKS.set_forkserver_preload(["tests.warm"])


@contextlib.contextmanager
def started_site(database: str, folder: Path) -> Iterator[str]:
    """Serve the application with its worker, begun as `make run` begins them: by `flask serve`; gives the address."""
    environment, log = _environment(database, folder), folder / "site.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_healthy(environment["BASE_URL"], lambda: process.poll() is None, log)
        yield environment["BASE_URL"]
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


@contextlib.contextmanager
def forked_site(database: str, folder: Path) -> Iterator[str]:
    """The same, forked from a process that has imported the application: its start costs more than most journeys."""
    environment, log = _environment(database, folder), folder / "site.log"
    log.touch()
    processes = [
        FORKS.Process(target=run_command, args=(command, environment, log), daemon=True)
        for command in (["serve", "--without-worker"], ["worker"])
    ]
    for process in processes:
        process.start()
    try:
        wait_until_healthy(
            environment["BASE_URL"], lambda: all(process.is_alive() for process in processes), log
        )
        yield environment["BASE_URL"]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(10)
            if process.is_alive():
                process.kill()
                process.join(10)


def run_command(command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
    """Be `flask COMMAND` with this environment, writing to the log, until told to end."""
    with log.open("a") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.chdir(ROOT)
    os.environ.update(environment)
    compile_templates_once(make_shared_folder())
    FlaskGroup().main(args=["--app", "wsgi", *command], prog_name="flask")


def wait_until_healthy(address: str, is_alive: Callable[[], bool], log: Path) -> None:
    """Wait for /healthz; raises RuntimeError with the site's own words when it ends or stays ill."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and is_alive():
        with (
            contextlib.suppress(OSError),  # not there yet, ill, or still too busy to answer in time
            urllib.request.urlopen(f"{address}/healthz", timeout=5),
        ):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the site did not start:\n{log.read_text()[-4000:]}")


def free_port() -> int:
    """A port that nobody uses, below those that systems give to connections: until the site takes it, one might get it."""
    while True:
        port = LOWEST_PORT + secrets.randbelow(PORTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def _environment(database: str, folder: Path) -> dict[str, str]:
    port = free_port()
    return {
        "DATABASE_URL": database,
        "INSTANCE_DIR": str(folder),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO": "1",
        "TESTING": "1",
        "SECRET_KEY": SECRET_KEY,  # the one the demo data was made with: it locks the secrets of the second factor
    }
