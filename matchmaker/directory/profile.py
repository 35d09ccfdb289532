"""The profile of a firm as one reader sees it, with its fit for the reader's firm and what can be done next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import url_for

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGES, language, show_number
from matchmaker.directory.documents import is_valid
from matchmaker.directory.fit_card import FitCard, fit_card
from matchmaker.directory.goods import name_of_good
from matchmaker.directory.listings import place_of
from matchmaker.directory.shortlist import queries as shortlist
from matchmaker.directory.shortlist.rules import may_keep
from matchmaker.engines.fit.scoring import HEADING, common_level
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import ConsentPurpose, FieldGroup, FirmState, MarketStatus, Side
from matchmaker.firms.models import ContactPerson, Firm, FirmCertificate, FirmMarket, FirmProduct, FirmText
from matchmaker.firms.names import ShownName, own_language, shown_name
from matchmaker.firms.rules import is_member, may_edit, may_verify, visible_groups
from matchmaker.matching.queries import is_introduced
from matchmaker.matching.rules import asking_firm_id
from matchmaker.reference import certificates, countries, hs, languages, nace, partnerships, units

ENDS_SOON: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Good:
    """A line of what is offered or sought; `own_name` is what the firm calls it where the reader's words differ."""

    name: str
    own_name: str
    specification: str
    code: str
    amount: str
    required: Sequence[str]
    hit: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that counts today."""

    name: str
    issuer: str
    until: date | None
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The firm's own words in one language."""

    lang: str
    language: str
    summary: str
    description: str
    advantages: str
    source: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """What the template shows; what the reader may not see is empty."""

    firm: Firm
    name: ShownName
    own_lang: str
    place: str
    picture: str
    member: bool
    edits: bool
    verifies: bool
    listed: bool
    groups: frozenset[FieldGroup]
    text: Text | None
    more_texts: Sequence[Text]
    offers: Sequence[Good]
    seeks: Sequence[Good]
    certificates: Sequence[Certificate]
    languages: str
    sectors: Sequence[str]
    partnerships: Sequence[str]
    exports: Sequence[str]
    wanted_markets: Sequence[str]
    contacts: Sequence[ContactPerson]
    fit: FitCard | None
    kept: bool | None

    def shows(self, group: str) -> bool:
        """Whether the reader sees a field group."""
        return FieldGroup(group) in self.groups


def profile_page(actor: Actor, firm: Firm) -> ProfilePage:
    """The page of a fully loaded firm."""
    member = is_member(actor, firm)
    own_id = None if member else asking_firm_id(actor, firm) or actor.firm_id
    own = firms.firm(own_id) if own_id else None
    introduced = own is not None and is_introduced(own.id, firm.id)
    groups = visible_groups(actor, firm, introduced)
    seen = groups.__contains__
    texts = _texts(firm) if seen(FieldGroup.TEXTS) else []
    products = firm.products if seen(FieldGroup.PRODUCTS) else []
    markets = firm.markets if seen(FieldGroup.MARKETS) else []
    cooperates = seen(FieldGroup.PARTNERSHIPS)
    return ProfilePage(
        firm=firm,
        name=shown_name(firm, language()) if seen(FieldGroup.NAME) else ShownName(""),
        own_lang=own_language(firm.country),
        place=place_of(firm, language()) if seen(FieldGroup.REGION) else "",
        picture=url_for("firms.logo", firm_id=firm.id) if firm.logo_id and seen(FieldGroup.NAME) else "",
        member=member,
        edits=may_edit(actor, firm),
        verifies=may_verify(actor, firm),
        listed=firm.state is FirmState.VERIFIED,
        groups=groups,
        text=texts[0] if texts else None,
        more_texts=texts[1:],
        offers=_goods(products, Side.OFFERED, firm, own),
        seeks=_goods(products, Side.SOUGHT, firm, own),
        certificates=_certificates(firm.certificates) if seen(FieldGroup.CERTIFICATES) else [],
        languages=_spoken(firm) if cooperates else "",
        sectors=[_sector(row.nace_class or row.code) for row in firm.sectors if seen(FieldGroup.SECTOR)],
        partnerships=_partnerships(firm) if cooperates else [],
        exports=_countries(markets, MarketStatus.EXPORTING),
        wanted_markets=_countries(markets, MarketStatus.INTERESTED),
        contacts=_published(firm) if actor.is_authenticated else [],
        fit=fit_card(actor, own, firm, groups) if own is not None else None,
        kept=_kept(actor, firm),
    )


