"""Directory pages over HTTP: eight clients at once against the product as it is served in operation, on N invented firms.

`make bench-http N=20000` runs it: gunicorn with two workers of two threads and `flask worker` beside it, on SQLite or,
with DATABASE_URL, on an empty PostgreSQL database. Visitors ask for pages of several kinds in turn, each over a new
connection, as a proxy does; rate limits are off. Wall time is what a client waits, CPU is what all web workers spent.
Then firms are renamed one by one, to words that no run had before, while four clients search for the new name again and
again: the figure is how long after the commit the last answer came that did not show it. Other firms are renamed and
searched for by one of their people at once: the first answer has to show the change, and the figure is how long it took.
Ends with status 1 on an error, or above one of the goals.
"""

import argparse
import contextlib
import http.client
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from bench.search import percentiles
from matchmaker.app import create_app
from matchmaker.core import clock
from matchmaker.core.config import Config
from matchmaker.core.db import db
from matchmaker.core.jobs import worker_is_alive
from matchmaker.core.unit_of_work import next_unit_of_work, unit_of_work
from matchmaker.demo.generator.storing import store
from matchmaker.demo.generator.stream import firms
from matchmaker.directory.filters import ANYWHERE
from matchmaker.directory.index import rebuild_index
from matchmaker.firms.enums import Side
from matchmaker.firms.models import Firm, FirmProduct, FirmText
from matchmaker.firms.services import index_later
from tests.clients import Client
from tests.factories.firms import member_of
from tests.sites import free_port

GOAL_MS = 150.0
VISIBLE_SECONDS = 2.0
CLIENTS = 8
WARM_UP = 40
POLLERS, PAUSE, WATCHED = 4, 0.1, 3.0
"""Clients that look for a renamed firm, seconds between two looks, and for how long they look."""
TICKS = os.sysconf("SC_CLK_TCK")
LANGUAGES = ("tr", "ru", "en")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client got: the kind of page, whether it was in order, seconds waited, and the page."""

    kind: str
    fine: bool
    seconds: float
    body: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """The product being served."""

    port: int
    web: subprocess.Popen[bytes]

    def get(self, kind: str, path: str, language: str = "en", cookie: str = "") -> Answer:
        """Ask for a page over a connection of its own, as a visitor or with the cookie of a person."""
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {"Accept-Language": language, "Connection": "close", "Cookie": cookie}
            connection.request("GET", path, headers=headers)
            reply = connection.getresponse()
            body = reply.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return Answer(kind, False, time.perf_counter() - begin, repr(error))
        finally:
            connection.close()
        return Answer(kind, reply.status == 200, time.perf_counter() - begin, body)

    def cpu_seconds(self) -> float:
        """What the web workers spent since they began."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        return sum(_cpu(number) for number in children)


def _cpu(number: str) -> float:
    user, system = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def application(folder: Path) -> Flask:
    """The product on the database of DATABASE_URL, else on SQLite in the folder."""
    address = os.environ.get("DATABASE_URL", "")
    return create_app(Config(DEMO=True, TESTING=True, INSTANCE_DIR=str(folder), DATABASE_URL=address))


def prepare(app: Flask, count: int, *, kept: bool) -> None:
    """Tables, invented firms with all their rows, and the index built from the database; a kept folder has them."""
    begin = time.perf_counter()
    with app.app_context():
        db.create_all()
        if stored := db.session.scalar(select(func.count()).select_from(Firm)):
            if kept and stored == count:
                return
            raise SystemExit(f"The database has {stored} firms already; name an empty one.")
        for chunk in firms(count, 1):
            with next_unit_of_work():
                store(chunk, clock.now())
        written = time.perf_counter()
        rebuild_index()
        backend = db.engine.name
    print(
        f"{count} firms on {backend}: written in {written - begin:.0f} s, "
        f"indexed in {time.perf_counter() - written:.0f} s"
    )


