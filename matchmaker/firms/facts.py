"""The answers of a profile as terms and values, for the page of answers and the firm's own page."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core.countries import language_of
from matchmaker.core.i18n import LANGUAGES, language, show_date, show_money, show_number
from matchmaker.firms import rules, words
from matchmaker.firms.enums import RegisterStatus, Side, Visibility
from matchmaker.firms.models import Firm, FirmCertificate, FirmProduct
from matchmaker.reference import (
    certificates,
    countries,
    hs,
    identifiers,
    languages,
    legal_forms,
    nace,
    partnerships,
    regions,
    units,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a section; `prefilled`: the value came from the register; lang: the language of the value."""

    term: str
    values: tuple[str, ...]
    prefilled: bool = False
    lang: str = ""


def _fact(term: str, value: str | None, *, prefilled: bool = False, lang: str = "") -> Fact:
    return Fact(term, (value,) if value else (), prefilled, lang)


def facts(firm: Firm, step: str) -> list[Fact]:
    """What the firm answered in one step."""
    return SECTIONS[step](firm)


def _country(firm: Firm) -> list[Fact]:
    return [_fact(_("Country of registration"), countries.label(firm.country, language()))]


def _identifiers(firm: Firm) -> list[Fact]:
    numbers = [_fact(identifiers.scheme(row.scheme).label(language()), row.value) for row in firm.identifiers]
    status = (
        str(words.REGISTER[RegisterStatus(firm.register_status)]) if firm.register_status in _STATUSES else ""
    )
    return [
        *(numbers or [_fact(_("Tax number"), None)]),
        _fact(_("Tax office"), firm.tax_office),
        _fact(_("Register"), status),
    ]


_STATUSES = frozenset(RegisterStatus)


def own_language(firm: Firm) -> str:
    """The language in which the firm is registered, empty where it is none of the interface."""
    return language_of(firm.country)


def _names(firm: Firm) -> list[Fact]:
    form = legal_forms.label(firm.legal_form, language()) if firm.legal_form else ""
    return [
        _fact(
            _("Registered name"),
            firm.legal_name,
            prefilled="legal_name" in firm.prefilled,
            lang=own_language(firm),
        ),
        _fact(pgettext("firm", "Name in Latin letters"), firm.name_romanised),
        _fact(_("Trade name"), firm.trade_name),
        _fact(_("Legal form"), form),
    ]


def _place(firm: Firm) -> list[Fact]:
    region = regions.label(firm.region_code, language()) if firm.region_code else ""
    if not rules.is_region_mapped(firm):
        region = _("Not mapped: %(place)s", place=firm.region_note)
    return [
        _fact(_("Region"), region, prefilled="region_code" in firm.prefilled),
        _fact(_("Town"), firm.town, prefilled="town" in firm.prefilled),
        _fact(_("Address"), " ".join(part for part in (firm.address, firm.postcode) if part)),
        _fact(_("Website"), firm.website),
    ]


def _size(firm: Firm) -> list[Fact]:
    turnover = show_money(firm.turnover, firm.turnover_currency or "EUR") if firm.turnover is not None else ""
    year = f" ({firm.turnover_year})" if turnover and firm.turnover_year else ""
    shares = {"public": _("Public owners"), "foreign_or_large": _("Foreign and large owners")}
    return [
        _fact(_("Founding year"), str(firm.founded_year or "")),
        _fact(_("People employed"), show_number(firm.headcount)),
        _fact(_("Turnover"), turnover + year),
        _fact(
            _("Balance sheet total"),
            show_money(firm.balance, firm.turnover_currency or "EUR") if firm.balance is not None else "",
        ),
        *(_fact(shares[name], f"{share} %") for name, share in firm.ownership.items() if name in shares),
        _fact(_("Size class"), words.size_sentence(firm), prefilled="size_class" in firm.prefilled),
    ]


def _sectors(firm: Firm) -> list[Fact]:
    lines = tuple(f"{row.code} {nace.label(row.nace_class, language())}" for row in firm.sectors)
    return [Fact(_("Codes of activity"), lines, "sectors" in firm.prefilled)]


def product_line(row: FirmProduct) -> str:
    """One good in one line: the firm's name for it or that of the code, code, amount."""
    code = hs.get(row.hs_code)
    name = row.name or hs.label(row.hs_code, language())
    amount = f"{show_number(row.quantity)} {units.label(row.unit)}" if row.quantity is not None else ""
    per_year = _("%(amount)s a year", amount=amount) if amount else ""
    return ", ".join(part for part in (name, f"HS {code.dotted if code else row.hs_code}", per_year) if part)


def _products(side: Side) -> Callable[[Firm], list[Fact]]:
    def section(firm: Firm) -> list[Fact]:
        lines = tuple(product_line(row) for row in firm.products if row.side is side)
        return [Fact(_("Goods offered") if side is Side.OFFERED else _("Goods sought"), lines)]

    return section


def certificate_line(row: FirmCertificate) -> str:
    """A certificate in one line: kind, number, validity."""
    until = _("valid until %(date)s", date=show_date(row.valid_until)) if row.valid_until else ""
    return ", ".join(part for part in (certificates.label(row.scheme, language()), row.number, until) if part)


def _certificates(firm: Firm) -> list[Fact]:
    return [Fact(_("Certificates"), tuple(certificate_line(row) for row in firm.certificates))]


def _languages(firm: Firm) -> list[Fact]:
    spoken = [row.language for row in firm.languages]
    return [_fact(_("Languages"), languages.listed(spoken, language()))]


def _partnerships(firm: Firm) -> list[Fact]:
    lines = []
    for row in firm.partnerships:
        kind = partnerships.get(row.type_code)
        lines.append(
            f"{kind.label(language())}: {kind.side_label(row.side, language())}" if kind else row.type_code
        )
    return [Fact(_("Kinds of partnership"), tuple(lines))]


def _markets(firm: Firm) -> list[Fact]:
    lines = tuple(
        f"{countries.label(row.country, language())}: {words.MARKETS[row.status]}" for row in firm.markets
    )
    return [Fact(_("Markets"), lines)]


def _texts(firm: Firm) -> list[Fact]:
    have = {row.language: row for row in firm.texts}
    return [
        _fact(
            _("Summary in %(language)s", language=languages.label(code, language())),
            have[code].summary if code in have else "",
            lang=code,
        )
        for code in LANGUAGES
    ]


def _logo(firm: Firm) -> list[Fact]:
    return [_fact(_("Logo"), _("Uploaded") if firm.logo_id else "")]


def _contacts(firm: Firm) -> list[Fact]:
    return [Fact(_("Contact persons"), tuple(row.name for row in firm.contacts))]


def _visibility(firm: Firm) -> list[Fact]:
    found = []
    for level in Visibility:
        groups = [
            str(name) for group, name in words.GROUPS.items() if rules.visibility_of(firm, group) is level
        ]
        if groups:
            found.append(_fact(str(words.LEVELS[level]), ", ".join(groups)))
    return found


SECTIONS: dict[str, Callable[[Firm], list[Fact]]] = {
    "country": _country,
    "identifiers": _identifiers,
    "names": _names,
    "place": _place,
    "size": _size,
    "sectors": _sectors,
    "offered": _products(Side.OFFERED),
    "sought": _products(Side.SOUGHT),
    "certificates": _certificates,
    "languages": _languages,
    "partnerships": _partnerships,
    "markets": _markets,
    "texts": _texts,
    "logo": _logo,
    "contacts": _contacts,
    "visibility": _visibility,
}
