"""What the organiser sets up around a programme: conditions, places kept for some, questions, a copy of it all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries, rules
from matchmaker.programmes.eligibility import Eligibility
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeVerb,
    QuestionKind,
    QuestionStage,
    QuotaDimension,
)
from matchmaker.programmes.models import Programme, ProgrammeQuestion, ProgrammeQuota
from matchmaker.programmes.moves import write_programme
from matchmaker.programmes.offers import offer_places
from matchmaker.programmes.services import STATES_TO_EDIT, Plan


@dataclass(frozen=True, slots=True)
class Kept:
    """Places kept for one value of a dimension."""

    dimension: QuotaDimension
    value: str
    places: int


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question of the staff; options hold the words by language."""

    stage: QuestionStage
    kind: QuestionKind
    text_tr: str = ""
    text_ru: str = ""
    text_en: str = ""
    options: tuple[dict[str, str], ...] = ()
    required: bool = True


def set_conditions(actor: Actor, programme: Programme, eligibility: Eligibility) -> Programme:
    """Say who may sign up; those who signed up before stay."""
    programme = _to_change(actor, programme)
    before, after = programme.eligibility, eligibility.keep()
    programme.eligibility = after
    audit.record(actor, "set_conditions", "programme", programme.id, before, after)
    db.session.flush()
    return programme


def set_quotas(
    actor: Actor, programme: Programme, kept: Sequence[Kept], release_on: date | None
) -> Programme:
    """Keep places, replacing what was kept before; rows that stay the same keep who is counted under them.

    Raises DomainError at quotas where the same value is named twice, a number is not positive or more is kept than
    there are places, and at release_on where the day lies after the programme's beginning.
    """
    programme = _to_change(actor, programme)
    _check_quotas(programme, kept, release_on)
    there = {(one.dimension, one.value): one for one in programme.quotas}
    wanted = {(one.dimension, one.value): one for one in kept}
    before = [_quota_line(one) for one in programme.quotas]
    for key, quota in there.items():
        if key not in wanted:
            programme.quotas.remove(quota)
    for place, (key, one) in enumerate(wanted.items()):
        row = there.get(key)
        if row is None:
            row = ProgrammeQuota(dimension=one.dimension, value=one.value, places=one.places)
            programme.quotas.append(row)
        row.places, row.position = one.places, place
    programme.quotas_release_on = release_on
    db.session.flush()
    after = [_quota_line(one) for one in kept]
    audit.record(actor, "set_quotas", "programme", programme.id, {"quotas": before}, {"quotas": after})
    offer_places(queries.locked_programme(programme.id))
    return programme


def _check_quotas(programme: Programme, kept: Sequence[Kept], release_on: date | None) -> None:
    if len({(one.dimension, one.value) for one in kept}) < len(kept):
        raise DomainError(_("The same places are kept twice. Put them together."), "quotas")
    if any(one.places < 1 for one in kept):
        raise DomainError(_("Keep at least one place, or remove the line."), "quotas")
    total = sum(one.places for one in kept)
    if total > programme.places:
        raise DomainError(
            _(
                "%(total)s places are kept, but the programme has %(places)s.",
                total=total,
                places=programme.places,
            ),
            "quotas",
        )
    if release_on is not None and release_on > programme.first_day:
        raise DomainError(_("Release unused places before the programme begins."), "release_on")


def _quota_line(one: ProgrammeQuota | Kept) -> list[Any]:
    return [one.dimension.value, one.value, one.places]


def add_question(actor: Actor, programme: Programme, question: NewQuestion) -> ProgrammeQuestion:
    """Ask one more question; raises DomainError where it has no words, or a choice fewer than two options."""
    programme = _to_change(actor, programme)
    if not any((question.text_tr, question.text_ru, question.text_en)):
        raise DomainError(_("Write the question in at least one language."), "text_en")
    if question.kind is QuestionKind.CHOICE and len(question.options) < 2:
        raise DomainError(_("Write at least two options, one a line."), "options_en")
    row = ProgrammeQuestion(
        stage=question.stage,
        kind=question.kind,
        text_tr=question.text_tr,
        text_ru=question.text_ru,
        text_en=question.text_en,
        options=list(question.options),
        required=question.required,
        position=max((one.position for one in programme.questions), default=-1) + 1,
    )
    programme.questions.append(row)
    db.session.flush()
    after = {"question": row.id, "kind": row.kind.value}
    audit.record(actor, "add_question", "programme", programme.id, None, after)
    return row


def remove_question(actor: Actor, programme: Programme, question_id: int) -> None:
    """Ask a question no more; raises Conflict where somebody answered it already."""
    programme = _to_change(actor, programme)
    row = next((one for one in programme.questions if one.id == question_id), None)
    if row is None:
        raise Conflict(_("This question is removed already."))
    if queries.is_answered(programme.id, question_id):
        raise Conflict(_("This question has answers and stays."))
    programme.questions.remove(row)
    audit.record(actor, "remove_question", "programme", programme.id, {"question": question_id})
    db.session.flush()


def _to_change(actor: Actor, programme: Programme) -> Programme:
    programme = queries.locked_programme(programme.id)
    if not rules.may_edit(actor, programme):
        raise NotAllowed(_("Only the organiser changes a programme."))
    if programme.state not in STATES_TO_EDIT:
        raise Conflict(_("This programme has ended and is not changed any more."))
    return programme


CARRIED = ("texts", "conditions", "quotas", "questions")
"""What a copy of a programme can take over; dates are moved, sign-ups never come along."""


def clone(actor: Actor, programme: Programme, days: int, carried: Collection[str]) -> Programme:
    """Plan the same again, so many days later; raises NotAllowed for others than the organiser."""
    if not rules.may_edit(actor, programme):
        raise NotAllowed(_("Only the organiser changes a programme."))
    shift = timedelta(days=days)
    columns = {name: getattr(programme, name) for name in Plan.__dataclass_fields__}
    for name in ("starts_at", "ends_at", "opens_at", "closes_at", "decision_on"):
        columns[name] = columns[name] + shift if columns[name] is not None else None
    if "texts" not in carried:
        columns |= {name: "" for name in columns if name.startswith(("summary_", "goals_"))}
    copy = Programme(
        kind=ProgrammeKind(programme.kind),
        area=programme.area,
        mou_id=programme.mou_id,
        institution_id=programme.institution_id,
        cloned_from_id=programme.id,
        created_by_id=actor.person_id,
        eligibility=dict(programme.eligibility) if "conditions" in carried else {},
        **columns,
    )
    if "quotas" in carried:
        copy.quotas = [_same_quota(one) for one in programme.quotas]
        release = programme.quotas_release_on
        copy.quotas_release_on = release + shift if release else None
    if "questions" in carried:
        copy.questions = [_same_question(one) for one in programme.questions]
    db.session.add(copy)
    db.session.flush()
    copy = queries.programme(copy.id)
    write_programme(actor, copy, ProgrammeVerb.CREATE, None)
    db.session.flush()
    return copy


def _same_quota(one: ProgrammeQuota) -> ProgrammeQuota:
    return ProgrammeQuota(dimension=one.dimension, value=one.value, places=one.places, position=one.position)


def _same_question(one: ProgrammeQuestion) -> ProgrammeQuestion:
    names = ("stage", "kind", "text_tr", "text_ru", "text_en", "options", "required", "position")
    return ProgrammeQuestion(**{name: getattr(one, name) for name in names})
