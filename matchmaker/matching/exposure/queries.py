"""Reads of the cap and of the last round."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms.models import SearchOutbox
from matchmaker.matching.exposure.models import CappedFirm, CappedPlace, ExposureCap, ExposureRound
from matchmaker.matching.weighing.queries import weights_in_use

DEFAULT_SHARE: Final = 8
ROUND: Final = "exposure-round"
SHOWN_FIRMS: Final = 100


def cap() -> ExposureCap | None:
    """The cap that staff set last, None until they do."""
    newest = select(ExposureCap).options(selectinload(ExposureCap.person)).order_by(ExposureCap.id.desc())
    return db.session.scalars(newest.limit(1)).first()


def share() -> int:
    """The most per cent of lists in whose first ten one firm may stand."""
    return (
        db.session.scalar(select(ExposureCap.share).order_by(ExposureCap.id.desc()).limit(1)) or DEFAULT_SHARE
    )


def last_round() -> ExposureRound | None:
    """The allocation that holds now."""
    return db.session.scalars(select(ExposureRound).order_by(ExposureRound.id.desc()).limit(1)).first()


def last_round_id() -> int | None:
    """Its number alone."""
    return db.session.scalar(select(func.max(ExposureRound.id)))


def present_mark() -> str:
    """What a round made now would be made of: day, points, cap and the last change of a firm."""
    change = db.session.scalar(select(func.max(SearchOutbox.seq))) or 0
    return f"{clock.today().isoformat()} {weights_in_use().name} {share()} {change}"


def capped_firms(round_id: int) -> frozenset[int]:
    """The firms that give way in all lists but those that keep them."""
    return frozenset(db.session.scalars(select(CappedFirm.firm_id).where(CappedFirm.round_id == round_id)))


def kept_in_list(round_id: int, list_id: int) -> frozenset[int]:
    """The capped firms that one list keeps."""
    return frozenset(
        db.session.scalars(
            select(CappedPlace.firm_id).where(
                CappedPlace.round_id == round_id, CappedPlace.list_id == list_id
            )
        )
    )


def over_the_cap(round_id: int) -> Sequence[CappedFirm]:
    """The firms that gave way, those with most lists by points first."""
    found = select(CappedFirm).where(CappedFirm.round_id == round_id)
    return db.session.scalars(
        found.order_by(CappedFirm.natural.desc(), CappedFirm.firm_id).limit(SHOWN_FIRMS)
    ).all()


def capped(round_id: int, firm_id: int) -> CappedFirm | None:
    """What the round says of one firm, None when it did not give way anywhere."""
    return db.session.scalar(
        select(CappedFirm).where(CappedFirm.round_id == round_id, CappedFirm.firm_id == firm_id)
    )


def gives_way(list_id: int, firm_id: int) -> CappedFirm | None:
    """The capped firm when it gives way in this list."""
    number = last_round_id()
    found = capped(number, firm_id) if number else None
    if number is None or found is None or firm_id in kept_in_list(number, list_id):
        return None
    return found
