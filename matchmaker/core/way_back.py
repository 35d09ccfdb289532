"""Where somebody goes back to whose deed could not be done."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def way_back() -> str:
    """The page of this site from which the request came, else the nearest one above its address; empty for none."""
    return next((path for path in _candidates() if _is_page(path)), "")


def _candidates() -> Iterator[str]:
    for address in (request.headers.get("HX-Current-URL"), request.referrer):
        parts = urlsplit(address or "")
        if parts.netloc == request.host and not parts.path.startswith("//"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path
    steps = request.path.split("/")
    for length in range(len(steps) if request.method != "GET" else len(steps) - 1, 1, -1):
        yield request.script_root + "/".join(steps[:length])


def _is_page(path: str) -> bool:
    """Whether there is something to open at a path; whether the reader may is decided there."""
    adapter = current_app.create_url_adapter(request)
    wanted = path.partition("?")[0].removeprefix(request.script_root)
    if adapter is None or wanted in ("", "/"):
        return False
    try:
        adapter.match(wanted, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return True
