"""What the pages of opportunities show: a row of a list, one opportunity, the filters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, show_number
from matchmaker.core.paging import Paging, Part
from matchmaker.firms import rules as firm_rules
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.models import Firm
from matchmaker.firms.names import ShownName, shown_name
from matchmaker.firms.signals import introduced_among
from matchmaker.opportunities import queries, rules, words
from matchmaker.opportunities.checks.pages import mark_of
from matchmaker.opportunities.enums import OpportunityKind
from matchmaker.opportunities.interests import queries as interests
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.queries import Wanted
from matchmaker.reference import certificates, countries, hs, languages, nace, partnerships, regions, units
from matchmaker.reference.wording import size_class_label

LONGEST_QUERY = 200
Badge = tuple[LazyString, str]


@dataclass(frozen=True, slots=True)
class Owner:
    """The firm as far as the reader sees it; an empty name where it is hidden."""

    name: ShownName
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One opportunity of a list."""

    id: int
    kind: LazyString
    title: str
    lang: str
    summary: str
    owner: Owner
    goods: str
    badge: Badge
    has_listed_goods: bool
    mark: Badge | None
    opportunity: Opportunity


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list; `query` is its address without the page."""

    rows: Sequence[Row]
    paging: Paging
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close the reader is to the owners of a list.

    `accepted` are the numbers of the opportunities whose owner accepted an interest of the reader's firms, `introduced`
    those of the firms to which the reader's own is introduced.
    """

    accepted: frozenset[int] = frozenset()
    introduced: frozenset[int] = frozenset()


def closeness(actor: Actor, shown: Sequence[Opportunity]) -> Closeness:
    """How close the reader is to the owners of these opportunities, asked once for all of them."""
    unnamed = [one.id for one in shown if one.anonymous]
    return Closeness(
        interests.accepted([item.firm_id for item in actor.memberships], unnamed),
        introduced_among({one.firm_id for one in shown}, actor.firm_id),
    )


def publisher(actor: Actor, opportunity: Opportunity, close: Closeness) -> Owner:
    """The firm of an opportunity; only its country where it wants to stay unnamed and the reader is a stranger to it."""
    if rules.knows_owner(actor, opportunity) or opportunity.id in close.accepted:
        return owner_of(actor, opportunity.firm, close.introduced)
    return Owner(ShownName(""), countries.label(opportunity.firm.country, language()), "")


def owner_of(actor: Actor, firm: Firm, introduced: Collection[int]) -> Owner:
    """A firm, each part by the visibility that it chose; `introduced` are those to which the reader's own is introduced."""
    groups = firm_rules.visible_groups(actor, firm, firm.id in introduced)
    spoken = language()
    country, region = countries.label(firm.country, spoken), regions.get(firm.region_code)
    shows_region = FieldGroup.REGION in groups and region is not None
    return Owner(
        name=shown_name(firm, spoken) if FieldGroup.NAME in groups else ShownName(""),
        place=f"{region.label(spoken)}, {country}" if shows_region and region else country,
        url=url_for("directory.show", firm_id=firm.id) if firm_rules.may_see(actor, firm) else "",
    )


def badge_of(opportunity: Opportunity) -> Badge:
    """Where it stands; what follows from the days before what was decided."""
    return words.EXPIRED if rules.is_expired(opportunity, clock.today()) else words.STATES[opportunity.state]


def row_of(actor: Actor, opportunity: Opportunity, close: Closeness) -> Row:
    """The row of an opportunity as `queries` loads it for lists."""
    text, spoken = rules.in_language(opportunity, language()), language()
    return Row(
        id=opportunity.id,
        kind=words.KINDS[opportunity.kind],
        title=text.title if text else "",
        lang=text.language if text and text.language != spoken else "",
        summary=text.summary if text else "",
        owner=publisher(actor, opportunity, close),
        goods=" · ".join(dict.fromkeys(hs.label(good.hs_code[:4], spoken) for good in opportunity.goods[:2])),
        badge=badge_of(opportunity),
        has_listed_goods=bool(rules.listed_goods(opportunity)),
        mark=mark_of(actor, opportunity),
        opportunity=opportunity,
    )


def listing(actor: Actor, part: Part[Opportunity], **query: str) -> Listing:
    """The rows of a page."""
    kept = {name: value for name, value in query.items() if value}
    close = closeness(actor, part.items)
    return Listing([row_of(actor, one, close) for one in part.items], part.paging, kept)


