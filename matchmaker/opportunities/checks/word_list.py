"""The words and phrases that the product is delivered with: invented by us as a beginning, no official list."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from matchmaker.engines.text.phrases import Phrase, phrase_key
from matchmaker.opportunities.checks.enums import WordKind

TABLE: Final = Path(__file__).parents[1] / "data" / "sensitive_words.csv"
VERSION: Final = "2026-11-28"
"""The day of the packaged file."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of a language, and why it is looked at."""

    language: str
    kind: WordKind
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: its language and its letters without case and marks."""
        return self.language, phrase_key(self.text)

    @property
    def phrase(self) -> Phrase:
        """It for the comparison."""
        return Phrase(self.language, self.text)


@cache
def packaged() -> tuple[Word, ...]:
    """All of the file in its order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Word(row["language"], WordKind(row["kind"]), row["phrase"]) for row in csv.DictReader(lines)
        )
