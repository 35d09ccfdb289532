"""Finds the firms that staff mean by what they type: a number of the platform or of the state, or a name."""

from sqlalchemy import func, or_, select

from matchmaker.core.db import db
from matchmaker.engines.text.names import name_key
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmIdentifier

MOST = 8
# A registration that was not sent yet is its writer's own affair.
_SENT = Firm.state != FirmState.DRAFT
SHORTEST = 2


def meant(text: str) -> list[Firm]:
    """The firms that may be meant, fully loaded: one for a number, up to MOST by name, in order of name and number."""
    typed = text.strip()
    numbers = _by_number(typed) or _by_name(typed)
    found = firms.firms(numbers)
    return [found[number] for number in numbers if number in found]


def _by_number(typed: str) -> list[int]:
    digits = typed.replace(" ", "")
    if not (digits.isascii() and digits.isdecimal()):
        return []
    owners = list(
        db.session.scalars(
            select(FirmIdentifier.firm_id)
            .join(Firm, Firm.id == FirmIdentifier.firm_id)
            .where(FirmIdentifier.value == digits, _SENT)
            .order_by(FirmIdentifier.id)
        )
    )
    here = select(Firm.id).where(Firm.id == int(digits), _SENT) if len(digits) < 10 else None
    return owners[:1] or ([] if here is None else list(db.session.scalars(here)))


def _by_name(typed: str) -> list[int]:
    if len(typed) < SHORTEST:
        return []
    columns = (Firm.trade_name, Firm.legal_name, Firm.name_romanised)
    plain = typed.casefold()
    exact = [func.lower(column) == plain for column in columns]
    parts = [column.icontains(typed, autoescape=True) for column in columns]
    key = name_key(typed)
    keys = [Firm.name_key.startswith(key, autoescape=True)] if len(key) >= SHORTEST else []
    for conditions in (exact, [*parts, *keys]):
        found = db.session.scalars(
            select(Firm.id).where(or_(*conditions), _SENT).order_by(Firm.legal_name, Firm.id).limit(MOST)
        ).all()
        if found:
            return list(found)
    return []
