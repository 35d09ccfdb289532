"""CPU time of a directory page against a bare Flask application, measured in turns in one run.

The bare one runs the same ORM statement for the rows and renders the same template with plain English strings and no
extension; see bench/bare.py. Both are called through their WSGI interface, in blocks that alternate, so that whatever
else the machine does falls on both. The figure is the median of the blocks' ratios. Ends with status 1 above the goal.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, EnvironBuilder

from bench.bare import bare_app
from matchmaker.app import create_app
from matchmaker.core.actor import VISITOR
from matchmaker.core.config import Config
from matchmaker.core.db import db
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.navigation import shown_places
from matchmaker.core.ui import FOOTER_PAGES
from matchmaker.directory.filters import read_selection
from matchmaker.directory.index import sync_now
from matchmaker.directory.page import DirectoryPage, directory_page

GOAL = 1.4
ADDRESS = "/firms"
WARM_UP = 20


def product(folder: Path) -> Flask:
    """The product on a fresh demo database with its index; rate limits are off, everything else as in operation."""
    app = create_app(Config(DEMO=True, TESTING=True, INSTANCE_DIR=str(folder)))
    with app.app_context():
        db.create_all()
    for command in ("load-reference", "demo-data"):
        result = app.test_cli_runner().invoke(args=[command])
        if result.exit_code:
            raise SystemExit(f"{command} failed: {result.output}{result.exception!r}")
    with app.app_context():
        sync_now()
    return app


def bare(app: Flask) -> Flask:
    """The bare application that shows the same page."""
    with app.test_request_context(ADDRESS):
        page: DirectoryPage = directory_page(VISITOR, read_selection(MultiDict()))
        ids = [int(row.url.rpartition("/")[2]) for row in page.rows]
        footer = [
            SimpleNamespace(endpoint=one.endpoint, label=str(one.label))
            for one in FOOTER_PAGES
            if one.endpoint in app.view_functions
        ]
        shown: Mapping[str, Any] = {
            "config": {name: app.config[name] for name in ("PRODUCT_NAME", "DEMO")},
            "places": shown_places(),
            "tabs": shown_places(tabs=True),
            "footer": footer,
            "rules": [(rule.rule, rule.endpoint) for rule in app.url_map.iter_rules()],
            "languages": list(LANGUAGES.items()),
        }
        return bare_app(db.engine, page, ids, shown)


def caller(app: Flask) -> Callable[[], bytes]:
    """Calls the page through WSGI and reads the whole answer."""
    client = Client(app)

    def call() -> bytes:
        with client.open(EnvironBuilder(path=ADDRESS)) as response:
            if response.status_code != 200:
                raise SystemExit(f"{ADDRESS} answered {response.status_code}")
            return response.get_data()

    return call


def milliseconds(call: Callable[[], bytes], times: int) -> float:
    """CPU time of one call, all threads of this process."""
    begin = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - begin) / times * 1000


def measure(ours: Callable[[], bytes], plain: Callable[[], bytes], blocks: int, times: int) -> float:
    """Print both times block by block; the median ratio."""
    for call in (ours, plain):
        milliseconds(call, WARM_UP)
    ratios, mine, theirs = [], [], []
    for _ in range(blocks):
        mine.append(milliseconds(ours, times))
        theirs.append(milliseconds(plain, times))
        ratios.append(mine[-1] / theirs[-1])
    print(f"directory page   {statistics.median(mine):6.2f} ms CPU")
    print(f"bare Flask       {statistics.median(theirs):6.2f} ms CPU")
    return statistics.median(ratios)


def main() -> int:
    """Measure and compare with the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=15)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = product(Path(folder))
        ours, plain = caller(app), caller(bare(app))
        size, bare_size = len(ours()), len(plain())
        print(f"page sizes       {size} and {bare_size} bytes")
        ratio = measure(ours, plain, options.blocks, options.times)
    print(f"ratio            {ratio:6.2f}, goal at most {GOAL}")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
