"""Reads of opportunities, always as far as the reader may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.paging import Paging, Part
from matchmaker.engines.text.folding import tokens
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution, InstitutionMember
from matchmaker.mous import queries as mous
from matchmaker.opportunities import rules
from matchmaker.opportunities.enums import OpportunityKind, OpportunityState, Standing
from matchmaker.opportunities.models import (
    Opportunity,
    OpportunityEvent,
    OpportunityGood,
    OpportunityReach,
    OpportunitySector,
)

PAGE: Final = 20
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; an empty value asks for nothing. Chapter and division are the first two digits."""

    words: str = ""
    kind: OpportunityKind | None = None
    chapter: str = ""
    division: str = ""
    country: str = ""


def _loaded() -> Select[Opportunity]:
    return select(Opportunity).options(
        joinedload(Opportunity.firm),
        selectinload(Opportunity.texts),
        selectinload(Opportunity.goods),
        selectinload(Opportunity.sectors),
        selectinload(Opportunity.reaches).joinedload(OpportunityReach.mou),
        selectinload(Opportunity.events).joinedload(OpportunityEvent.person),
    )


def _in_list() -> Select[Opportunity]:
    return select(Opportunity).options(
        joinedload(Opportunity.firm),
        selectinload(Opportunity.texts),
        selectinload(Opportunity.goods),
        selectinload(Opportunity.sectors),
        selectinload(Opportunity.reaches),
    )


def opportunity(opportunity_id: int) -> Opportunity:
    """One with all that its page shows; raises NotFound."""
    return existing(db.session.scalar(_loaded().where(Opportunity.id == opportunity_id)))


def locked(opportunity_id: int) -> Opportunity:
    """The opportunity as it is now, nobody else moving it until this transaction ends; raises NotFound."""
    found = _loaded().where(Opportunity.id == opportunity_id).with_for_update(of=Opportunity)
    return existing(db.session.scalar(found.execution_options(populate_existing=True)))


def _listed_to(countries: Collection[str], today: date) -> ColumnElement[bool]:
    """The same as rules.is_listed with the countries that it is open to, for the database; needs the firm joined."""
    reached = (
        select(OpportunityReach.id)
        .where(
            OpportunityReach.opportunity_id == Opportunity.id,
            OpportunityReach.country.in_(countries),
            OpportunityReach.standing != Standing.OBJECTED,
        )
        .exists()
    )
    return and_(
        Opportunity.state == OpportunityState.PUBLISHED,
        Opportunity.expires_on > today,
        Firm.state == FirmState.VERIFIED,
        or_(Firm.country.in_(countries), reached),
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Opportunity.search_text.contains(word, autoescape=True) for word in tokens(wanted.words)
    ]
    if wanted.kind is not None:
        found.append(Opportunity.kind == wanted.kind)
    if wanted.country:
        found.append(Firm.country == wanted.country)
    if wanted.chapter:
        found.append(Opportunity.goods.any(OpportunityGood.hs_code.startswith(wanted.chapter)))
    if wanted.division:
        found.append(Opportunity.sectors.any(OpportunitySector.code.startswith(wanted.division)))
    return found


def listed(actor: Actor, wanted: Wanted, page: int) -> Part[Opportunity]:
    """One page of what firms of the reader's side may read, the latest first; the firm's own stand in its own list too."""
    conditions = [_listed_to(rules.reading_countries(actor), clock.today()), *_conditions(wanted)]
    return _part(conditions, page, Opportunity.published_at.desc(), Opportunity.id.desc())


