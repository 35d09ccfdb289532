"""Static files: served compressed and cached for long, under addresses that change with their content."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from flask_compress import Compress
from whitenoise import WhiteNoise

YEAR = 365 * 24 * 3600
compress = Compress()


def init_assets(app: Flask) -> None:
    """Serve static/ before the application is asked, and compress what the application answers."""
    folder = Path(app.static_folder or "")
    served = WhiteNoise(
        app.wsgi_app, root=folder, prefix="static/", max_age=YEAR, add_headers_function=_add_headers
    )
    # The place that Flask names for what wraps an application.
    app.wsgi_app = served  # type: ignore[method-assign]
    app.config.setdefault(
        "COMPRESS_MIMETYPES", ["text/html", "application/json", "text/csv", "text/calendar"]
    )
    app.config.setdefault("COMPRESS_ALGORITHM", ["gzip"])
    compress.init_app(app)

    @lru_cache
    def version(name: str) -> str:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and "v" not in values:
            values["v"] = version(values["filename"])

    app.url_defaults(add_version)


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
