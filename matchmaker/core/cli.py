"""Commands that run the product: server and worker."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress import serve as serve_wsgi

from matchmaker.core import jobs
from matchmaker.core.large_uploads import LARGEST

GOODBYE: Final = 5.0
"""Seconds in which a worker that was told to end may do so by itself."""

Greeting = Callable[[str], Iterable[str]]


@click.command("worker")
@click.option("--beside", type=int, help="End when the process of this number ends.")
@with_appcontext
def worker(beside: int | None) -> None:
    """Run long jobs, send mail, keep the search index in step."""
    if beside is not None:
        threading.Thread(target=_end_with, args=(beside,), daemon=True).start()
    jobs.run_worker(_app())


@click.command("serve")
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--without-worker", is_flag=True, help="Start no worker beside the server; one runs already.")
@with_appcontext
def serve(port: int, host: str, without_worker: bool) -> None:
    """Serve the product with the worker beside it, in the embedded set-up."""
    app = _app()
    beside = None if without_worker else _start_worker()
    greeting: Greeting = app.extensions.get("tandem-greeting", lambda address: [f"Serving on {address}"])
    for line in greeting(f"http://{host}:{port}"):
        click.echo(line)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serve_wsgi(app, host=host, port=port, threads=8, ident=None, max_request_body_size=LARGEST)
    except OSError as error:
        message = f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with PORT=..."
        raise click.ClickException(message) from error
    finally:
        if beside is not None:
            stop(beside)


def stop(process: subprocess.Popen[bytes], patience: float = GOODBYE) -> None:
    """End a worker: it is told to, and killed when it still computes after `patience` seconds.

    Nothing is lost by that: a job that was cut off is taken up again by the next worker.
    """
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _start_worker() -> subprocess.Popen[bytes]:
    # In a group of its own: Ctrl-C would make it wait for the job at hand, deaf to the SIGTERM that follows.
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--beside", str(os.getpid())],
        process_group=0,
    )


def _app() -> Flask:
    # A method of the proxy, which by its type is the application itself.
    found: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return found


def _end_with(number: int) -> None:
    while os.getppid() == number:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
