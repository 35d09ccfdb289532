"""What the record page of staff shows about a firm: checks of its numbers, the register beside it, what changed."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core.access import current_actor
from matchmaker.core.i18n import language, show_date
from matchmaker.firms import queries, rules, verification_queries, words
from matchmaker.firms.declarations.pages import declaration_card
from matchmaker.firms.enums import FirmState, RegisterKind
from matchmaker.firms.facts import facts, own_language
from matchmaker.firms.market_history import market_history
from matchmaker.firms.models import Firm, FirmIdentifier, ProfileChange, RegisterEntry
from matchmaker.firms.profile_page import ShownSection
from matchmaker.firms.registers.lookup import confirms_name, knows_register, registration_agrees
from matchmaker.firms.review_panels import review_panels
from matchmaker.firms.steps import STEPS
from matchmaker.firms.verification_services import region_needs_decision
from matchmaker.firms.verification_words import CHANGED_FIELDS, DECISIONS, METHODS
from matchmaker.reference import hs, identifiers, regions
from matchmaker.reference.identifiers import IdentifierError
from matchmaker.reference.wording import size_class_label

PRODUCT_FIELDS = ("products_offered", "products_sought")


@dataclass(frozen=True, slots=True)
class IdentifierCheck:
    """One number with the results of its checks; None: cannot be told."""

    label: str
    value: str
    digits: bool
    in_register: bool | None
    name_agrees: bool | None
    verified_on: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field as the firm gave it and as the register has it."""

    label: str
    firm: str
    register: str

    @property
    def differs(self) -> bool:
        """Whether the register says something else."""
        return bool(self.register) and self.register != self.firm


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """One value of a changed field; `mark` is added, removed or empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A changed field before and after."""

    label: str
    before: list[ChangedItem]
    after: list[ChangedItem]


def checks(firm: Firm, entry: RegisterEntry | None) -> list[IdentifierCheck]:
    """The numbers of a firm with what can be checked about them."""
    known = knows_register(firm.country)
    return [_check(firm, item, entry, known) for item in firm.identifiers]


def _check(firm: Firm, item: FirmIdentifier, entry: RegisterEntry | None, known: bool) -> IdentifierCheck:
    scheme = identifiers.all_schemes().get(item.scheme)
    found: bool | None = None
    if entry is not None:
        found = item.value == entry.identifier or registration_agrees(entry, item.value)
    elif known:
        found = False
    return IdentifierCheck(
        label=scheme.label(language()) if scheme else item.scheme,
        value=item.value,
        digits=_has_valid_digits(item),
        in_register=found,
        name_agrees=confirms_name(entry, firm.legal_name) if entry is not None and found else None,
        verified_on=show_date(item.verified_on),
    )


def _has_valid_digits(item: FirmIdentifier) -> bool:
    try:
        return identifiers.validate(item.scheme, item.value) == item.value
    except (IdentifierError, KeyError):
        return False


def compare(firm: Firm, entry: RegisterEntry | None) -> list[Comparison]:
    """The firm beside its register entry; a sole trader's name and place are never shown."""
    if entry is None:
        return []
    code = language()
    region = regions.label(entry.region_code, code) if entry.region_code else _("Not mapped")
    rows = [
        Comparison(
            _("Region"),
            regions.label(firm.region_code, code) if firm.region_code else _("Not mapped"),
            region,
        ),
        Comparison(
            _("Size class"),
            size_class_label(firm.size_class) if firm.size_class else "",
            size_class_label(entry.size_class) if entry.size_class else "",
        ),
        Comparison(_("Main activity"), _main_sector(firm), entry.main_sector),
        Comparison(_("In the register since"), "", show_date(entry.entered_on)),
    ]
    if entry.kind is RegisterKind.COMPANY:
        names = [
            Comparison(_("Registered name"), firm.legal_name, entry.name),
            Comparison(_("Place"), firm.town, entry.place),
        ]
        return [*names, *rows]
    return rows


def _main_sector(firm: Firm) -> str:
    main = next((row for row in firm.sectors if row.main), None) or next(iter(firm.sectors), None)
    return main.code if main else ""


def changed_fields(change: ProfileChange | None) -> list[ChangedField]:
    """What changed, each value marked where it is new or gone."""
    if change is None:
        return []
    found = []
    for name, (before, after) in change.fields.items():
        old, new = _values(before), _values(after)
        found.append(
            ChangedField(
                str(CHANGED_FIELDS.get(name, name)),
                [ChangedItem(_worded(name, one), "" if one in new else "removed") for one in old],
                [ChangedItem(_worded(name, one), "" if one in old else "added") for one in new],
            )
        )
    return found


def _values(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _worded(name: str, value: str) -> str:
    if name in PRODUCT_FIELDS:
        code = hs.get(value)
        return f"{code.dotted if code else value} {hs.label(value, language())}"
    if name == "identifiers":
        code_of, _space, number = value.partition(" ")
        scheme = identifiers.all_schemes().get(code_of)
        return f"{scheme.label(language()) if scheme else code_of} {number}"
    if name == "ownership":
        owner, _space, share = value.rpartition(" ")
        owners = {"public": _("Public owners"), "foreign_or_large": _("Foreign and large owners")}
        return f"{owners.get(owner, owner)} {share} %"
    return value


def review_page(firm: Firm) -> dict[str, Any]:
    """The names that the record page uses."""
    entry = verification_queries.register_entry_of(firm)
    change = queries.open_change(firm.id)
    return {
        "firm": firm,
        "badge": words.STATE_BADGES[firm.state],
        "own_language": own_language(firm),
        "checks": checks(firm, entry),
        "entry": entry,
        "name_agrees": confirms_name(entry, firm.legal_name) if entry else None,
        "comparison": compare(firm, entry),
        "change": change,
        "changed": changed_fields(change),
        "sections": [ShownSection(step, facts(firm, step.name), "", False) for step in STEPS],
        "market_history": market_history(firm.id),
        "to_check": False,
        "declaration": declaration_card(firm),
        "past": verification_queries.reviews(firm.id),
        "decisions": DECISIONS,
        "methods": METHODS,
        "panels": review_panels(current_actor(), firm),
        "region_waits": region_needs_decision(firm),
        "region_decided": verification_queries.region_decision(firm.id),
        "lacks": rules.lacks(firm) if firm.state is not FirmState.ARCHIVED else (),
    }
