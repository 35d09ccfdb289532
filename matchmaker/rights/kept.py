"""How long what the product itself keeps stays: form tokens, mails, files that nothing names, archives, idle accounts."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.core.forms import UsedFormToken
from matchmaker.core.mail import MailState, OutboxMail
from matchmaker.core.retention import DataClass, Due, Purged, delete_older, span
from matchmaker.rights.erasure import erase, obstacles
from matchmaker.rights.incidents.enums import ReportState
from matchmaker.rights.incidents.models import IncidentReport
from matchmaker.rights.loose_files import purge_files
from matchmaker.rights.services import remove_expired

OVER = (MailState.SENT, MailState.FAILED)


def _purge_tokens(due: Due) -> Purged:
    return delete_older(UsedFormToken, UsedFormToken.used_at, due)


def _purge_mails(due: Due) -> Purged:
    return delete_older(OutboxMail, OutboxMail.created_at, due, OutboxMail.state.in_(OVER))


def _purge_reports(due: Due) -> Purged:
    """Those that were no incident; the others stay with theirs."""
    dismissed = IncidentReport.state == ReportState.DISMISSED
    return delete_older(IncidentReport, IncidentReport.decided_at, due, dismissed)


def _purge_accounts(due: Due) -> Purged:
    """Erase accounts whose address was never confirmed, with everything that hangs on them."""
    idle = (
        Person.email_confirmed_at.is_(None), Person.erased_at.is_(None), Person.created_at < due.before
    )  # fmt: skip
    dates: list[datetime] = []
    files = 0
    for number in db.session.scalars(select(Person.id).where(*idle).order_by(Person.id)).all():
        if len(dates) == due.most:
            break
        if not obstacles(number):
            person = db.session.get_one(Person, number, with_for_update=True, populate_existing=True)
            if person.email_confirmed_at is None:
                dates.append(person.created_at)
                files += erase(person).files
    oldest, newest = span(dates)
    return Purged(len(dates), len(dates), files, oldest, newest)


CLASSES = (
    DataClass(
        "form_tokens",
        _l("Marks of forms that were sent"),
        _l("The form was sent"),
        _l("They keep a form from being sent twice; after twelve hours they have no use."),
        days=1,
        least=1,
        most=30,
        purge=_purge_tokens,
    ),
    DataClass(
        "mails",
        _l("Mails that were sent, or could not be"),
        _l("The mail was written"),
        _l("Proof that somebody was told, and that nobody is told the same twice."),
        days=180,
        least=90,
        most=730,
        purge=_purge_mails,
    ),
    DataClass(
        "own_data",
        _l("Archives of own data"),
        _l("The archive can no longer be downloaded"),
        _l("They hold everything of a person in one place, so they go the next night."),
        days=0,
        least=0,
        most=0,
        purge=remove_expired,
    ),
    DataClass(
        "incident_reports",
        _l("Reports of suspected data incidents that were none"),
        _l("The report was answered"),
        _l("They show that a suspicion was looked into."),
        days=365,
        least=90,
        most=1095,
        purge=_purge_reports,
    ),
    DataClass(
        "idle_accounts",
        _l("Accounts whose address was never confirmed"),
        _l("The account was made"),
        _l("Nobody has proven that the address is theirs; there is no consent to rest on."),
        days=30,
        least=3,
        most=180,
        purge=_purge_accounts,
    ),
)
FILES = (
    DataClass(
        "loose_files",
        _l("Uploads that were never taken in, and files that no record names any more"),
        _l("The file was uploaded"),
        _l("A file is kept for the record it belongs to; without one there is no purpose."),
        days=30,
        least=2,
        most=180,
        purge=purge_files,
    ),
)
"""The last class: others let files go."""
FOR_PROOF = (
    DataClass(
        "incidents",
        _l("Register of data incidents"),
        _l("The incident was recorded"),
        _l("Each incident, its effects and what was done have to be shown to the authority on request."),
    ),
    DataClass(
        "audit",
        _l("Audit trail"),
        _l("The entry was written"),
        _l("Decisions have to stay traceable. Names are struck out when a person is erased."),
    ),
)
