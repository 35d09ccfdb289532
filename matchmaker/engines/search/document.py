"""What the index is told about a firm, and from which level of readers on each part may be found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from matchmaker.engines.search.schema import Level

_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FirmDocument:
    """A firm as the directory knows it; codes are strings, texts are keyed by language (tr, ru, en or any other).

    ``names`` hold every spelling (original, romanised, short); ``name_language`` decides their Turkish i. ``texts``
    are what the firm says of itself, ``goods`` what it calls its goods. ``nace`` are classes such as 28.14, of which
    the divisions are taken; ``offered`` and ``sought`` are HS codes of 2, 4 or 6 digits; ``partnerships`` are whatever
    codes the caller filters by, with their direction. ``registered`` names the parts (these attributes) that only
    readers with an account may find; what nobody may find is left empty.
    """

    firm_id: int
    names: tuple[str, ...]
    texts: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    goods: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    name_language: str = ""
    country: str = ""
    region: str = ""
    size: str = ""
    nace: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    partnerships: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    registered: frozenset[str] = frozenset()

    def level_of(self, part: str) -> Level:
        """From which level of readers on a part may be found."""
        return Level.REGISTERED if part in self.registered else Level.EVERYBODY
