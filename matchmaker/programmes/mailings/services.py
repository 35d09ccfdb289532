"""Messages are written, looked at, and sent once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.mail import MailState, OutboxMail, link, queue_mail, release
from matchmaker.core.wordings import RewordedMail
from matchmaker.programmes import participants
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.mailings import queries
from matchmaker.programmes.mailings.models import ProgrammeMessage, Worded
from matchmaker.programmes.mailings.rules import Group, Recipient
from matchmaker.programmes.mailings.wordings import MESSAGE
from matchmaker.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text in each language, as typed."""

    subject_tr: str = ""
    subject_ru: str = ""
    subject_en: str = ""
    text_tr: str = ""
    text_ru: str = ""
    text_en: str = ""


def check_words(words: Words) -> None:
    """Raises DomainError where a language is half written, or none is written."""
    kept = asdict(words)
    for code in LANGUAGES:
        subject, text = kept[f"subject_{code}"], kept[f"text_{code}"]
        if subject and not text:
            raise DomainError(_("Write the text in this language too."), f"text_{code}")
        if text and not subject:
            raise DomainError(_("Write the subject in this language too."), f"subject_{code}")
    if not any(kept.values()):
        raise DomainError(_("Write subject and text in at least one language."), "subject_tr")


def write(actor: Actor, programme: Programme, words: Words, filters: Mapping[str, str]) -> ProgrammeMessage:
    """Keep a draft for the group that passes the filters; raises NotAllowed, DomainError."""
    allow(actor, programme)
    check_words(words)
    kept = participants.wanted(filters).args()
    message = ProgrammeMessage(
        programme_id=programme.id, filters=kept, created_by_id=actor.person_id, **asdict(words)
    )
    db.session.add(message)
    db.session.flush()
    audit.record(actor, "write_message", "programme_message", message.id, after={"filters": kept})
    return message


def send(actor: Actor, programme: Programme, message: ProgrammeMessage, *, as_drafts: bool = False) -> Group:
    """Write one mail per person of the group as it is now; answers who gets it and who does not.

    As drafts they stay in the outbox, where each can be looked at and changed, until they are let go.
    Raises Conflict where nobody would get it, and for a message that was sent: whoever comes second behind the lock
    sends nothing.
    """
    allow(actor, programme)
    locked = queries.locked_message(message.id)
    if locked.sent_at is not None:
        raise Conflict(_("This message was already sent."))
    group = queries.group_of(programme, locked)
    if not group.recipients:
        raise Conflict(_("Nobody would get this message."))
    for one in group.recipients:
        mail = mail_to(programme, locked, one, queries.mail_key(locked.id) + one.key)
        if mail is not None and as_drafts:
            mail.state = MailState.DRAFT
    locked.sent_at, locked.sent_by_id = clock.now(), actor.person_id
    locked.recipients, locked.left_out = len(group.recipients), len(group.left_out)
    counts = {"recipients": locked.recipients, "left_out": locked.left_out}
    verb = "draft_message" if as_drafts else "send_message"
    audit.record(actor, verb, "programme_message", locked.id, after=counts)
    db.session.flush()
    return group


def mail_to(
    programme: Programme, words: Worded, one: Recipient, key: str, kind: RewordedMail = MESSAGE
) -> OutboxMail | None:
    """Write one mail; None where the person got it before."""
    return queue_mail(
        "programme_message",
        one.address,
        one.language,
        dedupe_key=key,
        institution_id=programme.institution_id,
        kind=kind.key,
        name=one.name,
        heading=words.subject(one.language),
        words=words.text(one.language),
        title=programme.title(one.language),
        organiser=programme.institution.name(one.language),
        url=link("programmes.show", programme_id=programme.id),
    )


def release_drafts(actor: Actor, programme: Programme, message: ProgrammeMessage) -> int:
    """Let the drafts of a message go; answers how many there still were."""
    allow(actor, programme)
    drafts = queries.drafts(message.id, locked=True)
    for mail in drafts:
        release(mail)
    if drafts:
        counts = {"recipients": len(drafts)}
        audit.record(actor, "send_message", "programme_message", message.id, after=counts)
    db.session.flush()
    return len(drafts)


def remove(actor: Actor, programme: Programme, message: ProgrammeMessage) -> None:
    """Throw a draft away; raises Conflict for a message that was sent."""
    allow(actor, programme)
    locked = queries.locked_message(message.id)
    if locked.sent_at is not None:
        raise Conflict(_("This message was already sent."))
    audit.record(actor, "remove_message", "programme_message", locked.id, before={"filters": locked.filters})
    db.session.delete(locked)
    db.session.flush()


def allow(actor: Actor, programme: Programme) -> None:
    """Raises NotAllowed for others than the organiser."""
    if not programme_rules.may_edit(actor, programme):
        raise NotAllowed(_("You do not have permission for this."))
