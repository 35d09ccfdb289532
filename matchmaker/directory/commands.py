"""The commands that build the search index anew and that compare it with the database."""

from typing import Any

import click
from flask.cli import with_appcontext

from matchmaker.core.db import db
from matchmaker.directory.comparison import compare
from matchmaker.directory.index import rebuild_index, sync_now
from matchmaker.engines.search.storage import IndexMissing, RebuildBusy
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


@click.command("index-check")
@with_appcontext
def index_check() -> None:
    """Take in what waits, then compare the search index of this machine with the database, firm by firm."""
    try:
        sync_now()
        db.session.rollback()
        found = compare()
    except (IndexMissing, RebuildBusy) as error:
        raise click.ClickException("The search index is being built. Try again when it is ready.") from error
    for kind, numbers in (
        ("not in the index", found.missing),
        ("in the index but not listed", found.extra),
        ("more than once in the index", found.repeated),
        ("told otherwise by the index", found.different),
    ):
        if numbers:
            click.echo(f"{len(numbers)} firms {kind}: {', '.join(map(str, numbers[:20]))}")
    if not found.agrees:
        raise click.ClickException("Index and database differ. Run index-rebuild.")
    click.echo(f"{found.compared} firms: index and database agree.")
