"""One row of the directory: what the reader may see of a firm, and what of it meets the reader's firm."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import Actor
from matchmaker.directory.documents import is_valid
from matchmaker.directory.goods import line_of_goods
from matchmaker.firms.enums import FieldGroup, MarketStatus, Side
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.firms.rules import visible_groups
from matchmaker.matching.enums import MatchState
from matchmaker.matching.rules import TOGETHER
from matchmaker.matching.words import STATES
from matchmaker.reference import certificates, countries, languages, regions

if TYPE_CHECKING:
    from matchmaker.directory.listed_rows import RowFirm
    from matchmaker.firms.models import Firm
    from matchmaker.matching.models import Match

Shown: TypeAlias = "Firm | RowFirm"
"""A firm read as columns or loaded: both have the same names for what a row shows."""
MOST_TAGS: Final = 6
_ASKED = _l("Introduction asked")
_WAITING = _l("Waiting for you")


class Tag(NamedTuple):
    """A certificate or language; hit where it fits the reader's firm."""

    text: str
    hit: bool = False


class Badge(NamedTuple):
    """The state of the match that the reader's firm has with this one."""

    text: LazyString
    kind: str


class Addresses(NamedTuple):
    """The addresses of a profile and a logo around the firm's number, built once a page."""

    profile: tuple[str, str]
    logo: tuple[str, str]

    @staticmethod
    def around(profile: str, logo: str) -> "Addresses":
        """From the two addresses of firm 0."""
        start, _, end = profile.rpartition("0")
        logo_start, _, logo_end = logo.rpartition("0")
        return Addresses((start, end), (logo_start, logo_end))

    @staticmethod
    def of(address: tuple[str, str], firm_id: int) -> str:
        """The address with the number of a firm."""
        return f"{address[0]}{firm_id}{address[1]}"


@dataclass(frozen=True, slots=True)
class OwnNeeds:
    """What of other firms is marked for the reader's firm."""

    languages: frozenset[str] = frozenset()
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a list: rights, language, day, own firm's needs, matches by the other firm's number, and its shortlist."""

    actor: Actor
    language: str
    today: date
    needs: OwnNeeds = OwnNeeds()
    matches: "Mapping[int, Match] | None" = None
    kept: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A firm in the list; fields that the reader may not see are empty. `kept` is None for who has no shortlist."""

    name: ShownName
    url: str
    picture: str
    place: str
    headcount: int | None
    exports: int
    offers: list[str]
    seeks: list[str]
    tags: list[Tag]
    fit: int | None
    badge: Badge | None
    number: int
    kept: bool | None


def needs_of(own: "Firm") -> OwnNeeds:
    """The languages of the own firm and the certificates it asks of its suppliers."""
    required = {
        code
        for product in own.products
        if product.side is Side.SOUGHT
        for code in product.required_certificates.split()
    }
    return OwnNeeds(frozenset(row.language for row in own.languages), frozenset(required))


def row_of(firm: Shown, reader: Reader, addresses: Addresses, fit: int | None) -> Row:
    """The row of a firm as `queries.listed` loads it."""
    match = (reader.matches or {}).get(firm.id)
    groups = visible_groups(reader.actor, firm, match is not None and match.state in TOGETHER)
    seen = groups.__contains__
    products = firm.products if seen(FieldGroup.PRODUCTS) else []
    shows_name = seen(FieldGroup.NAME)
    return Row(
        name=shown_name(firm, reader.language) if shows_name else ShownName(""),
        url=Addresses.of(addresses.profile, firm.id),
        picture=Addresses.of(addresses.logo, firm.id) if firm.logo_id and shows_name else "",
        place=place_of(firm, reader.language) if seen(FieldGroup.REGION) else "",
        headcount=firm.headcount if seen(FieldGroup.SIZE) else None,
        exports=_exports(firm) if seen(FieldGroup.MARKETS) else 0,
        offers=line_of_goods(_side(products, Side.OFFERED), firm.country, reader.language),
        seeks=line_of_goods(_side(products, Side.SOUGHT), firm.country, reader.language),
        tags=_tags(firm, groups, reader),
        fit=fit,
        badge=match_badge(match, firm.id) if match else None,
        number=firm.id,
        kept=_kept(firm, reader),
    )


def _kept(firm: Shown, reader: Reader) -> bool | None:
    if reader.kept is None or reader.actor.membership(firm.id) is not None:
        return None
    return firm.id in reader.kept


def place_of(firm: Shown, language: str) -> str:
    """Region and country, or what of them is known."""
    country = countries.label(firm.country, language)
    region = regions.get(firm.region_code)
    return f"{region.label(language)}, {country}" if region else country


def certificate_name(code: str, language: str) -> str:
    """The short name of a kind of certificate, without what it is about."""
    return certificates.label(code, language).partition(" – ")[0]


def _side(products: Iterable[Any], side: Side) -> list[Any]:
    return [product for product in products if product.side is side]


def _exports(firm: Shown) -> int:
    return sum(market.status is MarketStatus.EXPORTING for market in firm.markets)


def _tags(firm: Shown, groups: frozenset[FieldGroup], reader: Reader) -> list[Tag]:
    found: dict[str, Tag] = {}
    if FieldGroup.CERTIFICATES in groups:
        for row in firm.certificates:
            if is_valid(row, reader.today):
                name = certificate_name(row.scheme, reader.language)
                found[name] = Tag(name, row.scheme in reader.needs.certificates)
    if FieldGroup.PARTNERSHIPS in groups:
        for spoken in firm.languages:
            name = languages.title(spoken.language, reader.language)
            found[name] = Tag(name, spoken.language in reader.needs.languages)
    return sorted(found.values(), key=lambda tag: not tag.hit)[:MOST_TAGS]


def match_badge(match: "Match", other_id: int) -> Badge:
    """The state of a match in the words of the firm that is not `other_id`."""
    if match.state is MatchState.ASKED:
        return Badge(_WAITING if match.asker_id == other_id else _ASKED, "info")
    return Badge(*STATES[match.state])
