"""Tasks of the inbox that somebody has taken already, on both sides."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.demo.writing import add_all
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, ProfileChange
from matchmaker.home.assigning.models import TaskHolder
from matchmaker.home.enums import TaskKind
from matchmaker.institutions.models import InstitutionMember

HELD: Final = (
    ("TR", "staff.tr", "staff.tr", ""),
    ("TR", "coordinator.tr", "staff.tr", "Firmayı fuarda tanıdınız, belgelerine siz bakın."),
    ("RU", "staff.ru", "staff.ru", ""),
)
"""Country of the firm to verify, who holds the task, who gave it and why."""


def add_holders(people: dict[str, int], morning: datetime) -> None:
    """Write who holds the oldest firms to be verified."""
    rows: list[dict[str, Any]] = []
    for country, holder, giver, reason in HELD:
        taken = [row["record_id"] for row in rows]
        firm = _oldest(country, taken)
        if firm is not None:
            kind = _kind_of(firm)
            rows.append(_row(kind, firm, people[holder], people[giver], reason, morning))
    add_all(TaskHolder, rows)


def _oldest(country: str, taken: list[int]) -> Firm | None:
    return db.session.scalar(
        select(Firm)
        .where(Firm.country == country, Firm.state == FirmState.SUBMITTED, Firm.id.not_in(taken))
        .order_by(Firm.submitted_at, Firm.id)
        .limit(1)
    )


def _kind_of(firm: Firm) -> TaskKind:
    change = select(ProfileChange.id).where(
        ProfileChange.firm_id == firm.id, ProfileChange.decided_at.is_(None)
    )
    return TaskKind.VERIFY if db.session.scalar(change.limit(1)) is None else TaskKind.CHANGE


def _row(
    kind: TaskKind, firm: Firm, person_id: int, giver_id: int, reason: str, morning: datetime
) -> dict[str, Any]:
    place = select(InstitutionMember.institution_id).where(InstitutionMember.person_id == person_id).limit(1)
    held_since = max(firm.submitted_at or firm.updated_at, morning - timedelta(days=1)) + timedelta(minutes=5)
    return {
        "kind": kind,
        "record_id": firm.id,
        "country": firm.country,
        "person_id": person_id,
        "institution_id": db.session.scalars(place).one(),
        "given_by_id": giver_id,
        "held_since": held_since,
        "reason": reason,
    }
