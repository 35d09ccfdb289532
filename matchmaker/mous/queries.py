"""Reads of memorandums."""

from datetime import date
from typing import NoReturn

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.files import StoredFile
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.mous import rules
from matchmaker.mous.enums import CoverProblem, ScopeArea
from matchmaker.mous.models import Mou, MouAmendment, MouContactPoint, MouDocument, MouOverride, MouParty


def _loaded() -> Select[Mou]:
    return select(Mou).options(
        selectinload(Mou.parties).selectinload(MouParty.institution),
        selectinload(Mou.areas),
        selectinload(Mou.transfer_bases),
    )


def mou(mou_id: int) -> Mou:
    """One memorandum with all that its page shows; raises NotFound."""
    points = selectinload(Mou.contact_points)
    return existing(
        db.session.scalar(
            _loaded()
            .options(
                points.selectinload(MouContactPoint.person), points.selectinload(MouContactPoint.institution)
            )
            .where(Mou.id == mou_id)
        )
    )


def absent(mou: Mou) -> frozenset[int]:
    """The parties that have no coordinator or administrator here, so that others record for them."""
    parties = [party.institution_id for party in mou.parties]
    present = db.session.scalars(
        select(InstitutionMember.institution_id).where(
            InstitutionMember.institution_id.in_(parties),
            InstitutionMember.role.in_(rules.SPEAKERS),
            InstitutionMember.ended_at.is_(None),
        )
    )
    return frozenset(parties) - frozenset(present)


def party(mou_id: int, institution_id: int) -> tuple[Mou, MouParty]:
    """A party with its memorandum; raises NotFound."""
    owner = mou(mou_id)
    found = existing(next((item for item in owner.parties if item.institution_id == institution_id), None))
    return owner, found


def documents(mou_id: int) -> list[MouDocument]:
    """The papers of a memorandum by kind and language, the newest version first."""
    found = select(MouDocument).where(MouDocument.mou_id == mou_id).options(selectinload(MouDocument.file))
    return list(
        db.session.scalars(found.order_by(MouDocument.kind, MouDocument.language, MouDocument.version.desc()))
    )


def document(mou_id: int, document_id: int) -> tuple[Mou, MouDocument]:
    """A paper with its memorandum; raises NotFound."""
    owner = mou(mou_id)
    found = existing(next((item for item in documents(mou_id) if item.id == document_id), None))
    return owner, found


def amendments(mou_id: int) -> list[MouAmendment]:
    """The amendments in their order."""
    found = select(MouAmendment).where(MouAmendment.mou_id == mou_id)
    return list(db.session.scalars(found.order_by(MouAmendment.position)))


def history(mou_id: int) -> list[tuple[AuditEntry, str]]:
    """What was done with the memorandum and by whom, newest first."""
    rows = db.session.execute(
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.entity == "mou", AuditEntry.entity_id == mou_id)
        .order_by(AuditEntry.id.desc())
        .limit(100)
    )
    return [(entry, name or "") for entry, name in rows]


def owners(mou: Mou) -> list[Person]:
    """Who is warned: the contact points that stand today, else the coordinators of the parties."""
    today = clock.today()
    points = [
        item.person_id
        for item in mou.contact_points
        if (item.from_on is None or item.from_on <= today) and (item.to_on is None or item.to_on >= today)
    ]
    coordinating = select(InstitutionMember.person_id).where(
        InstitutionMember.institution_id.in_([party.institution_id for party in mou.parties]),
        InstitutionMember.role == InstitutionRole.COORDINATOR,
        InstitutionMember.ended_at.is_(None),
    )
    wanted = Person.id.in_(points) if points else Person.id.in_(coordinating)
    found = select(Person).where(wanted, Person.disabled_at.is_(None)).order_by(Person.id)
    return list(db.session.scalars(found))


def with_term() -> list[Mou]:
    """The memorandums that have a term and were not ended, for the warnings."""
    points = selectinload(Mou.contact_points)
    found = _loaded().options(points).where(Mou.term_months.is_not(None), Mou.ended_on.is_(None))
    return list(db.session.scalars(found.order_by(Mou.id)))


