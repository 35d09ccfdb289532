"""Reads of institutions and their people."""

from sqlalchemy import select

from matchmaker.core.actor import Grant
from matchmaker.core.db import db
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution, InstitutionMember


def grants(person_id: int) -> tuple[Grant, ...]:
    """The roles a person holds now, in order of their giving."""
    rows = db.session.execute(
        select(InstitutionMember.role, Institution.id, Institution.country, Institution.kind)
        .join(Institution, Institution.id == InstitutionMember.institution_id)
        .where(InstitutionMember.person_id == person_id, InstitutionMember.ended_at.is_(None))
        .order_by(InstitutionMember.id)
    )
    return tuple(Grant(role, number, country, kind is InstitutionKind.OPERATOR) for role, number, country, kind in rows)
