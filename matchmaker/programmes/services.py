"""What the organiser and the clock do to a programme; what happens to sign-ups stands in sign_up_services.py."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.mous.models import Mou
from matchmaker.mous.services import require_cover
from matchmaker.programmes import notices, queries, rules
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeMode,
    ProgrammeState,
    ProgrammeVerb,
    SignUpState,
    SignUpVerb,
)
from matchmaker.programmes.models import Programme
from matchmaker.programmes.moves import move_programme, move_sign_up, write_programme
from matchmaker.programmes.offers import offer_places
from matchmaker.programmes.signals import programme_cancelled

STATES_TO_EDIT = frozenset(ProgrammeState) - rules.ENDED_PROGRAMMES


@dataclass(frozen=True, slots=True)
class Plan:
    """What the organiser says about a programme; the fields of the same names of Programme."""

    starts_at: datetime
    ends_at: datetime
    places: int
    zone: str = "Europe/Istanbul"
    title_tr: str = ""
    title_ru: str = ""
    title_en: str = ""
    summary_tr: str = ""
    summary_ru: str = ""
    summary_en: str = ""
    goals_tr: str = ""
    goals_ru: str = ""
    goals_en: str = ""
    host_institution_id: int | None = None
    mode: ProgrammeMode = ProgrammeMode.ROOM
    country: str = ""
    city: str = ""
    place: str = ""
    link: str = ""
    languages: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    minimum: int = 0
    most_people: int = 1
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    decision_on: date | None = None
    approval: bool = False
    offer_hours: int = 24
    fee: str = ""
    budget_line: str = ""
    attendance_share: int = 80


def create(actor: Actor, mou: Mou, kind: ProgrammeKind, institution_id: int, plan: Plan) -> Programme:
    """Plan a programme under a memorandum for one of its parties; raises NotAllowed, DomainError at a field of the plan."""
    if institution_id not in rules.planning_institutions(actor, mou):
        raise NotAllowed(_("Only staff and coordinators of a party plan programmes under this memorandum."))
    check_plan(plan, mou)
    programme = Programme(
        kind=kind,
        area=rules.AREAS[kind],
        mou_id=mou.id,
        institution_id=institution_id,
        created_by_id=actor.person_id,
        **_columns(plan),
    )
    db.session.add(programme)
    db.session.flush()
    programme = queries.programme(programme.id)
    write_programme(actor, programme, ProgrammeVerb.CREATE, None)
    db.session.flush()
    return programme


def edit(actor: Actor, programme: Programme, plan: Plan, *, version: int | None = None) -> Programme:
    """Change a programme that has not ended; raises Conflict where somebody changed it since `version` was read."""
    programme = queries.locked_programme(programme.id)
    if not rules.may_edit(actor, programme):
        raise NotAllowed(_("Only the organiser changes a programme."))
    if version is not None and version != programme.version:
        raise Conflict(_("Somebody changed this programme meanwhile. Load the page again."))
    if programme.state not in STATES_TO_EDIT:
        raise Conflict(_("This programme has ended and is not changed any more."))
    check_plan(plan, programme.mou)
    _check_places(programme, plan.places)
    columns = _columns(plan)
    before = {name: _plain(getattr(programme, name)) for name in columns}
    for name, value in columns.items():
        setattr(programme, name, value)
    after = {name: _plain(value) for name, value in columns.items()}
    changed = {name for name in columns if before[name] != after[name]}
    audit.record(
        actor,
        "edit",
        "programme",
        programme.id,
        {name: before[name] for name in sorted(changed)},
        {name: after[name] for name in sorted(changed)},
    )
    db.session.flush()
    offer_places(programme)
    return programme


def publish(actor: Actor, programme: Programme, *, override_reason: str = "") -> Programme:
    """Show the programme to everybody; the sign-up opens at its time, at once where that has come.

    Raises DomainError at the field that lacks something, or at override_reason where the memorandum does not cover it.
    """
    programme = queries.locked_programme(programme.id)
    _check_complete(programme)
    require_cover(
        actor,
        programme.mou,
        programme.area,
        override_reason=override_reason,
        subject="programme",
        subject_id=programme.id,
    )
    move_programme(actor, programme, ProgrammeVerb.PUBLISH)
    programme.published_at = clock.now()
    if programme.opens_at is not None and programme.opens_at <= clock.now():
        move_programme(None, programme, ProgrammeVerb.OPEN)
    db.session.flush()
    return programme


def move(actor: Actor, programme: Programme, verb: ProgrammeVerb) -> Programme:
    """Open, close, confirm, start or finish; raises Conflict and NotAllowed as the table says."""
    programme = queries.locked_programme(programme.id)
    if verb is ProgrammeVerb.OPEN and programme.closes_at is not None and programme.closes_at <= clock.now():
        raise DomainError(_("The sign-up ended already. Set a later end first."), "closes_at")
    move_programme(actor, programme, verb)
    return programme


def cancel(actor: Actor, programme: Programme, *, reason: str) -> Programme:
    """Call the programme off with a reason that everybody who signed up reads; their sign-ups end with it."""
    programme = queries.locked_programme(programme.id)
    words = reason.strip()
    if not words:
        raise DomainError(_("Say why the programme is cancelled."), "reason")
    move_programme(actor, programme, ProgrammeVerb.CANCEL, note=words)
    programme.cancel_reason = words
    for sign_up in queries.sign_ups_of(programme.id, rules.BEFORE_EVENT):
        move_sign_up(None, sign_up, SignUpVerb.CANCEL, SignUpState.CANCELLED, note=words)
        notices.tell(sign_up, "sign_up_cancelled")
    db.session.flush()
    programme_cancelled.send(programme)
    return programme


def check_plan(plan: Plan, mou: Mou) -> None:
    """Refuse a plan that contradicts itself; raises DomainError at the first wrong field."""
    if not any((plan.title_tr, plan.title_ru, plan.title_en)):
        raise DomainError(_("Give the programme a title in at least one language."), "title_en")
    _check_moments(plan)
    _check_numbers(plan)
    parties = {party.institution_id for party in mou.parties}
    if plan.host_institution_id is not None and plan.host_institution_id not in parties:
        raise DomainError(_("Choose a party of the memorandum."), "host_institution_id")


def _check_moments(plan: Plan) -> None:
    if plan.ends_at < plan.starts_at:
        raise DomainError(_("The end lies before the start."), "ends_at")
    if plan.opens_at and plan.closes_at and plan.closes_at < plan.opens_at:
        raise DomainError(_("The sign-up ends before it begins."), "closes_at")
    if plan.closes_at and plan.closes_at > plan.ends_at:
        raise DomainError(_("The sign-up ends after the programme."), "closes_at")


def _check_numbers(plan: Plan) -> None:
    if plan.places < 1:
        raise DomainError(_("Offer at least one place."), "places")
    if not 0 <= plan.minimum <= plan.places:
        raise DomainError(_("The minimum is a number from 0 to the number of places."), "minimum")
    if not 1 <= plan.most_people <= plan.places:
        raise DomainError(_("A firm can bring from 1 person up to the number of places."), "most_people")
    if plan.offer_hours < 1:
        raise DomainError(_("Hold an offered place for at least one hour."), "offer_hours")
    if not 0 <= plan.attendance_share <= 100:
        raise DomainError(_("Enter a share from 0 to 100 per cent."), "attendance_share")


def _check_places(programme: Programme, places: int) -> None:
    taken = sum(queries.people_by_quota(programme.id).values())
    if places < taken:
        raise DomainError(_("%(taken)s places are taken already.", taken=taken), "places")
    kept = sum(quota.places for quota in programme.quotas)
    if places < kept:
        raise DomainError(_("The quotas keep %(kept)s places. Change them first.", kept=kept), "places")


def _check_complete(programme: Programme) -> None:
    """What a programme needs before others see it."""
    for code in ("tr", "ru", "en"):
        if not getattr(programme, f"title_{code}"):
            raise DomainError(_("Write the title in all three languages before publishing."), f"title_{code}")
    if programme.closes_at is None:
        raise DomainError(_("Say until when one can sign up."), "closes_at")


def _columns(plan: Plan) -> dict[str, Any]:
    found = {field.name: getattr(plan, field.name) for field in fields(plan)}
    for name in ("languages", "interpretation", "sectors"):
        found[name] = list(found[name])
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
