"""Full addresses of pages for mails."""

from flask import current_app


def full_address(path: str) -> str:
    """The public address of a page of this site; of the notices where the path leads elsewhere."""
    base: str = current_app.config["BASE_URL"].rstrip("/")
    local = path.startswith("/") and not path.startswith("//")
    return base + (path if local else current_app.url_map.bind("").build("notifications.index"))
