"""Reads of institutions and their people."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.accounts.queries import digest
from matchmaker.core import clock
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.files import StoredFile
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember
from matchmaker.notifications.keepers import keeper


def grants(person_id: int) -> tuple[Grant, ...]:
    """The roles a person holds now, in order of their giving."""
    rows = db.session.execute(
        select(InstitutionMember.role, Institution.id, Institution.country, Institution.kind)
        .join(Institution, Institution.id == InstitutionMember.institution_id)
        .where(InstitutionMember.person_id == person_id, InstitutionMember.ended_at.is_(None))
        .order_by(InstitutionMember.id)
    )
    return tuple(
        Grant(role, number, country, kind is InstitutionKind.OPERATOR) for role, number, country, kind in rows
    )


@keeper
def employer(person_id: int) -> int | None:
    """The institution a person works for."""
    return next((grant.institution_id for grant in grants(person_id)), None)


def institution(institution_id: int, *, locked: bool = False) -> Institution:
    """An institution by number, with its row locked for a change of its people; raises NotFound."""
    statement = select(Institution).where(Institution.id == institution_id)
    if locked:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return existing(db.session.scalar(statement))


def administered(actor: Actor) -> Sequence[Institution]:
    """The institutions whose people an actor looks after, by name."""
    found = select(Institution).order_by(Institution.name_en, Institution.id)
    if not actor.is_operator:
        own = [grant.institution_id for grant in actor.grants if grant.role is InstitutionRole.ADMINISTRATOR]
        found = found.where(Institution.id.in_(own))
    return db.session.scalars(found).all()


def people_counts(institution_ids: Sequence[int]) -> dict[int, int]:
    """How many people work for each institution."""
    rows = db.session.execute(
        select(InstitutionMember.institution_id, func.count(InstitutionMember.person_id.distinct()))
        .where(InstitutionMember.institution_id.in_(institution_ids), InstitutionMember.ended_at.is_(None))
        .group_by(InstitutionMember.institution_id)
    )
    return {int(number): int(count) for number, count in rows}


def roles_held(institution_id: int) -> set[InstitutionRole]:
    """The roles that somebody who can sign in holds at an institution."""
    return set(
        db.session.scalars(
            select(InstitutionMember.role)
            .join(Person, Person.id == InstitutionMember.person_id)
            .where(
                InstitutionMember.institution_id == institution_id,
                InstitutionMember.ended_at.is_(None),
                Person.disabled_at.is_(None),
            )
        )
    )


def is_code_taken(code: str) -> bool:
    """Whether an institution has the code, in capitals or not."""
    return db.session.scalar(select(Institution.id).where(func.upper(Institution.code) == code)) is not None


def logo(institution: Institution) -> StoredFile | None:
    """The picture of an institution."""
    return db.session.get(StoredFile, institution.logo_id) if institution.logo_id else None


def coordinators(country: str) -> list[Person]:
    """The coordinators of a country who can sign in."""
    return officers(country, InstitutionRole.COORDINATOR)


def officers(country: str, *roles: InstitutionRole) -> list[Person]:
    """The people with one of the roles at an institution of a country who can sign in, each once."""
    return _holders(Institution.country == country, roles)


def officers_of(institution_id: int, *roles: InstitutionRole) -> list[Person]:
    """The people with one of the roles at an institution who can sign in, each once."""
    return _holders(Institution.id == institution_id, roles)


def operators() -> list[Person]:
    """The people who administer the whole installation and can sign in."""
    return _holders(Institution.kind == InstitutionKind.OPERATOR, (InstitutionRole.ADMINISTRATOR,))


def _holders(where: ColumnElement[bool], roles: Sequence[InstitutionRole]) -> list[Person]:
    holders = (
        select(InstitutionMember.person_id)
        .join(Institution, Institution.id == InstitutionMember.institution_id)
        .where(where, InstitutionMember.role.in_(roles), InstitutionMember.ended_at.is_(None))
    )
    found = select(Person).where(
        Person.id.in_(holders), Person.disabled_at.is_(None), Person.email_confirmed_at.is_not(None)
    )
    return list(db.session.scalars(found.order_by(Person.id)))


def members(institution_id: int) -> Sequence[InstitutionMember]:
    """The roles held at an institution now, with their people, by name."""
    return db.session.scalars(
        select(InstitutionMember)
        .join(Person, Person.id == InstitutionMember.person_id)
        .where(InstitutionMember.institution_id == institution_id, InstitutionMember.ended_at.is_(None))
        .order_by(Person.name, Person.id, InstitutionMember.id)
        .options(selectinload(InstitutionMember.person))
    ).all()


def member(member_id: int) -> InstitutionMember:
    """A role held now, with person and institution; raises NotFound."""
    return existing(
        db.session.scalar(
            select(InstitutionMember)
            .where(InstitutionMember.id == member_id, InstitutionMember.ended_at.is_(None))
            .options(selectinload(InstitutionMember.person), selectinload(InstitutionMember.institution))
        )
    )


def member_of(institution_id: int, person_id: int) -> InstitutionMember:
    """One role of a person at an institution, the first given; raises NotFound for somebody who never had one."""
    return existing(
        db.session.scalar(
            select(InstitutionMember)
            .where(
                InstitutionMember.institution_id == institution_id, InstitutionMember.person_id == person_id
            )
            .order_by(InstitutionMember.id)
            .limit(1)
            .options(selectinload(InstitutionMember.person), selectinload(InstitutionMember.institution))
        )
    )


def administrator_count(institution_id: int) -> int:
    """How many administrators of an institution can sign in."""
    counted = (
        select(func.count(InstitutionMember.id))
        .join(Person, Person.id == InstitutionMember.person_id)
        .where(
            InstitutionMember.institution_id == institution_id,
            InstitutionMember.role == InstitutionRole.ADMINISTRATOR,
            InstitutionMember.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return db.session.scalar(counted) or 0


def open_invitations(institution_id: int) -> Sequence[InstitutionInvitation]:
    """Invitations that can still be accepted, newest first."""
    found = select(InstitutionInvitation).where(
        InstitutionInvitation.institution_id == institution_id, *_still_open()
    )
    return db.session.scalars(found.order_by(InstitutionInvitation.id.desc())).all()


def invitation(invitation_id: int) -> InstitutionInvitation:
    """An invitation by number, with its institution; raises NotFound."""
    return existing(
        db.session.scalar(
            select(InstitutionInvitation)
            .where(InstitutionInvitation.id == invitation_id)
            .options(selectinload(InstitutionInvitation.institution))
        )
    )


def invitation_by_token(token: str) -> InstitutionInvitation | None:
    """The open invitation of a link, with its institution."""
    return db.session.scalar(
        select(InstitutionInvitation)
        .where(InstitutionInvitation.digest == digest(token), *_still_open())
        .options(selectinload(InstitutionInvitation.institution))
    )


def _still_open() -> tuple[ColumnElement[bool], ...]:
    return (
        InstitutionInvitation.accepted_at.is_(None),
        InstitutionInvitation.revoked_at.is_(None),
        InstitutionInvitation.expires_at > clock.now(),
    )


def signing() -> Sequence[Institution]:
    """The institutions that can be a party of a memorandum, by short name."""
    found = select(Institution).where(Institution.kind != InstitutionKind.OPERATOR)
    return db.session.scalars(found.order_by(Institution.short_name, Institution.id)).all()
