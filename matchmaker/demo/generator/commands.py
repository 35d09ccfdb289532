"""The command that fills a trial installation with any number of invented firms."""

from datetime import UTC, datetime, time

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.demo.generator.storing import MOST, identifier, store
from matchmaker.demo.generator.stream import SEED, firms
from matchmaker.firms.models import FirmIdentifier


@click.command("generate-firms")
@click.argument("count", type=click.IntRange(1, MOST))
@click.option("--seed", default=SEED, show_default=True, help="Another number gives other firms.")
@with_appcontext
def generate_firms(count: int, seed: int) -> None:
    """Write COUNT invented verified firms of both countries, the same for a seed; for demo mode only, and once."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("Invented firms are for demo mode only: set DEMO=1.")
    if is_filled():
        raise click.ClickException("Invented firms are here already; begin with an empty database.")
    morning = datetime.combine(clock.today(), time(5), tzinfo=UTC)
    written = 0
    for chunk in firms(count, seed):
        with next_unit_of_work():
            written += store(chunk, morning)
        click.echo(f"{written} of {count}")
    click.echo("Written. Run index-rebuild to build the search index in one go.")


def is_filled() -> bool:
    """Whether firm number 1 of the generator is here, whatever its country and form."""
    first = [identifier(country, sole, 1)[1] for country in ("TR", "RU") for sole in (True, False)]
    return bool(
        db.session.scalar(select(func.count(FirmIdentifier.id)).where(FirmIdentifier.value.in_(first)))
    )
