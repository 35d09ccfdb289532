"""Sessions, attendance, certificates and surveys of a training."""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import remove_stored, store_document
from matchmaker.core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from matchmaker.programmes import queries as programmes
from matchmaker.programmes.enums import ProgrammeMode, SignUpState, SignUpVerb
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.moves import move_sign_up
from matchmaker.programmes.services import STATES_TO_EDIT
from matchmaker.programmes.trainings import queries, rules
from matchmaker.programmes.trainings.enums import AttendanceWay
from matchmaker.programmes.trainings.models import (
    Attendance,
    Certificate,
    SessionMaterial,
    SurveyAnswer,
    SurveyMark,
    TrainingSession,
)

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for one another."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What the organiser says about a session; the fields of the same names of TrainingSession."""

    starts_at: datetime
    ends_at: datetime
    title_tr: str = ""
    title_ru: str = ""
    title_en: str = ""
    trainer: str = ""
    place: str = ""
    link: str = ""
    mode: ProgrammeMode = ProgrammeMode.ROOM
    language: str = ""
    interpretation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a participant thought of a session, from 1 (bad) to 5 (very good)."""

    content: int
    trainer: int
    usefulness: int
    comment: str = ""


def add_session(actor: Actor, programme: Programme, plan: SessionPlan) -> TrainingSession:
    """Plan one more session within the time of the training; raises DomainError at a wrong field."""
    _check_editable(actor, programme)
    _check_plan(programme, plan)
    row = TrainingSession(programme_id=programme.id, check_in_code=_code(6), **_columns(plan))
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "add_session", "programme", programme.id, None, {"session": row.id})
    return row


def edit_session(actor: Actor, session: TrainingSession, plan: SessionPlan) -> TrainingSession:
    """Change a session; raises as add_session does."""
    _check_editable(actor, session.programme)
    _check_plan(session.programme, plan)
    before = {"starts_at": session.starts_at.isoformat(), "trainer": session.trainer}
    for name, value in _columns(plan).items():
        setattr(session, name, value)
    db.session.flush()
    after = {"starts_at": session.starts_at.isoformat(), "trainer": session.trainer}
    audit.record(actor, "edit_session", "training_session", session.id, before, after)
    return session


def remove_session(actor: Actor, session: TrainingSession) -> None:
    """Take a session out with its materials; raises Conflict where somebody attended it."""
    _check_editable(actor, session.programme)
    if queries.present(session.id):
        raise Conflict(_("Somebody attended this session, so it stays."))
    audit.record(actor, "remove_session", "programme", session.programme_id, {"session": session.id})
    db.session.delete(session)
    for material in session.materials:
        remove_stored(material.file)
    db.session.flush()


def add_material(actor: Actor, session: TrainingSession, upload: FileStorage) -> SessionMaterial:
    """Give the participants a file; raises DomainError at `file` for what is no document."""
    _check_editable(actor, session.programme)
    stored = store_document(actor, upload, "file")
    row = SessionMaterial(training_session_id=session.id, file_id=stored.id)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "add_material", "training_session", session.id, None, {"file": stored.id})
    return row


def _check_editable(actor: Actor, programme: Programme) -> None:
    if not rules.may_edit_sessions(actor, programme):
        raise NotAllowed(_("Only the organiser changes a programme."))
    if programme.state not in STATES_TO_EDIT:
        raise Conflict(_("This programme has ended and is not changed any more."))


def _check_plan(programme: Programme, plan: SessionPlan) -> None:
    if not any((plan.title_tr, plan.title_ru, plan.title_en)):
        raise DomainError(_("Give the session a title in at least one language."), "title_en")
    if plan.ends_at <= plan.starts_at:
        raise DomainError(_("The end lies before the start."), "ends_at")
    if plan.starts_at < programme.starts_at:
        raise DomainError(_("The session begins before the training."), "starts_at")
    if plan.ends_at > programme.ends_at:
        raise DomainError(_("The session ends after the training."), "ends_at")


def _columns(plan: SessionPlan) -> dict[str, object]:
    return {**asdict(plan), "interpretation": list(plan.interpretation)}


def _code(length: int) -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(length))


# ---------------------------------------------------------------- attendance


def mark(actor: Actor, session: TrainingSession, present: Collection[int]) -> int:
    """Set who was at a session, as ticked on the list; answers how many. Others than participants are left out."""
    if not rules.may_edit_session(actor, session):
        raise NotAllowed(_("You do not have permission for this."))
    programmes.lock_programme(session.programme_id)
    known = {one.id for one in queries.participants(session.programme_id)}
    before, wanted = queries.present(session.id), known & set(present)
    gone = delete(Attendance).where(
        Attendance.training_session_id == session.id, Attendance.delegate_id.in_(sorted(before - wanted))
    )
    db.session.execute(gone)
    for delegate_id in sorted(wanted - before):
        _attend(session, delegate_id, AttendanceWay.LIST, actor.person_id)
    audit.record(
        actor,
        "mark_attendance",
        "training_session",
        session.id,
        {"present": sorted(before)},
        {"present": sorted(wanted)},
    )
    db.session.flush()
    return len(wanted)


def check_in(actor: Actor, session: TrainingSession, code: str) -> Attendance | None:
    """Say with the code of the session that one is there; None where one has said so before.

    Raises DomainError at `code` for a wrong code, Conflict for others than participants or at another time.
    """
    programmes.lock_programme(session.programme_id)
    own = queries.own_delegate(actor, session.programme_id)
    if own is None:
        raise Conflict(_("You have no confirmed place in this training."))
    if not rules.is_check_in_time(session, clock.now()):
        raise Conflict(_("One can check in from half an hour before the session to half an hour after it."))
    if not hmac.compare_digest(code.strip().upper().encode(), session.check_in_code.encode()):
        audit.record_refusal(actor, "check_in", "training_session", session.id, "wrong code")
        raise DomainError(
            _("This is not the code of the session. It stands on the screen in the room."), "code"
        )
    if own.id in queries.present(session.id):
        return None
    row = _attend(session, own.id, AttendanceWay.CODE, None)
    audit.record(actor, "check_in", "training_session", session.id, None, {"delegate": own.id})
    db.session.flush()
    return row


def _attend(
    session: TrainingSession, delegate_id: int, way: AttendanceWay, marked_by_id: int | None
) -> Attendance:
    row = Attendance(
        training_session_id=session.id, delegate_id=delegate_id, way=way, marked_by_id=marked_by_id
    )
    db.session.add(row)
    return row


# ---------------------------------------------------------------- certificates


def issue(actor: Actor, programme: Programme) -> int:
    """Settle a training from its attendance and issue the certificates that were earned; answers how many are new.

    Whoever came at all took part, whoever reached the asked share in every session count completed it, whoever never
    came did not. May be repeated after the attendance was corrected; what was issued stays.
    """
    if not rules.may_edit_sessions(actor, programme):
        raise NotAllowed(_("Only the organiser changes a programme."))
    programme = programmes.locked_programme(programme.id)
    if programme.state not in rules.ISSUING:
        raise Conflict(_("Certificates are issued once the training runs."))
    count = len(queries.sessions(programme.id))
    if not count:
        raise Conflict(_("This training has no session yet."))
    there, issued, made = queries.attended(programme.id), queries.certificates(programme.id), 0
    for one in queries.participants(programme.id):
        earned = rules.earns(there.get(one.id, 0), count, programme.attendance_share)
        if earned and one.id not in issued:
            _issue(actor, programme, one, rules.share(there[one.id], count))
            made += 1
    _settle(actor, programme, there, count)
    db.session.flush()
    return made


def _issue(actor: Actor, programme: Programme, one: Delegate, share: int) -> None:
    row = Certificate(
        number=f"{clock.today().year}-{programme.id:04}-{_code(8)}",
        programme_id=programme.id,
        delegate_id=one.id,
        name=one.name,
        name_romanised=one.name_romanised,
        language=one.language if one.language in LANGUAGES else DEFAULT_LANGUAGE,
        share=share,
        issued_by_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor, "issue_certificate", "certificate", row.id, None, {"delegate": one.id, "share": share}
    )


def _settle(actor: Actor, programme: Programme, there: dict[int, int], count: int) -> None:
    """Bring the state of each sign-up in step with the attendance of its people."""
    for found in programmes.sign_ups_of(programme.id, rules.COMING):
        people = [one.id for one in found.delegates if one.left_at is None]
        came = any(there.get(one, 0) for one in people)
        earned = [rules.earns(there.get(one, 0), count, programme.attendance_share) for one in people]
        wanted = SignUpState.NO_SHOW
        if came:
            wanted = SignUpState.COMPLETED if all(earned) else SignUpState.ATTENDED
        _lead(actor, found, wanted)


STEPS = {
    SignUpState.NO_SHOW: SignUpVerb.MISS,
    SignUpState.ATTENDED: SignUpVerb.ATTEND,
    SignUpState.COMPLETED: SignUpVerb.COMPLETE,
}


def _lead(actor: Actor, found: SignUp, wanted: SignUpState) -> None:
    """Take the steps of the table from the present state to the wanted one; completed and absent go by attended."""
    if found.state is wanted:
        return
    by_attended = wanted is SignUpState.COMPLETED or found.state is SignUpState.COMPLETED
    if by_attended and found.state is not SignUpState.ATTENDED:
        move_sign_up(actor, found, SignUpVerb.ATTEND, SignUpState.ATTENDED)
    if found.state is not wanted:
        move_sign_up(actor, found, STEPS[wanted], wanted)


# ---------------------------------------------------------------- survey


def answer_survey(actor: Actor, session: TrainingSession, opinion: Opinion) -> SurveyAnswer:
    """Say what one thought of a session, once, after its end; the answer keeps the country and the language only.

    Raises Conflict before the end, for others than participants, and for a second answer.
    """
    programmes.lock_programme(session.programme_id)
    own = queries.own_delegate(actor, session.programme_id)
    if own is None or own.id not in queries.present(session.id):
        raise Conflict(_("The survey is for those who were at the session."))
    if session.ends_at > clock.now():
        raise Conflict(_("The survey opens at the end of the session."))
    if queries.has_answered(session.id, own.id):
        raise Conflict(_("You have answered already. Thank you."))
    db.session.add(SurveyMark(training_session_id=session.id, delegate_id=own.id))
    row = SurveyAnswer(
        training_session_id=session.id,
        country=own.sign_up.country,
        language=actor.language,
        content=opinion.content,
        trainer=opinion.trainer,
        usefulness=opinion.usefulness,
        comment=opinion.comment.strip(),
    )
    db.session.add(row)
    db.session.flush()
    return row
