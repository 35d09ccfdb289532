"""Reads of a firm's members, invitations and join requests."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.accounts.queries import digest
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.firms.enums import JoinState
from matchmaker.firms.models import Firm, FirmInvitation, FirmMember, JoinRequest


def members(firm_id: int) -> list[FirmMember]:
    """The people of a firm in order of joining."""
    return list(
        db.session.scalars(
            select(FirmMember)
            .where(FirmMember.firm_id == firm_id)
            .order_by(FirmMember.id)
            .options(selectinload(FirmMember.person), selectinload(FirmMember.firm))
            .execution_options(populate_existing=True)
        )
    )


def locked_members(firm_id: int) -> list[FirmMember]:
    """The people of a firm as they stand once the firm's row is locked, so that two changes follow one another."""
    if db.session.scalar(select(Firm.id).where(Firm.id == firm_id).with_for_update()) is None:
        raise NotFound
    return members(firm_id)


def member(member_id: int) -> FirmMember:
    """A membership with person and firm; raises NotFound."""
    return existing(
        db.session.scalar(
            select(FirmMember)
            .where(FirmMember.id == member_id)
            .options(selectinload(FirmMember.person), selectinload(FirmMember.firm))
        )
    )


def administrators(firm_id: int) -> list[Person]:
    """The administrators of a firm who can sign in."""
    return list(
        db.session.scalars(
            select(Person)
            .join(FirmMember, FirmMember.person_id == Person.id)
            .where(
                FirmMember.firm_id == firm_id,
                FirmMember.role == FirmRole.ADMINISTRATOR,
                Person.disabled_at.is_(None),
            )
            .order_by(FirmMember.id)
        )
    )


def open_invitations(firm_id: int) -> list[FirmInvitation]:
    """Invitations that can still be accepted, newest first."""
    wanted = select(FirmInvitation).where(FirmInvitation.firm_id == firm_id, *_still_open())
    return list(db.session.scalars(wanted.order_by(FirmInvitation.id.desc())))


def invitation(invitation_id: int) -> FirmInvitation:
    """An invitation by number, with its firm; raises NotFound."""
    return existing(
        db.session.scalar(
            select(FirmInvitation)
            .where(FirmInvitation.id == invitation_id)
            .options(selectinload(FirmInvitation.firm))
        )
    )


def invitation_by_token(token: str) -> FirmInvitation | None:
    """The open invitation of a link, with its firm."""
    return db.session.scalar(
        select(FirmInvitation)
        .where(FirmInvitation.digest == digest(token), *_still_open())
        .options(selectinload(FirmInvitation.firm))
    )


def _still_open() -> tuple[ColumnElement[bool], ...]:
    return (
        FirmInvitation.accepted_at.is_(None),
        FirmInvitation.revoked_at.is_(None),
        FirmInvitation.expires_at > clock.now(),
    )


def open_join_requests(firm_id: int) -> list[JoinRequest]:
    """Requests to join a firm that wait for a decision, oldest first."""
    return list(
        db.session.scalars(
            select(JoinRequest)
            .where(JoinRequest.firm_id == firm_id, JoinRequest.state == JoinState.OPEN)
            .order_by(JoinRequest.id)
            .options(selectinload(JoinRequest.person))
        )
    )


def join_request(request_id: int) -> JoinRequest:
    """A request to join, with firm and person; raises NotFound."""
    return existing(
        db.session.scalar(
            select(JoinRequest)
            .where(JoinRequest.id == request_id)
            .options(selectinload(JoinRequest.firm), selectinload(JoinRequest.person))
        )
    )
