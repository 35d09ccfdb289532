"""Destruction records as the nightly job has left them."""

from datetime import datetime, timedelta
from typing import Final

from matchmaker.core.retention import DestructionRecord
from matchmaker.demo.writing import add_all
from matchmaker.rights.retention.services import METHOD

NIGHTS: Final = (
    ("form_tokens", 2, 1, 64, 0),
    ("sessions", 2, 30, 11, 0),
    ("form_tokens", 1, 1, 57, 0),
    ("loose_files", 1, 30, 2, 2),
)
"""Class, how many nights ago, the days of its time, records, files."""


def add_destructions(morning: datetime) -> None:
    """Write those of the last two nights."""
    add_all(DestructionRecord, [_row(*night, morning=morning) for night in NIGHTS])


def _row(
    key: str, nights: int, days: int, records: int, files: int, *, morning: datetime
) -> dict[str, object]:
    at = morning - timedelta(days=nights, hours=6)
    newest = at - timedelta(days=days)
    return {
        "what": key,
        "people": 0,
        "files": files,
        "method": METHOD,
        "reason": f"{days} days, rule 0",
        "destroyed_at": at,
        "data_class": key,
        "records": records,
        "term_number": 0,
        "days": days,
        "oldest_at": newest - timedelta(hours=20),
        "newest_at": newest,
        "created_at": at,
        "updated_at": at,
    }
