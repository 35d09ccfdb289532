"""A real Chromium for the journeys."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
)

PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine; nothing waits longer than it has to."""
expect.set_options(timeout=PATIENCE)
NAMES = ("chromium", "chromium-browser", "google-chrome")
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
    """Start the browser; as root it has no sandbox. Without a graphics card, imitating one takes a tenth of the time."""
    arguments = ["--disable-gpu", "--disable-gpu-rasterization"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, args=arguments)


def type_at_once(box: Locator, words: str) -> None:
    """Type so that the field learns of it once.

    Between letters typed singly a busy machine finds time to show what fits the first of them; what the next letters
    bring then comes over a choice that was made meanwhile.
    """
    box.focus()
    box.page.keyboard.insert_text(words)


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
    context.set_default_timeout(PATIENCE)
    person = Visitor(context, context.new_page(), site)
    person.watch()
    return person
