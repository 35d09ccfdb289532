"""What the states, groups and sections of a firm are called, and the sentences made of them."""

from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from matchmaker.core.i18n import language, show_date, show_money, show_number
from matchmaker.firms.enums import FieldGroup, FirmState, MarketStatus, RegisterStatus, TextSource, Visibility
from matchmaker.firms.sizes import FROM_REGISTER
from matchmaker.reference import countries, size_rules
from matchmaker.reference.size_rules import Limit
from matchmaker.reference.tables import day
from matchmaker.reference.wording import size_class_label

if TYPE_CHECKING:
    from matchmaker.firms.models import Firm


class Badge(NamedTuple):
    """A status word with the kind of its badge."""

    text: LazyString
    kind: str


STATE_BADGES: dict[FirmState, Badge] = {
    FirmState.DRAFT: Badge(_l("Draft"), ""),
    FirmState.SUBMITTED: Badge(_l("Sent"), "info"),
    FirmState.VERIFIED: Badge(_l("Verified"), "ok"),
    FirmState.ON_HOLD: Badge(_l("On hold"), "warn"),
    FirmState.SUSPENDED: Badge(_l("Suspended"), "danger"),
    FirmState.ARCHIVED: Badge(_l("Archived"), ""),
}
WHAT_NEXT: dict[FirmState, LazyString] = {
    FirmState.DRAFT: _l("Fill in the missing parts and send the firm. Nobody else sees it yet."),
    FirmState.SUBMITTED: _l(
        "Your institution is checking the firm. You get a message when it has decided; you can go on editing meanwhile."
    ),
    FirmState.VERIFIED: _l("The firm is in the directory and is suggested to firms that fit."),
    FirmState.ON_HOLD: _l(
        "Your institution needs something from you. Change what it asks for, then send the firm again."
    ),
    FirmState.SUSPENDED: _l(
        "The firm is out of the directory. Write to your institution to have this looked at again."
    ),
    FirmState.ARCHIVED: _l("The firm is no longer active here."),
}
GROUPS: dict[FieldGroup, LazyString] = {
    FieldGroup.NAME: lazy_pgettext("firm", "Name"),
    FieldGroup.REGION: _l("Country and region"),
    FieldGroup.SECTOR: _l("Sectors"),
    FieldGroup.PRODUCTS: _l("Products offered and sought"),
    FieldGroup.TEXTS: _l("Texts"),
    FieldGroup.SIZE: _l("Size and founding year"),
    FieldGroup.CERTIFICATES: _l("Certificates"),
    FieldGroup.MARKETS: _l("Markets"),
    FieldGroup.PARTNERSHIPS: _l("Kinds of partnership and languages"),
    FieldGroup.WEBSITE: _l("Website"),
    FieldGroup.ADDRESS: _l("Town and address"),
    FieldGroup.IDENTIFIERS: _l("Tax and registration numbers"),
}
LEVELS: dict[Visibility, LazyString] = {
    Visibility.PUBLIC: _l("Everybody"),
    Visibility.REGISTERED: _l("People with an account"),
    Visibility.PARTNER: _l("Firms introduced to yours"),
    Visibility.STAFF: _l("The institutions only"),
}
MARKETS: dict[MarketStatus, LazyString] = {
    MarketStatus.EXPORTING: _l("We export there now"),
    MarketStatus.INTERESTED: _l("We want to export there"),
    MarketStatus.NOT_INTERESTED: _l("We are not interested"),
}
TEXT_SOURCES: dict[TextSource, LazyString] = {
    TextSource.AUTHOR: _l("Written in this language"),
    TextSource.TRANSLATION: _l("Translated by a person"),
}
REGISTER: dict[RegisterStatus, LazyString] = {
    RegisterStatus.FOUND: _l("Found in the register"),
    RegisterStatus.NAME_TO_CONFIRM: _l("Found in the register; the name is compared when you enter it"),
    RegisterStatus.NAME_DIFFERS: _l("The name differs from the one in the register"),
    RegisterStatus.NOT_FOUND: _l("Not in the register"),
}


def size_sentence(firm: "Firm") -> str:
    """The size class of a firm with the rule it follows from, or why there is none yet."""
    return class_sentence(firm.country, firm.size_class, firm.size_rule)


def class_sentence(country_code: str, size_class: str, size_rule: str) -> str:
    """A size class with the rule of a country it follows from, or why there is none yet."""
    if not size_class:
        return str(_("The size class is computed when headcount and turnover are known."))
    name = size_class_label(size_class)
    if size_rule == FROM_REGISTER:
        return str(_("%(size)s, as the register says.", size=name))
    since = size_rule.rpartition(" ")[2]
    start = day(since)
    if start is None:
        return name
    country = countries.label(country_code, language())
    base = _(
        "%(size)s by the rule for %(country)s in force since %(date)s",
        size=name,
        country=country,
        date=show_date(start),
    )
    limit = next(
        (one for one in size_rules.limits(country_code, start) if one.size_class == size_class), None
    )
    return f"{base}: {_limit_words(limit)}." if limit else f"{base}."


def _limit_words(limit: Limit) -> str:
    people = show_number(limit.headcount)
    money = show_money(limit.turnover, limit.currency)
    if limit.balance is not None:
        words = _(
            "fewer than %(people)s people, turnover or balance up to %(money)s", people=people, money=money
        )
        return str(words)
    if limit.strict:
        return str(_("fewer than %(people)s people, turnover up to %(money)s", people=people, money=money))
    return str(_("up to %(people)s people, income up to %(money)s", people=people, money=money))
