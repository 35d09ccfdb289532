"""What happens to a memorandum after its signature: amendments, its end, papers, contact points, warnings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import store_document
from matchmaker.core.versions import require_version
from matchmaker.mous import queries, rules
from matchmaker.mous.enums import DocumentKind, Renewal, ScopeArea
from matchmaker.mous.models import Mou, MouAmendment, MouArea, MouContactPoint, MouDocument
from matchmaker.notifications.services import notify

SIGNED_KINDS = frozenset({DocumentKind.SIGNED, DocumentKind.COUNTER_SIGNED})


def amend(
    actor: Actor,
    mou: Mou,
    *,
    agreed_on: date,
    text: str,
    term_months: int | None,
    renewal: Renewal,
    areas: Iterable[ScopeArea],
    version: int | None = None,
) -> MouAmendment:
    """Record an agreed change of term, renewal or areas; the values before stay readable in the amendment.

    Raises ChangedMeanwhile where somebody changed the memorandum since `version` was read: the form states the whole
    term and all areas, so that it would take back what the other one recorded.
    """
    mou = _signed(actor, mou)
    require_version(mou.version, version)
    wanted = set(areas)
    if not wanted:
        raise DomainError(_("Choose at least one area."), "areas")
    if agreed_on > clock.today():
        raise DomainError(_("This day lies in the future."), "agreed_on")
    changes: dict[str, Any] = {}
    for name, value in (("term_months", term_months), ("renewal", renewal)):
        if getattr(mou, name) != value:
            changes[name] = [getattr(mou, name), value]
            setattr(mou, name, value)
    named = {item.area: item for item in mou.areas}
    if set(named) != wanted:
        changes["areas"] = [sorted(named), sorted(wanted)]
        mou.areas[:] = [named.get(area) or MouArea(area=area) for area in ScopeArea if area in wanted]
    position = 1 + max((item.position for item in queries.amendments(mou.id)), default=0)
    made = MouAmendment(
        mou_id=mou.id,
        position=position,
        agreed_on=agreed_on,
        text=text.strip(),
        changes=changes,
        recorded_by_id=actor.person_id,
    )
    mou.updated_at = clock.now()
    db.session.add(made)
    audit.record(actor, "amend", "mou", mou.id, after={"amendment": position, **changes})
    db.session.flush()
    return made


def end(actor: Actor, mou: Mou, *, ended_on: date, reason: str) -> Mou:
    """Terminate the memorandum on a day; nothing can be published under it from then on without a logged reason."""
    mou = _signed(actor, mou)
    if not reason.strip():
        raise DomainError(_("Give the reason."), "end_reason")
    begins = mou.in_force_from or mou.signed_on or mou.announced_on
    if begins is not None and ended_on < begins:
        raise DomainError(_("It cannot end before it began."), "ended_on")
    mou.ended_on, mou.end_reason = ended_on, reason.strip()
    audit.record(
        actor, "terminate", "mou", mou.id, after={"on": ended_on.isoformat(), "reason": reason.strip()}
    )
    db.session.flush()
    return mou


def add_document(
    actor: Actor,
    mou: Mou,
    upload: FileStorage,
    *,
    kind: DocumentKind,
    language: str,
    signer: str = "",
    capacity: str = "",
    signed_on: date | None = None,
) -> MouDocument:
    """Keep a paper as the next version of its kind and language; a signed one names signer, capacity and day."""
    if not rules.works_for_party(actor, mou):
        raise NotAllowed(_("Only people of the parties add papers."))
    if kind in SIGNED_KINDS:
        for field, value in (("signer", signer), ("capacity", capacity), ("signed_on", signed_on)):
            if not value:
                raise DomainError(_("A signed copy needs signer, capacity and day."), field)
    mou = queries.locked(mou.id)
    stored = store_document(actor, upload, "file")
    same = [item for item in queries.documents(mou.id) if (item.kind, item.language) == (kind, language)]
    made = MouDocument(
        mou_id=mou.id,
        kind=kind,
        language=language,
        version=1 + max((item.version for item in same), default=0),
        file_id=stored.id,
        signer=signer.strip(),
        capacity=capacity.strip(),
        signed_on=signed_on,
    )
    db.session.add(made)
    after = {"kind": kind.value, "language": language, "version": made.version, "sha256": stored.sha256}
    audit.record(actor, "add_document", "mou", mou.id, after=after)
    db.session.flush()
    return made


def name_contact(
    actor: Actor, mou: Mou, *, person_id: int, institution_id: int, from_on: date | None
) -> MouContactPoint:
    """Name somebody of one's own institution who answers for the memorandum from a day on."""
    if not rules.may_name(actor, mou, institution_id):
        raise NotAllowed(_("Each side names its own contact points."))
    if any(item.person_id == person_id and item.to_on is None for item in mou.contact_points):
        raise DomainError(_("This person is a contact point already."), "person")
    made = MouContactPoint(
        mou_id=mou.id, person_id=person_id, institution_id=institution_id, from_on=from_on or clock.today()
    )
    mou.contact_points.append(made)
    audit.record(actor, "name_contact_point", "mou", mou.id, after={"person": person_id})
    db.session.flush()
    return made


def end_contact(actor: Actor, mou: Mou, point: MouContactPoint) -> None:
    """Let the task of somebody of one's own institution end today."""
    if not rules.may_name(actor, mou, point.institution_id):
        raise NotAllowed(_("Each side names its own contact points."))
    if point.to_on is not None:
        raise Conflict(_("This task has ended already."))
    point.to_on = clock.today()
    audit.record(actor, "end_contact_point", "mou", mou.id, after={"person": point.person_id})
    db.session.flush()


def warn_of_ends() -> int:
    """Tell the owners of each memorandum once when 180, 90 and 30 days are left; answers how many were told."""
    told = 0
    for mou in queries.with_term():
        days = rules.warning_due(mou, clock.today())
        if days is None:
            continue
        last = rules.last_day(mou, clock.today())
        for person in queries.owners(mou):
            key = f"mou ends {mou.id} {last} {days}"
            told += notify(person.id, f"mou_ends_{days}", mou.number, f"/mous/{mou.id}", key) is not None
    return told


def _signed(actor: Actor, mou: Mou) -> Mou:
    mou = queries.locked(mou.id)
    if not rules.may_speak(actor, mou):
        raise NotAllowed(_("Only those who speak for a party do this."))
    if rules.is_draft(mou):
        raise Conflict(_("This memorandum is not signed yet. Edit the draft."))
    if mou.ended_on is not None:
        raise Conflict(_("This memorandum has ended already."))
    return mou
