"""Reads of messages and of the people whom one reaches."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound, existing
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.mail import MailState, OutboxMail
from matchmaker.firms.names import reader_name
from matchmaker.programmes import participant_queries, participants
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.mailings.models import ProgrammeMessage, Worded
from matchmaker.programmes.mailings.rules import Candidate, Group, MessageOf, sort_out
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.participant_queries import Sought


def messages(programme_id: int) -> list[ProgrammeMessage]:
    """The messages of a programme, newest first."""
    wanted = select(ProgrammeMessage).where(ProgrammeMessage.programme_id == programme_id)
    return list(db.session.scalars(wanted.order_by(ProgrammeMessage.id.desc())))


def message_of(programme_id: int, message_id: int) -> MessageOf:
    """A message with its programme; raises NotFound for one of another programme."""
    found = db.session.get(ProgrammeMessage, message_id)
    if found is None or found.programme_id != programme_id:
        raise NotFound
    return MessageOf(programme_queries.programme(programme_id), found)


def locked_message(message_id: int) -> ProgrammeMessage:
    """The message read afresh with its row locked; raises NotFound for one that was removed meanwhile."""
    return existing(
        db.session.get(ProgrammeMessage, message_id, with_for_update=True, populate_existing=True)
    )


def mail_key(message_id: int) -> str:
    """What the keys of the mails of a message begin with."""
    return f"programme_message:{message_id}:"


def drafts(message_id: int, *, locked: bool = False) -> Sequence[OutboxMail]:
    """The mails of a message that wait as drafts, in the order of their writing."""
    wanted = select(OutboxMail).where(
        OutboxMail.dedupe_key.startswith(mail_key(message_id), autoescape=True),
        OutboxMail.state == MailState.DRAFT,
    )
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(wanted.order_by(OutboxMail.id)).all()


def written(message: Worded) -> list[str]:
    """The languages in which it is written."""
    return [code for code in LANGUAGES if message.text(code)]


def people(
    programme_id: int,
    sought: Sought,
    languages: Collection[str],
    meant: Callable[[SignUp], bool] = lambda one: True,
) -> Group:
    """Whom a message to those who are asked for, and are meant, reaches now, in the order of arrival."""
    found = participant_queries.participants(programme_id, sought)
    brought = [
        (one, delegate)
        for one in found.rows
        if meant(one)
        for delegate in one.delegates
        if delegate.left_at is None
    ]
    accounts = _accounts({delegate.person_id for _one, delegate in brought if delegate.person_id})
    return sort_out(
        [_candidate(one, delegate, accounts.get(delegate.person_id or 0)) for one, delegate in brought],
        languages,
    )


def group_of(programme: Programme, message: ProgrammeMessage) -> Group:
    """Whom a message reaches now."""
    return people(programme.id, participants.wanted(message.filters).sought, written(message))


def _accounts(ids: Collection[int]) -> dict[int, Person]:
    wanted = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    return {person.id: person for person in db.session.scalars(wanted)}


def _candidate(one: SignUp, delegate: Delegate, person: Person | None) -> Candidate:
    return Candidate(
        delegate.name,
        reader_name(one.firm) if one.firm else "",
        person.email if person else delegate.email,
        person.language if person else delegate.language,
        person is not None and person.disabled_at is not None,
    )
