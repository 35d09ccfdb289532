"""Writes of compliance: lists, screenings, decisions about hits, records of transfers."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert

from matchmaker.compliance import queries, rules
from matchmaker.compliance.entries import Entry
from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.compliance.likeness import Likeness, Subject
from matchmaker.compliance.listed import current_listed
from matchmaker.compliance.models import (
    SanctionsEntry,
    SanctionsList,
    Screening,
    ScreeningHit,
    TransferRecord,
)
from matchmaker.compliance.travellers import Traveller
from matchmaker.compliance.words import SCREENING_HIT
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.jobs import Job, enqueue_once
from matchmaker.engines.text.names import name_key
from matchmaker.firms.models import Firm
from matchmaker.institutions.queries import officers
from matchmaker.notifications.services import notify

RESCREEN_JOB = "rescreen"
SCREENING_PATH = "/screening"
BATCH = 1000
DECISIONS = frozenset({HitState.CLEARED, HitState.CONFIRMED})


def replace_list(
    name: str,
    version: str,
    entries: Iterable[Entry],
    *,
    dated_on: date | None = None,
    sample: bool = False,
    actor: Actor | None = None,
    rescreen: bool = True,
) -> SanctionsList:
    """Make this version of a list the current one and have all firms screened again; older versions are kept.

    A sample is a list of invented names for demonstrations and tests. Raises Conflict for a version that is here.
    """
    found = begin_list(name, version, dated_on=dated_on, sample=sample)
    store_entries(found.id, entries)
    present = queries.current_of(name)
    put_in_force(actor, found.id, against=present.id if present else None, rescreen=rescreen)
    return found


def begin_list(name: str, version: str, **facts: Any) -> SanctionsList:
    """Begin to store a version that nobody sees before it is put in force; raises Conflict for one that is here.

    What an earlier attempt at this list left unfinished is thrown away.
    """
    for left in queries.unfinished_of(name):
        discard_list(left)
    if queries.has_version(name, version):
        raise Conflict(_("This version of the list is loaded already."), "version")
    found = SanctionsList(name=name, version=version, current=False, **facts)
    db.session.add(found)
    db.session.flush()
    return found


def store_entries(list_id: int, entries: Iterable[Entry]) -> int:
    """Add entries to a version, in batches; answers how many."""
    count = 0
    waiting = iter(entries)
    while batch := list(islice(waiting, BATCH)):
        db.session.execute(insert(SanctionsEntry), [_row(list_id, entry) for entry in batch])
        count += len(batch)
    return count


def _row(list_id: int, entry: Entry) -> dict[str, Any]:
    return {
        "list_id": list_id,
        "reference": entry.reference[:200],
        "kind": entry.kind,
        "name": entry.name[:500],
        "name_key": name_key(entry.name)[:500],
        "aliases": list(entry.aliases),
        "identifiers": list(entry.identifiers),
        "programme": entry.programme[:500],
        "countries": entry.countries[:500],
        "listed_on": entry.listed_on,
    }


def put_in_force(
    actor: Actor | None, list_id: int, *, against: int | None, rescreen: bool = True
) -> SanctionsList:
    """Compare firms with this version from now on instead of `against`; raises Conflict when another is in use meanwhile."""
    found = db.session.get_one(SanctionsList, list_id, populate_existing=True)
    present = queries.current_of(found.name, locked=True)
    if (present.id if present else None) != against:
        raise Conflict(_("A colleague has put another version of this list in use meanwhile."))
    if present is not None:
        present.current = False
        db.session.flush()
    found.entries = queries.entries_state([list_id])[0]
    found.current, found.taken_in_at = True, clock.now()
    found.taken_in_by_id = (actor.person_id or None) if actor else None
    db.session.flush()
    audit.record(
        actor,
        "replace",
        "sanctions_list",
        found.id,
        before={"version": present.version, "entries": present.entries} if present else None,
        after={"name": found.name, "version": found.version, "entries": found.entries},
    )
    db.session.flush()
    if rescreen:
        rescreen_later(actor)
    return found


def discard_list(found: SanctionsList) -> None:
    """Throw away what was stored of a version that was never in use."""
    db.session.execute(delete(SanctionsEntry).where(SanctionsEntry.list_id == found.id))
    db.session.delete(found)
    db.session.flush()


def rescreen_later(actor: Actor | None) -> Job:
    """Have every firm compared with the current lists by the worker, once for each state of the lists.

    Work that goes on is not enough where a list came since: it has passed firms that were not compared with that one.
    """
    lists = hashlib.sha256("\n".join(queries.current_marks()).encode()).hexdigest()
    return enqueue_once(actor, RESCREEN_JOB, single=f"{RESCREEN_JOB} {lists}")


def screen(subject: Firm | Traveller, *, actor: Actor | None = None) -> Screening:
    """Compare a firm, or somebody it sends abroad, with the current lists now and keep lists, compared data and hits.

    An equal number is decisive, a like name opens a hit. Nothing is cleared by itself: only a decision about the very
    same data of both sides is taken over. Officers of the firm's country are told of new hits.
    """
    queries.hold_lists()
    traveller = subject if isinstance(subject, Traveller) else None
    firm = subject.firm if isinstance(subject, Traveller) else subject
    data = _compared(subject)
    asked = Subject(tuple(data["names"]), tuple(data["numbers"]), person=traveller is not None)
    found, before = current_listed().like(asked), queries.decided_before(firm.id)
    screening = Screening(firm_id=firm.id, lists=queries.current_marks(), query=data)
    screening.delegate_id = traveller.delegate_id if traveller else None
    screening.hits = [_hit(one, data, before) for one in found]
    db.session.add(screening)
    db.session.flush()
    opened = [hit for hit in screening.hits if hit.state is HitState.OPEN]
    audit.record(
        actor,
        "screen",
        "delegate" if traveller else "firm",
        traveller.delegate_id if traveller else firm.id,
        after={"lists": screening.lists, "hits": len(screening.hits), "open": len(opened)},
    )
    for hit in opened:
        _tell(firm, screening.person or firm.name, hit)
    db.session.flush()
    return screening


def compare_now(subject: Firm | Traveller) -> ScreeningState:
    """Where a firm or traveller stands against the lists of now: compared anew unless the last time was of the very same."""
    last = (
        queries.latest_of(subject) if isinstance(subject, Traveller) else queries.latest_screening(subject.id)
    )
    if last is None or not queries.is_compared(last, _compared(subject)):
        last = screen(subject)
    states = [hit.state for hit in last.hits]
    return rules.state_of(queries.current_marks(), last.lists, states, same_data=True)


def _compared(subject: Firm | Traveller) -> dict[str, list[str]]:
    return subject.compared if isinstance(subject, Traveller) else queries.compared_data(subject)


def _hit(one: Likeness, data: dict[str, list[str]], before: dict[str, ScreeningHit]) -> ScreeningHit:
    party = one.party
    mark = fingerprint(one, data)
    hit = ScreeningHit(
        entry_id=party.entry_id,
        list_name=party.list_name,
        list_version=party.list_version,
        listed_name=party.names[0] if party.names else "",
        reference=party.reference,
        matched_name=one.name[:500],
        fingerprint=mark,
        score=one.score,
        by_identifier=one.by_identifier,
        state=HitState.OPEN,
    )
    if mark in before:
        known = before[mark]
        hit.state, hit.reason = known.state, known.reason
        hit.decided_by_id, hit.decided_at = known.decided_by_id, known.decided_at
    return hit


def fingerprint(one: Likeness, data: dict[str, list[str]]) -> str:
    """What stands for the compared data of both sides, the list's version left out."""
    party = one.party
    told = [data, party.list_name, party.reference, sorted(party.names), sorted(party.numbers)]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _tell(firm: Firm, name: str, hit: ScreeningHit) -> None:
    for person in officers(firm.country, InstitutionRole.COMPLIANCE):
        notify(person.id, SCREENING_HIT, name, SCREENING_PATH, f"screening {firm.id} {hit.fingerprint}")


