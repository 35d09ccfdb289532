"""Writes of the dated tables: rules of entry and schemes of co-financing."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.institutions.queries import institution
from matchmaker.programmes.trips import rules, table_queries
from matchmaker.programmes.trips.enums import CostKind, EntryPath, PaperKind
from matchmaker.programmes.trips.models import EntryRule, SupportRate, SupportScheme
from matchmaker.reference import regions


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """What a rule of entry says."""

    nationality: str
    destination: str
    path: EntryPath
    lead_days: int
    longest_stay_days: int | None
    valid_from: date
    source_note: str


@dataclass(frozen=True, slots=True)
class SchemeTerms:
    """What a scheme says beside its rates."""

    name_tr: str
    name_ru: str
    name_en: str
    currency: str
    cost_kinds: Collection[CostKind]
    paper_kinds: Collection[PaperKind]
    valid_from: date
    valid_to: date | None
    source_note: str


def record_entry_rule(actor: Actor, terms: EntryTerms, rule: EntryRule | None = None) -> EntryRule:
    """Record a new rule, or correct one; a changed law is a new row with its own day, so that the past stays true.

    Raises NotAllowed where neither country is the actor's own, DomainError at the field for what cannot be.
    """
    _check_terms(actor, terms, rule)
    before = _told(rule) if rule else {}
    kept = rule or EntryRule()
    for name, value in asdict(terms).items():
        setattr(kept, name, value)
    kept.recorded_by_id = actor.person_id
    db.session.add(kept)
    db.session.flush()
    audit.record(actor, "record", "entry_rule", kept.id, before, _told(kept))
    db.session.flush()
    return kept


def _check_terms(actor: Actor, terms: EntryTerms, rule: EntryRule | None) -> None:
    own = rules.officer_countries(actor)
    touched = {terms.nationality, terms.destination}
    if not own & touched or (rule is not None and not rules.may_change_entry_rule(actor, rule)):
        raise NotAllowed(_("You record the rules that concern your own country."))
    if terms.nationality == terms.destination:
        raise DomainError(_("Choose another country than that of the travellers."), "destination")
    same = table_queries.same_entry_rule(terms.nationality, terms.destination, terms.valid_from)
    if same is not None and same is not rule:
        raise DomainError(_("There is a rule for these countries from this day already."), "valid_from")


def _told(rule: EntryRule) -> dict[str, Any]:
    return {
        "nationality": rule.nationality,
        "destination": rule.destination,
        "path": rule.path.value,
        "lead_days": rule.lead_days,
        "longest_stay_days": rule.longest_stay_days,
        "valid_from": rule.valid_from.isoformat(),
        "source_note": rule.source_note,
    }


def record_scheme(
    actor: Actor, institution_id: int, terms: SchemeTerms, scheme: SupportScheme | None = None
) -> SupportScheme:
    """Record a scheme of one's own institution, or correct it; raises NotAllowed, DomainError at the field."""
    if not actor.has(*rules.OFFICERS, institution_id=institution_id):
        raise NotAllowed(_("You record the schemes of your own institution."))
    if terms.valid_to is not None and terms.valid_to < terms.valid_from:
        raise DomainError(_("The last day is before the first."), "valid_to")
    kept = scheme or SupportScheme(institution_id=institution(institution_id).id, rates=[])
    for name in ("name_tr", "name_ru", "name_en", "currency", "valid_from", "valid_to", "source_note"):
        setattr(kept, name, getattr(terms, name))
    kept.cost_kinds = [kind.value for kind in CostKind if kind in terms.cost_kinds]
    kept.paper_kinds = [kind.value for kind in PaperKind if kind in terms.paper_kinds]
    db.session.add(kept)
    db.session.flush()
    after = {
        "name": kept.name_en,
        "cost_kinds": kept.cost_kinds,
        "paper_kinds": kept.paper_kinds,
        "valid_from": kept.valid_from.isoformat(),
        "valid_to": kept.valid_to.isoformat() if kept.valid_to else None,
    }
    audit.record(actor, "record", "support_scheme", kept.id, after=after)
    db.session.flush()
    return kept


def set_rate(
    actor: Actor, scheme: SupportScheme, *, region_code: str, percent: Decimal, cap: Decimal
) -> SupportRate:
    """Set the share and the cap for a region (empty: all the others); raises NotAllowed, DomainError at the field."""
    _check_change(actor, scheme)
    found = regions.get(region_code) if region_code else None
    if region_code and (found is None or found.country != scheme.institution.country):
        raise DomainError(_("Choose a region of the institution's country."), "region_code")
    rate = next((one for one in scheme.rates if one.region_code == region_code), None)
    before = {"percent": str(rate.percent), "cap": str(rate.cap)} if rate else {}
    if rate is None:
        rate = SupportRate(region_code=region_code)
        scheme.rates.append(rate)
    rate.percent, rate.cap = percent, cap
    db.session.flush()
    after = {"region": region_code, "percent": str(percent), "cap": str(cap)}
    audit.record(actor, "set_rate", "support_scheme", scheme.id, before, after)
    db.session.flush()
    return rate


def remove_rate(actor: Actor, scheme: SupportScheme, region_code: str) -> None:
    """Take a region's rate away, so that the rate of all the others holds for it; raises NotAllowed, Conflict."""
    _check_change(actor, scheme)
    rate = next((one for one in scheme.rates if one.region_code == region_code), None)
    if rate is None:
        raise Conflict(_("There is no such rate any more."))
    audit.record(actor, "remove_rate", "support_scheme", scheme.id, {"region": region_code})
    scheme.rates.remove(rate)
    db.session.flush()


def _check_change(actor: Actor, scheme: SupportScheme) -> None:
    if not rules.may_change_scheme(actor, scheme):
        raise NotAllowed(_("You record the schemes of your own institution."))
