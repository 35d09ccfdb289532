"""Writes of the sections of a profile: one verb a section, each with rights, version, audit and index in `changing`."""

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.files import StoredFile
from matchmaker.engines.text.names import name_key
from matchmaker.firms import rules
from matchmaker.firms.declarations import services as declarations
from matchmaker.firms.enums import (
    FieldGroup,
    FirmState,
    MarketStatus,
    PartnershipSide,
    RegisterStatus,
    TextSource,
    Visibility,
)
from matchmaker.firms.models import (
    Firm,
    FirmLanguage,
    FirmMarket,
    FirmMarketChange,
    FirmPartnership,
    FirmText,
)
from matchmaker.firms.registers import queries as registers
from matchmaker.firms.registers.rules import confirms_name
from matchmaker.firms.services import changing


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a firm; the legal name in the script of its register."""

    legal_name: str
    name_romanised: str
    trade_name: str
    legal_form: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a firm is; region_code is ISO 3166-2."""

    region_code: str
    town: str
    address: str
    postcode: str
    website: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The size of a firm; money in whole units of the currency, shares of owners in per cent."""

    founded_year: int | None
    headcount: int | None
    turnover: Decimal | None
    turnover_currency: str
    turnover_year: int | None
    balance: Decimal | None
    ownership: dict[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """What a firm says about itself in one language."""

    summary: str
    description: str
    advantages: str
    source: TextSource

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.summary or self.description or self.advantages)


def set_country(actor: Actor, firm: Firm, version: int | None, country: str) -> None:
    """Move a registration that was not sent yet to another country; what hangs on the country is emptied."""
    if firm.state is not FirmState.DRAFT:
        raise Conflict(_("The country can be changed only before the firm is sent."))
    with changing(actor, firm, "country", version):
        if firm.country == country:
            return
        firm.country = country
        firm.legal_form = firm.region_code = firm.region_note = firm.tax_office = ""
        firm.turnover_currency = firm.size_class = firm.size_rule = firm.register_status = ""
        firm.ownership, firm.prefilled = {}, []
        declarations.forget(firm)
        firm.identifiers.clear()
        firm.sectors.clear()


def set_names(actor: Actor, firm: Firm, version: int | None, names: Names) -> None:
    """Keep the names; a sole trader's is compared with the register, which only confirms or refutes it."""
    with changing(actor, firm, "names", version):
        if names.legal_name != firm.legal_name:
            _typed_over(firm, "legal_name")
        firm.legal_name, firm.name_romanised = names.legal_name, names.name_romanised
        firm.trade_name, firm.legal_form = names.trade_name, names.legal_form
        firm.name_key = name_key(names.legal_name)
        _confirm_name(firm)


def _confirm_name(firm: Firm) -> None:
    if firm.register_status not in (RegisterStatus.NAME_TO_CONFIRM, RegisterStatus.NAME_DIFFERS):
        return
    entries = (registers.register_entry(firm.country, item.value) for item in firm.identifiers)
    entry = next((item for item in entries if item is not None), None)
    if entry is not None:
        same = confirms_name(entry, firm.legal_name)
        firm.register_status = RegisterStatus.FOUND if same else RegisterStatus.NAME_DIFFERS


def _typed_over(firm: Firm, field: str) -> None:
    if field in firm.prefilled:
        firm.prefilled = [name for name in firm.prefilled if name != field]


def set_place(actor: Actor, firm: Firm, version: int | None, place: Place) -> None:
    """Keep the place; a region that the register could not map stays as it is."""
    with changing(actor, firm, "place", version):
        if rules.is_region_mapped(firm):
            if place.region_code != firm.region_code:
                _typed_over(firm, "region_code")
            firm.region_code = place.region_code
        firm.town, firm.address, firm.postcode = place.town, place.address, place.postcode
        firm.website = place.website


def set_figures(actor: Actor, firm: Firm, version: int | None, figures: Figures) -> None:
    """Keep the figures as the firm's declaration of today, which computes the size class; raises DomainError at the field."""
    with changing(actor, firm, "size", version):
        firm.founded_year, firm.headcount = figures.founded_year, figures.headcount
        firm.turnover, firm.balance = figures.turnover, figures.balance
        firm.turnover_currency, firm.turnover_year = figures.turnover_currency, figures.turnover_year
        firm.ownership = dict(figures.ownership)
        _typed_over(firm, "size_class")
        declarations.declare(actor, firm)


def set_languages(actor: Actor, firm: Firm, version: int | None, codes: list[str]) -> None:
    """Keep the languages of business."""
    with changing(actor, firm, "languages", version):
        have = {item.language: item for item in firm.languages}
        firm.languages[:] = [have.get(code) or FirmLanguage(language=code) for code in dict.fromkeys(codes)]


def set_partnerships(
    actor: Actor, firm: Firm, version: int | None, ends: list[tuple[str, PartnershipSide]]
) -> None:
    """Keep the kinds of partnership with the end that the firm takes in each."""
    with changing(actor, firm, "partnerships", version):
        have = {(item.type_code, item.side): item for item in firm.partnerships}
        firm.partnerships[:] = [
            have.get(end) or FirmPartnership(type_code=end[0], side=end[1]) for end in dict.fromkeys(ends)
        ]


def set_markets(actor: Actor, firm: Firm, version: int | None, markets: dict[str, MarketStatus]) -> None:
    """Keep the export experience per country, with a row of history for each change."""
    with changing(actor, firm, "markets", version):
        have = {item.country: item for item in firm.markets}
        before = {country: item.status for country, item in have.items()}
        for country, status in markets.items():
            row = have.get(country)
            if row is None:
                row = have[country] = FirmMarket(country=country, status=status, since=clock.today())
            if row.status is not status:
                row.status, row.since = status, clock.today()
        firm.markets[:] = [have[country] for country in markets]
        for country in sorted(before.keys() | markets.keys()):
            old, new = before.get(country), markets.get(country)
            if old is not new:
                db.session.add(
                    FirmMarketChange(
                        firm_id=firm.id, country=country, before=old, after=new, changed_by_id=actor.person_id
                    )
                )


def set_texts(actor: Actor, firm: Firm, version: int | None, texts: dict[str, Text]) -> None:
    """Keep the texts of each language; an empty one is removed."""
    with changing(actor, firm, "texts", version):
        have = {item.language: item for item in firm.texts}
        kept = []
        for language, text in texts.items():
            if text.is_empty:
                continue
            row = have.get(language) or FirmText(language=language)
            row.summary, row.description, row.advantages = text.summary, text.description, text.advantages
            row.source = text.source
            kept.append(row)
        firm.texts[:] = kept


def set_logo(actor: Actor, firm: Firm, version: int | None, logo: StoredFile | None) -> None:
    """Keep or, with None, take away the logo."""
    with changing(actor, firm, "logo", version):
        firm.logo = logo
        firm.logo_id = logo.id if logo else None


def set_visibility(
    actor: Actor, firm: Firm, version: int | None, levels: dict[FieldGroup, Visibility]
) -> None:
    """Keep who sees which field group; raises DomainError for a group that is not the firm's to open."""
    if rules.FIXED_GROUPS & levels.keys():
        raise DomainError(_("Identifiers are always seen by the institutions only."))
    with changing(actor, firm, "visibility", version):
        firm.visibility = {
            group.value: level.value
            for group, level in levels.items()
            if level is not rules.DEFAULT_VISIBILITY[group]
        }
