"""Who may import, and what a register entry may say to somebody who only typed a number."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.engines.text.folding import words
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.registers.rsmp import COUNTRY

if TYPE_CHECKING:
    from matchmaker.core.jobs import Job
    from matchmaker.firms.models import RegisterEntry, RegisterImport

REGISTER_COUNTRIES = (COUNTRY,)
IMPORTERS = (InstitutionRole.STAFF, InstitutionRole.ADMINISTRATOR)


def may_import(actor: Actor) -> bool:
    """Staff and administrators of an institution import, each for the own side; the operator for all."""
    return actor.is_operator or actor.has(*IMPORTERS)


def countries(actor: Actor) -> frozenset[str] | None:
    """The countries whose firms the actor may import; None means any."""
    if actor.is_operator:
        return None
    return frozenset(grant.country for grant in actor.grants if grant.role in IMPORTERS and grant.country)


def may_import_registers(actor: Actor) -> bool:
    """Whether the actor may import a register that the product can read."""
    return any(may_import_register(actor, country) for country in REGISTER_COUNTRIES)


def may_import_register(actor: Actor, country: str) -> bool:
    """Whether the actor may import the register of a country."""
    return actor.is_operator or actor.has(*IMPORTERS, country=country)


def may_see_import(actor: Actor, imported: "RegisterImport") -> bool:
    """An import of a register is seen by those who may import it."""
    return may_import_register(actor, imported.country)


def may_see_list(actor: Actor, job: "Job") -> bool:
    """A firm list and its errors are seen by whoever uploaded it, and by the operator."""
    return may_import(actor) and (actor.is_operator or job.owner_id == actor.person_id)


def is_mapped(entry: "RegisterEntry") -> bool:
    """Whether the entry's region has an ISO 3166-2 code; otherwise compliance decides before anything else."""
    return bool(entry.region_code)


def needs_compliance(entry: "RegisterEntry") -> bool:
    """Whether a firm of this entry has to wait for a compliance decision."""
    return not is_mapped(entry)


def confirms_name(entry: "RegisterEntry", typed_name: str) -> bool:
    """Whether a typed name is the one of the entry; it never tells which name it is.

    A company is confirmed by its full or short name without legal form. A person is confirmed by surname and given
    name in any order, with or without the third name, in either script; initials are not enough.
    """
    if entry.kind is RegisterKind.COMPANY:
        typed = name_key(typed_name)
        return bool(typed) and typed in (name_key(entry.name), name_key(entry.short_name))
    registered, typed_words = _word_keys(entry.name), _word_keys(typed_name)
    return len(typed_words) >= 2 and Counter(typed_words) in (Counter(registered), Counter(registered[:2]))


def _word_keys(name: str) -> list[str]:
    return [key for word in words(strip_legal_forms(name)) if (key := name_key(word))]


def registration_agrees(entry: "RegisterEntry", registration: str) -> bool | None:
    """Whether OGRN or OGRNIP belongs to the same entry; None where the register does not tell it."""
    return registration == entry.second_identifier if entry.second_identifier else None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the register offers to fill in for a number; names are empty for a sole trader."""

    country: str
    identifier: str
    second_identifier: str
    name: str
    short_name: str
    region_code: str
    region_mapped: bool
    place: str
    size_class: str
    main_sector: str
    sectors: tuple[str, ...]
    sector_revision: str


def suggestion(entry: "RegisterEntry") -> Suggestion | None:
    """What may be filled in; None for an entry outside ISO 3166-2, which is not offered in suggestions."""
    if not is_mapped(entry):
        return None
    company = entry.kind is RegisterKind.COMPANY
    return Suggestion(
        country=entry.country,
        identifier=entry.identifier,
        second_identifier=entry.second_identifier if company else "",
        name=entry.name if company else "",
        short_name=entry.short_name if company else "",
        region_code=entry.region_code,
        region_mapped=True,
        place=entry.place if company else "",
        size_class=entry.size_class,
        main_sector=entry.main_sector,
        sectors=tuple(str(code) for code in entry.sectors),
        sector_revision=entry.sector_revision,
    )
