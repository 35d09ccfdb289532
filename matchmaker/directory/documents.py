"""What the index is told about a firm, by who may search it.

Field visibility holds because there are two indexes, one for visitors and one for people with an account: each is made
only of the fields that everybody of its level sees. So no word, filter, count or suggestion can tell more than a page.
Fields for introduced firms or institutions only are in neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from matchmaker.engines.search.codes import pack
from matchmaker.engines.search.document import FirmDocument
from matchmaker.firms.enums import FieldGroup, Side, Visibility
from matchmaker.firms.names import own_language, published_names
from matchmaker.firms.rules import groups_at
from matchmaker.reference import hs, nace, partnerships, regions
from matchmaker.reference.tables import LABEL_LANGUAGES, Labels, rows

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm, FirmCertificate, FirmProduct

Texts = dict[str, list[str]]


def document_of(firm: "Firm", level: Visibility, today: date) -> FirmDocument:
    """The index entry of a fully loaded firm with the fields seen at the level; certificates that ended are left out."""
    groups = groups_at(firm, level)
    seen = groups.__contains__
    products = firm.products if seen(FieldGroup.PRODUCTS) else []
    return FirmDocument(
        firm_id=firm.id,
        names=published_names(firm) if seen(FieldGroup.NAME) else (),
        name_language=own_language(firm.country),
        texts=_texts(firm, groups),
        country=firm.country if seen(FieldGroup.REGION) else "",
        region=firm.region_code if seen(FieldGroup.REGION) else "",
        size=firm.size_class if seen(FieldGroup.SIZE) else "",
        nace=_codes(row.nace_class for row in firm.sectors) if seen(FieldGroup.SECTOR) else (),
        languages=_codes(row.language for row in firm.languages) if seen(FieldGroup.PARTNERSHIPS) else (),
        certificates=_certificates(firm, today) if seen(FieldGroup.CERTIFICATES) else (),
        partnerships=_partnerships(firm) if seen(FieldGroup.PARTNERSHIPS) else (),
        offered=_goods(products, Side.OFFERED),
        sought=_goods(products, Side.SOUGHT),
    )


def is_valid(certificate: "FirmCertificate", today: date) -> bool:
    """Whether a certificate still counts."""
    return certificate.valid_until is None or certificate.valid_until >= today


def partnership_code(kind: str, side: str) -> str:
    """How the index names one end of a type of partnership; a type alone is named by its code."""
    return f"{kind}:{side}"


def _certificates(firm: "Firm", today: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.scheme for row in firm.certificates if is_valid(row, today)))


def _partnerships(firm: "Firm") -> tuple[str, ...]:
    known = [row for row in firm.partnerships if partnerships.get(row.type_code)]
    ends = [partnership_code(row.type_code, row.side.value) for row in known]
    return tuple(dict.fromkeys([*(row.type_code for row in known), *ends]))


def _goods(products: Iterable["FirmProduct"], side: Side) -> tuple[str, ...]:
    return _codes(row.hs_code for row in products if row.side is side and len(row.hs_code) in (2, 4, 6))


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that the index can keep; a stored code that it cannot must not keep the whole firm out."""
    return tuple(dict.fromkeys(code for code in codes if code and _is_kept(code)))


def _is_kept(code: str) -> bool:
    try:
        pack(code)
    except ValueError:
        return False
    return True


def _texts(firm: "Firm", groups: frozenset[FieldGroup]) -> Mapping[str, str]:
    own = own_language(firm.country) or "en"
    found: Texts = defaultdict(list)
    if FieldGroup.TEXTS in groups:
        for text in firm.texts:
            found[text.language] += [text.summary, text.description, text.advantages]
    if FieldGroup.PRODUCTS in groups:
        for product in firm.products:
            found[own] += [product.name, product.specification]
            _add(found, _words_of_good(product.hs_code))
    if FieldGroup.SECTOR in groups:
        for sector in firm.sectors:
            entry = nace.get(sector.nace_class)
            _add(found, [entry.labels] if entry else [])
    if FieldGroup.REGION in groups and (region := regions.get(firm.region_code)):
        _add(found, [region.labels])
    return {language: "\n".join(filter(None, texts)) for language, texts in found.items()}


def _add(found: Texts, labels: Iterable[Labels]) -> None:
    for label in labels:
        for language in LABEL_LANGUAGES:
            found[language].append(label.own(language))


@cache
def _words_of_good(code: str) -> tuple[Labels, ...]:
    """What a good is called in three languages: its own wording, that of its heading, everyday names, and its digits.

    This is what lets a Turkish word find a firm that describes itself in Russian.
    """
    entry = hs.get(code)
    if entry is None:
        return ()
    near = [
        one for one in (*entry.path, entry) if len(one.code) >= min(4, len(code)) and one.code.isdecimal()
    ]
    digits = " ".join(text for one in near for text in (one.code, one.dotted))
    everyday = (_everyday_names()[one.code] for one in near if one.code in _everyday_names())
    return (*(one.labels for one in near), *everyday, Labels(tr="", ru="", en=digits))


@cache
def _everyday_names() -> Mapping[str, Labels]:
    return MappingProxyType(
        {
            row["code"]: Labels(tr=row["words_tr"], ru=row["words_ru"], en=row["words_en"])
            for row in rows("hs_words")
        }
    )


def documents_of(firms: Iterable["Firm"], level: Visibility, today: date) -> Iterator[FirmDocument]:
    """The entries of several firms."""
    return (document_of(firm, level, today) for firm in firms)
