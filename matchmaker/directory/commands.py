"""The command that builds the search index anew."""

from typing import Any

import click
from flask.cli import with_appcontext

from matchmaker.directory.index import rebuild_index
from matchmaker.engines.search.storage import RebuildBusy
from matchmaker.matching.lists import rebuild_lists
from matchmaker.matching.lists_files import ListsBusy


@click.command("index-rebuild")
@with_appcontext
def index_rebuild() -> None:
    """Build the search index of this machine anew; searching goes on meanwhile."""
    shown: list[Any] = []

    def report(done: int, total: int) -> None:
        if not shown:
            shown.append(click.progressbar(length=max(total, 1), label="Indexing"))
            shown[0].__enter__()
        shown[0].update(done - shown[0].pos)

    try:
        firms = rebuild_index(report)
    except RebuildBusy as error:
        raise click.ClickException("Another process is building the search index.") from error
    for bar in shown:
        bar.__exit__(None, None, None)
    click.echo(f"{firms} firms in the search index.")
    try:
        click.echo(f"{rebuild_lists() or 'Few'} firms in the lists that matching maps.")
    except ListsBusy as error:
        raise click.ClickException("Another process is building the lists.") from error