def addresses(app: Flask, number: int, chance: random.Random) -> list[tuple[str, str]]:
    """So many kinds and addresses of pages, the kinds in turn; words, codes and regions are those of stored firms."""
    with app.app_context():
        last = db.session.scalar(select(func.max(Firm.id))) or 1
        some = sorted(chance.sample(range(1, last + 1), min(400, last)))
        rows = db.session.execute(
            select(
                Firm.id,
                Firm.country,
                Firm.region_code,
                Firm.legal_name,
                FirmText.summary,
                FirmProduct.hs_code,
            )
            .join(FirmText, FirmText.firm_id == Firm.id)
            .join(FirmProduct, FirmProduct.firm_id == Firm.id)
            .where(Firm.id.in_(some), FirmProduct.side == Side.OFFERED)
            .order_by(Firm.id, FirmText.id, FirmProduct.id)
        ).all()
    return list(islice(_pages(rows, chance), number))


def _pages(rows: Sequence[Sequence[object]], chance: random.Random) -> Iterator[tuple[str, str]]:
    while True:
        number, country, region, name, text, code = map(str, chance.choice(rows))
        words = [word for word in re.findall(r"\w+", text) if len(word) > 4] or [name]
        word = chance.choice(words)
        yield "first page", "/firms"
        yield "one word", _firms(q=word)
        yield "words, country", _firms(q=" ".join(chance.sample(words, min(2, len(words)))), country=country)
        yield "word, filters", _firms(q=word, region=region, offered=code[:4])
        yield "page five", _firms(q=word, page=5)
        yield "by name in region", _firms(region=region, sort="name")
        yield "offered goods", _firms(offered=code[:2], sort="newest")
        yield "firm's name", _firms(q=name)
        yield "nothing found", _firms(q=f"zq{chance.randrange(10**6)}x")
        yield "suggestions", f"/firms/suggestions?{urlencode({'q': word[: chance.randint(3, 5)]})}"
        yield "profile", f"/firms/{number}"


def _firms(**asked: object) -> str:
    return f"/firms?{urlencode(asked)}"


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Web workers as README starts them and the worker beside them, until the block ends."""
    port = free_port()
    environment = os.environ | {"DEMO": "1", "TESTING": "1", "INSTANCE_DIR": str(folder)}
    gunicorn = [
        "-m",
        "gunicorn",
        "--threads",
        "2",
        "--workers",
        "2",
        "--bind",
        f"127.0.0.1:{port}",
        "wsgi:app",
    ]
    commands = (gunicorn, ["-m", "flask", "--app", "wsgi", "worker"])
    with (folder / "site.log").open("w") as log:
        processes = [
            subprocess.Popen([sys.executable, *command], env=environment, stdout=log, stderr=log)
            for command in commands
        ]
    site = Site(port, processes[0])
    try:
        _wait(site, processes, folder / "site.log")
        yield site
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def _wait(site: Site, processes: Sequence[subprocess.Popen[bytes]], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and all(process.poll() is None for process in processes):
        if site.get("first page", "/firms").fine:
            return
        time.sleep(0.5)
    raise SystemExit(f"the product does not answer:\n{log.read_text()}")


def _wait_for_worker(app: Flask) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with app.app_context(), contextlib.suppress(RuntimeError):
            worker_is_alive()
            return
        time.sleep(0.5)
    raise SystemExit("the worker did not start")


def ask_all(site: Site, pages: Sequence[tuple[str, str]], cookie: str = "") -> list[Answer]:
    """All pages by eight clients at once, each asking again as soon as it is answered."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [
            clients.submit(site.get, kind, path, LANGUAGES[place % len(LANGUAGES)], cookie)
            for place, (kind, path) in enumerate(pages)
        ]
        return [one.result() for one in asked]


def measure(site: Site, pages: Sequence[tuple[str, str]]) -> bool:
    """Print waiting times by kind and together; whether all pages came and the goal is kept."""
    ask_all(site, pages[:WARM_UP])
    spent, begin = site.cpu_seconds(), time.perf_counter()
    answers = ask_all(site, pages)
    wall, spent = time.perf_counter() - begin, site.cpu_seconds() - spent
    errors = [one for one in answers if not one.fine]
    for kind in dict.fromkeys(one.kind for one in answers):
        _line(kind, [one for one in answers if one.kind == kind])
    _line("all", answers)
    print(f"{CLIENTS} clients, {len(answers) / wall:.0f} pages a second, {len(errors)} errors")
    print(f"CPU of the web workers {spent / len(answers) * 1000:.1f} ms a page, {spent / wall:.2f} cores")
    for one in errors[:5]:
        print(f"{one.kind}: {one.body[:200]}")
    p95 = percentiles([one.seconds * 1000 for one in answers])[1]
    print(f"p95 {p95:.0f} ms, goal below {GOAL_MS:.0f} ms")
    return not errors and p95 < GOAL_MS


