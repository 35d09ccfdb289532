"""Asking introduced firms how it stands, and keeping what they answer."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.queries import digest
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.mail import queue_mail
from matchmaker.firms.models import Firm
from matchmaker.firms.names import shown_name
from matchmaker.matching import queries as matches
from matchmaker.matching.follow_ups import notices, queries, rules
from matchmaker.matching.follow_ups.enums import Standing
from matchmaker.matching.follow_ups.models import FollowUp, FollowUpLink
from matchmaker.matching.follow_ups.queries import Due
from matchmaker.matching.follow_ups.recipients import Recipient, recipients
from matchmaker.matching.models import Match


@dataclass(frozen=True, slots=True)
class Answer:
    """What a firm says about a match; `seen` is the version of the asking that the page showed."""

    standing: Standing
    next_step: str
    next_step_on: date | None
    note: str
    seen: int


def ask_due() -> int:
    """Ask every firm whose day has come, with the mails in the same transaction; returns how many firms.

    Each match is locked and looked at again, so that nobody is asked about one that ended meanwhile; the unique key of an
    asking settles two workers.
    """
    now = clock.now()
    return sum(_ask(one, now) for one in queries.due(now))


def _ask(one: Due, now: datetime) -> int:
    match = matches.locked_match(one.match_id)
    if not rules.is_open(match) or queries.is_asked(one):
        return 0
    follow_up = FollowUp(match_id=match.id, firm_id=one.firm_id, days=one.days, asked_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(follow_up)
    except IntegrityError:
        return 0
    own, other = _sides(match, one.firm_id)
    people = recipients(match, own)
    for person in people:
        _send_link(follow_up, match, person, other)
    follow_up.reached = len(people)
    after = {"match": match.id, "firm": own.id, "days": one.days, "reached": len(people)}
    audit.record(None, "ask", "follow_up", follow_up.id, after=after)
    db.session.flush()
    return 1


def _sides(match: Match, firm_id: int) -> tuple[Firm, Firm]:
    """The firm that is asked and the other one."""
    if firm_id == match.asker_id:
        return match.asker, match.answerer
    return match.answerer, match.asker


def _send_link(follow_up: FollowUp, match: Match, person: Recipient, other: Firm) -> None:
    token = secrets.token_urlsafe(32)
    expires_at = follow_up.asked_at + rules.LINK_TIME
    db.session.add(
        FollowUpLink(
            follow_up_id=follow_up.id,
            contact_id=person.contact_id,
            person_id=person.person_id,
            address=person.address,
            digest=digest(token),
            expires_at=expires_at,
        )
    )
    queue_mail(
        "follow_up",
        to=person.address,
        language=person.language,
        dedupe_key=f"follow_up {follow_up.id} {person.address}"[:200],
        name=person.name,
        other=shown_name(other, person.language).text,
        introduced_on=(match.introduced_at or follow_up.asked_at).date(),
        until=rules.last_day(expires_at),
        token=token,
    )


def answer(actor: Actor, link: FollowUpLink, given: Answer) -> FollowUp:
    """Keep what the holder of a link says for the firm, and nothing else: the match does not move by it.

    Raises Conflict after the link's time or the match's end, DomainError at a field or where somebody of the firm
    answered since the page was shown.
    """
    follow_up = queries.locked(link.follow_up_id)
    if link.expires_at <= clock.now():
        raise Conflict(_("This link has expired. The next question comes with a new one."))
    if not rules.is_open(follow_up.match):
        raise Conflict(_("This introduction has ended, so there is nothing to answer any more."))
    _check(follow_up, given)
    before = _state(follow_up)
    follow_up.standing, follow_up.next_step = given.standing, given.next_step.strip()
    follow_up.next_step_on, follow_up.note = given.next_step_on, given.note.strip()
    follow_up.answered_at = clock.now()
    after = _state(follow_up) | {"by": "link", "link": link.id}
    audit.record(actor, "answer", "follow_up", follow_up.id, before, after)
    db.session.flush()
    notices.tell(follow_up, follow_up.match)
    return follow_up


def _check(follow_up: FollowUp, given: Answer) -> None:
    if len(given.next_step.strip()) > rules.LONGEST_STEP:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_STEP), "next_step")
    if len(given.note.strip()) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    day = given.next_step_on
    if day is not None and day != follow_up.next_step_on and day < clock.today():
        raise DomainError(_("This day has gone by. Enter a day that is still to come."), "next_step_on")
    if day is not None and not given.next_step.strip():
        raise DomainError(_("Say what happens on that day."), "next_step")
    if given.seen != follow_up.version:
        raise DomainError(
            _("Somebody of your firm has answered meanwhile. Send yours again to replace that answer.")
        )


def _state(follow_up: FollowUp) -> dict[str, str]:
    return {"standing": follow_up.standing.value} if follow_up.standing else {}


def forget_old_links() -> int:
    """Delete links a good while after their time; until then their page says that they have expired."""
    limit = clock.now() - rules.LINK_TIME
    gone = db.session.execute(delete(FollowUpLink).where(FollowUpLink.expires_at < limit))
    return int(getattr(gone, "rowcount", 0))
