"""Who may sign up for a programme: the organiser's conditions against the facts of an applicant. No database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

DECLARATION_DAYS = 365
"""How long figures count as declared for a firm that was there before declarations had a last day."""


class Condition(StrEnum):
    """One kind of condition."""

    FIRM = "firm"
    COUNTRY = "country"
    SIZE = "size"
    SECTOR = "sector"
    VERIFIED = "verified"
    EXPORTS = "exports"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Applicant:
    """What conditions and quotas go by; a person without a firm has a country and nothing else."""

    country: str
    has_firm: bool = False
    region: str = ""
    size: str = ""
    sectors: frozenset[str] = field(default_factory=frozenset)
    verified: bool = False
    exports: bool = False
    declared_on: date | None = None
    declared_until: date | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The conditions of a programme; empty ones ask for nothing. Sectors are NACE divisions."""

    firms_only: bool = False
    countries: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    verified: bool = False
    exports: bool = False
    declared: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Eligibility":
        """The conditions as a programme keeps them."""
        return cls(
            firms_only=bool(kept.get("firms_only")),
            countries=tuple(kept.get("countries", ())),
            sizes=tuple(kept.get("sizes", ())),
            sectors=tuple(kept.get("sectors", ())),
            verified=bool(kept.get("verified")),
            exports=bool(kept.get("exports")),
            declared=bool(kept.get("declared")),
        )

    def keep(self) -> dict[str, Any]:
        """The conditions as a programme keeps them."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    @property
    def needs_firm(self) -> bool:
        """Whether only firms can meet the conditions."""
        return bool(
            self.firms_only or self.sizes or self.sectors or self.verified or self.exports or self.declared
        )


def checked(
    asked: Eligibility, applicant: Applicant | None, today: date
) -> list[tuple[Condition, bool | None]]:
    """Every condition that is asked, with whether the applicant meets it; None where nobody is there to judge."""
    met: dict[Condition, bool | None] = {}
    if asked.needs_firm:
        met[Condition.FIRM] = applicant.has_firm if applicant else None
    for condition in _asked(asked):
        met[condition] = _meets(condition, asked, applicant, today) if applicant else None
    return list(met.items())


def unmet(asked: Eligibility, applicant: Applicant, today: date) -> list[Condition]:
    """The conditions that the applicant does not meet."""
    return [condition for condition, met in checked(asked, applicant, today) if not met]


def _asked(asked: Eligibility) -> list[Condition]:
    wanted = {
        Condition.COUNTRY: asked.countries,
        Condition.SIZE: asked.sizes,
        Condition.SECTOR: asked.sectors,
        Condition.VERIFIED: asked.verified,
        Condition.EXPORTS: asked.exports,
        Condition.DECLARED: asked.declared,
    }
    return [condition for condition, value in wanted.items() if value]


def _meets(condition: Condition, asked: Eligibility, applicant: Applicant, today: date) -> bool:
    found = {
        Condition.COUNTRY: applicant.country in asked.countries,
        Condition.SIZE: applicant.size in asked.sizes,
        Condition.SECTOR: bool(applicant.sectors & set(asked.sectors)),
        Condition.VERIFIED: applicant.verified,
        Condition.EXPORTS: applicant.exports,
        Condition.DECLARED: is_declared(applicant, today),
    }
    return found[condition]


def is_declared(applicant: Applicant, today: date) -> bool:
    """Whether the declaration of size counts: until its last day, without one for a year."""
    if applicant.declared_until is not None:
        return applicant.declared_on is not None and today <= applicant.declared_until
    made = applicant.declared_on
    return made is not None and today - timedelta(days=DECLARATION_DAYS) < made <= today
