"""Reads of programmes and sign-ups."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.files import StoredFile
from matchmaker.institutions.models import Institution
from matchmaker.mous import queries as mou_queries
from matchmaker.mous.models import Mou, MouParty
from matchmaker.programmes import rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, ProgrammeVerb, SignUpState
from matchmaker.programmes.models import Delegate, Programme, SignUp


def _loaded() -> Select[Programme]:
    return select(Programme).options(
        joinedload(Programme.mou).selectinload(Mou.parties).joinedload(MouParty.institution),
        joinedload(Programme.mou).selectinload(Mou.areas),
        joinedload(Programme.institution),
        joinedload(Programme.host_institution),
        selectinload(Programme.quotas),
        selectinload(Programme.questions),
    )


def programme(programme_id: int) -> Programme:
    """One programme with all that its page shows; raises NotFound."""
    return existing(db.session.scalar(_loaded().where(Programme.id == programme_id)))


def planned(mou_id: int, kind: str) -> rules.Planned:
    """What a new programme is planned under; raises NotFound."""
    if kind not in tuple(ProgrammeKind):
        raise NotFound
    return rules.Planned(mou_queries.mou(mou_id), ProgrammeKind(kind))


def programme_to_move(programme_id: int, verb: str) -> rules.ProgrammeToMove:
    """A programme and the step that an address asks for; raises NotFound for a word that is no step of a button."""
    if verb not in tuple(rules.BUTTONS):
        raise NotFound
    return rules.ProgrammeToMove(programme(programme_id), ProgrammeVerb(verb))


def mous_to_plan_under(actor: Actor) -> list[Mou]:
    """The signed memorandums under which the actor may plan, newest first."""
    return [item for item in mou_queries.signed() if rules.planning_institutions(actor, item)]


def locked_programme(programme_id: int) -> Programme:
    """The programme with its row locked until the end of the transaction, read afresh; raises NotFound.

    Whoever counts places does it behind this lock: on PostgreSQL the row, on SQLite the write lock with which every
    writing transaction begins.
    """
    lock_programme(programme_id)
    return existing(
        db.session.scalar(
            _loaded().where(Programme.id == programme_id).execution_options(populate_existing=True)
        )
    )


def lock_programme(programme_id: int) -> None:
    """Wait for everybody who changes the places of this programme."""
    db.session.execute(
        select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True)
    )


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition of rules.may_see: published, or of an institution that is a party."""
    published = Programme.published_at.is_not(None)
    own = [grant.institution_id for grant in actor.grants if grant.role in rules.SEEING_ROLES]
    if actor.is_operator:
        return Programme.id.is_not(None)
    if not own:
        return published
    parties = select(MouParty.mou_id).where(MouParty.institution_id.in_(own))
    return or_(published, Programme.mou_id.in_(parties))


def due(now: datetime) -> list[Programme]:
    """Programmes that the clock has to move: to open, to close, to start, to finish."""
    moment = {
        ProgrammeState.PUBLISHED: Programme.opens_at,
        ProgrammeState.OPEN: Programme.closes_at,
        ProgrammeState.CONFIRMED: Programme.starts_at,
        ProgrammeState.RUNNING: Programme.ends_at,
    }
    conditions = [(Programme.state == state) & (column <= now) for state, column in moment.items()]
    return list(db.session.scalars(_loaded().where(or_(*conditions)).order_by(Programme.id)))


def sign_up(sign_up_id: int) -> SignUp:
    """One sign-up with its programme, firm and people; raises NotFound."""
    return existing(db.session.scalar(_sign_ups().where(SignUp.id == sign_up_id)))


def locked_sign_up(sign_up_id: int) -> SignUp:
    """The sign-up read afresh behind the lock of its programme; raises NotFound."""
    programme_id = existing(db.session.scalar(select(SignUp.programme_id).where(SignUp.id == sign_up_id)))
    locked_programme(programme_id)
    return existing(
        db.session.scalar(
            _sign_ups().where(SignUp.id == sign_up_id).execution_options(populate_existing=True)
        )
    )


