"""A memorandum from the first draft to the signatures: written by either side, confirmed and signed by each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.versions import require_version
from matchmaker.mous import queries, rules
from matchmaker.mous.enums import Carried, ScopeArea
from matchmaker.mous.models import Mou, MouArea, MouParty

CLAUSES = ("binding", "coordination", "meetings_per_year", "money_clause", "data_clause")
TERM = ("term_months", "renewal", "renewal_months", "notice_months")
SINGLE = (
    "kind", "title_tr", "title_ru", "title_en", "summary_tr", "summary_ru", "summary_en",
    "place", "languages", "prevailing_language", "in_force_from", "other_areas", *TERM, *CLAUSES,
)  # fmt: skip


def start(actor: Actor, *, number: str, parties: list[int], areas: Iterable[ScopeArea], **values: Any) -> Mou:
    """Write a new draft; raises DomainError for a number that is taken or without the actor's own institution."""
    if not rules.may_start(actor):
        raise NotAllowed(_("Only people of an institution write memorandums."))
    mou = Mou(number=_number(number), parties=[], areas=[], contact_points=[], transfer_bases=[])
    _take(actor, mou, parties, areas, values)
    db.session.add(mou)
    db.session.flush()
    audit.record(actor, "draft", "mou", mou.id, after={"number": mou.number, "parties": parties})
    db.session.flush()
    return mou


def edit(
    actor: Actor,
    mou: Mou,
    *,
    number: str,
    parties: list[int],
    areas: Iterable[ScopeArea],
    version: int | None = None,
    **values: Any,
) -> Mou:
    """Change a draft. What the parties had confirmed is no longer that text, so each confirms again.

    Raises ChangedMeanwhile where somebody changed it since `version` was read.
    """
    mou = _draft(actor, mou)
    require_version(mou.version, version)
    mou.number = _number(number, mou.id)
    names = [name for name in SINGLE if name in values]
    before = {name: _plain(getattr(mou, name)) for name in names}
    _take(actor, mou, parties, areas, values)
    for party in mou.parties:
        party.confirmed_at = party.confirmed_by_id = None
    mou.updated_at = clock.now()
    after = {name: _plain(getattr(mou, name)) for name in names}
    changed = [name for name in after if after[name] != before[name]]
    audit.record(
        actor,
        "edit",
        "mou",
        mou.id,
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
    )
    db.session.flush()
    return mou


def confirm(actor: Actor, mou: Mou, institution_id: int) -> Mou:
    """Say for one party that the text stands; raises DomainError while the draft lacks something."""
    mou = _draft(actor, mou)
    if rules.lacks(mou):
        raise DomainError(_("The draft is not complete yet. The page says what is missing."))
    party = _party(actor, mou, institution_id)
    if party.confirmed_at is not None:
        raise Conflict(_("This party has confirmed the text already."))
    party.confirmed_at, party.confirmed_by_id = clock.now(), actor.person_id
    audit.record(actor, "confirm", "mou", mou.id, after={"institution": institution_id})
    db.session.flush()
    return mou


def sign(
    actor: Actor, mou: Mou, institution_id: int, *, signatory: str, capacity: str, signed_on: date
) -> Mou:
    """Record that one party signed; the last signature makes the memorandum signed on that day."""
    mou = _draft(actor, mou)
    if not rules.is_confirmed(mou):
        raise DomainError(_("Every party has to confirm the text before anybody signs."))
    party = _party(actor, mou, institution_id)
    if party.signed_on is not None:
        raise Conflict(_("The signature of this party is recorded already."))
    if not signatory.strip():
        raise DomainError(_("Enter who signed."), "signatory")
    if signed_on > clock.today():
        raise DomainError(_("A signature cannot lie in the future."), "signed_on")
    party.signatory, party.capacity, party.signed_on = signatory.strip(), capacity.strip(), signed_on
    audit.record(actor, "sign", "mou", mou.id, after={"institution": institution_id, "on": str(signed_on)})
    days = [item.signed_on for item in mou.parties]
    if all(days):
        mou.signed_on = max(day for day in days if day)
        mou.in_force_from = mou.in_force_from or mou.signed_on
    db.session.flush()
    return mou


def clone(actor: Actor, mou: Mou, *, number: str, carried: Iterable[Carried]) -> Mou:
    """A new draft after an existing memorandum, with the chosen parts; never its dates, signatures or papers."""
    parts = frozenset(carried)
    names = ["kind", "title_tr", "title_ru", "title_en", "languages", "prevailing_language"]
    names += [*TERM] if Carried.TERM in parts else []
    names += [*CLAUSES] if Carried.CLAUSES in parts else []
    values: dict[str, Any] = {name: getattr(mou, name) for name in names}
    parties = [party.institution_id for party in mou.parties] if Carried.PARTIES in parts else []
    areas = [item.area for item in mou.areas] if Carried.AREAS in parts else []
    own = next((grant.institution_id for grant in actor.grants if grant.role in rules.WORKERS), None)
    made = start(
        actor,
        number=number,
        parties=parties or ([own] if own and not actor.is_operator else []),
        areas=areas,
        **values,
    )
    if Carried.PARTIES in parts and Carried.CLAUSES in parts:
        for old, new in zip(mou.parties, made.parties, strict=True):
            new.obligations = old.obligations
    audit.record(actor, "clone", "mou", made.id, after={"from": mou.id, "carried": sorted(parts)})
    db.session.flush()
    return made


def _draft(actor: Actor, mou: Mou) -> Mou:
    """The draft locked and as it is now, so that nobody confirms a text that another one is changing."""
    mou = queries.locked(mou.id)
    if not rules.works_for_party(actor, mou):
        raise NotAllowed(_("Only people of the parties change this memorandum."))
    if not rules.is_draft(mou):
        raise Conflict(_("This memorandum is signed. It changes by amendments only."))
    return mou


def _party(actor: Actor, mou: Mou, institution_id: int) -> MouParty:
    if not rules.speaks_for(actor, mou, institution_id, queries.absent(mou)):
        raise NotAllowed(_("Each party confirms and signs for itself."))
    return next(party for party in mou.parties if party.institution_id == institution_id)


def _take(
    actor: Actor, mou: Mou, parties: list[int], areas: Iterable[ScopeArea], values: dict[str, Any]
) -> None:
    own = {grant.institution_id for grant in actor.grants if grant.role in rules.WORKERS}
    if not actor.is_operator and not own & set(parties):
        raise DomainError(_("Your own institution has to be a party."), "first")
    if len(set(parties)) != len(parties):
        raise DomainError(_("Each institution stands once among the parties."), "second")
    obligations = values.pop("obligations", None) or {}
    for name in SINGLE:
        if name in values:
            setattr(mou, name, values[name])
    standing = {party.institution_id: party for party in mou.parties}
    mou.parties[:] = [standing.get(number) or MouParty(institution_id=number) for number in parties]
    for place, party in enumerate(mou.parties):
        party.position = place
        party.obligations = obligations.get(party.institution_id, party.obligations or "")
    named = {item.area: item for item in mou.areas}
    mou.areas[:] = [named.get(area) or MouArea(area=area) for area in ScopeArea if area in set(areas)]


def _number(number: str, but: int | None = None) -> str:
    wanted = number.strip()
    if not wanted:
        raise DomainError(_("Enter the number of the memorandum."), "number")
    if queries.number_taken(wanted, but):
        raise DomainError(_("Another memorandum has this number."), "number")
    return wanted


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
