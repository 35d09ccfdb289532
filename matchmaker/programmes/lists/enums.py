"""As what a list goes out."""

from enum import StrEnum


class ListFormat(StrEnum):
    """What the list is opened with."""

    XLSX = "xlsx"
    CSV = "csv"
