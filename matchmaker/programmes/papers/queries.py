"""Reads of those who get a badge."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core.db import db
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.models import Delegate, SignUp
from matchmaker.programmes.papers.models import Badge


def participants(programme_id: int) -> list[Delegate]:
    """The people whose place is settled, by the order of arrival; who was replaced is left out."""
    found = (
        select(Delegate)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .options(selectinload(Delegate.sign_up).selectinload(SignUp.firm))
        .where(
            SignUp.programme_id == programme_id,
            SignUp.state.in_(programme_rules.SETTLED),
            Delegate.left_at.is_(None),
        )
    )
    return list(db.session.scalars(found.order_by(SignUp.arrival, Delegate.id)))


def tokens(programme_id: int) -> dict[int, str]:
    """The tokens of the badges made so far, by the delegate's number."""
    rows = db.session.execute(
        select(Badge.delegate_id, Badge.token)
        .join(Delegate, Delegate.id == Badge.delegate_id)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(SignUp.programme_id == programme_id)
    )
    return {int(number): str(token) for number, token in rows}
