"""Writes of the blocks of a day; its slots follow from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, existing
from matchmaker.meetings.enums import BlockKind
from matchmaker.meetings.models import B2bDay, DayBlock
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.rules import overlapping
from matchmaker.meetings.setup.slot_services import derive_slots, stretches_of

ENTITY = "day_block"


@dataclass(frozen=True, slots=True)
class Block:
    """What a block says; moments are on the day, in its zone."""

    kind: BlockKind
    starts_at: datetime
    ends_at: datetime
    name_tr: str = ""
    name_ru: str = ""
    name_en: str = ""


def save_block(actor: Actor, day: B2bDay, block: Block, row: DayBlock | None = None) -> DayBlock:
    """Add a block or change one, and bring the slots in step.

    Raises NotAllowed, Conflict once the day is over, DomainError at the field: ends before it begins, shares time with
    another block, or would take away a slot in which meetings are placed.
    """
    day = to_change(actor, day)
    if block.ends_at <= block.starts_at:
        raise DomainError(_("The end lies before the start."), "ends_at")
    number = row.id if row else 0
    other = overlapping(stretches_of(day.blocks), (block.starts_at, block.ends_at), but=number)
    if other is not None:
        shown = f"{day.time_of(other.starts_at)} – {day.time_of(other.ends_at)}"
        raise DomainError(_("It overlaps with the block from %(span)s.", span=shown), "starts_at")
    kept = next((one for one in day.blocks if one.id == number), None) or DayBlock(day_id=day.id)
    if Block(*(getattr(kept, name) for name in Block.__dataclass_fields__)) == block:
        return kept
    before = _told(kept) if row else {}
    for name in Block.__dataclass_fields__:
        setattr(kept, name, getattr(block, name))
    db.session.add(kept)
    db.session.flush()
    db.session.refresh(day, ["blocks"])
    derive_slots(day)
    audit.record(actor, "change" if row else "add", ENTITY, kept.id, before, _told(kept))
    db.session.flush()
    return kept


def remove_block(actor: Actor, day: B2bDay, block_id: int) -> None:
    """Take a block out with its slots; raises as save_block does."""
    day = to_change(actor, day)
    row = existing(next((one for one in day.blocks if one.id == block_id), None))
    rest = [one for one in day.blocks if one is not row]
    derive_slots(day, blocks=rest)
    before = _told(row)
    day.blocks.remove(row)
    audit.record(actor, "remove", ENTITY, block_id, before)
    db.session.flush()


def _told(row: DayBlock) -> dict[str, Any]:
    return {
        "day": row.day_id,
        "kind": row.kind,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "name": row.name("en"),
    }
