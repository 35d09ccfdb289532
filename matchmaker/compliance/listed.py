"""The current lists prepared for comparison, kept by the application until a list or an entry changes."""

from dataclasses import dataclass, field
from threading import Lock

from flask import Flask, current_app

from matchmaker.compliance import queries
from matchmaker.compliance.likeness import Listed, ListedParty

KEY = "tandem-listed"


@dataclass(slots=True)
class Kept:
    """What one application has prepared; `mark` tells which lists and entries it was made of."""

    lock: Lock
    mark: object = None
    listed: Listed = field(default_factory=lambda: Listed(()))


def init_listed(app: Flask) -> None:
    """Give the application its own place for prepared lists."""
    app.extensions[KEY] = Kept(Lock())


def current_listed() -> Listed:
    """The parties of all current lists; prepared anew when the lists or their entries are others than before."""
    kept: Kept = current_app.extensions[KEY]
    lists = queries.current_lists()
    numbers = [item.id for item in lists]
    mark = (
        tuple((item.id, item.name, item.version, item.created_at) for item in lists),
        queries.entries_state(numbers),
    )
    with kept.lock:
        if kept.mark != mark:
            kept.listed = Listed(
                tuple(
                    ListedParty(
                        row.id,
                        row.list_name,
                        row.list_version,
                        row.reference,
                        (row.name, *row.aliases),
                        tuple(str(number) for number in row.identifiers),
                        row.kind,
                    )
                    for row in queries.entries(numbers)
                )
            )
            kept.mark = mark
        return kept.listed
