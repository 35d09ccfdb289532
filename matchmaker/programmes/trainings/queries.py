"""Reads of sessions, attendance, certificates and surveys."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.mous.models import Mou
from matchmaker.programmes import queries as programmes
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.rules import ListOf
from matchmaker.programmes.trainings import rules
from matchmaker.programmes.trainings.models import (
    Attendance,
    Certificate,
    SessionMaterial,
    SurveyAnswer,
    SurveyMark,
    TrainingSession,
)
from matchmaker.programmes.trainings.rules import MaterialOf


def sessions(programme_id: int) -> list[TrainingSession]:
    """The sessions of a training in order of time, with their materials."""
    found = (
        select(TrainingSession)
        .where(TrainingSession.programme_id == programme_id)
        .options(selectinload(TrainingSession.materials).joinedload(SessionMaterial.file))
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )
    return list(db.session.scalars(found))


def training_session(training_session_id: int) -> TrainingSession:
    """One session with its training; raises NotFound."""
    loaded = joinedload(TrainingSession.programme)
    return existing(
        db.session.scalar(
            select(TrainingSession)
            .where(TrainingSession.id == training_session_id)
            .options(
                loaded.joinedload(Programme.mou).selectinload(Mou.parties),
                selectinload(TrainingSession.materials).joinedload(SessionMaterial.file),
            )
        )
    )


def material(material_id: int) -> SessionMaterial:
    """A file of a session with all that decides who may have it; raises NotFound."""
    return existing(
        db.session.scalar(
            select(SessionMaterial)
            .where(SessionMaterial.id == material_id)
            .options(
                joinedload(SessionMaterial.file),
                joinedload(SessionMaterial.training_session).joinedload(TrainingSession.programme),
            )
        )
    )


def material_for(material_id: int) -> MaterialOf:
    """A file of a session with the accounts of those who take part; raises NotFound."""
    found = material(material_id)
    people = participants(found.training_session.programme_id)
    return MaterialOf(found, frozenset(one.person_id for one in people if one.person_id is not None))


def participants(programme_id: int) -> list[Delegate]:
    """The people whose place is their own, by name, with the firm that sends them."""
    found = (
        select(Delegate)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(
            SignUp.programme_id == programme_id, SignUp.state.in_(rules.COMING), Delegate.left_at.is_(None)
        )
        .options(joinedload(Delegate.sign_up).joinedload(SignUp.firm))
        .order_by(Delegate.name_romanised, Delegate.name, Delegate.id)
    )
    return list(db.session.scalars(found))


def own_delegate(actor: Actor, programme_id: int) -> Delegate | None:
    """The actor as a participant with a place of their own."""
    if not actor.is_authenticated:
        return None
    return next((one for one in participants(programme_id) if one.person_id == actor.person_id), None)


def present(training_session_id: int) -> frozenset[int]:
    """The numbers of the delegates who were at a session."""
    found = select(Attendance.delegate_id).where(Attendance.training_session_id == training_session_id)
    return frozenset(db.session.scalars(found))


def attended(programme_id: int) -> dict[int, int]:
    """How many sessions of a training each delegate attended."""
    rows = db.session.execute(
        select(Attendance.delegate_id, func.count(Attendance.id))
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(TrainingSession.programme_id == programme_id)
        .group_by(Attendance.delegate_id)
    )
    return {int(delegate): int(count) for delegate, count in rows}


def certificates(programme_id: int) -> dict[int, Certificate]:
    """The certificates of a training by the delegate's number."""
    found = select(Certificate).where(Certificate.programme_id == programme_id).order_by(Certificate.id)
    return {one.delegate_id: one for one in db.session.scalars(found)}


def certificate(certificate_id: int) -> Certificate:
    """One certificate with all that its paper shows; raises NotFound."""
    return _certificate(Certificate.id == certificate_id)


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate of a number, for the public check."""
    try:
        return _certificate(Certificate.number == number.strip().upper())
    except NotFound:
        return None


def _certificate(condition: ColumnElement[bool]) -> Certificate:
    programme = joinedload(Certificate.programme)
    return existing(
        db.session.scalar(
            select(Certificate)
            .where(condition)
            .options(
                programme.joinedload(Programme.institution),
                programme.joinedload(Programme.host_institution),
                joinedload(Certificate.delegate).joinedload(Delegate.sign_up).joinedload(SignUp.firm),
            )
        )
    )


def has_answered(training_session_id: int, delegate_id: int) -> bool:
    """Whether a participant has answered the survey of a session."""
    found = select(SurveyMark.id).where(
        SurveyMark.training_session_id == training_session_id, SurveyMark.delegate_id == delegate_id
    )
    return db.session.scalar(found) is not None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """The answers of one country to one session: how many, and the mean of each question from 1 to 5."""

    count: int
    content: float
    trainer: float
    usefulness: float

    @property
    def marks(self) -> tuple[float, float, float]:
        """The means in the order of the questions."""
        return self.content, self.trainer, self.usefulness


def survey_results(programme_id: int) -> dict[int, dict[str, SurveyResult]]:
    """The results of a training by session and country."""
    rows = db.session.execute(
        select(
            SurveyAnswer.training_session_id,
            SurveyAnswer.country,
            func.count(SurveyAnswer.id),
            func.avg(SurveyAnswer.content),
            func.avg(SurveyAnswer.trainer),
            func.avg(SurveyAnswer.usefulness),
        )
        .join(TrainingSession, TrainingSession.id == SurveyAnswer.training_session_id)
        .where(TrainingSession.programme_id == programme_id)
        .group_by(SurveyAnswer.training_session_id, SurveyAnswer.country)
        .order_by(SurveyAnswer.training_session_id, SurveyAnswer.country)
    )
    found: dict[int, dict[str, SurveyResult]] = defaultdict(dict)
    for session_id, country, count, *means in rows:
        found[session_id][country] = SurveyResult(count, *(float(mean) for mean in means))
    return found


@dataclass(frozen=True, slots=True)
class SurveyComment:
    """What one participant wrote of a session."""

    country: str
    language: str
    text: str


def survey_comments(programme_id: int) -> dict[int, list[SurveyComment]]:
    """What was written by session, in the order of the letters, which tells nothing of who wrote it."""
    row = SurveyAnswer
    rows = db.session.execute(
        select(row.training_session_id, row.country, row.language, row.comment)
        .join(TrainingSession, TrainingSession.id == SurveyAnswer.training_session_id)
        .where(TrainingSession.programme_id == programme_id, SurveyAnswer.comment != "")
        .order_by(SurveyAnswer.comment, SurveyAnswer.id)
    )
    found: dict[int, list[SurveyComment]] = defaultdict(list)
    for session_id, country, language, comment in rows:
        found[session_id].append(SurveyComment(country, language, comment))
    return found


def survey_list_of(programme_id: int, kind: str) -> ListOf:
    """The results of a survey as a file of some kind; raises NotFound."""
    return ListOf(programmes.programme(programme_id), kind)
