"""Who may see and change sessions, attendance and certificates, and who has earned one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.programmes import rules as programmes
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState

if TYPE_CHECKING:
    from matchmaker.programmes.models import Programme
    from matchmaker.programmes.trainings.models import Certificate, SessionMaterial, TrainingSession

CHECK_IN_TIME = timedelta(minutes=30)
"""How long before a session and after it participants may check in."""
COMING = (*sorted(programmes.SETTLED), SignUpState.NO_SHOW)
"""Whoever had a place when the training began; an absence can be corrected."""
LEAST_ANSWERS = 3
"""From so many answers on marks and comments are shown: fewer would tell who gave them."""
ISSUING = frozenset({ProgrammeState.RUNNING, ProgrammeState.DONE})


def may_see_sessions(actor: Actor, programme: Programme) -> bool:
    """The sessions of a training are part of its programme."""
    return programme.kind is ProgrammeKind.TRAINING and programmes.may_see(actor, programme)


def may_edit_sessions(actor: Actor, programme: Programme) -> bool:
    """The organiser plans the sessions of a training."""
    return programme.kind is ProgrammeKind.TRAINING and programmes.may_edit(actor, programme)


def may_edit_session(actor: Actor, session: TrainingSession) -> bool:
    """Who plans the sessions changes one and takes the attendance."""
    return may_edit_sessions(actor, session.programme)


def may_check_in(actor: Actor, session: TrainingSession) -> bool:
    """Whoever is signed in may try; the code and the list of participants decide."""
    return actor.is_authenticated and session.programme.published_at is not None


def may_see_survey(actor: Actor, programme: Programme) -> bool:
    """What participants thought is for the organiser and the host."""
    return programme.kind is ProgrammeKind.TRAINING and programmes.may_see_people(actor, programme)


def may_take_survey(actor: Actor, asked: programmes.ListOf) -> bool:
    """Who reads the results may take them away."""
    return may_see_survey(actor, asked.programme)


@dataclass(frozen=True, slots=True)
class MaterialOf:
    """A file of a session and the accounts of those who take part."""

    material: SessionMaterial
    people: frozenset[int]


def may_get_material(actor: Actor, asked: MaterialOf) -> bool:
    """Those who take part with an account of their own, and the organiser."""
    return actor.person_id in asked.people or may_edit_session(actor, asked.material.training_session)


def may_get_certificate(actor: Actor, certificate: Certificate) -> bool:
    """The person named on it, those who speak for the firm that sent the person, and the organiser."""
    own = certificate.delegate.person_id == actor.person_id and actor.is_authenticated
    sign_up = certificate.delegate.sign_up
    return own or programmes.is_own(actor, sign_up) or programmes.may_see_people(actor, certificate.programme)


def share(attended: int, sessions: int) -> int:
    """The per cent of the sessions that somebody attended, rounded down so that nobody earns by rounding."""
    return 100 * attended // sessions if sessions else 0


def earns(attended: int, sessions: int, asked: int) -> bool:
    """Whether the attendance reaches what the programme asks for; without a session nobody earns anything."""
    return sessions > 0 and attended > 0 and share(attended, sessions) >= asked


def is_check_in_time(session: TrainingSession, now: datetime) -> bool:
    """Whether participants may check in now."""
    return session.starts_at - CHECK_IN_TIME <= now <= session.ends_at + CHECK_IN_TIME


def initials(name: str) -> str:
    """The initials of a name, such as E. K.; all that the public check says of a person."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split() if word[0].isalpha())
