"""Reads of support schemes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.institutions.models import Institution
from matchmaker.library.enums import Instrument, TargetGroup
from matchmaker.library.models import Scheme


@dataclass(frozen=True, slots=True)
class SchemeFilter:
    """Which schemes are compared; `past` includes those that have ended."""

    target_group: TargetGroup | None = None
    instrument: Instrument | None = None
    past: bool = False


def schemes(wanted: SchemeFilter) -> Sequence[Scheme]:
    """The schemes to compare: those for the same group by the same means stand together."""
    found = select(Scheme).join(Institution, Institution.id == Scheme.institution_id)
    if wanted.target_group:
        found = found.where(Scheme.target_group == wanted.target_group)
    if wanted.instrument:
        found = found.where(Scheme.instrument == wanted.instrument)
    if not wanted.past:
        found = found.where(or_(Scheme.ends_on.is_(None), Scheme.ends_on >= clock.today()))
    ordered = found.order_by(Scheme.target_group, Scheme.instrument, Institution.short_name, Scheme.id)
    return db.session.scalars(ordered.options(joinedload(Scheme.institution))).all()


def scheme(scheme_id: int) -> Scheme:
    """A scheme with its institution; raises NotFound."""
    return existing(db.session.get(Scheme, scheme_id, options=[joinedload(Scheme.institution)]))
