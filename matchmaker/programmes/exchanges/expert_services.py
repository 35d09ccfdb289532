"""The record of an expert and the consent of the institution to it."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import StoredFile, remove_stored, store_document
from matchmaker.programmes.exchanges import notices, queries, rules
from matchmaker.programmes.exchanges.models import Expert
from matchmaker.programmes.exchanges.rules import ShownExpert, Window

MOST_AREAS = 6


@dataclass(frozen=True, slots=True)
class Record:
    """What an expert says; languages maps a code to a level."""

    position: str
    practice_areas: tuple[str, ...]
    years: int
    summary: str
    earlier_exchanges: str
    languages: dict[str, str]
    windows: tuple[Window, ...]
    cv: FileStorage | None = None


def save_record(actor: Actor, record: Record) -> Expert:
    """Keep what an expert says; a change of the areas, or of the institution, needs the consent anew.

    Raises NotAllowed for somebody who is no expert and DomainError at the field that lacks something.
    """
    institution_id = rules.expert_institution(actor)
    if institution_id is None:
        raise NotAllowed(_("Only experts of an institution keep a record."))
    _check(record)
    expert = queries.expert_of(actor.person_id, locked=True)
    changed = expert is None or (
        set(expert.practice_areas) != set(record.practice_areas) or expert.institution_id != institution_id
    )
    if record.cv is None and (expert is None or expert.cv_file_id is None):
        raise DomainError(_("Add your curriculum vitae as a file."), "cv")
    expert = expert or Expert(person_id=actor.person_id)
    former = expert.cv_file_id
    if record.cv is not None:
        expert.cv_file_id = store_document(actor, record.cv, "cv").id
    expert.institution_id, expert.position, expert.years = institution_id, record.position, record.years
    expert.practice_areas, expert.languages = list(record.practice_areas), dict(record.languages)
    expert.summary, expert.earlier_exchanges = record.summary, record.earlier_exchanges
    expert.windows = [window.stored() for window in record.windows]
    if changed:
        expert.consent_at = expert.consent_by_id = None
    db.session.add(expert)
    db.session.flush()
    if former not in (None, expert.cv_file_id):
        remove_stored(db.session.get_one(StoredFile, former))
    audit.record(actor, "save_expert", "expert", expert.id, after={"areas": list(record.practice_areas)})
    db.session.flush()
    if changed:
        notices.tell_of_record(expert.id, institution_id, actor)
    return expert


def _check(record: Record) -> None:
    if not record.practice_areas:
        raise DomainError(_("Choose at least one practice area."), "practice_areas")
    if len(record.practice_areas) > MOST_AREAS:
        raise DomainError(_("Choose at most %(most)s practice areas.", most=MOST_AREAS), "practice_areas")
    if not record.languages:
        raise DomainError(_("Say in which languages you work."), "level_tr")


def give_consent(actor: Actor, shown: ShownExpert) -> None:
    """The institution lets the expert take part in exchanges; raises Conflict where it did so before."""
    _demand(actor, shown)
    expert = shown.expert
    if expert.consent_at is not None:
        raise Conflict(_("The institution has consented already."))
    expert.consent_at, expert.consent_by_id = clock.now(), actor.person_id
    audit.record(actor, "consent", "expert", expert.id)
    db.session.flush()
    notices.tell_expert(expert, "expert_consent", actor)


def withdraw_consent(actor: Actor, shown: ShownExpert) -> None:
    """The institution takes its consent back; applications that run stay as they are."""
    _demand(actor, shown)
    expert = shown.expert
    if expert.consent_at is None:
        raise Conflict(_("There is no consent to take back."))
    expert.consent_at = expert.consent_by_id = None
    audit.record(actor, "withdraw_consent", "expert", expert.id)
    db.session.flush()
    notices.tell_expert(expert, "expert_consent_ended", actor)


def _demand(actor: Actor, shown: ShownExpert) -> None:
    if not rules.may_consent(actor, shown):
        raise NotAllowed(_("Only a coordinator of the expert's institution decides this."))
