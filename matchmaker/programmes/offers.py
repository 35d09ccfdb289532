"""Places that became free go to the waiting list, at once and in its order."""

from datetime import datetime, timedelta

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.programmes import declared, notices, queries, screening
from matchmaker.programmes.applicants import facts
from matchmaker.programmes.enums import ProgrammeState, SignUpState, SignUpVerb
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.moves import move_sign_up
from matchmaker.programmes.places import Pool, Quota, is_released

OFFERING = frozenset({ProgrammeState.OPEN, ProgrammeState.CLOSED, ProgrammeState.CONFIRMED})


def pool_of(programme: Programme) -> Pool:
    """The places as they are now; call it behind the lock of the programme."""
    return Pool(
        places=programme.places,
        quotas=tuple(Quota(one.id, one.dimension, one.value, one.places) for one in programme.quotas),
        taken=queries.people_by_quota(programme.id),
        released=is_released(programme.quotas_release_on, clock.today(programme.zone)),
    )


def hold_until(programme: Programme, now: datetime) -> datetime:
    """Until when an offered or accepted place is held: some hours, but not beyond the beginning."""
    return min(now + timedelta(hours=programme.offer_hours), programme.starts_at)


def offer_places(programme: Programme) -> int:
    """Offer free places to those who wait; answers to how many. Call it behind the lock of the programme.

    They are asked in the order of arrival. Who does not fit, because the group is larger than what is left or because
    the places left are kept for others, keeps the position and the next one is asked. Who withdrew or let an offer
    lapse waits no more and is never asked again. A firm that compliance has to decide about keeps its position too, and for a
    trip one whose declaration of size has run out.
    """
    now = clock.now()
    if programme.state not in OFFERING or programme.starts_at <= now:
        return 0
    pool, count = pool_of(programme), 0
    if not pool.left:
        return 0
    for sign_up in queries.sign_ups_of(programme.id, [SignUpState.WAITING]):
        seat = pool.seat(facts(sign_up), sign_up.people)
        if seat is None or declared.has_run_out(programme, sign_up.firm_id):
            continue
        if screening.is_on_hold(programme, sign_up):
            continue
        pool = pool.with_taken(seat, sign_up.people)
        move_sign_up(None, sign_up, SignUpVerb.OFFER, SignUpState.OFFERED)
        sign_up.quota_id, sign_up.offered_at = seat.quota_id, now
        sign_up.offer_expires_at = hold_until(programme, now)
        db.session.flush()
        notices.tell(sign_up, "sign_up_offered")
        count += 1
    return count


def lapse_due() -> int:
    """End offers whose time is over and pass their places on; answers how many ended.

    A firm that compliance kept from taking its place waits again, where it stood before.
    """
    count = 0
    for programme_id in queries.programmes_with_lapsed(clock.now()):
        programme = queries.locked_programme(programme_id)
        for sign_up in queries.lapsed(programme_id, clock.now()):
            _lapse(programme, sign_up)
            count += 1
        offer_places(programme)
    return count


def _lapse(programme: Programme, sign_up: SignUp) -> None:
    if screening.is_on_hold(programme, sign_up):
        move_sign_up(None, sign_up, SignUpVerb.LIST, SignUpState.WAITING)
        sign_up.quota_id, sign_up.offered_at = None, None
        notices.tell(sign_up, "sign_up_waiting")
    else:
        move_sign_up(None, sign_up, SignUpVerb.LAPSE, SignUpState.EXPIRED)
        notices.tell(sign_up, "sign_up_lapsed")


def offer_due() -> int:
    """Offer what became free without anybody's deed, such as on the release day of quotas."""
    return sum(offer_places(queries.locked_programme(number)) for number in queries.programmes_with_waiting())
