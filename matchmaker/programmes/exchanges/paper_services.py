"""What comes after the return: report, evaluations, their reminders, the certificate, the practice note."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import store_document
from matchmaker.programmes.enums import SignUpPart, SignUpState, SignUpVerb
from matchmaker.programmes.exchanges import certificates, notices, queries, rules
from matchmaker.programmes.exchanges.enums import ExchangeStage, PaperKind
from matchmaker.programmes.exchanges.models import ExchangeApplication, ExchangePaper
from matchmaker.programmes.exchanges.signals import practice_note_offered
from matchmaker.programmes.moves import move_sign_up

SYSTEM = frozenset({SignUpPart.SYSTEM})


@dataclass(frozen=True, slots=True)
class Paper:
    """A report or an evaluation as it was written."""

    text: str
    lessons: str
    rating: int | None
    text_language: str
    file: FileStorage | None = None


def hand_in(actor: Actor, asked: rules.PaperToHandIn, paper: Paper) -> ExchangePaper:
    """Keep a paper, once; with the last of the three the exchange is closed and its certificate can be had."""
    application = queries.locked_application(asked.application.sign_up_id)
    if not rules.may_hand_in(actor, rules.PaperToHandIn(application, asked.kind)):
        raise NotAllowed(_("This paper is handed in by somebody else."))
    if rules.stage(application) is not ExchangeStage.PAPERS:
        raise Conflict(_("Papers are handed in after the exchange has ended."))
    if asked.kind not in rules.missing_papers(application):
        raise Conflict(_("This paper is here already."))
    if asked.kind is not PaperKind.REPORT and paper.rating is None:
        raise DomainError(_("Choose a rating."), "rating")
    kept = ExchangePaper(
        application_id=application.sign_up_id,
        kind=asked.kind,
        person_id=actor.person_id,
        text=paper.text,
        lessons=paper.lessons,
        rating=paper.rating if asked.kind is not PaperKind.REPORT else None,
        text_language=paper.text_language,
        file_id=store_document(actor, paper.file, "file").id if paper.file else None,
    )
    db.session.add(kept)
    audit.record(
        actor, "hand_in", "exchange_application", application.sign_up_id, after={"kind": asked.kind.value}
    )
    db.session.flush()
    application = queries.locked_application(application.sign_up_id)
    if not rules.missing_papers(application):
        _close(application)
    return kept


def _close(application: ExchangeApplication) -> None:
    move_sign_up(None, application.sign_up, SignUpVerb.COMPLETE, SignUpState.COMPLETED, parts=SYSTEM)
    certificates.issue(application)
    notices.tell_parties(application, "exchange_closed", None)


def remind() -> int:
    """Remind those who owe a paper, each once for each day named in rules.REMIND_ON; answers how many were told."""
    told = 0
    for application in queries.owing_papers():
        due = rules.due_on(application)
        offset = None if due is None else rules.reminder(due, clock.today(application.sign_up.programme.zone))
        if offset is not None:
            kind = "exchange_papers_late" if offset > 0 else "exchange_papers_due"
            told += notices.tell_writers(application, kind, f"{offset:+}")
    return told


def offer_note(actor: Actor, application: ExchangeApplication) -> None:
    """Let the report become a practice note, once; the library listens. Raises Conflict before the report is here."""
    application = queries.locked_application(application.sign_up_id)
    if not rules.may_offer_note(actor, application):
        raise NotAllowed(_("Only the expert and the coordinators offer a practice note."))
    if PaperKind.REPORT in rules.missing_papers(application):
        raise Conflict(_("The report has not arrived yet."))
    if application.note_offered_at is not None:
        raise Conflict(_("The report was offered as a practice note already."))
    application.note_offered_at = clock.now()
    audit.record(actor, "offer_note", "exchange_application", application.sign_up_id)
    db.session.flush()
    practice_note_offered.send(application)
