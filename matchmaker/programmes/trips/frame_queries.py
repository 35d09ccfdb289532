"""Reads of trips: the frame, the itinerary, and the delegates who travel."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.mous.models import Mou, MouParty
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeKind, SignUpState
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.trips.models import (
    TripDestination,
    TripDocument,
    TripFrame,
    TripItem,
    TripSeat,
)

TRAVELLING = (
    SignUpState.ACCEPTED,
    SignUpState.CONFIRMED,
    SignUpState.ATTENDED,
    SignUpState.COMPLETED,
)
"""The sign-ups whose delegates travel, as far as is known."""


def trip(programme_id: int) -> Programme:
    """A programme that is a business trip; raises NotFound."""
    found = programme_queries.programme(programme_id)
    if found.kind is not ProgrammeKind.TRIP:
        raise NotFound
    return found


def frame(programme: Programme) -> TripFrame:
    """The frame of a trip; one that is not stored yet, with what follows from the programme, where there is none."""
    found = db.session.scalar(
        select(TripFrame)
        .where(TripFrame.programme_id == programme.id)
        .options(selectinload(TripFrame.destinations), selectinload(TripFrame.scheme))
    )
    return found or new_frame(programme)


def new_frame(programme: Programme) -> TripFrame:
    """A frame with the usual values: delegates come from the other country of the memorandum."""
    countries = [party.institution.country for party in programme.mou.parties if party.institution.country]
    others = [code for code in countries if code != programme.country]
    return TripFrame(
        programme_id=programme.id,
        from_country=(others or countries or [""])[0],
        hs_codes=[],
        cost_note="",
        insurance_required=True,
        insurance_note="",
        weights={},
        purge_days=90,
        destinations=[],
    )


def items(programme_id: int) -> Sequence[TripItem]:
    """The items of an itinerary with their seats, in order of time."""
    return db.session.scalars(
        select(TripItem)
        .where(TripItem.programme_id == programme_id)
        .options(selectinload(TripItem.seats))
        .order_by(TripItem.starts_at, TripItem.ends_at, TripItem.id)
    ).all()


def item(item_id: int, *, locked: bool = False) -> TripItem:
    """An item with its seats and its trip; locked, nobody else gives a seat meanwhile. Raises NotFound."""
    if locked:
        db.session.execute(select(TripItem.id).where(TripItem.id == item_id).with_for_update(key_share=True))
    of_trip = selectinload(TripItem.programme)
    return existing(
        db.session.scalar(
            select(TripItem)
            .where(TripItem.id == item_id)
            .options(
                selectinload(TripItem.seats),
                of_trip.selectinload(Programme.mou)
                .selectinload(Mou.parties)
                .selectinload(MouParty.institution),
            )
            .execution_options(populate_existing=locked)
        )
    )


def documents(programme_id: int) -> Sequence[TripDocument]:
    """The papers of a trip, by title."""
    return db.session.scalars(
        select(TripDocument)
        .where(TripDocument.programme_id == programme_id)
        .options(selectinload(TripDocument.file))
        .order_by(TripDocument.title, TripDocument.id)
    ).all()


def document(document_id: int) -> TripDocument:
    """One paper of a trip; raises NotFound."""
    return existing(
        db.session.scalar(
            select(TripDocument)
            .where(TripDocument.id == document_id)
            .options(selectinload(TripDocument.file))
        )
    )


def destination(destination_id: int) -> TripDestination:
    """One destination of a trip; raises NotFound."""
    return existing(db.session.get(TripDestination, destination_id))


def delegates(programme_id: int, states: Collection[SignUpState] = TRAVELLING) -> Sequence[Delegate]:
    """The people who travel, with their sign-up and firm, by arrival of the sign-up."""
    return db.session.scalars(
        select(Delegate)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(SignUp.programme_id == programme_id, SignUp.state.in_(states), Delegate.left_at.is_(None))
        .options(selectinload(Delegate.sign_up).selectinload(SignUp.firm))
        .order_by(SignUp.arrival, SignUp.id, Delegate.id)
    ).all()


def delegates_by_number(numbers: Collection[int]) -> Sequence[Delegate]:
    """Delegates with their sign-up and firm, in the order of their numbers."""
    return db.session.scalars(
        select(Delegate)
        .where(Delegate.id.in_(list(numbers)))
        .options(selectinload(Delegate.sign_up).selectinload(SignUp.firm))
        .order_by(Delegate.id)
    ).all()


def delegate(delegate_id: int) -> Delegate:
    """A delegate of a trip with sign-up, firm and trip; raises NotFound."""
    signed = selectinload(Delegate.sign_up)
    of_trip = signed.selectinload(SignUp.programme)
    return existing(
        db.session.scalar(
            select(Delegate)
            .join(SignUp, SignUp.id == Delegate.sign_up_id)
            .join(Programme, Programme.id == SignUp.programme_id)
            .where(Delegate.id == delegate_id, Programme.kind == ProgrammeKind.TRIP)
            .options(
                signed.selectinload(SignUp.firm),
                of_trip.selectinload(Programme.mou)
                .selectinload(Mou.parties)
                .selectinload(MouParty.institution),
                of_trip.selectinload(Programme.institution),
                of_trip.selectinload(Programme.host_institution),
            )
        )
    )


def seats_of(delegate_id: int) -> dict[int, TripSeat]:
    """The seats of a delegate by item."""
    found = db.session.scalars(select(TripSeat).where(TripSeat.delegate_id == delegate_id))
    return {seat.item_id: seat for seat in found}


def travels(delegate: Delegate) -> bool:
    """Whether a delegate's place is settled and nobody took over."""
    return delegate.left_at is None and delegate.sign_up.state in TRAVELLING


def items_of_person(person_id: int) -> Sequence[tuple[TripItem, Programme, Delegate]]:
    """The items that a person with an account attends as a delegate: those for everybody and those chosen."""
    rows = db.session.execute(
        select(TripItem, Programme, Delegate)
        .join(Programme, Programme.id == TripItem.programme_id)
        .join(SignUp, SignUp.programme_id == Programme.id)
        .join(Delegate, Delegate.sign_up_id == SignUp.id)
        .outerjoin(TripSeat, (TripSeat.item_id == TripItem.id) & (TripSeat.delegate_id == Delegate.id))
        .where(
            Delegate.person_id == person_id,
            Delegate.left_at.is_(None),
            SignUp.state.in_(TRAVELLING),
            TripItem.capacity.is_(None) | TripSeat.id.is_not(None),
        )
        .order_by(TripItem.starts_at, TripItem.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def firms_confirmed(programme_id: int) -> int:
    """How many firms have a settled place."""
    settled = select(SignUp.firm_id).where(
        SignUp.programme_id == programme_id,
        SignUp.firm_id.is_not(None),
        SignUp.state.in_(programme_rules.SETTLED),
    )
    return len(set(db.session.scalars(settled)))
