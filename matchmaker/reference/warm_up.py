"""Reading the large tables beside the start of the application, so that the first search does not wait for them."""

from threading import Thread

from flask import Flask

from matchmaker.reference import hs_search


def warm_up(app: Flask) -> None:
    """Build the HS word index in the background; a search that comes earlier builds it itself."""
    Thread(target=hs_search.index, name="hs-word-index", daemon=True).start()
