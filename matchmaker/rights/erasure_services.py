"""Writes of requests for erasure: asked, withdrawn, decided, recipients told."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts import queries as accounts
from matchmaker.accounts.models import Person
from matchmaker.accounts.passwords import password_matches
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import in_language
from matchmaker.core.mail import OutboxMail, link, queue_mail
from matchmaker.core.retention import DestructionRecord
from matchmaker.firms.queries import members_to_tell
from matchmaker.institutions.queries import officers, operators
from matchmaker.notifications.services import notify
from matchmaker.programmes.trips.words import METHOD
from matchmaker.reference.answer_clocks import clock_of, due_on
from matchmaker.rights import erasure, erasure_queries, rules
from matchmaker.rights.enums import ErasureGround, ErasureState
from matchmaker.rights.models import ErasureRecipient, ErasureRequest
from matchmaker.rights.words import CONTACT_ERASED, ERASURE_ANSWERED, ERASURE_ASKED

PATH = "/settings/erasure"
DESK = "/erasure-requests"
WHAT = "account and all personal data"


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff decide: the outcome, the legal ground and reason of what is not erased, the parts that are left."""

    outcome: ErasureState
    reason: str = ""
    ground: ErasureGround | None = None
    kept_parts: tuple[str, ...] = ()


def ask(actor: Actor, person: Person, password: str, note: str = "") -> ErasureRequest:
    """Ask for erasure; the clock of the person's country begins today.

    Raises DomainError at `password` or `note`, Conflict while another request is open.
    """
    if not password_matches(person.password_hash, password):
        raise DomainError(_("This is not your password."), "password")
    if len(note) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    country = person.country or erasure_queries.firm_country(person.id)
    today = clock.today()
    term = clock_of(country, today)
    request = ErasureRequest(
        person_id=person.id,
        open_person=person.id,
        country=country,
        note=note.strip(),
        asked_on=today,
        due_on=due_on(term, today, country),
        law=term.law,
    )
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError as error:
        raise Conflict(_("You have asked for this already.")) from error
    audit.record(actor, "ask_erasure", "person", person.id, after={"due": request.due_on.isoformat()})
    _tell_desk(request)
    db.session.flush()
    return request


def _tell_desk(request: ErasureRequest) -> None:
    """Whoever may decide: staff of the country's institution, the operator where there are none but the person."""
    staff = [one for one in officers(request.country, *rules.HANDLING_ROLES) if one.id != request.person_id]
    for officer in staff or operators():
        path = f"{DESK}/{request.id}"
        notify(officer.id, ERASURE_ASKED, str(request.id), path, f"erasure {request.id}")


def withdraw(actor: Actor, request_id: int) -> ErasureRequest:
    """Take one's request back before it is decided; raises Conflict when staff were faster."""
    request = _open(request_id)
    if request.person_id != actor.person_id:
        raise NotAllowed(_("You do not have permission for this."))
    request.state, request.open_person, request.note = ErasureState.WITHDRAWN, None, ""
    request.decided_at = clock.now()
    audit.record(actor, "withdraw_erasure", "person", request.person_id)
    db.session.flush()
    return request


def decide(actor: Actor, request_id: int, decision: Decision) -> ErasureRequest:
    """Carry a request out, wholly or in part, or refuse it with a legal ground.

    Raises NotAllowed for a request of another country or one's own, Conflict when it is decided or withdrawn already,
    DomainError at `outcome`, `ground`, `reason` or `kept_parts` for what is missing or stands in the way.
    """
    request = _open(request_id)
    if not rules.may_handle(actor, request):
        audit.record_refusal(actor, "decide", "erasure_request", request.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    _check(decision)
    person = accounts.person(request.person_id, locked=True)
    if decision.outcome is not ErasureState.REFUSED:
        _check_obstacles(person)
    request.state, request.open_person = decision.outcome, None
    request.ground, request.answer = decision.ground, decision.reason.strip()
    request.kept_parts = list(decision.kept_parts)
    request.decided_by_id, request.decided_at = actor.person_id, clock.now()
    told = {
        "outcome": decision.outcome.value,
        "kept": list(decision.kept_parts),
        "due": request.due_on.isoformat(),
    }
    audit.record(actor, "decide_erasure", "erasure_request", request.id, after=told)
    if decision.outcome is ErasureState.REFUSED:
        notify(person.id, ERASURE_ANSWERED, str(request.id), PATH, f"erasure answer {request.id}")
    else:
        _carry_out(actor, request, person, decision.kept_parts)
    db.session.flush()
    return request


def _open(request_id: int) -> ErasureRequest:
    request = erasure_queries.locked_request(request_id)
    if request.state is not ErasureState.ASKED:
        raise Conflict(_("This request was decided or withdrawn already."))
    return request


def _check(decision: Decision) -> None:
    if decision.outcome not in (ErasureState.CARRIED_OUT, ErasureState.PARTLY, ErasureState.REFUSED):
        raise DomainError(_("Choose a decision."), "outcome")
    if decision.outcome is not ErasureState.CARRIED_OUT:
        if decision.ground is None:
            raise DomainError(_("Choose the legal ground."), "ground")
        if not decision.reason.strip():
            raise DomainError(_("Give the reason for your decision."), "reason")
    if (decision.outcome is ErasureState.PARTLY) != bool(decision.kept_parts):
        raise DomainError(_("Name what is kept when you erase in part, and only then."), "kept_parts")
    if len(decision.reason) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "reason")


