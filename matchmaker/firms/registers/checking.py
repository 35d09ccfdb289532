"""Checking a row of an agency's list against the reference data: number, country, region, activity, goods, currency."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import get_territory_currencies

from matchmaker.core import clock
from matchmaker.engines.text.folding import tokens
from matchmaker.firms.registers.columns import Column
from matchmaker.firms.registers.tables import CellFlaw, FirmRow, Flaw
from matchmaker.reference import countries, hs, identifiers, nace, regions
from matchmaker.reference.identifiers import IdentifierError
from matchmaker.reference.nace import NaceRevision
from matchmaker.reference.tables import LABEL_LANGUAGES

SCHEMES: Mapping[str, tuple[str, ...]] = {
    Column.VKN: ("VKN", "TCKN"),
    Column.TCKN: ("TCKN",),
    Column.INN: ("INN10", "INN12"),
}
"""Which schemes a column may hold; the column for any country asks the country."""
GENERIC = frozenset(
    tokens(
        "область обл край республика респ город гор г автономный автономная автономного округ ао region oblast krai "
        "republic province city autonomous okrug il ili bölgesi cumhuriyeti oblastı krayı şehri özerk"
    )
)


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row with codes in the form in which a firm stores them; flaws are those of the row and of the check."""

    row: FirmRow
    country: str = ""
    scheme: str = ""
    identifier: str = ""
    region_code: str = ""
    activity: str = ""
    revision: str = ""
    currency: str = ""
    turnover: Decimal | None = None
    flaws: tuple[CellFlaw, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        """Whether nothing prevents taking the row."""
        return not any(flaw.is_error for flaw in self.flaws)


class Checker:
    """Checks the rows of one list; remembers numbers, so that a repeated one is told."""

    def __init__(self, allowed: Collection[str] | None) -> None:
        self._allowed = allowed
        self._seen: set[tuple[str, str]] = set()

    def check(self, row: FirmRow) -> CheckedRow:
        """The row as it would be stored, with everything that is wrong with it."""
        flaws = list(row.flaws)
        scheme, identifier, country = self._identifier(row, flaws)
        if not country:
            return CheckedRow(row, flaws=tuple(flaws))
        if self._allowed is not None and country not in self._allowed:
            flaws.append(CellFlaw(Flaw.OTHER_COUNTRY, None, country))
        activity, revision = _activity(row, country, flaws)
        _check_goods(row, flaws)
        return CheckedRow(
            row=row,
            country=country,
            scheme=scheme,
            identifier=identifier,
            region_code=_region(row, country, flaws),
            activity=activity,
            revision=revision,
            currency=_currency(row, country, flaws),
            turnover=row.turnover,
            flaws=tuple(flaws),
        )

    def _identifier(self, row: FirmRow, flaws: list[CellFlaw]) -> tuple[str, str, str]:
        """Scheme, number and country; empty where they cannot be told, with the flaw."""
        if not row.identifier or any(flaw.flaw is Flaw.NOT_DIGITS for flaw in flaws):
            return "", "", ""
        column = Column(row.scheme) if row.scheme else Column.IDENTIFIER
        given = _country(row.country)
        if row.country and not given:
            flaws.append(CellFlaw(Flaw.UNKNOWN_COUNTRY, Column.COUNTRY, row.country))
            return "", "", ""
        fitting = list(self._fitting(row, given))
        if not fitting:
            flaws.append(CellFlaw(Flaw.BAD_IDENTIFIER, column, row.identifier))
            return "", "", ""
        scheme, identifier = fitting[0]
        country = identifiers.scheme(scheme).country
        if (given and given != country) or len({identifiers.scheme(code).country for code, _ in fitting}) > 1:
            flaws.append(CellFlaw(Flaw.UNKNOWN_COUNTRY, Column.COUNTRY, row.country))
            return "", "", ""
        if identifier != row.identifier:
            flaws.append(CellFlaw(Flaw.ZERO_RESTORED, column, identifier))
        if (scheme, identifier) in self._seen:
            flaws.append(CellFlaw(Flaw.REPEATED, column, identifier))
        self._seen.add((scheme, identifier))
        return scheme, identifier, country

    def _fitting(self, row: FirmRow, given: str) -> Iterator[tuple[str, str]]:
        """Schemes that the number obeys, as it is or with the leading zero that a table program dropped."""
        codes = SCHEMES.get(row.scheme) or tuple(self._any_schemes(given))
        for value in (row.identifier, "0" + row.identifier):
            found = [(code, value) for code in codes if _obeys(code, value)]
            if found:
                yield from found
                return

    def _any_schemes(self, given: str) -> Iterator[str]:
        wanted = {given} if given else self._allowed
        for codes in SCHEMES.values():
            yield from (
                code for code in codes if wanted is None or identifiers.scheme(code).country in wanted
            )


def _obeys(scheme: str, value: str) -> bool:
    try:
        return identifiers.validate(scheme, value) == value
    except IdentifierError:
        return False


def _country(text: str) -> str:
    """The code of a country given as code or by its name in one of the languages."""
    if not text:
        return ""
    if countries.exists(text.upper()):
        return text.upper()
    return _country_names().get(" ".join(tokens(text)), "")


@cache
def _country_names() -> dict[str, str]:
    return {
        " ".join(tokens(name)): code
        for language in LABEL_LANGUAGES
        for code, name in countries.names(language).items()
    }


def _region(row: FirmRow, country: str, flaws: list[CellFlaw]) -> str:
    if not row.region:
        return ""
    found = find_region(country, row.region)
    if not found:
        flaws.append(CellFlaw(Flaw.UNKNOWN_REGION, Column.REGION, row.region))
    return found


def find_region(country: str, text: str) -> str:
    """ISO 3166-2 code of a region given by its name in one of the languages, its ISO code or the register's code."""
    for code in (text.upper(), f"{country}-{text.upper()}"):
        found = regions.get(code)
        if found is not None and found.country == country:
            return code
    by_register = regions.of_register(country, text)
    if by_register is not None:
        return by_register.code
    names = _region_names(country)
    return names.get(" ".join(tokens(text))) or names.get(_bare(text)) or ""


@cache
def _region_names(country: str) -> dict[str, str]:
    """Folded names of the regions, and the same without generic words where that still tells one region."""
    full: dict[str, str] = {}
    bare: dict[str, set[str]] = {}
    for region in regions.all_regions().values():
        if region.country != country:
            continue
        for language in LABEL_LANGUAGES:
            name = region.label(language)
            full[" ".join(tokens(name))] = region.code
            bare.setdefault(_bare(name), set()).add(region.code)
    return {name: next(iter(codes)) for name, codes in bare.items() if name and len(codes) == 1} | full


def _bare(name: str) -> str:
    return " ".join(sorted(word for word in tokens(name) if word not in GENERIC))


def _activity(row: FirmRow, country: str, flaws: list[CellFlaw]) -> tuple[str, str]:
    if not row.activity:
        return "", ""
    revision = NaceRevision.OKVED_2.value
    if row.activity_scheme == Column.NACE:
        revision = NaceRevision.NACE_2.value if len(row.activity) <= 4 else f"{NaceRevision.NACE_2}-{country}"
    known = revision in set(NaceRevision)
    if not known or nace.sector_of(row.activity, revision) is None:
        flaws.append(CellFlaw(Flaw.UNKNOWN_ACTIVITY, Column(row.activity_scheme), nace.dotted(row.activity)))
        return "", ""
    return nace.dotted(row.activity), revision


def _check_goods(row: FirmRow, flaws: list[CellFlaw]) -> None:
    for column, codes in ((Column.OFFERED, row.offered), (Column.SOUGHT, row.sought)):
        flaws.extend(CellFlaw(Flaw.UNKNOWN_HS, column, code) for code in codes if hs.get(code) is None)


def _currency(row: FirmRow, country: str, flaws: list[CellFlaw]) -> str:
    if row.turnover is None:
        return ""
    if not row.currency:
        return own_currency(country)
    if row.currency not in Locale("en").currencies:
        flaws.append(CellFlaw(Flaw.UNKNOWN_CURRENCY, Column.CURRENCY, row.currency))
    return row.currency


def own_currency(country: str) -> str:
    """The legal tender of a country today, by CLDR."""
    found = get_territory_currencies(country, clock.today(), clock.today())
    return str(found[0]) if found else ""