def _sign_ups() -> Select[SignUp]:
    loaded = joinedload(SignUp.programme)
    return select(SignUp).options(
        loaded.joinedload(Programme.mou).selectinload(Mou.parties).joinedload(MouParty.institution),
        loaded.joinedload(Programme.institution),
        loaded.joinedload(Programme.host_institution),
        loaded.selectinload(Programme.quotas),
        loaded.selectinload(Programme.questions),
        joinedload(SignUp.firm),
        joinedload(SignUp.person),
        joinedload(SignUp.quota),
        selectinload(SignUp.delegates),
    )


def sign_ups_of(programme_id: int, states: Sequence[SignUpState] = ()) -> list[SignUp]:
    """The sign-ups of a programme in the order of arrival, drafts last."""
    found = _sign_ups().where(SignUp.programme_id == programme_id)
    if states:
        found = found.where(SignUp.state.in_(states))
    return list(db.session.scalars(found.order_by(SignUp.arrival.is_(None), SignUp.arrival, SignUp.id)))


def own_sign_up(actor: Actor, programme_id: int) -> SignUp | None:
    """The newest sign-up of the actor's firms, or of the actor alone."""
    if not actor.is_authenticated:
        return None
    return db.session.scalar(
        _sign_ups()
        .where(SignUp.programme_id == programme_id, _mine(actor))
        .order_by(SignUp.id.desc())
        .limit(1)
    )


def people_by_quota(programme_id: int) -> dict[int | None, int]:
    """How many people hold places under each quota; None is the common pool."""
    rows = db.session.execute(
        select(SignUp.quota_id, func.sum(SignUp.people))
        .where(SignUp.programme_id == programme_id, SignUp.state.in_(rules.HOLDING))
        .group_by(SignUp.quota_id)
    )
    return {quota: int(people) for quota, people in rows}


def listed(actor: Actor) -> list[Programme]:
    """All programmes that the actor may see, in order of their beginning; filters are for filters.py."""
    found = select(Programme).where(visible(actor)).order_by(Programme.starts_at, Programme.id)
    return list(db.session.scalars(found))


def countries_that_rest(actor: Actor) -> set[str]:
    """The countries whose rest days the institutions behind the visible programmes keep."""
    found = (
        select(Institution)
        .join(MouParty, MouParty.institution_id == Institution.id)
        .join(Programme, Programme.mou_id == MouParty.mou_id)
        .where(visible(actor))
        .distinct()
        .order_by(Institution.id)
    )
    return {kept for one in db.session.scalars(found) if (kept := one.keeps_rest_days_of)}


def counts(programme_ids: Sequence[int], states: Collection[SignUpState]) -> dict[int, int]:
    """How many people have sign-ups in these states, by programme."""
    rows = db.session.execute(
        select(SignUp.programme_id, func.sum(SignUp.people))
        .where(SignUp.programme_id.in_(programme_ids), SignUp.state.in_(states))
        .group_by(SignUp.programme_id)
    )
    return {int(number): int(people) for number, people in rows}


def own_states(actor: Actor, programme_ids: Sequence[int]) -> dict[int, SignUp]:
    """The newest sign-up of the actor's firms or of the actor for each programme."""
    if not actor.is_authenticated or not programme_ids:
        return {}
    rows = db.session.scalars(
        select(SignUp)
        .where(SignUp.programme_id.in_(programme_ids), _mine(actor))
        .order_by(SignUp.programme_id, SignUp.id)
    )
    return {row.programme_id: row for row in rows}


def attended_by(person_id: int) -> list[Programme]:
    """The programmes in which a person has a settled place, alone or sent by a firm, and those then cancelled."""
    states = (*rules.SETTLED, SignUpState.ACCEPTED, SignUpState.CANCELLED)
    sent = select(Delegate.sign_up_id).where(Delegate.person_id == person_id, Delegate.left_at.is_(None))
    alone = (SignUp.person_id == person_id) & SignUp.firm_id.is_(None)
    own = select(SignUp.programme_id).where(SignUp.state.in_(states), or_(alone, SignUp.id.in_(sent)))
    found = select(Programme).where(Programme.id.in_(own), Programme.published_at.is_not(None))
    return list(db.session.scalars(found.order_by(Programme.starts_at, Programme.id)))


def _mine(actor: Actor) -> ColumnElement[bool]:
    firms = [item.firm_id for item in actor.memberships]
    return or_(SignUp.firm_id.in_(firms), SignUp.firm_id.is_(None) & (SignUp.person_id == actor.person_id))