def _check_obstacles(person: Person) -> None:
    standing = erasure.obstacles(person.id)
    if standing:
        raise DomainError(" ".join(found.text for found in standing), "outcome")


def _carry_out(actor: Actor, request: ErasureRequest, person: Person, keep: Collection[str]) -> None:
    """Erase the person, tell who received the data, and leave the proof of it."""
    address, language, name = person.email, person.language, person.name
    sender = ", ".join(erasure_queries.contact_firms(person.id))
    _list_recipients(request, person)
    request.note = ""
    number = request.id
    db.session.flush()
    erased = erasure.erase(person, keep)
    request = erasure_queries.request(number)
    request.removed = {"rows": erased.rows, "files": erased.files}
    _tell_recipients(request, sender)
    _leave_proof(actor, request, erased.files)
    request.answer_mail_id = _answer(address, language, name, request)
    db.session.flush()


def _list_recipients(request: ErasureRequest, person: Person) -> None:
    for one in erasure_queries.disclosed_to(person):
        told = ErasureRecipient(
            request_id=request.id, firm_id=one.firm.id, fields=one.fields, disclosed_at=one.at
        )
        db.session.add(told)


def _tell_recipients(request: ErasureRequest, sender: str) -> None:
    """Ask the firms to destroy what they received; one without an account is told by the institution."""
    for one in request.recipients:
        people = members_to_tell(one.firm_id)
        for person in people:
            notify(person.id, CONTACT_ERASED, sender, "/matches", f"contact erased {request.id}")
        one.told_at = clock.now() if people else None


def note_told(actor: Actor, recipient: ErasureRecipient) -> None:
    """Note that a recipient without an account was told by other means."""
    recipient.told_at = clock.now()
    after = {"firm": recipient.firm_id}
    audit.record(actor, "tell_recipient", "erasure_request", recipient.request_id, after=after)
    db.session.flush()


def _leave_proof(actor: Actor, request: ErasureRequest, files: int) -> None:
    record = DestructionRecord(
        programme_id=None,
        what=WHAT,
        people=1,
        files=files,
        method=METHOD,
        reason=f"request {request.id} of the person",
        destroyed_at=clock.now(),
    )
    db.session.add(record)
    db.session.flush()
    after = {"record": record.id, **request.removed}
    audit.record(actor, "erase", "person", request.person_id, after=after)


def _answer(address: str, language: str, name: str, request: ErasureRequest) -> int | None:
    """The last mail to the person; it is destroyed once it is sent."""
    with in_language(language):
        news = (
            _("Your account and your data are erased. This is the last mail from us.")
            if request.state is ErasureState.CARRIED_OUT
            else _("Your account and most of your data are erased. Kept because of the law: %(reason)s", reason=request.answer)
        )  # fmt: skip
    url = link("home.privacy")
    mail = queue_mail("notice", to=address, language=language, name=name, news=str(news), url=url)
    db.session.flush()
    return mail.id if mail is not None else None


def forget_answers() -> int:
    """Destroy the last mails to erased people once they have left; answers how many."""
    over = erasure_queries.answer_mails_sent()
    for request in over:
        number, request.answer_mail_id = request.answer_mail_id, None
        db.session.flush()
        db.session.execute(delete(OutboxMail).where(OutboxMail.id == number))
    return len(over)
