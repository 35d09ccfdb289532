"""What a firm wishes of another one: must meet and would meet lift it in the suggestions, no thanks takes the pair out."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, upsert
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.firms.models import Firm
from matchmaker.matching import rules
from matchmaker.matching.enums import WishKind
from matchmaker.matching.models import Wish

LIFT = {WishKind.MUST_MEET: 2, WishKind.WOULD_MEET: 1}
LONGEST_REASON = 500


def wish(actor: Actor, own_id: int, other: Firm, kind: WishKind, *, reason: str = "") -> None:
    """Note what the actor's firm wishes of another; a later wish takes the place of an earlier one.

    The other firm never learns of it. Raises NotAllowed for somebody who does not speak for the firm, DomainError for
    a firm of the same country and for a reason that is too long.
    """
    _may(actor, own_id)
    own = db.session.get_one(Firm, own_id)
    if own.country == other.country:
        raise DomainError(_("Introductions are between firms of two countries."))
    words = reason.strip()
    if len(words) > LONGEST_REASON:
        raise DomainError(_("Write at most %(n)s letters.", n=LONGEST_REASON), "reason")
    before = wish_of(own_id, other.id)
    row = {"firm_id": own_id, "other_id": other.id, "kind": kind, "reason": words}
    upsert(Wish, [row], key=("firm_id", "other_id"))
    audit.record(
        actor,
        "wish",
        "firm",
        own_id,
        {"firm": other.id, "wish": before.value if before else None},
        {"firm": other.id, "wish": kind.value},
    )
    db.session.flush()


def forget(actor: Actor, own_id: int, other: Firm) -> None:
    """Take back whatever the actor's firm wished of another; raises NotAllowed as `wish` does."""
    _may(actor, own_id)
    before = wish_of(own_id, other.id)
    if before is None:
        return
    db.session.execute(delete(Wish).where(Wish.firm_id == own_id, Wish.other_id == other.id))
    audit.record(
        actor,
        "wish",
        "firm",
        own_id,
        {"firm": other.id, "wish": before.value},
        {"firm": other.id, "wish": None},
    )
    db.session.flush()


def _may(actor: Actor, own_id: int) -> None:
    if not rules.acts_for(actor, own_id):
        raise NotAllowed(_("Only administrators and editors of a firm can say whom it wants to meet."))


def wish_of(firm_id: int, other_id: int) -> WishKind | None:
    """What a firm wishes of another."""
    return db.session.scalar(select(Wish.kind).where(Wish.firm_id == firm_id, Wish.other_id == other_id))


def wishes_of(firm_id: int, other_ids: Collection[int]) -> dict[int, WishKind]:
    """What a firm wishes of others, for the rows of a list."""
    rows = db.session.execute(
        select(Wish.other_id, Wish.kind).where(Wish.firm_id == firm_id, Wish.other_id.in_(other_ids))
    ).all()
    return {row.other_id: row.kind for row in rows}


def wished(firm_id: int, countries: Collection[str]) -> dict[int, int]:
    """The firms of these countries that a firm wants to meet, with how far that lifts them."""
    rows = db.session.execute(
        select(Wish.other_id, Wish.kind)
        .join(Firm, Firm.id == Wish.other_id)
        .where(Wish.firm_id == firm_id, Wish.kind.in_(LIFT), Firm.country.in_(countries))
    ).all()
    return {row.other_id: LIFT[row.kind] for row in rows}


def turned_down(firm_id: int) -> set[int]:
    """The firms that said no thanks to this one, and those to which it did."""
    rows = db.session.execute(
        select(Wish.firm_id, Wish.other_id).where(
            or_(Wish.firm_id == firm_id, Wish.other_id == firm_id), Wish.kind == WishKind.NO_THANKS
        )
    )
    return {other if one == firm_id else one for one, other in rows}
