"""What a section of a profile holds, as plain values for the audit trail."""

from typing import TYPE_CHECKING, Any

from matchmaker.firms.enums import Side

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm

COLUMNS: dict[str, tuple[str, ...]] = {
    "country": ("country",),
    "identifiers": ("tax_office", "register_status"),
    "names": ("legal_name", "name_romanised", "trade_name", "legal_form", "register_status"),
    "place": ("region_code", "town", "address", "postcode", "website"),
    "size": (
        "founded_year",
        "headcount",
        "turnover",
        "turnover_currency",
        "turnover_year",
        "balance",
        "ownership",
        "size_class",
        "size_rule",
    ),
    "logo": ("logo_id",),
    "visibility": ("visibility",),
}


def snapshot(firm: "Firm", section: str) -> dict[str, Any]:
    """The values of one section; money and dates as text."""
    values = {name: _plain(getattr(firm, name)) for name in COLUMNS.get(section, ())}
    return values | _rows(firm, section)


def _rows(firm: "Firm", section: str) -> dict[str, Any]:
    if section == "identifiers":
        return {"identifiers": [f"{item.scheme} {item.value}" for item in firm.identifiers]}
    if section == "sectors":
        return {"sectors": [[item.code, item.revision, item.nace_class, item.main] for item in firm.sectors]}
    if section in ("offered", "sought"):
        return {"products": _products(firm, Side(section))}
    if section == "certificates":
        return {"certificates": _certificates(firm)}
    if section == "languages":
        return {"languages": [item.language for item in firm.languages]}
    if section == "partnerships":
        return {"partnerships": [f"{item.type_code} {item.side.value}" for item in firm.partnerships]}
    if section == "markets":
        return {"markets": {item.country: item.status.value for item in firm.markets}}
    if section == "texts":
        return {
            item.language: [item.summary, item.description, item.advantages, item.source.value]
            for item in firm.texts
        }
    return {}


def _products(firm: "Firm", side: Side) -> list[list[str]]:
    return [
        [
            item.hs_code,
            item.name,
            item.specification,
            _plain(item.quantity) or "",
            item.unit,
            item.required_certificates,
        ]
        for item in firm.products
        if item.side is side
    ]


def _certificates(firm: "Firm") -> list[list[Any]]:
    return [
        [
            item.scheme,
            item.number,
            item.issuer,
            _plain(item.issued_on),
            _plain(item.valid_until),
            item.file_id,
        ]
        for item in firm.certificates
    ]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | str | dict | list):
        return value
    # 12.500 and 12.5 are one quantity; the database gives the number back with its own scale.
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)
