"""Keeping firms on the shortlist, with notes."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, upsert
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.directory.shortlist import queries, rules
from matchmaker.directory.shortlist.models import ShortlistEntry
from matchmaker.firms.models import Firm


def keep(actor: Actor, other: Firm) -> None:
    """Put a firm on the list of the actor's firm; one that is there stays as it is. Raises NotAllowed, Conflict when full."""
    own_id = _own(actor, other)
    # The list is counted under a lock, so that it cannot grow past its end whoever adds at the same moment.
    db.session.execute(select(Firm.id).where(Firm.id == own_id).with_for_update(key_share=True))
    if queries.entry(own_id, other.id) is not None:
        return
    if queries.count(own_id) >= rules.MOST_ENTRIES:
        raise Conflict(
            _(
                "Your shortlist holds %(most)s firms, the most allowed. Take one off first.",
                most=rules.MOST_ENTRIES,
            )
        )
    row = {"firm_id": own_id, "other_id": other.id, "person_id": actor.person_id}
    upsert(ShortlistEntry, [row], key=("firm_id", "other_id"))
    audit.record(actor, "shortlist", "firm", own_id, after={"firm": other.id})
    db.session.flush()


def drop(actor: Actor, other: Firm) -> None:
    """Take a firm off the list, its note with it; one that is not there is left alone."""
    own_id = actor.firm_id
    if own_id is None or queries.entry(own_id, other.id) is None:
        return
    db.session.execute(
        delete(ShortlistEntry).where(ShortlistEntry.firm_id == own_id, ShortlistEntry.other_id == other.id)
    )
    audit.record(actor, "shortlist_off", "firm", own_id, before={"firm": other.id})
    db.session.flush()


def write_note(actor: Actor, other: Firm, note: str) -> ShortlistEntry:
    """Write the note of a firm on the list; only the own firm's people read it, the audit trail does not keep its words.

    Raises NotAllowed, Conflict where the firm is not on the list, DomainError at `note`.
    """
    own_id, words = _own(actor, other), note.strip()
    found = queries.entry(own_id, other.id)
    if found is None:
        raise Conflict(_("This firm is no longer on your shortlist."))
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    found.note, found.person_id = words, actor.person_id
    audit.record(actor, "shortlist_note", "firm", own_id, after={"firm": other.id})
    db.session.flush()
    return found


def _own(actor: Actor, other: Firm) -> int:
    if actor.firm_id is None or not rules.may_keep(actor, other):
        raise NotAllowed(_("This firm cannot be kept on a shortlist."))
    return actor.firm_id
