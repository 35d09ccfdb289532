"""Commands that import a national register and an agency's own list from the shell."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.models import RegisterImport
from matchmaker.firms.registers import services
from matchmaker.firms.registers.archive import BadArchive
from matchmaker.firms.registers.columns import Column
from matchmaker.firms.registers.importing import import_register
from matchmaker.firms.registers.labels import SHEET_PROBLEMS, cell_flaw
from matchmaker.firms.registers.list_runs import run_list
from matchmaker.firms.registers.sheets import SheetProblem
from matchmaker.firms.registers.tables import CellFlaw, Flaw

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import-register")
@click.argument("file", type=FILE)
@with_appcontext
def import_register_command(file: Path) -> None:
    """Stream the official zip of the national register into register entries; goes on where it was stopped."""
    with unit_of_work():
        imported = services.begin_import(None, file_name=file.name, sha256=services.digest_of(file))
        number, begun = imported.id, imported.read
    if begun:
        click.echo(f"Going on behind {begun} entries of import {number}.")
    try:
        with _Bar() as bar:
            imported = import_register(number, file, bar.report)
    except BadArchive as error:
        raise click.ClickException(str(error)) from error
    for line in summary(imported):
        click.echo(line)


@click.command("import-firms")
@click.argument("file", type=FILE)
@click.option(
    "--apply", "applying", is_flag=True, help="Take the good rows over; without it nothing is changed."
)
@click.option(
    "--country", "countries", multiple=True, help="Take only firms of this country; may be repeated."
)
@with_appcontext
def import_firms_command(file: Path, applying: bool, countries: tuple[str, ...]) -> None:
    """Check an agency's list (CSV or XLSX) row by row and, with --apply, make or change firms in draft."""
    found = run_list(None, file, countries or None, lambda _done, _total: None, applying=applying)
    for line in list_summary(found, applying=applying):
        click.echo(line)
    if "refused" in found:
        raise click.ClickException(
            f"{SHEET_PROBLEMS[SheetProblem(found['refused'])]} {found['detail']}".strip()
        )


class _Bar:
    """The progress as a bar in the terminal, with rate and remaining time."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def report(self, done: int, total: int, **detail: Any) -> None:
        """Move the bar."""
        if self._bar is None:
            self._bar = click.progressbar(length=max(total, 1), label="Importing", item_show_func=_pace)
            self._bar.__enter__()
        self._bar.update(done - self._done, detail)
        self._done = done


def _pace(detail: Any) -> str:
    return f"{detail['rate']} entries/s, {detail['remaining']} s left" if detail else ""


def summary(imported: RegisterImport) -> list[str]:
    """The counts of an import, one line each."""
    stored = imported.added + imported.changed
    lost = imported.read - stored - imported.unchanged - imported.malformed
    counted = f"added {imported.added}, changed {imported.changed}, unchanged {imported.unchanged}"
    total = f"read {imported.read}: {counted}, malformed {imported.malformed}, lost {lost}"
    return [total, *(f"  {name}: {count}" for name, count in imported.counts.items())]


def list_summary(found: dict[str, Any], *, applying: bool) -> list[str]:
    """The report of a list: problems by row, then the counts."""
    lines = [f"row {row}: {_cell(column, flaw)} {value!r}" for row, column, flaw, value in found["problems"]]
    if found["problem_count"] > len(found["problems"]):
        lines.append(f"and {found['problem_count'] - len(found['problems'])} more")
    if "form" in found:
        lines.append(
            " ".join(part for part in (found["form"], found["encoding"], repr(found["separator"])) if part)
        )
    counted = ", ".join(f"{name} {count}" for name, count in found["outcomes"].items())
    lines.append(f"{found['rows']} rows: {counted}")
    return lines if applying else [*lines, "Nothing was changed; --apply takes the good rows over."]


def _cell(column: str, flaw: str) -> str:
    name, sentence = cell_flaw(CellFlaw(Flaw(flaw), Column(column) if column else None))
    return f"{name}: {sentence}" if name else sentence
