"""Units of quantity for capacity, yearly need and price, with what can be compared with what."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; amounts of the same `quantity` are compared after multiplying by `factor`."""

    code: str
    name: LazyString
    quantity: str
    factor: float


_UNITS: Final = (
    Unit("kg", _l("kilograms"), "mass", 1.0),
    Unit("t", _l("tonnes"), "mass", 1000.0),
    Unit("g", _l("grams"), "mass", 0.001),
    Unit("pcs", _l("pieces"), "count", 1.0),
    Unit("pair", _l("pairs"), "pairs", 1.0),
    Unit("set", _l("sets"), "sets", 1.0),
    Unit("pack", _l("packages"), "packages", 1.0),
    Unit("pallet", _l("pallets"), "pallets", 1.0),
    Unit("container", _l("containers"), "containers", 1.0),
    Unit("m", _l("metres"), "length", 1.0),
    Unit("km", _l("kilometres"), "length", 1000.0),
    Unit("m2", _l("square metres"), "area", 1.0),
    Unit("m3", _l("cubic metres"), "volume", 1000.0),
    Unit("l", _l("litres"), "volume", 1.0),
    Unit("kwh", _l("kilowatt-hours"), "energy", 1.0),
    Unit("hour", _l("hours"), "work", 1.0),
    Unit("day", _l("days"), "days", 1.0),
    Unit("order", _l("orders"), "orders", 1.0),
)
UNITS: Final = MappingProxyType({unit.code: unit for unit in _UNITS})


def label(code: str) -> str:
    """The name of a unit in the reader's language; the code itself where it is unknown."""
    return str(UNITS[code].name) if code in UNITS else code


def in_unit(amount: float, unit: str, wanted: str) -> float | None:
    """An amount in another unit of the same quantity, or None where the two cannot be compared."""
    have, want = UNITS.get(unit), UNITS.get(wanted)
    if have is None or want is None or have.quantity != want.quantity:
        return None
    return amount * have.factor / want.factor