def _part(conditions: Sequence[ColumnElement[bool]], page: int, *order: Any) -> Part[Opportunity]:
    counted = select(func.count(Opportunity.id)).join(Firm, Firm.id == Opportunity.firm_id).where(*conditions)
    paging = Paging.near(page, PAGE, db.session.scalar(counted) or 0)
    found = _in_list().join(Firm, Firm.id == Opportunity.firm_id).where(*conditions)
    rows = db.session.scalars(found.order_by(*order).limit(PAGE).offset(paging.offset)).unique()
    return Part(list(rows), paging)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what something in the list has."""

    chapters: Sequence[str]
    divisions: Sequence[str]
    countries: Sequence[str]


def choices(actor: Actor) -> Choices:
    """The HS chapters, the divisions of NACE and the countries of all that the reader may read."""
    readable = _listed_to(rules.reading_countries(actor), clock.today())
    shown = select(Opportunity.id).join(Firm, Firm.id == Opportunity.firm_id).where(readable)
    chapter = func.substr(OpportunityGood.hs_code, 1, 2)
    division = func.substr(OpportunitySector.code, 1, 2)
    goods = select(chapter).where(OpportunityGood.opportunity_id.in_(shown)).distinct()
    sectors = select(division).where(OpportunitySector.opportunity_id.in_(shown)).distinct()
    countries = (
        select(Firm.country).join(Opportunity, Opportunity.firm_id == Firm.id).where(readable).distinct()
    )
    return Choices(
        db.session.scalars(goods.order_by(chapter)).all(),
        db.session.scalars(sectors.order_by(division)).all(),
        db.session.scalars(countries.order_by(Firm.country)).all(),
    )


def of_firms(firm_ids: Collection[int], page: int) -> Part[Opportunity]:
    """The opportunities of some firms in every state, the latest first."""
    return _part([Opportunity.firm_id.in_(firm_ids)], page, Opportunity.id.desc())


def _to_review(countries: Collection[str]) -> ColumnElement[bool]:
    return and_(Opportunity.state == OpportunityState.SUBMITTED, Firm.country.in_(countries))


def _to_answer(countries: Collection[str]) -> ColumnElement[bool]:
    waits = OpportunityReach.country.in_(countries) & (OpportunityReach.standing == Standing.OPEN)
    return and_(Opportunity.state == OpportunityState.ANNOUNCED, Opportunity.reaches.any(waits))


def to_review(countries: Collection[str], page: int = 1) -> Part[Opportunity]:
    """What firms of these countries sent and their institution has not decided: by the points of the check, then by time.

    What nothing was found in stands first: it takes a minute, and waits for nothing that has to be asked.
    """
    points = func.coalesce(Opportunity.points, 0)
    return _part([_to_review(countries)], page, points, Opportunity.submitted_at, Opportunity.id)


def to_answer(countries: Collection[str], page: int = 1) -> Part[Opportunity]:
    """What other countries announced to these and they have not answered, what opens first on top."""
    return _part([_to_answer(countries)], page, Opportunity.opens_at, Opportunity.id)


def under_way(countries: Collection[str], page: int = 1) -> Part[Opportunity]:
    """What was announced or published of or to these countries, the latest first."""
    reached = Opportunity.reaches.any(OpportunityReach.country.in_(countries))
    shown = Opportunity.state.in_((OpportunityState.ANNOUNCED, OpportunityState.PUBLISHED))
    mine = or_(Firm.country.in_(countries), reached)
    return _part([shown, mine], page, Opportunity.id.desc())


def waiting(actor: Actor) -> int:
    """How many wait for the actor as reviewer of one side or of the other."""
    countries = rules.officer_countries(actor, *rules.REVIEWERS)
    if not countries:
        return 0
    mine = or_(_to_review(countries), _to_answer(countries))
    counted = select(func.count(Opportunity.id)).join(Firm, Firm.id == Opportunity.firm_id).where(mine)
    return db.session.scalar(counted) or 0


def due_to_open(now: datetime) -> Sequence[int]:
    """Numbers of the announced ones whose time for objections is over."""
    found = select(Opportunity.id).where(
        Opportunity.state == OpportunityState.ANNOUNCED, Opportunity.opens_at <= now
    )
    return db.session.scalars(found.order_by(Opportunity.id)).all()


def ending(today: date) -> Sequence[Opportunity]:
    """Published ones of firms that are verified and leave the lists soon, the first on top."""
    last = today + timedelta(days=max(rules.WARNED_DAYS))
    return db.session.scalars(
        _in_list()
        .join(Firm, Firm.id == Opportunity.firm_id)
        .where(
            Opportunity.state == OpportunityState.PUBLISHED,
            Opportunity.expires_on > today,
            Opportunity.expires_on <= last,
            Firm.state == FirmState.VERIFIED,
        )
        .order_by(Opportunity.expires_on, Opportunity.id)
    ).all()


def living_of(firm_id: int) -> Sequence[int]:
    """Numbers of a firm's opportunities that are not over."""
    living = rules.STEPS[rules.V.WITHDRAW].before
    found = select(Opportunity.id).where(Opportunity.firm_id == firm_id, Opportunity.state.in_(living))
    return db.session.scalars(found.order_by(Opportunity.id)).all()


def partner_countries(country: str) -> list[str]:
    """The countries whose firms may read what a firm of this country publishes today, by code.

    A memorandum covers them, and somebody of an institution there can look at it before its firms do.
    """
    staffed = (
        select(Institution.country)
        .join(InstitutionMember, InstitutionMember.institution_id == Institution.id)
        .where(InstitutionMember.role.in_(rules.REVIEWERS), InstitutionMember.ended_at.is_(None))
    )
    covered = mous.partner_countries(country, rules.AREA, clock.today())
    return sorted(covered.intersection(db.session.scalars(staffed.distinct())))
