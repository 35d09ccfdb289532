"""Reading the large tables beside the start of the application, so that the first search does not wait for them."""

from threading import Thread

from flask import Flask

from matchmaker.reference import hs_search, word_meanings


def warm_up(app: Flask) -> None:
    """Build the indexes of wordings in the background; a search that comes earlier builds them itself."""
    Thread(target=_build, name="wording-indexes", daemon=True).start()


def _build() -> None:
    hs_search.index()
    word_meanings.index()
