"""Institutions write their mails, go back to an earlier version, and try one out on themselves."""

from flask_babel import gettext as _

from matchmaker.core import audit, wordings
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed, existing
from matchmaker.core.mail import MailState, OutboxMail, worded_mail
from matchmaker.core.versions import require_version
from matchmaker.core.wordings import Wording
from matchmaker.institutions import queries as institutions
from matchmaker.institutions.wordings import queries, rules
from matchmaker.institutions.wordings.models import MailWording, MailWordingVersion
from matchmaker.institutions.wordings.rules import WordingOf
from matchmaker.institutions.wordings.words import refusal

NOTHING = Wording("", "")
"""Stands for the product's own words."""


def save(actor: Actor, asked: WordingOf, wording: Wording, *, seen: int) -> MailWording:
    """Write the mail in other words from now on; a mail that waits keeps the words it was written with.

    `seen` is the version that the writer saw, 0 where there was none. Raises NotAllowed, ChangedMeanwhile, and DomainError at the
    field for a place that is unknown, misspelt or missing.
    """
    _allow(actor, asked)
    check(asked, wording)
    return _write(actor, asked, wording, seen, None)


def go_back(actor: Actor, asked: WordingOf, number: int, *, seen: int) -> MailWording:
    """Take an earlier version up again, as a new one; 0 stands for the product's own words.

    Raises NotFound for a version that is none, and as save does: what is a place may have changed since.
    """
    _allow(actor, asked)
    wording = NOTHING
    if number:
        found = existing(next((one for one in queries.versions(asked) if one.number == number), None))
        wording = Wording(found.subject, found.text)
    if wording != NOTHING:
        check(asked, wording)
    return _write(actor, asked, wording, seen, number)


def try_out(actor: Actor, asked: WordingOf, wording: Wording) -> OutboxMail:
    """Send the mail with invented values to nobody but the one who writes it; raises as save does."""
    _allow(actor, asked)
    check(asked, wording)
    values = wordings.examples(asked.mail, asked.language)
    mail = worded_mail(asked.mail, wording, actor.email, asked.language, values)
    mail.subject = _("Test: %(subject)s", subject=mail.subject)[:500]
    mail.institution_id, mail.state = asked.institution.id, MailState.QUEUED
    db.session.add(mail)
    audit.record(actor, "try_out", "institution", asked.institution.id, after=_about(asked))
    db.session.flush()
    return mail


def check(asked: WordingOf, wording: Wording) -> None:
    """Raises DomainError at the field for words that are refused."""
    for field, fault, piece in rules.faults(asked.mail, wording):
        raise DomainError(refusal(asked.mail, field, fault, piece), field)


def _write(
    actor: Actor, asked: WordingOf, wording: Wording, seen: int, returned_to: int | None
) -> MailWording:
    # Behind the row of the institution, so that two who write the first version follow one another too.
    institutions.institution(asked.institution.id, locked=True)
    row = queries.kept(asked)
    require_version(row.version if row else 0, seen)
    if row is not None and Wording(row.subject, row.text) == wording:
        return row
    before = {"subject": row.subject, "text": row.text} if row else {}
    if row is None:
        row = MailWording(institution_id=asked.institution.id, kind=asked.mail.key, language=asked.language)
        db.session.add(row)
    row.subject, row.text = wording.subject, wording.text
    db.session.flush()
    db.session.add(
        MailWordingVersion(
            wording_id=row.id,
            number=row.version,
            subject=row.subject,
            text=row.text,
            person_id=actor.person_id,
            returned_to=returned_to,
        )
    )
    after = {**_about(asked), "subject": row.subject, "text": row.text, "version": row.version}
    audit.record(actor, "change_mail_template", "mail_wording", row.id, before, after)
    db.session.flush()
    return row


def _allow(actor: Actor, asked: WordingOf) -> None:
    if not rules.may_word(actor, asked):
        raise NotAllowed(_("You do not have permission for this."))


def _about(asked: WordingOf) -> dict[str, str]:
    return {"mail": asked.mail.key, "language": asked.language}
