"""What Python's collector of garbage has to look at while many objects come and go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_spared = False


def spare_what_stands() -> None:
    """Let the collector never again walk what stands now, such as a server's application: it lives as long as the
    process, and a full collection that walks it in the middle of a request takes 0.3 s.
    """
    global _spared  # noqa: PLW0603 - the collector is one for the process too
    _spared = True
    gc.collect()
    gc.freeze()


@contextmanager
def collecting_only_new_objects() -> Iterator[None]:
    """Spare the application's own objects while so many rows come and go: walking them again and again costs as much
    as reading the rows does. Where they are spared for good, as in a server, nothing is undone afterwards.
    """
    if _spared:
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
