"""What has to work for the product to be well; each part adds its own check."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import text

from matchmaker.core.db import db

Check = Callable[[], str]
_checks: dict[str, Check] = {}


def add_check(name: str, check: Check) -> None:
    """Add a check: returns a short fact when well, raises when not."""
    _checks[name] = check


def database_answers() -> str:
    """The database runs a statement."""
    db.session.execute(text("SELECT 1"))
    return db.engine.dialect.name


add_check("database", database_answers)


def report() -> tuple[dict[str, dict[str, str]], bool]:
    """Each check's outcome by name, and whether all are well."""
    outcome: dict[str, dict[str, str]] = {}
    for name, check in _checks.items():
        try:
            outcome[name] = {"status": "ok", "detail": check()}
        except Exception as error:  # a failing part must be named, whatever it raised
            outcome[name] = {"status": "down", "detail": type(error).__name__}
    return outcome, all(item["status"] == "ok" for item in outcome.values())


def product_version() -> str:
    """The installed version, or `dev` in a checkout."""
    try:
        return version("tandem")
    except PackageNotFoundError:
        return "dev"
