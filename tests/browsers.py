"""A real Chromium and a real running site for the journeys."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

from tests.settings import SECRET_KEY

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 120
NO_FAULTS = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
"""What Chromium and htmx call errors although the page is well: refused forms (422), refused addresses (404), races
(409), and a search that a newer one replaced while it was on its way."""


def find_browser(playwright: Playwright) -> str | None:
    """The path of a Chromium: named by CHROMIUM, on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return found
    own = playwright.chromium.executable_path
    return own if not named and Path(own).exists() else None


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the browser; as root it has no sandbox."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=arguments)


@dataclass
class Visitor:
    """One person's browser: a context of its own, and what went wrong in it."""

    context: BrowserContext
    page: Page
    site: str
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note console errors, script errors, and requests that leave the site."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        self.page.on("request", self._request)

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_FAULTS):
            self.errors.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != urlsplit(self.site).netloc:
            self.errors.append(f"third party: {request.url}")


def visitor(browser: Browser, site: str, **options: Any) -> Visitor:
    """A new person; options are Playwright's, such as java_script_enabled, locale, viewport, color_scheme."""
    context = browser.new_context(**({"locale": "en-GB", "reduced_motion": "reduce"} | options))
    context.set_default_timeout(15_000)
    person = Visitor(context, context.new_page(), site)
    person.watch()
    return person


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running_site(database: str, folder: Path) -> Iterator[str]:
    """Serve the application with its worker in processes of their own, as `make run` does; gives the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = (
        os.environ
        | {
            "DATABASE_URL": database,
            "INSTANCE_DIR": str(folder),
            "PORT": str(port),
            "BASE_URL": address,
            "DEMO": "1",
            "TESTING": "1",
            "SECRET_KEY": SECRET_KEY,  # the one the demo data was made with: it locks the secrets of the second factor
        }
    )
    log = folder / "site.log"
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until_healthy(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for /healthz; raises RuntimeError with the site's own words when it ends or stays ill."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with (
            contextlib.suppress(OSError),  # not there yet, ill, or still too busy to answer in time
            urllib.request.urlopen(f"{address}/healthz", timeout=5),
        ):
            return
        time.sleep(0.2)
    raise RuntimeError(f"the site did not start:\n{log.read_text()[-4000:]}")
