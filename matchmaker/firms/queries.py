"""Reads of firms."""

from sqlalchemy import select

from matchmaker.core.actor import Membership
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmMember


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