def next_arrival(programme_id: int) -> int:
    """The next number in the order of arrival; call it behind the lock of the programme."""
    last = db.session.scalar(select(func.max(SignUp.arrival)).where(SignUp.programme_id == programme_id))
    return (last or 0) + 1


def is_signed_up(key: str) -> bool:
    """Whether a living sign-up has this key."""
    return db.session.scalar(select(SignUp.id).where(SignUp.living_key == key)) is not None


def place_in_line(sign_up: SignUp) -> int:
    """The position on the waiting list, from 1."""
    before = select(func.count(SignUp.id)).where(
        SignUp.programme_id == sign_up.programme_id,
        SignUp.state == SignUpState.WAITING,
        SignUp.arrival < sign_up.arrival,
    )
    return (db.session.scalar(before) or 0) + 1


def programmes_with_lapsed(now: datetime) -> list[int]:
    """The programmes in which an offer or an acceptance ran out, to be locked in this order."""
    found = select(SignUp.programme_id).where(*_lapsed(now)).distinct().order_by(SignUp.programme_id)
    return list(db.session.scalars(found))


def lapsed(programme_id: int, now: datetime) -> list[SignUp]:
    """Sign-ups of a programme whose offer or acceptance ran out."""
    found = _sign_ups().where(SignUp.programme_id == programme_id, *_lapsed(now)).order_by(SignUp.arrival)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def _lapsed(now: datetime) -> tuple[ColumnElement[bool], ...]:
    held = SignUp.state.in_((SignUpState.OFFERED, SignUpState.ACCEPTED))
    return held, SignUp.offer_expires_at <= now


def is_answered(programme_id: int, question_id: int) -> bool:
    """Whether somebody answered a question."""
    found = db.session.scalars(select(SignUp.answers).where(SignUp.programme_id == programme_id))
    return any(str(question_id) in answers for answers in found)


def question_of(programme_id: int, question_id: int) -> rules.QuestionOf:
    """A question with its programme; raises NotFound for one of another programme."""
    found = programme(programme_id)
    if question_id not in {one.id for one in found.questions}:
        raise NotFound
    return rules.QuestionOf(found, question_id)


def programmes_with_waiting() -> list[int]:
    """The programmes in which somebody waits, to be locked in this order."""
    waiting = select(SignUp.programme_id).where(SignUp.state == SignUpState.WAITING).distinct()
    return list(db.session.scalars(waiting.order_by(SignUp.programme_id)))


def delegate(delegate_id: int) -> Delegate:
    """One person of a sign-up, with the sign-up; raises NotFound."""
    found = existing(db.session.get(Delegate, delegate_id))
    db.session.refresh(found, ["sign_up"])
    sign_up(found.sign_up_id)
    return found


def answer_file(sign_up_id: int, file_id: int) -> rules.AnswerFile:
    """A file that answers a question; raises NotFound for any other file."""
    found = sign_up(sign_up_id)
    kept = [value.get("file") for value in found.answers.values() if isinstance(value, dict)]
    if file_id not in kept:
        raise NotFound
    return rules.AnswerFile(found, file_id)


def stored_file(file_id: int) -> StoredFile:
    """A stored file; raises NotFound."""
    return existing(db.session.get(StoredFile, file_id))


def of_programme(programme_id: int, sign_up_ids: Collection[int]) -> list[SignUp]:
    """Those of the sign-ups that belong to the programme, in the order of arrival."""
    found = _sign_ups().where(SignUp.programme_id == programme_id, SignUp.id.in_(sorted(sign_up_ids)))
    return list(db.session.scalars(found.order_by(SignUp.arrival, SignUp.id)))


def waiting_for(actor: Actor) -> list[SignUp]:
    """Sign-ups of the actor's firms or of the actor alone whose place is held for an answer, the first to end first."""
    if not actor.is_authenticated:
        return []
    held = SignUp.state.in_((SignUpState.OFFERED, SignUpState.ACCEPTED))
    found = (
        select(SignUp)
        .where(held, _mine(actor))
        .options(joinedload(SignUp.programme))
        .order_by(SignUp.offer_expires_at, SignUp.id)
    )
    return list(db.session.scalars(found))
