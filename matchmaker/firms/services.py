"""Writes that concern a firm as a whole: its beginning, its state, and what every change of it leads to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor, FirmRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms import queries, rules
from matchmaker.firms.enums import FirmSource, FirmState, StateVerb
from matchmaker.firms.merging.queries import standing_merge
from matchmaker.firms.models import Firm, FirmMember, ProfileChange, SearchOutbox
from matchmaker.firms.pasts import keep_past, present
from matchmaker.firms.signals import firm_state_changed
from matchmaker.firms.snapshots import snapshot


def index_later(firm_id: int, actor: Actor | None = None) -> None:
    """Have the search index and the matching lists take in the firm; part of the transaction that changes it.

    The actor's own searches wait for the change, as do those of the firm's people.
    """
    db.session.add(SearchOutbox(firm_id=firm_id, by_id=(actor.person_id or None) if actor else None))


def create_draft(actor: Actor, country: str, *, source: FirmSource = FirmSource.SELF) -> Firm:
    """Begin a registration; whoever registers is the firm's administrator. Raises NotAllowed for staff."""
    if not rules.may_register(actor):
        raise NotAllowed(_("Only people with an account of their own can register a firm."))
    firm = Firm(country=country, source=source, created_by_id=actor.person_id)
    db.session.add(firm)
    db.session.flush()
    db.session.add(FirmMember(firm_id=firm.id, person_id=actor.person_id, role=FirmRole.ADMINISTRATOR))
    audit.record(actor, "register", "firm", firm.id, after={"country": country, "state": firm.state.value})
    db.session.flush()
    return queries.firm(firm.id)


def submit(actor: Actor, firm: Firm) -> None:
    """Send the firm to its institution for checking; raises DomainError while something needed is missing."""
    if rules.lacks(firm):
        raise DomainError(_("Fill in the parts marked as missing, then send the firm."))
    set_state(actor, firm, StateVerb.SUBMIT)


def verify_vouched(actor: Actor, firm: Firm) -> None:
    """Verify a firm that was just sent and for whose number its institution has vouched; no officer looks once more."""
    _move(actor, firm, rules.TRANSITIONS[firm.state, StateVerb.VERIFY], "")


def reached(firm: Firm, step: str) -> None:
    """Remember where a registration goes on when it is taken up again."""
    firm.wizard_step = step
    db.session.flush()


def discard(actor: Actor, firm: Firm) -> None:
    """Give up a registration that was not sent; its numbers are free again. Raises Conflict once it was sent."""
    if firm.state is not FirmState.DRAFT:
        raise Conflict(_("Only a registration that was not sent yet can be discarded."))
    set_state(actor, firm, StateVerb.ARCHIVE)
    firm.identifiers.clear()
    db.session.flush()


def set_state(actor: Actor, firm: Firm, verb: StateVerb, *, reason: str = "") -> None:
    """Take one step of the state table; writes audit, index outbox and signal.

    Raises Conflict when the present state has no such step, NotAllowed when the step is not the actor's, DomainError at
    `reason` when one is needed; the first two are logged.
    """
    step = rules.TRANSITIONS.get((firm.state, verb))
    if step is None:
        audit.record_refusal(actor, verb.value, "firm", firm.id, f"state is {firm.state.value}")
        raise Conflict(_("The firm is no longer in the state that this needs. Load the page again."))
    if not step.who & rules.standing(actor, firm):
        audit.record_refusal(actor, verb.value, "firm", firm.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    if verb is StateVerb.RESTORE and standing_merge(firm.id) is not None:
        raise Conflict(_("This firm was merged into another one. Undo the merge instead."))
    if step.reason and not reason.strip():
        raise DomainError(_("Give a reason; the firm reads it."), "reason")
    _move(actor, firm, step, reason.strip())


def _move(actor: Actor, firm: Firm, step: rules.Transition, reason: str) -> None:
    before = firm.state
    firm.state = step.after
    firm.hold_reason = reason
    if step.after is FirmState.SUBMITTED:
        firm.submitted_at = clock.now()
        firm.registered_at = firm.registered_at or firm.submitted_at
    if step.after is FirmState.VERIFIED:
        firm.verified_at = clock.now()
        firm.listed_at = firm.listed_at or firm.verified_at
    audit.record(
        actor,
        step.verb.value,
        "firm",
        firm.id,
        {"state": before.value},
        {"state": step.after.value, "reason": reason},
    )
    index_later(firm.id, actor)
    db.session.flush()
    firm_state_changed.send(None, firm=firm, before=before, after=step.after, actor=actor)


def move_by_merge(actor: Actor, firm: Firm, back_to: FirmState | None, reason: str) -> None:
    """Archive a firm that went into another one, or have it stand as before the merge was undone.

    The caller has decided who may; what follows from the step is what follows from any other.
    """
    after = back_to or FirmState.ARCHIVED
    if after is FirmState.ARCHIVED:
        _move(actor, firm, rules.Transition(firm.state, StateVerb.ARCHIVE, after, frozenset()), reason)
        return
    before, firm.state, firm.hold_reason = firm.state, after, ""
    told = {"state": after.value, "reason": reason}
    audit.record(actor, StateVerb.RESTORE.value, "firm", firm.id, {"state": before.value}, told)
    index_later(firm.id, actor)
    db.session.flush()


@contextmanager
def changing(actor: Actor, firm: Firm, section: str, version: int | None) -> Iterator[None]:
    """Change a section of the profile inside the block: rights and version checked before, audit and index after.

    `version` is that of the page the change was typed on. Raises Conflict when somebody else changed the firm since,
    NotAllowed without the right. Changed key fields of an approved firm re-open its approval.
    """
    if not rules.may_edit(actor, firm):
        raise NotAllowed(_("You do not have permission for this."))
    if version is not None and version != firm.version:
        raise Conflict(
            _(
                "Somebody else has changed this firm meanwhile. Compare with the present profile, then save again."
            )
        )
    before, keys, past = snapshot(firm, section), rules.key_values(firm), present(firm)
    yield
    db.session.flush()
    keep_past(firm, past)
    after = snapshot(firm, section)
    if after == before:
        return
    firm.updated_at = clock.now()
    audit.record(actor, f"change_{section}", "firm", firm.id, before, after)
    _reopen(actor, firm, rules.key_changes(keys, rules.key_values(firm)))
    index_later(firm.id, actor)
    db.session.flush()


def _reopen(actor: Actor, firm: Firm, changes: dict[str, Any]) -> None:
    waiting = queries.open_change(firm.id)
    if not changes or (firm.state is not FirmState.VERIFIED and waiting is None):
        return
    if waiting is None:
        db.session.add(ProfileChange(firm_id=firm.id, changed_by_id=actor.person_id, fields=changes))
    else:
        waiting.changed_by_id = actor.person_id
        waiting.fields = merged(waiting.fields, changes)
    if firm.state is FirmState.VERIFIED:
        set_state(actor, firm, StateVerb.REOPEN)


def merged(waiting: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Two changes as one: the first value before, the last value after; what is as it was drops out."""
    found = dict(waiting)
    for name, (before, after) in changes.items():
        found[name] = [found[name][0] if name in found else before, after]
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}
