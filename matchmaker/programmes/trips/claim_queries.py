"""Reads of claims for co-financing and of what they stand on."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import Delegate, SignUp
from matchmaker.programmes.trips import claims, frame_queries
from matchmaker.programmes.trips.claims import ClaimFacts, Cost
from matchmaker.programmes.trips.enums import ItemKind
from matchmaker.programmes.trips.models import (
    ClaimPaper,
    SupportRate,
    SupportScheme,
    TripClaim,
    TripItem,
    TripSeat,
)

TRAVELLED = (SignUpState.ATTENDED, SignUpState.COMPLETED)


def claim_of(sign_up: SignUp) -> TripClaim | None:
    """The claim behind a sign-up with scheme, costs and papers."""
    return db.session.scalar(_loaded().where(TripClaim.sign_up_id == sign_up.id))


def _loaded() -> Select[TripClaim]:
    scheme = selectinload(TripClaim.scheme)
    return select(TripClaim).options(
        scheme.selectinload(SupportScheme.rates),
        scheme.selectinload(SupportScheme.institution),
        selectinload(TripClaim.costs),
        selectinload(TripClaim.papers).selectinload(ClaimPaper.file),
    )


def claims_of_trip(programme_id: int) -> Sequence[TripClaim]:
    """The claims of a trip with their firms, by number."""
    return db.session.scalars(
        _loaded()
        .join(SignUp, SignUp.id == TripClaim.sign_up_id)
        .where(SignUp.programme_id == programme_id)
        .options(selectinload(TripClaim.sign_up).selectinload(SignUp.firm))
        .order_by(TripClaim.id)
    ).all()


def scheme_for(sign_up: SignUp) -> SupportScheme | None:
    """The scheme of the trip, if it has one."""
    frame = frame_queries.frame(sign_up.programme)
    if frame.scheme_id is None:
        return None
    return db.session.scalar(
        select(SupportScheme)
        .where(SupportScheme.id == frame.scheme_id)
        .options(selectinload(SupportScheme.rates), selectinload(SupportScheme.institution))
    )


def missed_items(sign_up: SignUp) -> int:
    """How many expected attendances of the firm's delegates are not recorded as kept.

    Expected are all items for everybody and those a delegate chose; cancelled items and free time are not.
    """
    people = select(Delegate.id).where(Delegate.sign_up_id == sign_up.id, Delegate.left_at.is_(None))
    expected = (
        select(func.count())
        .select_from(TripItem)
        .join(Delegate, Delegate.id.in_(people))
        .outerjoin(TripSeat, (TripSeat.item_id == TripItem.id) & (TripSeat.delegate_id == Delegate.id))
        .where(
            TripItem.programme_id == sign_up.programme_id,
            TripItem.cancelled_at.is_(None),
            TripItem.kind != ItemKind.FREE,
            TripItem.capacity.is_(None) | TripSeat.id.is_not(None),
            TripSeat.attended.is_(None) | TripSeat.attended.is_(False),
        )
    )
    return db.session.scalar(expected) or 0


def facts(sign_up: SignUp, scheme: SupportScheme | None, claim: TripClaim | None) -> ClaimFacts | None:
    """What decides whether a claim may be sent; None without a scheme."""
    if scheme is None:
        return None
    costs = tuple(Cost(one.kind.value, one.amount) for one in claim.costs) if claim else ()
    return ClaimFacts(
        travelled=sign_up.state in TRAVELLED,
        trip_over=sign_up.programme.ends_at <= clock.now(),
        missed=missed_items(sign_up),
        papers=frozenset(one.kind.value for one in claim.papers) if claim else frozenset(),
        wanted_papers=frozenset(scheme.paper_kinds),
        costs=costs,
    )


def paper(paper_id: int) -> ClaimPaper:
    """One paper of a claim; raises NotFound."""
    return existing(
        db.session.scalar(
            select(ClaimPaper).where(ClaimPaper.id == paper_id).options(selectinload(ClaimPaper.file))
        )
    )


def expected_amount(claim: TripClaim | None, rate: SupportRate | None) -> Decimal | None:
    """What a claim comes to as it stands; None without a rate or costs."""
    if claim is None or rate is None:
        return None
    costs = [Cost(one.kind.value, one.amount) for one in claim.costs]
    return claims.amount(costs, claim.scheme.cost_kinds, rate.percent, rate.cap)
