"""Packaged CSV tables: read once in a process, never written at run time; the build command makes them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final

LABEL_LANGUAGES: Final = ("tr", "ru", "en")


@dataclass(frozen=True, slots=True)
class Labels:
    """The wording of one entry in the three languages of the tables; English is always there."""

    tr: str
    ru: str
    en: str

    def own(self, language: str) -> str:
        """The wording in exactly this language, or an empty string."""
        return str(getattr(self, language)) if language in LABEL_LANGUAGES else ""

    def best(self, language: str) -> str:
        """The wording in this language, else in English."""
        return self.own(language) or self.en


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of data/<name>.csv and then of data/countries/*/<name>.csv, each value without surrounding spaces.

    A folder under countries is what a further country brings: the tables it needs, with the same columns.
    """
    data = files("matchmaker.reference").joinpath("data")
    folders = sorted(data.joinpath("countries").iterdir(), key=lambda folder: folder.name)
    for folder in (data, *folders):
        table = folder.joinpath(f"{name}.csv")
        if not table.is_file():
            continue
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
            yield {column: value.strip() for column, value in row.items()}


def labels(row: dict[str, str], prefix: str = "label") -> Labels:
    """The columns <prefix>_tr, <prefix>_ru and <prefix>_en of a row."""
    return Labels(tr=row[f"{prefix}_tr"], ru=row[f"{prefix}_ru"], en=row[f"{prefix}_en"])


def parts(value: str) -> tuple[str, ...]:
    """The members of a list that a table keeps in one column, separated by semicolons."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


def day(value: str) -> date | None:
    """An ISO date, or None for an open end."""
    return date.fromisoformat(value) if value else None
