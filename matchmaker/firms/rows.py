"""Adding and removing rows of a list form without script: the posted values themselves are changed and shown again."""

import re
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

ADD, REMOVE = "add_row", "remove_row"


def row_numbers(posted: MultiDict[str, str], name: str) -> list[int]:
    """The numbers of the rows of a list, in order."""
    pattern = re.compile(rf"{re.escape(name)}-(\d+)-")
    return sorted({int(found[1]) for key in posted if (found := pattern.match(key))})


def changed_rows(
    posted: MultiDict[str, str], name: str, columns: Iterable[str]
) -> MultiDict[str, str] | None:
    """The posted values with a row more or less, numbered from 0; None when no such button was pressed.

    The value of the remove button is the number of its row; one that is no row changes nothing.
    """
    if ADD not in posted and REMOVE not in posted:
        return None
    gone = posted.get(REMOVE, "")
    kept = [number for number in row_numbers(posted, name) if str(number) != gone]
    prefix = f"{name}-"
    found = MultiDict([pair for pair in posted.items(multi=True) if not pair[0].startswith(prefix)])
    for place, number in enumerate(kept):
        old = f"{name}-{number}-"
        for key, value in posted.items(multi=True):
            if key.startswith(old):
                found.add(f"{name}-{place}-{key[len(old) :]}", value)
    if ADD in posted or not kept:
        for column in columns:
            found.add(f"{name}-{len(kept)}-{column}", "")
    return found
