"""What Python's collector of garbage has to look at while many objects come and go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

FROZEN_BY_PYTHON: Final = 10_000
"""More objects than this only an application has frozen; some versions of Python begin with a few hundred."""


@contextmanager
def collecting_only_new_objects() -> Iterator[None]:
    """Spare the application's own objects while so many rows come and go: walking them again and again costs as much
    as reading the rows does. Where they are spared for good, as in a server, nothing is undone afterwards.
    """
    if gc.get_freeze_count() > FROZEN_BY_PYTHON:
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
