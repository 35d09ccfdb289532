"""The same way in from the command line, for a nightly round: check a file, and with --apply take it in."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from werkzeug.datastructures import FileStorage

from matchmaker.compliance.lists import queries, services
from matchmaker.compliance.lists.labels import FLAWS, list_problem
from matchmaker.compliance.lists.lines import Flaw
from matchmaker.compliance.lists.services import Asked
from matchmaker.core import jobs
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.jobs import Job, JobState
from matchmaker.core.unit_of_work import next_unit_of_work

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PROBLEMS_SHOWN = 50


@click.command("import-screening-list")
@click.argument("file", type=FILE)
@click.option("--list", "name", required=True, help="Name of the list that the file is a new version of.")
@click.option("--version", default="", help="Its version; without it the date of the file.")
@click.option(
    "--date", "dated_on", type=click.DateTime(["%Y-%m-%d"]), help="Its date; without it that of the file."
)
@click.option("--apply", "applying", is_flag=True, help="Take it in; without it nothing is changed.")
@click.option("--sure", is_flag=True, help="Take it in although lines are faulty or many entries are gone.")
@with_appcontext
def import_screening_list_command(
    file: Path, name: str, version: str, dated_on: datetime | None, applying: bool, sure: bool
) -> None:
    """Check a screening list against the version in use and, with --apply, take it in and have firms screened again."""
    asked = Asked(name, version, dated_on.date() if dated_on else None)
    try:
        check = _checked(file, asked)
        for line in summary(check.result):
            click.echo(line)
        if "refused" in check.result:
            raise click.ClickException(list_problem(check.result["refused"], check.result["detail"]))
        if applying:
            click.echo(_taken_in(check, sure=sure))
        else:
            click.echo("Nothing was changed; --apply takes the list in.")
    except DomainError as error:
        raise click.ClickException(error.message) from error


def _checked(file: Path, asked: Asked) -> Job:
    with file.open("rb") as stream, next_unit_of_work():
        number = services.begin_check(None, FileStorage(stream, file.name), asked).id
    return _done(number)


def _taken_in(check: Job, *, sure: bool) -> str:
    with next_unit_of_work():
        begun = services.begin_taking_in(None, check, sure=sure)
        number = begun.id if begun else 0
    if not number:
        return "The list says the same as the version in use; that it was looked at today is noted."
    found = _done(number).result
    if "superseded" in found:
        raise click.ClickException(found["superseded"])
    return f"Version {found['version']} with {found['entries']} entries is in use; firms are screened again."


def _done(number: int) -> Job:
    """Do a job here, or wait for the worker that has taken it; fails as the job did."""
    jobs.run(number)
    while True:
        db.session.rollback()
        job = queries.check(number)
        db.session.refresh(job)
        if job.is_over:
            break
        time.sleep(0.5)
    if job.state is not JobState.DONE:
        raise click.ClickException(job.error or str(job.state))
    return job


def summary(found: dict[str, Any]) -> list[str]:
    """The report of a check: problems by line, then the counts."""
    problems = found["problems"][:PROBLEMS_SHOWN]
    lines = [f"line {line}: {FLAWS[Flaw(flaw)]} {value!r}" for line, flaw, value in problems]
    if found["problem_count"] > len(problems):
        lines.append(f"and {found['problem_count'] - len(problems)} more")
    if "form" in found:
        counted = ", ".join(f"{name} {found[name]}" for name in ("new", "changed", "same", "gone"))
        lines.append(f"{found['form']}, dated {found['published'] or 'unknown'}")
        lines.append(f"{found['entries']} entries: {counted}; lines left out: {found['bad_lines']}")
    return lines