def asked() -> Wanted:
    """The filter that the address names; unknown values ask for nothing."""
    kind = request.args.get("kind", "")
    chapter, division = request.args.get("chapter", ""), request.args.get("sector", "")
    country = request.args.get("country", "")
    return Wanted(
        words=request.args.get("q", "")[:LONGEST_QUERY].strip(),
        kind=OpportunityKind(kind) if kind in set(OpportunityKind) else None,
        chapter=chapter if len(chapter) == 2 and hs.get(chapter) else "",
        division=division if len(division) == 2 and nace.get(division) else "",
        country=country if countries.exists(country) else "",
    )


def query_of(wanted: Wanted) -> dict[str, str]:
    """The filter as an address."""
    return {
        "q": wanted.words,
        "kind": wanted.kind.value if wanted.kind else "",
        "chapter": wanted.chapter,
        "sector": wanted.division,
        "country": wanted.country,
    }


@dataclass(frozen=True, slots=True)
class Filters:
    """What the filters offer, code and name."""

    kinds: Sequence[tuple[str, Any]]
    chapters: Sequence[tuple[str, str]]
    divisions: Sequence[tuple[str, str]]
    countries: Sequence[tuple[str, str]]


def filters(actor: Actor) -> Filters:
    """Only what something in the list has."""
    found, spoken = queries.choices(actor), language()
    return Filters(
        kinds=[(kind.value, label) for kind, label in words.KINDS.items()],
        chapters=[(code, f"{code} {hs.label(code, spoken)}") for code in found.chapters],
        divisions=[(code, f"{code} {nace.label(code, spoken)}") for code in found.divisions],
        countries=[(code, countries.label(code, spoken)) for code in found.countries],
    )


def facts_of(opportunity: Opportunity) -> list[dict[str, Any]]:
    """What it says beside its words, only what is said."""
    spoken = language()
    named = words.MISSING
    known = partnerships.all_types()
    ends = [end.partition(":") for end in opportunity.partnerships]
    unit = units.UNITS.get(opportunity.unit)
    amount = f"{show_number(opportunity.quantity)} {unit.name if unit else ''}".strip()
    found = [
        (named["hs_codes"], "; ".join(_good(good.hs_code) for good in opportunity.goods)),
        (
            named["sectors"],
            "; ".join(f"{one.code} {nace.label(one.code, spoken)}" for one in opportunity.sectors),
        ),
        (named["quantity"], amount if opportunity.quantity is not None else ""),
        (named["supply"], words.SUPPLIES[opportunity.supply] if opportunity.supply else ""),
        (named["stage"], words.STAGES[opportunity.stage] if opportunity.stage else ""),
        (
            named["property_state"],
            words.PROPERTY[opportunity.property_state] if opportunity.property_state else "",
        ),
        (
            named["partnerships"],
            "; ".join(known[code].side_label(side, spoken) for code, _colon, side in ends if code in known),
        ),
        (named["partner_kind"], words.PARTNERS[opportunity.partner_kind] if opportunity.partner_kind else ""),
        (words.SIZE, ", ".join(size_class_label(size) for size in opportunity.partner_sizes)),
        (
            words.CERTIFICATES,
            "; ".join(certificates.label(code, spoken) for code in opportunity.certificates),
        ),
        (words.LANGUAGES, languages.listed(opportunity.languages, spoken)),
    ]
    return [{"term": term, "value": value} for term, value in found if value]


@dataclass(frozen=True, slots=True)
class ListedGoods:
    """The goods that are on the common high priority list, in words, and the day of the list."""

    named: str
    day: date


def listed_goods_of(actor: Actor, opportunity: Opportunity) -> ListedGoods | None:
    """What the firm and the institutions concerned are told; None for other readers and where no good is on the list."""
    listed = rules.listed_goods(opportunity)
    if not listed or not rules.is_insider(actor, opportunity):
        return None
    named = (_("%(good)s (tier %(tier)s)", good=_good(one.code), tier=one.tier) for one in listed)
    return ListedGoods("; ".join(named), date.fromisoformat(listed[0].version))


def interests_in(actor: Actor, opportunity: Opportunity) -> list[tuple[Interest, Owner]]:
    """Who is interested, for the firm and its institution only."""
    if not (rules.is_own(actor, opportunity) or rules.is_own_officer(actor, opportunity)):
        return []
    found = interests.of_opportunity(opportunity.id)
    introduced = introduced_among({one.firm_id for one in found}, actor.firm_id)
    return [(one, owner_of(actor, one.firm, introduced)) for one in found]


def _good(code: str) -> str:
    known = hs.get(code)
    return f"{known.dotted} {known.label(language())}" if known else code