def _line(kind: str, answers: Sequence[Answer]) -> None:
    times = [one.seconds * 1000 for one in answers]
    p50, p95 = percentiles(times)
    print(f"{kind:<18} {len(times):5} pages  p50 {p50:6.0f}  p95 {p95:6.0f}  max {max(times):6.0f} ms wall")


def rename(app: Flask, number: int) -> str:
    """Give a firm a name that neither it nor another had in this run or one before; answers the name."""
    name = f"Zq{secrets.token_hex(6)}"
    with app.app_context(), unit_of_work():
        firm = db.session.get_one(Firm, number)
        firm.trade_name, firm.visibility = name, firm.visibility | {"name": "public"}
        index_later(number)
    return name


def seconds_until_seen(app: Flask, site: Site, number: int) -> float:
    """Rename a firm; seconds from the commit to the end of the last answer that did not show it yet."""
    name = rename(app, number)
    begin, missed = time.perf_counter(), 0.0
    with ThreadPoolExecutor(POLLERS) as clients:
        while time.perf_counter() - begin < WATCHED:
            looks = [clients.submit(site.get, "look", _firms(q=name)) for _ in range(POLLERS)]
            if not all(f'href="/firms/{number}"' in look.result().body for look in looks):
                missed = time.perf_counter() - begin
            time.sleep(PAUSE)
    return missed


def visibility(app: Flask, site: Site, changes: int, chance: random.Random) -> bool:
    """Print how long changes took to reach all readers and the firms' own people; whether the goals are kept."""
    _wait_for_worker(app)
    with app.app_context():
        last = db.session.scalar(select(func.max(Firm.id))) or 1
    found = [seconds_until_seen(app, site, chance.randrange(1, last + 1)) for _ in range(changes)]
    print(
        f"a change is seen by all readers after {statistics.median(found):.2f} s (median), "
        f"{max(found):.2f} s at most of {changes}, goal {VISIBLE_SECONDS:.0f} s"
    )
    own = [own_search(app, site, chance.randrange(1, last + 1)) for _ in range(changes)]
    shown, times = sum(one.fine for one in own), [one.seconds for one in own]
    print(
        f"the next search of the firm's own people shows it in {shown} of {changes}, "
        f"answered after {statistics.median(times):.2f} s (median), {max(times):.2f} s at most"
    )
    return max(found) <= VISIBLE_SECONDS and shown == changes


def own_search(app: Flask, site: Site, number: int) -> Answer:
    """Rename a firm and have one of its people search for the new name; fine where the first answer shows the firm."""
    with app.app_context(), unit_of_work():
        person = member_of(db.session.get_one(Firm, number)).id
    client = Client(app, use_cookies=True).sign_in(person)
    kept = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    cookie = f"{kept.key}={kept.value}" if kept else ""
    # Every web worker makes its lists of fits for the first reader with a firm.
    ask_all(site, [("own", "/firms")] * CLIENTS, cookie)
    name = rename(app, number)
    found = site.get("own", _firms(q=name, country=ANYWHERE), cookie=cookie)
    return replace(found, fine=found.fine and f'href="/firms/{number}"' in found.body)


def main() -> int:
    """Read the command line, measure, compare with the goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("firms", type=int)
    parser.add_argument("--pages", type=int, default=1_100)
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument(
        "--folder", type=Path, help="where the data is kept for another run; else thrown away"
    )
    options = parser.parse_args()
    chance = random.Random(1)
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        app = application(folder)
        prepare(app, options.firms, kept=options.folder is not None)
        pages = addresses(app, options.pages, chance)
        with served(folder) as site:
            fine = measure(site, pages)
            seen = visibility(app, site, options.changes, chance) if options.changes else True
    return int(not (fine and seen))


if __name__ == "__main__":
    sys.exit(main())
