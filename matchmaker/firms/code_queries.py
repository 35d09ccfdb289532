"""Reads of registration codes."""

from collections.abc import Collection

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.models import RegistrationCode


def code(code_id: int) -> RegistrationCode:
    """One code; raises NotFound."""
    return existing(db.session.get(RegistrationCode, code_id))


def code_for_change(code_id: int) -> RegistrationCode:
    """One code, locked until the transaction ends; raises NotFound."""
    return existing(db.session.get(RegistrationCode, code_id, with_for_update=True, populate_existing=True))


def code_by_digest(digest: str) -> RegistrationCode | None:
    """The code that somebody typed, locked."""
    return db.session.scalars(
        select(RegistrationCode)
        .where(RegistrationCode.digest == digest)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def claimed_by(firm_id: int) -> RegistrationCode | None:
    """The code that a firm typed and that can still be used, locked."""
    return db.session.scalars(
        select(RegistrationCode)
        .where(RegistrationCode.firm_id == firm_id, RegistrationCode.open_key.is_not(None))
        .order_by(RegistrationCode.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def open_code(country: str, identifier: str) -> RegistrationCode | None:
    """The code of a number that was neither used nor taken back; it may have expired."""
    return db.session.scalars(
        select(RegistrationCode).where(RegistrationCode.open_key == f"{country}:{identifier}")
    ).one_or_none()


def codes_of(country: str, identifier: str) -> list[RegistrationCode]:
    """All codes of a number, newest first."""
    return list(
        db.session.scalars(
            select(RegistrationCode)
            .where(RegistrationCode.country == country, RegistrationCode.identifier == identifier)
            .order_by(RegistrationCode.id.desc())
        )
    )


def codes_of_countries(countries: Collection[str], after: int = 0, limit: int = 50) -> list[RegistrationCode]:
    """The codes of countries, newest first, behind a number."""
    wanted = select(RegistrationCode).where(RegistrationCode.country.in_(sorted(countries)))
    if after:
        wanted = wanted.where(RegistrationCode.id < after)
    return list(db.session.scalars(wanted.order_by(RegistrationCode.id.desc()).limit(limit)))
