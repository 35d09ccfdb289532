"""CPU time of the registry of memorandums with 92 and with 5,000 entries, whole page and filtered.

Run as `python -m bench.registry_page`. Asked for: under 100 ms with 92, under 200 ms with 5,000. Two figures stand on a
line: the first request after a memorandum was changed, which reads the whole registry anew, and one after which nothing
changed; the middle of the rounds and the slowest. The first request of a process, which also compiles the template, is
told apart: it happens once per start.
"""

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, update

from matchmaker.app import create_app
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.garbage import spare_what_stands
from matchmaker.demo.registry import COUNTRIES
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import Renewal, ScopeArea
from matchmaker.mous.models import Mou, MouArea, MouParty
from tests.settings import config_for

SIZES = (92, 5000)
ADDRESSES = ("/mous", "/mous?region=africa", "/mous?q=ken&area=trainings&status=active", "/mous?page=2")
ROUNDS = 15
CODES = [code for codes, _count in COUNTRIES.values() for code in codes]


def fill(count: int) -> None:
    """So many memorandums of one agency with partners of all regions, each with three areas."""
    now = clock.now()
    stamp = {"created_at": now, "updated_at": now}
    names = ("name_original", "name_tr", "name_ru", "name_en", "short_name")
    db.session.execute(
        insert(Institution),
        [
            {
                "id": at,
                "code": f"I{at}",
                "kind": InstitutionKind.SME_AGENCY,
                "country": CODES[at % len(CODES)],
            }
            | dict.fromkeys(names, f"Agency {at}")
            | stamp
            for at in range(1, count + 2)
        ],
    )
    db.session.execute(
        insert(Mou),
        [
            {"id": at, "number": f"M-{at}", "signed_on": date(2005, 1, 1) + timedelta(days=at % 7000)}
            | dict.fromkeys(("title_tr", "title_ru", "title_en"), f"Memorandum {at}")
            | {"term_months": 600 if at % 3 else None, "renewal": Renewal.UNKNOWN}
            | stamp
            for at in range(1, count + 1)
        ],
    )
    db.session.execute(
        insert(MouParty),
        [
            {"mou_id": at, "institution_id": party, "position": place} | stamp
            for at in range(1, count + 1)
            for place, party in enumerate((1, at + 1))
        ],
    )
    areas = list(ScopeArea)
    db.session.execute(
        insert(MouArea),
        [
            {"mou_id": at, "area": areas[(at + step) % 5]} | stamp
            for at in range(1, count + 1)
            for step in range(3)
        ],
    )
    db.session.commit()


def request(client: FlaskClient, address: str) -> float:
    """One request in milliseconds of this process's CPU."""
    start = time.process_time()
    answer = client.get(address)
    took = 1000 * (time.process_time() - start)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return took


def change(app: Flask, number: int) -> None:
    """Change a memorandum as its form would, so that what a process keeps is out of date."""
    with app.app_context():
        db.session.execute(update(Mou).where(Mou.id == number).values(place=f"Place {number}"))
        db.session.commit()


def rounds(app: Flask, address: str) -> tuple[list[float], list[float]]:
    """Requests right after a change, and requests with nothing changed before them."""
    client = app.test_client()
    changed, unchanged = [], []
    for at in range(1, ROUNDS + 1):
        change(app, at)
        changed.append(request(client, address))
        unchanged.append(request(client, address))
    return changed, unchanged


def told(took: list[float]) -> str:
    """The middle and the slowest."""
    return f"{median(took):6.1f} (at most {max(took):5.1f})"


def main() -> None:
    """Print a line for each size and address, in milliseconds of CPU."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            app = create_app(config_for("", Path(folder), DEMO=True))
            spare_what_stands()  # as wsgi.py does
            with app.app_context():
                db.create_all()
                fill(size)
            first = request(app.test_client(), ADDRESSES[0])
            click.echo(f"{size:>5} memorandums  first request of the process {first:6.1f}")
            for address in ADDRESSES:
                changed, unchanged = rounds(app, address)
                click.echo(f"  {address:<42} changed {told(changed)}   unchanged {told(unchanged)}")


if __name__ == "__main__":
    main()
