"""Merging two firms and undoing it; each in one transaction, with its audit lines."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import Base, db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms import queries as firms
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.duplicates.rules import may_settle
from matchmaker.firms.merging import queries, rules
from matchmaker.firms.merging.models import MergeRecord, MovedValue
from matchmaker.firms.merging.planning import Change, plan
from matchmaker.firms.models import Firm
from matchmaker.firms.services import index_later, move_by_merge


def merge(actor: Actor, pair: SuspectedPair, kept_id: int, reason: str) -> MergeRecord:
    """Make the two firms of a pair one: what the other has goes over to the kept firm, the other one is archived.

    Raises NotAllowed; Conflict when the pair was settled, one of the firms is out of use, somebody merges it at the same
    moment, or something has to be settled before; DomainError at `reason`.
    """
    if not may_settle(actor, pair):
        raise NotAllowed(_("You do not have permission for this."))
    if not rules.may_merge(actor, pair) or kept_id not in (pair.first_id, pair.second_id):
        raise Conflict(_("This pair was settled meanwhile. Load the page again."))
    words = reason.strip()
    if len(words) < rules.SHORTEST_REASON:
        raise DomainError(_("Write at least %(n)s letters.", n=rules.SHORTEST_REASON), "reason")
    # Locked in the order of their numbers, so that two merges never wait for one another.
    locked = {number: firms.firm_for_change(number) for number in (pair.first_id, pair.second_id)}
    kept = locked.pop(kept_id)
    (merged,) = locked.values()
    if not rules.can_be_merged(kept, merged):
        raise Conflict(_("One of the two firms is out of use. The pair leaves the list by itself."))
    found = plan(kept.id, merged.id)
    if found.refused:
        raise Conflict(" ".join(found.refused))
    record = _record(actor, kept, merged, words)
    _write(record, [change for step in found.steps for change in step.changes])
    pair.state, pair.reason = PairState.MERGED, words
    pair.decided_by_id, pair.decided_at = actor.person_id, clock.now()
    _finish(actor, record, "merge", {"moved": [list(row) for row in found.told]})
    return record


def _record(actor: Actor, kept: Firm, merged: Firm, reason: str) -> MergeRecord:
    record = MergeRecord(
        kept_id=kept.id,
        merged_id=merged.id,
        country=kept.country,
        state_before=merged.state,
        reason=reason,
        person_id=actor.person_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(record)
    except IntegrityError as error:
        raise Conflict(_("This pair was settled meanwhile. Load the page again.")) from error
    return record


def _write(record: MergeRecord, changes: list[Change]) -> None:
    for change in changes:
        _set(change.table_name, change.row_id, {change.column_name: change.after})
        db.session.add(
            MovedValue(
                merge_id=record.id,
                table_name=change.table_name,
                row_id=change.row_id,
                column_name=change.column_name,
                before={"value": change.before},
                after={"value": change.after},
            )
        )
    db.session.flush()


def undo(actor: Actor, record: MergeRecord) -> int:
    """Put back what has not changed since, and have the merged firm stand as before; answers how many rows cannot go back.

    Raises NotAllowed; Conflict when the merge was undone or the kept firm went into another one meanwhile.
    """
    if not rules.may_see_merge(actor, record):
        raise NotAllowed(_("You do not have permission for this."))
    if not rules.may_undo(actor, record):
        raise Conflict(_("This merge was undone already."))
    for number in sorted((record.kept_id, record.merged_id)):
        firms.firm_for_change(number)
    if queries.standing_merge(record.kept_id) is not None:
        raise Conflict(_("The kept firm itself was merged into another one. Undo that merge first."))
    for value in queries.values(record.id):
        value.kept_back = not _put_back(value)
    record.undone_at, record.undone_by_id = clock.now(), actor.person_id
    record.left = len({(one.table_name, one.row_id) for one in queries.values(record.id) if one.kept_back})
    _open_pair_again(record)
    _finish(actor, record, "undo_merge", {"left": record.left})
    return record.left


def _open_pair_again(record: MergeRecord) -> None:
    both = (record.kept_id, record.merged_id)
    wanted = SuspectedPair.first_id == min(both), SuspectedPair.second_id == max(both)
    pair = db.session.scalar(select(SuspectedPair).where(*wanted))
    if pair is not None:
        pair.state, pair.reason = PairState.OPEN, ""


def _put_back(value: MovedValue) -> bool:
    """Whether a value is still the one that the merge wrote, and could be put back."""
    table = _table(value.table_name)
    present = db.session.execute(
        select(table.c[value.column_name]).where(table.c.id == value.row_id).with_for_update()
    ).one_or_none()
    if present is None or present[0] != value.after["value"]:
        return False
    try:
        with db.session.begin_nested():
            _set(value.table_name, value.row_id, {value.column_name: value.before["value"]})
    except IntegrityError:
        return False
    return True


def _finish(actor: Actor, record: MergeRecord, verb: str, told: dict[str, Any]) -> None:
    db.session.flush()
    db.session.expire_all()
    kept, merged = firms.firm(record.kept_id), firms.firm(record.merged_id)
    after = {"kept": kept.id, "merged": merged.id, "reason": record.reason, **told}
    for firm in (kept, merged):
        audit.record(actor, verb, "firm", firm.id, after=after)
    move_by_merge(actor, merged, record.state_before if record.undone_at else None, record.reason)
    index_later(kept.id, actor)
    db.session.flush()


def _set(table_name: str, row_id: int, values: dict[str, Any]) -> None:
    table = _table(table_name)
    db.session.execute(update(table).where(table.c.id == row_id).values(**values))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
