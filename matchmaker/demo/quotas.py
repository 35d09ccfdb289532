"""Places that a training of the demo keeps for each country, with the sign-ups counted under them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.demo.trainings import open_trainings
from matchmaker.demo.writing import add_numbered
from matchmaker.programmes import rules
from matchmaker.programmes.applicants import facts
from matchmaker.programmes.enums import QuotaDimension, SignUpState
from matchmaker.programmes.models import Programme, ProgrammeQuota, SignUp
from matchmaker.programmes.places import Pool, Quota

SHARE: Final = 3
"""One place of so many stays for everybody; the others are divided between the two countries."""
APPLY: Final = 4
"""Each so-many-th sign-up is still to be decided."""


def add_quotas(programme_ids: Sequence[int]) -> None:
    """Have staff decide on the last open training of the demo, with places kept for both countries."""
    training = open_trainings(programme_ids)[-1]
    training.approval = True
    training.quotas_release_on = (training.closes_at or training.starts_at).date() - timedelta(days=7)
    each = (training.places - training.places // SHARE) // 2
    rows = [
        {"programme_id": training.id, "dimension": QuotaDimension.COUNTRY, "value": country, "places": each}
        for country in ("TR", "RU")
    ]
    quotas = zip(add_numbered(ProgrammeQuota, rows), rows, strict=True)
    kept = tuple(Quota(number, QuotaDimension.COUNTRY, str(row["value"]), each) for number, row in quotas)
    _count(training, Pool(training.places, kept))


def _count(training: Programme, pool: Pool) -> None:
    """Count each sign-up under the quota that it would have got in the order of arrival; some still wait for an answer."""
    found = select(SignUp).where(SignUp.programme_id == training.id).order_by(SignUp.arrival)
    for sign_up in db.session.scalars(found):
        if (sign_up.arrival or 0) % APPLY == 0:
            sign_up.state, sign_up.confirmed_at = SignUpState.APPLIED, None
            continue
        seat = pool.seat(facts(sign_up), sign_up.people)
        if sign_up.state in rules.HOLDING and seat is not None:
            sign_up.quota_id, pool = seat.quota_id, pool.with_taken(seat, sign_up.people)
