"""What the index is told about a firm, and who may find it by what.

Field visibility holds because each part of a firm goes into the fields of the level from which it may be seen, and a
visitor's search reads no others. So no word, filter, count or suggestion can tell more than a page. Parts that only
introduced firms or institutions see are in no field at all. What a good, branch or place is called in other languages is
not repeated for each firm: a query is led to the codes instead (`reference.word_meanings`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.document import FirmDocument
from matchmaker.firms.enums import FieldGroup, Side, Visibility
from matchmaker.firms.names import own_language, published_names
from matchmaker.firms.rules import groups_chosen
from matchmaker.reference import partnerships

if TYPE_CHECKING:
    from matchmaker.directory.reading import ListedFirm
    from matchmaker.firms.models import Firm

Told: TypeAlias = "Firm | ListedFirm"
"""A firm read as columns or fully loaded: both have the same names for what is told of it."""
PARTS: Final[Mapping[FieldGroup, tuple[str, ...]]] = {
    FieldGroup.NAME: ("names",),
    FieldGroup.REGION: ("country", "region"),
    FieldGroup.SECTOR: ("nace",),
    FieldGroup.PRODUCTS: ("goods", "offered", "sought"),
    FieldGroup.TEXTS: ("texts",),
    FieldGroup.SIZE: ("size",),
    FieldGroup.CERTIFICATES: ("certificates",),
    FieldGroup.PARTNERSHIPS: ("languages", "partnerships"),
}
"""The parts of a FirmDocument that each group of fields fills."""


class _Shown(NamedTuple):
    """The groups of fields that readers with an account see, and the parts of an entry that only they may find."""

    groups: frozenset[FieldGroup]
    registered: frozenset[str]


def document_of(firm: Told, today: date) -> FirmDocument:
    """The index entry of a firm; certificates that ended are left out."""
    groups, registered = _shown(frozenset(firm.visibility.items()))
    seen = groups.__contains__
    products = firm.products if seen(FieldGroup.PRODUCTS) else ()
    own = own_language(firm.country)
    return FirmDocument(
        firm_id=firm.id,
        names=published_names(firm) if seen(FieldGroup.NAME) else (),
        name_language=own,
        texts=_texts(firm) if seen(FieldGroup.TEXTS) else {},
        goods={own or "en": _words_of_goods(products)},
        country=firm.country if seen(FieldGroup.REGION) else "",
        region=firm.region_code if seen(FieldGroup.REGION) else "",
        size=firm.size_class if seen(FieldGroup.SIZE) else "",
        nace=_codes(row.nace_class for row in firm.sectors) if seen(FieldGroup.SECTOR) else (),
        languages=_codes(row.language for row in firm.languages) if seen(FieldGroup.PARTNERSHIPS) else (),
        certificates=_certificates(firm, today) if seen(FieldGroup.CERTIFICATES) else (),
        partnerships=_partnerships(firm) if seen(FieldGroup.PARTNERSHIPS) else (),
        offered=_goods(products, Side.OFFERED),
        sought=_goods(products, Side.SOUGHT),
        registered=registered,
    )


@lru_cache(maxsize=4096)
def _shown(choices: frozenset[tuple[str, str]]) -> _Shown:
    """Worked out once for all firms that chose alike, which most do by choosing nothing."""
    public, registered = (
        groups_chosen(choices, level) for level in (Visibility.PUBLIC, Visibility.REGISTERED)
    )
    parts = (part for group in registered - public for part in PARTS.get(group, ()))
    return _Shown(registered, frozenset(parts))


def is_valid(certificate: Any, today: date) -> bool:
    """Whether a certificate still counts."""
    return certificate.valid_until is None or certificate.valid_until >= today


def partnership_code(kind: str, side: str) -> str:
    """How the index names one end of a type of partnership; a type alone is named by its code."""
    return f"{kind}:{side}"


def _certificates(firm: Told, today: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.scheme for row in firm.certificates if is_valid(row, today)))


def _partnerships(firm: Told) -> tuple[str, ...]:
    known = [row for row in firm.partnerships if partnerships.get(row.type_code)]
    ends = [partnership_code(row.type_code, row.side.value) for row in known]
    return tuple(dict.fromkeys([*(row.type_code for row in known), *ends]))


def _goods(products: Iterable[Any], side: Side) -> tuple[str, ...]:
    return _codes(row.hs_code for row in products if row.side is side and len(row.hs_code) in (2, 4, 6))


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that the index can keep; a stored code that it cannot must not keep the whole firm out."""
    return tuple(dict.fromkeys(code for code in codes if code and _is_kept(code)))


@lru_cache(maxsize=65_536)
def _is_kept(code: str) -> bool:
    try:
        pack(code)
    except ValueError:
        return False
    return True


def _texts(firm: Told) -> Mapping[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in firm.texts:
        found[text.language] += [text.summary, text.description, text.advantages]
    return {language: "\n".join(filter(None, texts)) for language, texts in found.items()}


def _words_of_goods(products: Iterable[Any]) -> str:
    """What the firm calls its goods, and what it says of them."""
    parts: list[str] = []
    for product in products:
        parts += [product.name, product.specification]
    return "\n".join(filter(None, parts))


def documents_of(firms: Iterable[Told], today: date) -> Iterator[FirmDocument]:
    """The entries of several firms."""
    return (document_of(firm, today) for firm in firms)
