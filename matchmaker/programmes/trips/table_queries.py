"""Reads of the dated tables: rules of entry and schemes of co-financing."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.institutions.models import Institution
from matchmaker.programmes.trips import entry
from matchmaker.programmes.trips.models import EntryRule, SupportScheme


def entry_rules() -> Sequence[EntryRule]:
    """All rules of entry, by the two countries, the newest first."""
    found = select(EntryRule).order_by(
        EntryRule.nationality, EntryRule.destination, EntryRule.valid_from.desc(), EntryRule.id.desc()
    )
    return db.session.scalars(found).all()


def entry_rule(rule_id: int) -> EntryRule:
    """A rule of entry by number; raises NotFound."""
    return existing(db.session.get(EntryRule, rule_id))


def rules_towards(destination: str, nationalities: Collection[str], day: date) -> dict[str, EntryRule]:
    """The rules in force on a day for some nationalities that travel to one country; those without a rule are left out."""
    stored = db.session.scalars(
        select(EntryRule).where(
            EntryRule.destination == destination, EntryRule.nationality.in_(sorted(nationalities))
        )
    ).all()
    found = {one: entry.rule_on(stored, one, destination, day) for one in sorted(nationalities)}
    return {one: rule for one, rule in found.items() if rule is not None}


def same_entry_rule(nationality: str, destination: str, valid_from: date) -> EntryRule | None:
    """The row for the same two countries that begins on the same day, if any."""
    return db.session.scalar(
        select(EntryRule).where(
            EntryRule.nationality == nationality,
            EntryRule.destination == destination,
            EntryRule.valid_from == valid_from,
        )
    )


def schemes() -> Sequence[SupportScheme]:
    """All schemes with their rates, by institution, the newest first."""
    found = (
        select(SupportScheme)
        .join(Institution, Institution.id == SupportScheme.institution_id)
        .options(selectinload(SupportScheme.institution), selectinload(SupportScheme.rates))
        .order_by(Institution.short_name, SupportScheme.valid_from.desc(), SupportScheme.id.desc())
    )
    return db.session.scalars(found).all()


def schemes_on(day: date, institution_ids: Collection[int]) -> Sequence[SupportScheme]:
    """The schemes of some institutions that are valid on a day."""
    found = (
        select(SupportScheme)
        .where(
            SupportScheme.institution_id.in_(list(institution_ids)),
            SupportScheme.valid_from <= day,
            or_(SupportScheme.valid_to.is_(None), SupportScheme.valid_to >= day),
        )
        .options(selectinload(SupportScheme.rates))
        .order_by(SupportScheme.name_en, SupportScheme.id)
    )
    return db.session.scalars(found).all()


def scheme(scheme_id: int) -> SupportScheme:
    """A scheme with its institution and rates; raises NotFound."""
    return existing(
        db.session.scalar(
            select(SupportScheme)
            .where(SupportScheme.id == scheme_id)
            .options(selectinload(SupportScheme.institution), selectinload(SupportScheme.rates))
        )
    )
