"""What the index is told about a firm, and from which level of readers on each part may be found."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})


class FirmDocument(NamedTuple):
    """A firm as the directory knows it; codes are strings, texts are keyed by language (tr, ru, en or any other).

    ``names`` hold every spelling (original, romanised, short); ``name_language`` decides their Turkish i. ``texts``
    are what the firm says of itself, ``goods`` what it calls its goods. ``nace`` are classes such as 28.14, of which
    the divisions are taken; ``offered`` and ``sought`` are HS codes of 2, 4 or 6 digits; ``partnerships`` are whatever
    codes the caller filters by, with their direction. ``registered`` names the parts (these attributes) that only
    readers with an account may find; what nobody may find is left empty. A tuple, because ten million are made in one go.
    """

    firm_id: int
    names: tuple[str, ...]
    texts: Mapping[str, str] = _NO_TEXTS
    goods: Mapping[str, str] = _NO_TEXTS
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
