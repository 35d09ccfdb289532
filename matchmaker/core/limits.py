"""Rate limits: on sign-in, sign-up, reset and costly pages only."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, strategy="moving-window")


def init_limits(app: Flask) -> None:
    """Count in Redis where there is one, so that all workers share the counts."""
    app.config.update(
        RATELIMIT_STORAGE_URI=app.config["REDIS_URL"] or "memory://",
        RATELIMIT_ENABLED=not app.config["TESTING"],
        RATELIMIT_HEADERS_ENABLED=False,
    )
    limiter.init_app(app)