def decide_hit(
    actor: Actor, hit: ScreeningHit, outcome: HitState, reason: str, *, seen: HitState = HitState.OPEN
) -> ScreeningHit:
    """Record that the firm is not the listed party (cleared) or is it (confirmed), with the reason.

    `seen` is the state the officer decided on. Raises NotAllowed for a firm of another country or one's own, Conflict
    when a colleague was faster, DomainError at `reason` or `outcome` for what is missing.
    """
    hit = queries.locked_hit(hit.id)
    if not rules.may_decide(actor, hit):
        audit.record_refusal(actor, "decide", "screening_hit", hit.id, "not permitted")
        raise NotAllowed(_("Compliance officers decide about firms of their own country only."))
    if hit.state is not seen:
        raise Conflict(_("A colleague has decided about this hit meanwhile. Load the page again."))
    if outcome not in DECISIONS:
        raise DomainError(_("Choose a decision."), "outcome")
    words = reason.strip()
    if not words:
        raise DomainError(_("Give the reason for your decision."), "reason")
    if len(words) > rules.LONGEST_REASON:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_REASON), "reason")
    before = {"state": hit.state.value, "reason": hit.reason}
    hit.state, hit.reason = outcome, words
    hit.decided_by_id, hit.decided_at = actor.person_id, clock.now()
    after = {"state": outcome.value, "reason": words, "firm": hit.screening.firm_id, "list": hit.list_version}
    audit.record(actor, "decide", "screening_hit", hit.id, before, after)
    db.session.flush()
    return hit


def record_transfer(
    actor: Actor | None,
    *,
    contact_id: int,
    from_country: str,
    to_country: str,
    recipient_firm_id: int | None,
    fields: Sequence[str],
    basis: str,
    cause: str,
    cause_id: int,
    at: datetime | None = None,
) -> TransferRecord:
    """Write down that a contact person was disclosed across a border; never changed afterwards.

    `fields` are the names of what was shown, `basis` the recorded ground. Raises ValueError without a ground, because
    nothing may be shown then.
    """
    if not basis:
        raise ValueError("a transfer without a recorded ground")
    record = TransferRecord(
        at=at or clock.now(),
        contact_id=contact_id,
        from_country=from_country,
        to_country=to_country,
        recipient_firm_id=recipient_firm_id,
        fields=list(fields),
        basis=basis,
        cause=cause,
        cause_id=cause_id,
    )
    db.session.add(record)
    db.session.flush()
    audit.record(
        actor,
        "transfer",
        "contact_person",
        contact_id,
        after={"to": to_country, "firm": recipient_firm_id, "fields": list(fields), "basis": basis},
    )
    return record
