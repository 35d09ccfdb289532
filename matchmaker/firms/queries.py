"""Reads of firms."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Membership
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.firms.enums import FirmState, JoinState
from matchmaker.firms.merging.queries import kept_of
from matchmaker.firms.models import (
    ContactPerson,
    Firm,
    FirmCertificate,
    FirmIdentifier,
    FirmMarketChange,
    FirmMember,
    JoinRequest,
    ProfileChange,
)
from matchmaker.firms.rules import EDITING_ROLES
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.notifications.keepers import keeper


def memberships(person_id: int) -> tuple[Membership, ...]:
    """The firms a person belongs to, in order of joining."""
    rows = db.session.execute(
        select(Firm.id, FirmMember.role, Firm.country, Firm.trade_name, Firm.legal_name, Firm.state)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .where(FirmMember.person_id == person_id, Firm.state != FirmState.ARCHIVED)
        .order_by(FirmMember.id)
    )
    return tuple(
        Membership(number, role, country, trade or legal, state is FirmState.VERIFIED)
        for number, role, country, trade, legal, state in rows
    )


@keeper
def looking_after(person_id: int) -> int | None:
    """The institution that looks after the firm of a person: that of the firm's country, its agency first."""
    found = (
        select(Institution.id)
        .join(Firm, Firm.country == Institution.country)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .where(
            FirmMember.person_id == person_id,
            Firm.state != FirmState.ARCHIVED,
            Institution.kind.in_((InstitutionKind.SME_AGENCY, InstitutionKind.MINISTRY)),
        )
        .order_by(Institution.kind != InstitutionKind.SME_AGENCY, FirmMember.id, Institution.id)
    )
    return db.session.scalar(found.limit(1))


def firm(firm_id: int) -> Firm:
    """The firm with everything that belongs to it; raises NotFound."""
    return _only(_loaded().where(Firm.id == firm_id))


def firm_for_change(firm_id: int) -> Firm:
    """The firm, locked until the end of the request, so that two changes follow one another; raises NotFound."""
    locked = select(Firm.id).where(Firm.id == firm_id).with_for_update()
    if db.session.scalar(locked) is None:
        raise NotFound
    return _only(_loaded().where(Firm.id == firm_id))


def firms(ids: Collection[int]) -> dict[int, Firm]:
    """Several firms with everything that belongs to them, by number; unknown numbers are left out."""
    if not ids:
        return {}
    found = db.session.scalars(_loaded().where(Firm.id.in_(sorted(ids))).order_by(Firm.id))
    return {item.id: item for item in found}


def identifier_owner(scheme: str, value: str) -> int | None:
    """Number of the firm that registered this number of the state, or that the firm went into."""
    found = db.session.scalar(
        select(FirmIdentifier.firm_id).where(FirmIdentifier.scheme == scheme, FirmIdentifier.value == value)
    )
    return None if found is None else kept_of(found)


def members_to_tell(firm_id: int) -> list[Person]:
    """The people of a firm whom notices reach: all members with a living account, in order of joining."""
    return members_of([firm_id])[firm_id]


def members_of(firms: Collection[int]) -> dict[int, list[Person]]:
    """The same of several firms, by number."""
    found: dict[int, list[Person]] = {number: [] for number in firms}
    living = FirmMember.firm_id.in_(found), Person.disabled_at.is_(None)
    rows = select(FirmMember.firm_id, Person).join(Person, FirmMember.person_id == Person.id).where(*living)
    for firm, person in db.session.execute(rows.order_by(FirmMember.id)):
        found[firm].append(person)
    return found


def speakers(firm_id: int) -> Sequence[Person]:
    """Who acts for a firm: administrators and editors with a living account, in order of joining."""
    acting = FirmMember.firm_id == firm_id, FirmMember.role.in_(EDITING_ROLES), Person.disabled_at.is_(None)
    found = select(Person).join(FirmMember, FirmMember.person_id == Person.id).where(*acting)
    return db.session.scalars(found.order_by(FirmMember.id)).all()


def draft_of(person_id: int) -> int | None:
    """Number of the registration that a person began last and has not sent."""
    return db.session.scalar(
        select(Firm.id)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .where(FirmMember.person_id == person_id, Firm.state == FirmState.DRAFT)
        .order_by(Firm.id.desc())
        .limit(1)
    )


def ending_certificates(today: date, days: int) -> list[FirmCertificate]:
    """Certificates of verified firms that end within so many days, the first to end first."""
    return list(
        db.session.scalars(
            select(FirmCertificate)
            .join(Firm, Firm.id == FirmCertificate.firm_id)
            .where(
                Firm.state == FirmState.VERIFIED,
                FirmCertificate.valid_until >= today,
                FirmCertificate.valid_until <= today + timedelta(days=days),
            )
            .order_by(FirmCertificate.valid_until, FirmCertificate.id)
        )
    )


def market_changes(firm_id: int) -> list[tuple[FirmMarketChange, str | None]]:
    """How the export experience of a firm changed, the newest first, with the name of who said it."""
    found = (
        select(FirmMarketChange, Person.name)
        .outerjoin(Person, Person.id == FirmMarketChange.changed_by_id)
        .where(FirmMarketChange.firm_id == firm_id)
        .order_by(FirmMarketChange.id.desc())
    )
    return [(change, name) for change, name in db.session.execute(found)]


def open_change(firm_id: int) -> ProfileChange | None:
    """The change of key fields that staff have not decided yet."""
    return db.session.scalars(
        select(ProfileChange)
        .where(ProfileChange.firm_id == firm_id, ProfileChange.decided_at.is_(None))
        .order_by(ProfileChange.id.desc())
        .limit(1)
    ).first()


def open_join_request(firm_id: int, person_id: int) -> JoinRequest | None:
    """The person's request to join the firm that nobody has decided yet."""
    return db.session.scalars(
        select(JoinRequest)
        .where(
            JoinRequest.firm_id == firm_id,
            JoinRequest.person_id == person_id,
            JoinRequest.state == JoinState.OPEN,
        )
        .order_by(JoinRequest.id)
        .limit(1)
    ).first()


def _only(statement: Select[Firm]) -> Firm:
    return existing(db.session.scalars(statement).one_or_none())


def _loaded() -> Select[Firm]:
    return (
        select(Firm)
        .options(
            selectinload(Firm.logo),
            selectinload(Firm.identifiers),
            selectinload(Firm.texts),
            selectinload(Firm.sectors),
            selectinload(Firm.products),
            selectinload(Firm.certificates).selectinload(FirmCertificate.file),
            selectinload(Firm.languages),
            selectinload(Firm.partnerships),
            selectinload(Firm.markets),
            selectinload(Firm.members).selectinload(FirmMember.person),
            selectinload(Firm.contacts).selectinload(ContactPerson.consents),
        )
        .execution_options(populate_existing=True)
    )
