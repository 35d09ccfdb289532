"""Commands that import a national register and an agency's own list from the shell."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.models import RegisterImport
from matchmaker.firms.registers import services
from matchmaker.firms.registers.archive import BadArchive
from matchmaker.firms.registers.importing import import_register

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
