"""Reads for the checks of staff: what waits, what was decided, what the register says."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.paging import Paging, Part
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import FirmSource, FirmState, JoinState, VerificationDecision
from matchmaker.firms.models import (
    Firm,
    FirmIdentifier,
    FirmReview,
    JoinRequest,
    ProfileChange,
    RegisterEntry,
)
from matchmaker.firms.registers.lookup import entry_of
from matchmaker.firms.rules import checked_countries

PAGE = 25
REGION_DECISIONS = (VerificationDecision.REGION_CLEARED, VerificationDecision.REGION_REFUSED)


class CheckTab(StrEnum):
    """The lists of staff; out of use are suspended firms and archived ones that were sent once."""

    TO_VERIFY = "to-verify"
    CHANGES = "profile-changes"
    ON_HOLD = "on-hold"
    JOIN_REQUESTS = "join-requests"
    OUT_OF_USE = "out-of-use"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose checks they are: the countries of the reader's roles, without firms of the reader's own."""

    countries: frozenset[str]
    own_firms: frozenset[int] = field(default=frozenset())

    @classmethod
    def of(cls, actor: Actor) -> "Reach":
        """The reach of an actor."""
        return cls(checked_countries(actor), frozenset(item.firm_id for item in actor.memberships))

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """What narrows a question about firms to this reach."""
        return (Firm.country.in_(sorted(self.countries)), Firm.id.not_in(sorted(self.own_firms)))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrows a list by; `text` is part of a name or a whole number."""

    text: str = ""
    region: str = ""
    source: FirmSource | None = None


def _changed() -> ColumnElement[bool]:
    return exists().where(ProfileChange.firm_id == Firm.id, ProfileChange.decided_at.is_(None))


def _in_tab(tab: CheckTab) -> ColumnElement[bool]:
    if tab is CheckTab.TO_VERIFY:
        return (Firm.state == FirmState.SUBMITTED) & ~_changed()
    if tab is CheckTab.CHANGES:
        return (Firm.state == FirmState.SUBMITTED) & _changed()
    if tab is CheckTab.ON_HOLD:
        return Firm.state == FirmState.ON_HOLD
    sent = (Firm.state == FirmState.ARCHIVED) & Firm.submitted_at.is_not(None)
    return (Firm.state == FirmState.SUSPENDED) | sent


def _filtered(statement: Select[Any], filters: Filters) -> Select[Any]:
    if filters.region:
        statement = statement.where(Firm.region_code == filters.region)
    if filters.source is not None:
        statement = statement.where(Firm.source == filters.source)
    if filters.text:
        key, number = name_key(filters.text), "".join(filters.text.split())
        named = [Firm.name_key.contains(key, autoescape=True)] if key else []
        numbered = exists().where(FirmIdentifier.firm_id == Firm.id, FirmIdentifier.value == number)
        statement = statement.where(or_(*named, numbered))
    return statement


def _paging(wanted: Select[Any], page: int) -> Paging:
    """A page of what a question finds."""
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    return Paging(page, PAGE, total)


def waiting(reach: Reach, tab: CheckTab, filters: Filters, page: int = 1) -> Part[Firm]:
    """The firms of a list, those that wait longest first."""
    wanted = _filtered(select(Firm).where(*reach.conditions(), _in_tab(tab)), filters)
    paging = _paging(wanted, page)
    rows = db.session.scalars(
        wanted.order_by(Firm.submitted_at.asc().nulls_last(), Firm.id)
        .options(selectinload(Firm.identifiers))
        .limit(PAGE)
        .offset(paging.offset)
    )
    return Part(rows.all(), paging)


def waiting_requests(reach: Reach, page: int = 1) -> Part[JoinRequest]:
    """Requests to join firms, oldest first."""
    wanted = (
        select(JoinRequest)
        .join(Firm, Firm.id == JoinRequest.firm_id)
        .where(*reach.conditions(), JoinRequest.state == JoinState.OPEN)
    )
    paging = _paging(wanted, page)
    rows = db.session.scalars(
        wanted.order_by(JoinRequest.id)
        .options(selectinload(JoinRequest.firm), selectinload(JoinRequest.person))
        .limit(PAGE)
        .offset(paging.offset)
    )
    return Part(rows.all(), paging)


def counts(reach: Reach) -> dict[CheckTab, int]:
    """How much waits in each list."""
    firm_tabs = [tab for tab in CheckTab if tab is not CheckTab.JOIN_REQUESTS]
    numbers = db.session.execute(
        select(*(func.count().filter(_in_tab(tab)) for tab in firm_tabs))
        .select_from(Firm)
        .where(*reach.conditions())
    ).one()
    return dict(zip(firm_tabs, numbers, strict=True)) | {CheckTab.JOIN_REQUESTS: _count_requests(reach)}


def _count_requests(reach: Reach) -> int:
    asked = select(func.count()).select_from(JoinRequest).join(Firm, Firm.id == JoinRequest.firm_id)
    return db.session.scalar(asked.where(*reach.conditions(), JoinRequest.state == JoinState.OPEN)) or 0


def count_waiting(actor: Actor) -> int:
    """What waits for a decision of the actor's side (the first three lists), for the navigation of every page.

    Of the firms only the submitted ones are walked, by the index of states, and not looked into for changes.
    """
    reach = Reach.of(actor)
    submitted = select(func.count()).select_from(Firm).where(*reach.conditions())
    firms = db.session.scalar(submitted.where(Firm.state == FirmState.SUBMITTED)) or 0
    return firms + _count_requests(reach)


@dataclass(frozen=True, slots=True)
class PastReview:
    """A decision with the name of who decided."""

    review: FirmReview
    officer: str


def reviews(firm_id: int) -> list[PastReview]:
    """The decisions about a firm, newest first."""
    rows = db.session.execute(
        select(FirmReview, Person.name)
        .join(Person, Person.id == FirmReview.officer_id)
        .where(FirmReview.firm_id == firm_id)
        .order_by(FirmReview.id.desc())
        .options(selectinload(FirmReview.evidence))
    )
    return [PastReview(review, officer) for review, officer in rows]


def review(review_id: int) -> FirmReview:
    """A decision with its evidence; raises NotFound."""
    return existing(
        db.session.scalar(
            select(FirmReview).where(FirmReview.id == review_id).options(selectinload(FirmReview.evidence))
        )
    )


def region_decision(firm_id: int) -> FirmReview | None:
    """What compliance decided last about the firm's region."""
    return db.session.scalar(
        select(FirmReview)
        .where(FirmReview.firm_id == firm_id, FirmReview.decision.in_(REGION_DECISIONS))
        .order_by(FirmReview.id.desc())
        .limit(1)
    )


def register_entry_of(firm: Firm) -> RegisterEntry | None:
    """The entry of the national register that the firm's numbers lead to."""
    return entry_of(firm.country, [item.value for item in firm.identifiers])


def regions_waiting(reach: Reach, tabs: Collection[CheckTab]) -> list[str]:
    """The regions of the firms in some lists, for the filter."""
    wanted = (
        select(Firm.region_code)
        .where(*reach.conditions(), or_(*(_in_tab(tab) for tab in tabs)), Firm.region_code != "")
        .distinct()
    )
    return sorted(db.session.scalars(wanted))
