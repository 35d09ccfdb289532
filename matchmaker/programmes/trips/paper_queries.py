"""Reads of travellers' papers: single ones, all of a trip, the officers who may read them, readiness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.retention import DestructionRecord
from matchmaker.institutions.models import InstitutionMember
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.trips import rules
from matchmaker.programmes.trips.enums import TravelPurpose
from matchmaker.programmes.trips.models import (
    PassportOfficer,
    TravelConsent,
    TravelPapers,
    TripFrame,
)


def papers(delegate: Delegate) -> TravelPapers:
    """The papers of a delegate; new ones, kept nowhere yet, where there are none."""
    found = db.session.scalar(select(TravelPapers).where(TravelPapers.delegate_id == delegate.id))
    return found or TravelPapers(
        delegate_id=delegate.id,
        passport_locked="",
        needs_locked="",
        emergency_locked="",
        insurer="",
        arrival="",
        departure="",
        hotel="",
    )


def lock_delegate(delegate_id: int) -> None:
    """Hold the delegate until the transaction ends, so that two writes of their papers or consents follow one another."""
    db.session.execute(select(Delegate.id).where(Delegate.id == delegate_id).with_for_update())


def papers_of(delegate_ids: Sequence[int]) -> dict[int, TravelPapers]:
    """The papers of several delegates."""
    found = db.session.scalars(select(TravelPapers).where(TravelPapers.delegate_id.in_(delegate_ids)))
    return {one.delegate_id: one for one in found}


def standing_consents(delegate_ids: Sequence[int]) -> dict[int, dict[TravelPurpose, TravelConsent]]:
    """The consents of delegates that are given and not withdrawn, by purpose; each delegate has a part, empty or not."""
    found: dict[int, dict[TravelPurpose, TravelConsent]] = {number: {} for number in delegate_ids}
    standing = TravelConsent.delegate_id.in_(delegate_ids) & TravelConsent.withdrawn_at.is_(None)
    for one in db.session.scalars(select(TravelConsent).where(standing)):
        found[one.delegate_id][one.purpose] = one
    return found


def passport_officers(programme_id: int) -> Sequence[PassportOfficer]:
    """Who may read the passports of a trip, in the order of naming."""
    return db.session.scalars(
        select(PassportOfficer)
        .where(PassportOfficer.programme_id == programme_id)
        .options(selectinload(PassportOfficer.person))
        .order_by(PassportOfficer.id)
    ).all()


def is_passport_officer(programme_id: int, person_id: int) -> bool:
    """Whether somebody was named to read the passports of a trip."""
    found = select(PassportOfficer.id).where(
        PassportOfficer.programme_id == programme_id, PassportOfficer.person_id == person_id
    )
    return db.session.scalar(found) is not None


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something with passport data of a trip, and the people who were named to read it."""

    programme: Programme
    named: frozenset[int]
    what: Any = None
    kind: str = ""


def sealed(programme: Programme, what: Any = None, *, kind: str = "") -> Sealed:
    """What somebody wants to read, with the named officers of its trip."""
    named = frozenset(one.person_id for one in passport_officers(programme.id))
    return Sealed(programme, named, what, kind)


def office_people(programme: Programme) -> Sequence[InstitutionMember]:
    """Staff and coordinators of the organiser and the host, who may be named; each role once, by person."""
    offices = [programme.institution_id, programme.host_institution_id]
    return db.session.scalars(
        select(InstitutionMember)
        .where(
            InstitutionMember.institution_id.in_([one for one in offices if one]),
            InstitutionMember.role.in_(rules.OFFICERS),
            InstitutionMember.ended_at.is_(None),
        )
        .options(selectinload(InstitutionMember.person), selectinload(InstitutionMember.institution))
        .order_by(InstitutionMember.person_id, InstitutionMember.id)
    ).all()


def due_for_purge(today: date) -> Sequence[tuple[Programme, int]]:
    """The trips whose papers have to be destroyed today, with the days they were kept after the end."""
    rows = db.session.execute(
        select(Programme, func.coalesce(TripFrame.purge_days, rules.USUAL_PURGE_DAYS))
        .outerjoin(TripFrame, TripFrame.programme_id == Programme.id)
        .where(
            Programme.kind == ProgrammeKind.TRIP,
            select(TravelPapers.id)
            .join(Delegate, Delegate.id == TravelPapers.delegate_id)
            .join(SignUp, SignUp.id == Delegate.sign_up_id)
            .where(SignUp.programme_id == Programme.id, TravelPapers.purged_at.is_(None))
            .exists(),
        )
        .order_by(Programme.id)
    )
    found = [(row[0], int(row[1])) for row in rows]
    return [(one, days) for one, days in found if one.last_day + timedelta(days=days) < today]


def kept_papers(programme_id: int) -> Sequence[TravelPapers]:
    """All papers of a trip that were not destroyed yet, whatever became of the sign-up."""
    return db.session.scalars(
        select(TravelPapers)
        .join(Delegate, Delegate.id == TravelPapers.delegate_id)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(SignUp.programme_id == programme_id, TravelPapers.purged_at.is_(None))
        .order_by(TravelPapers.id)
    ).all()


def destruction_records(programme_id: int) -> Sequence[DestructionRecord]:
    """What was destroyed of the papers of a trip, the newest first."""
    return db.session.scalars(
        select(DestructionRecord)
        .where(DestructionRecord.programme_id == programme_id)
        .order_by(DestructionRecord.id.desc())
    ).all()