def number_taken(number: str, but: int | None = None) -> bool:
    """Whether another memorandum has this number."""
    found = select(Mou.id).where(Mou.number == number)
    return db.session.scalar(found.where(Mou.id != but) if but else found) is not None


def point(mou_id: int, point_id: int) -> tuple[Mou, MouContactPoint]:
    """A contact point with its memorandum; raises NotFound."""
    owner = mou(mou_id)
    found = existing(next((item for item in owner.contact_points if item.id == point_id), None))
    return owner, found


def signed() -> list[Mou]:
    """All memorandums that were signed or announced, newest first."""
    published = or_(Mou.signed_on.is_not(None), Mou.announced_on.is_not(None))
    return list(db.session.scalars(_loaded().where(published).order_by(Mou.announced_on.desc(), Mou.id)))


def covering(one: str, other: str, area: ScopeArea, today: date) -> Mou | None:
    """The memorandum under which firms of two countries may be introduced today; the oldest where there are several."""
    found = nearest(one, other, area, today)
    return found if found is not None and rules.covers(found, area, today) else None


def nearest(one: str, other: str, area: ScopeArea, today: date) -> Mou | None:
    """The signed memorandum of two countries that covers the area, else the one that lacks least; the oldest of equals."""
    if one == other:
        return None
    order = [None, *reversed(CoverProblem)]
    found = ((rules.cover_problem(item, area, today), item) for item in _between(one, other))
    ranked = [
        (order.index(problem), item.id, item)
        for problem, item in found
        if problem is not CoverProblem.UNSIGNED
    ]
    return min(ranked, key=lambda row: row[:2])[2] if ranked else None


def partner_countries(country: str, area: ScopeArea, today: date) -> frozenset[str]:
    """The countries of the other parties of all memorandums of a country that cover the area today."""
    found = db.session.scalars(_loaded().where(_has_party(country)))
    covered = [rules.countries(item) for item in found if rules.covers(item, area, today)]
    return frozenset().union(*covered) - {country}


def for_cover(mou_id: int) -> Mou:
    """The memorandum as it is now, which nobody ends or narrows before this transaction is over; raises NotFound."""
    return existing(
        db.session.scalar(
            _loaded()
            .where(Mou.id == mou_id)
            .with_for_update(of=Mou, read=True)
            .execution_options(populate_existing=True)
        )
    )


def locked(mou_id: int) -> Mou:
    """The memorandum as it is now, nobody else changing it until this transaction ends; raises NotFound."""
    return existing(
        db.session.scalar(
            _loaded()
            .where(Mou.id == mou_id)
            .with_for_update(of=Mou)
            .execution_options(populate_existing=True)
        )
    )


def importing_institution(actor: Actor) -> Institution:
    """The institution for which somebody imports: the first they speak for; raises NotFound."""
    own = next((grant.institution_id for grant in actor.grants if grant.role in rules.SPEAKERS), 0)
    return db.session.get(Institution, own) or _nothing()


def _nothing() -> NoReturn:
    raise NotFound


def upload_of(actor: Actor, token: str) -> StoredFile | None:
    """A file that the actor uploaded, by its token."""
    return db.session.scalar(
        select(StoredFile).where(StoredFile.token == token, StoredFile.uploaded_by_id == actor.person_id)
    )


def overrides(mou_id: int) -> list[MouOverride]:
    """What was published without cover of the memorandum, newest first."""
    found = select(MouOverride).where(MouOverride.mou_id == mou_id).options(selectinload(MouOverride.person))
    return list(db.session.scalars(found.order_by(MouOverride.id.desc())))


def _between(one: str, other: str) -> list[Mou]:
    return list(db.session.scalars(_loaded().where(_has_party(one), _has_party(other)).order_by(Mou.id)))


def _has_party(country: str) -> ColumnElement[bool]:
    return (
        select(MouParty.id)
        .join(Institution, Institution.id == MouParty.institution_id)
        .where(MouParty.mou_id == Mou.id, Institution.country == country)
        .exists()
    )
