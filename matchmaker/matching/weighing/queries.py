"""Reads of sets of points."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.jobs import Job
from matchmaker.engines.fit.numbers import numbers_of, weights_from
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights
from matchmaker.matching.weighing import rules
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightConsent, WeightSet
from matchmaker.mous import queries as mous
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.enums import ScopeArea

IN_USE: Final = "in_use"
PROPOSED: Final = "proposed"
KEPT_DRAFTS: Final = 20


def _loaded() -> tuple[Any, ...]:
    return (
        selectinload(WeightSet.author),
        selectinload(WeightSet.consents).selectinload(WeightConsent.person),
    )


def weight_set(set_id: int) -> WeightSet:
    """A set with its author and the sides that agreed; raises NotFound."""
    return existing(db.session.scalar(select(WeightSet).where(WeightSet.id == set_id).options(*_loaded())))


def locked_set(set_id: int) -> WeightSet:
    """The same as it is now, nobody else changing it until this transaction ends; raises NotFound."""
    found = select(WeightSet).where(WeightSet.id == set_id).options(*_loaded())
    return existing(
        db.session.scalar(
            found.with_for_update(of=WeightSet, key_share=True).execution_options(populate_existing=True)
        )
    )


def first_set() -> WeightSet:
    """The set that the product brings, as a row that is not stored yet."""
    return WeightSet(
        name=WEIGHTS_2026_1.name,
        version=1,
        state=WeightState.IN_USE,
        slot=IN_USE,
        points=numbers_of(WEIGHTS_2026_1),
        consents=[],
    )


def in_use() -> WeightSet:
    """The set by which everything is ranked now; the one that the product brings until another was ever proposed."""
    found = select(WeightSet).where(WeightSet.slot == IN_USE).options(*_loaded())
    return db.session.scalar(found) or first_set()


def weights_in_use() -> Weights:
    """The points by which everything is ranked and explained now."""
    row = db.session.execute(
        select(WeightSet.name, WeightSet.points).where(WeightSet.slot == IN_USE)
    ).one_or_none()
    return WEIGHTS_2026_1 if row is None else weights_from(row.name, row.points)


def proposed() -> WeightSet | None:
    """The one proposal that waits for an answer."""
    return db.session.scalar(select(WeightSet).where(WeightSet.slot == PROPOSED).options(*_loaded()))


def history() -> Sequence[WeightSet]:
    """All sets that were ever proposed, newest first."""
    named = select(WeightSet).where(WeightSet.name.is_not(None)).options(*_loaded())
    return db.session.scalars(named.order_by(WeightSet.version.desc(), WeightSet.id.desc())).all()


def drafts() -> Sequence[WeightSet]:
    """The latest drafts, newest first."""
    found = select(WeightSet).where(WeightSet.state == WeightState.DRAFT).options(*_loaded())
    return db.session.scalars(found.order_by(WeightSet.id.desc()).limit(KEPT_DRAFTS)).all()


def named_after(event: str) -> WeightSet | None:
    """The newest set that was learned from an event and not thrown away."""
    gone = (WeightState.WITHDRAWN, WeightState.DECLINED)
    found = select(WeightSet).where(WeightSet.named_after == event, WeightSet.state.not_in(gone))
    return db.session.scalars(found.order_by(WeightSet.id.desc()).limit(1)).first()


def names() -> Sequence[str | None]:
    """All names that were given, that of the product's own set included."""
    return [WEIGHTS_2026_1.name, *db.session.scalars(select(WeightSet.name).order_by(WeightSet.id))]


def versions() -> int:
    """The highest version."""
    found = db.session.scalars(
        select(WeightSet.version).where(WeightSet.version.is_not(None)).order_by(WeightSet.version.desc())
    ).first()
    return found or 1


def concerned() -> frozenset[str]:
    """The countries whose firms can be introduced to each other today: a set of points concerns all of them."""
    today, found = clock.today(), set[str]()
    for mou in mous.signed():
        if mou_rules.covers(mou, ScopeArea.COMMERCIAL_COOPERATION, today):
            found |= mou_rules.countries(mou)
    return frozenset(found)


def waiting_sides(weight_set: WeightSet) -> tuple[str, ...]:
    """The sides whose yes to a proposal is missing."""
    return rules.waits_for((consent.country for consent in weight_set.consents), concerned())


def waiting_for(actor: Actor) -> int:
    """How many proposals wait for an answer of the actor: one or none."""
    if not rules.decides(actor):
        return 0
    found = proposed()
    return int(found is not None and rules.answering_side(actor, found, waiting_sides(found)) is not None)


def job_of(weight_set: WeightSet) -> Job | None:
    """The run of the simulation."""
    return db.session.get(Job, weight_set.job_id) if weight_set.job_id else None
