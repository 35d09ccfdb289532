"""What the pages of sessions show to one reader."""

from dataclasses import dataclass
from typing import Any

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.programmes import pages
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trainings import queries, rules
from matchmaker.programmes.trainings.models import Certificate, TrainingSession


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session for one reader."""

    session: TrainingSession
    title: str
    there: bool
    can_check_in: bool
    can_answer: bool
    count: int


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """The sessions of a training for one reader."""

    programme: Programme
    title: str
    tabs: list[dict[str, Any]]
    lines: list[SessionLine]
    own: Delegate | None
    own_certificate: Certificate | None
    may_edit: bool
    can_issue: bool
    issued: int


def sessions_page(actor: Actor, programme: Programme) -> SessionsPage:
    """Put the page together; counts are for the organiser."""
    own = queries.own_delegate(actor, programme.id)
    may_edit = rules.may_edit_sessions(actor, programme)
    certificates = queries.certificates(programme.id)
    sessions = queries.sessions(programme.id)
    return SessionsPage(
        programme=programme,
        title=programme.title(language()),
        tabs=pages.tabs(actor, programme),
        lines=[_line(one, own, may_edit) for one in sessions],
        own=own,
        own_certificate=certificates.get(own.id) if own else None,
        may_edit=may_edit,
        can_issue=may_edit and programme.state in rules.ISSUING and bool(sessions),
        issued=len(certificates),
    )


def _line(session: TrainingSession, own: Delegate | None, may_edit: bool) -> SessionLine:
    present, now = queries.present(session.id), clock.now()
    there = own is not None and own.id in present
    answered = own is not None and there and queries.has_answered(session.id, own.id)
    return SessionLine(
        session=session,
        title=session.title(language()),
        there=there,
        can_check_in=own is not None and not there and rules.is_check_in_time(session, now),
        can_answer=there and not answered and session.ends_at <= now,
        count=len(present) if may_edit else 0,
    )