def _kept(actor: Actor, firm: Firm) -> bool | None:
    """Whether the firm is on the shortlist of the reader's firm; None for who cannot keep it."""
    if actor.firm_id is None or not may_keep(actor, firm):
        return None
    return shortlist.entry(actor.firm_id, firm.id) is not None


def _texts(firm: Firm) -> list[Text]:
    """Texts in the order in which the reader can read them: own language, English, the firm's language, the others."""
    order = [language(), "en", own_language(firm.country), *LANGUAGES]
    written = [row for row in firm.texts if row.summary or row.description or row.advantages]
    known = sorted(
        written,
        key=lambda row: (order.index(row.language) if row.language in order else len(order), row.language),
    )
    return [_text(row) for row in known]


def _text(row: FirmText) -> Text:
    return Text(
        "" if row.language == language() else row.language,
        languages.title(row.language, language()),
        row.summary,
        row.description,
        row.advantages,
        row.source.value,
    )


def _goods(products: Iterable[FirmProduct], side: Side, firm: Firm, own: Firm | None) -> list[Good]:
    wanted = {Side.OFFERED: Side.SOUGHT, Side.SOUGHT: Side.OFFERED}[side]
    own_codes = [row.hs_code for row in own.products if row.side is wanted] if own is not None else []
    return [_good(row, firm, own_codes) for row in products if row.side is side]


def _good(row: FirmProduct, firm: Firm, own_codes: Iterable[str]) -> Good:
    entry = hs.get(row.hs_code)
    name = name_of_good(row, firm.country, language())
    amount = f"{show_number(row.quantity)} {units.label(row.unit)}" if row.quantity is not None else ""
    return Good(
        name=name,
        own_name=row.name if row.name and row.name != name else "",
        specification=row.specification,
        code=entry.dotted if entry else row.hs_code,
        amount=amount.strip(),
        required=[certificates.label(code, language()) for code in row.required_certificates.split()],
        hit=any(common_level(row.hs_code, code) >= HEADING for code in own_codes),
    )


def _certificates(rows: Iterable[FirmCertificate]) -> list[Certificate]:
    today = clock.today()
    return [
        Certificate(
            certificates.label(row.scheme, language()),
            row.issuer,
            row.valid_until,
            row.valid_until is not None and row.valid_until - today <= ENDS_SOON,
        )
        for row in rows
        if is_valid(row, today)
    ]


def _sector(code: str) -> str:
    entry = nace.get(code)
    return f"{code} {entry.label(language())}" if entry else code


def _partnerships(firm: Firm) -> list[str]:
    found = []
    for row in firm.partnerships:
        kind = partnerships.get(row.type_code)
        if kind is not None:
            found.append(f"{kind.label(language())}: {kind.side_label(row.side.value, language())}")
    return found


def _spoken(firm: Firm) -> str:
    return languages.listed([row.language for row in firm.languages], language())


def _countries(markets: Iterable[FirmMarket], status: MarketStatus) -> list[str]:
    return [countries.label(row.country, language()) for row in markets if row.status is status]


def _published(firm: Firm) -> list[ContactPerson]:
    """Contact persons who agreed to be named in the directory; how to reach them opens with an introduction only."""
    return [person for person in firm.contacts if person.consented(ConsentPurpose.PUBLICATION)]
