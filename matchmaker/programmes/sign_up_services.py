"""What applicants and staff do to sign-ups; all of it behind the lock of the programme, where places are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.engines.text.romanisation import romanise_ru
from matchmaker.firms.models import Firm
from matchmaker.programmes import applicants, declared, notices, queries, rules, screening
from matchmaker.programmes.eligibility import Applicant, Eligibility, unmet
from matchmaker.programmes.enums import (
    ProgrammeState,
    QuestionStage,
    SignUpState,
    SignUpVerb,
)
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.moves import check_sign_up, move_sign_up, write_sign_up
from matchmaker.programmes.offers import hold_until, offer_places, pool_of
from matchmaker.programmes.places import Seat
from matchmaker.programmes.signals import delegate_swapped


@dataclass(frozen=True, slots=True)
class NewDelegate:
    """A person to be sent; the numbers are set where the person has an account or is a contact of the firm."""

    name: str
    email: str = ""
    position: str = ""
    phone: str = ""
    romanised: str = ""
    language: str = ""
    person_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody sends to sign up; answers are by the number of the question."""

    delegates: Sequence[NewDelegate]
    answers: Mapping[str, Any]
    women_led: bool = False
    note: str = ""


def sign_up(actor: Actor, programme: Programme, firm: Firm | None, application: Application) -> SignUp:
    """Sign up a firm, or the actor alone; the place is confirmed, to be decided, or on the waiting list.

    The programme is locked while places are counted and the arrival number is drawn, so that no place is given twice
    and the numbers follow one another, whoever comes at the same moment. Raises Conflict where the sign-up is not open
    or the applicant is signed up already, DomainError where a condition is not met or a field is wrong, RanOut where a firm
    has to renew its declaration of size before it applies for a trip.
    """
    if firm is not None and not rules.acts_for(actor, firm.id):
        raise NotAllowed(_("Only administrators and editors of a firm can sign it up."))
    programme = queries.locked_programme(programme.id)
    _check_open(programme)
    declared.require_for_new(programme, firm.id if firm is not None else None)
    applicant = applicants.of_firm(firm) if firm is not None else applicants.of_person(actor)
    _check_applicant(programme, applicant)
    _check_delegates(programme, application.delegates)
    key = rules.living_key(programme.id, actor.person_id, firm.id if firm else None)
    if queries.is_signed_up(key):
        raise Conflict(_("You are signed up already."))
    found = _row(actor, programme, firm, applicant, application)
    found.living_key = key
    db.session.add(found)
    db.session.flush()
    state, seat = _entering(programme, found)
    found.state, found.quota_id = state, seat.quota_id if seat else None
    if state is SignUpState.ACCEPTED:
        found.offer_expires_at = hold_until(programme, clock.now())
    if state is SignUpState.CONFIRMED:
        found.confirmed_at = clock.now()
    db.session.flush()
    write_sign_up(actor, found, SignUpVerb.APPLY, None)
    db.session.flush()
    _tell_entering(found)
    return found


def _check_open(programme: Programme) -> None:
    if programme.state is not ProgrammeState.OPEN:
        raise Conflict(_("One cannot sign up at the moment."))
    if programme.closes_at is not None and programme.closes_at <= clock.now():
        raise Conflict(_("The time to sign up is over."))


def _check_applicant(programme: Programme, applicant: Applicant) -> None:
    asked = Eligibility.read(programme.eligibility)
    if unmet(asked, applicant, clock.today()):
        raise DomainError(_("You do not meet the conditions of this programme; they are listed above."))


def _check_delegates(programme: Programme, delegates: Sequence[NewDelegate]) -> None:
    if not delegates:
        raise DomainError(_("Choose at least one person."), "people")
    if len(delegates) > programme.most_people:
        raise DomainError(
            _("At most %(most)s people of one firm can come.", most=programme.most_people), "people"
        )


def _row(
    actor: Actor, programme: Programme, firm: Firm | None, applicant: Applicant, application: Application
) -> SignUp:
    return SignUp(
        programme=programme,
        person_id=actor.person_id,
        firm=firm,
        state=SignUpState.APPLIED,
        arrival=queries.next_arrival(programme.id),
        people=len(application.delegates),
        country=applicant.country,
        region_code=applicant.region,
        size_class=applicant.size,
        sectors=sorted(applicant.sectors),
        women_led=application.women_led,
        language=actor.language,
        note=application.note.strip(),
        answers=dict(application.answers),
        arrived_at=clock.now(),
        delegates=[delegate(actor, one) for one in application.delegates],
    )


def delegate(actor: Actor, one: NewDelegate) -> Delegate:
    """The row of a person to be sent; the name is also kept in Latin letters, for badges and lists."""
    return Delegate(
        person_id=one.person_id,
        contact_id=one.contact_id,
        name=one.name.strip(),
        name_romanised=one.romanised or romanise_ru(one.name.strip()),
        position=one.position.strip(),
        email=one.email.strip(),
        phone=one.phone.strip(),
        language=one.language or actor.language,
    )


def _entering(programme: Programme, found: SignUp) -> tuple[SignUpState, Seat | None]:
    """The state of a new sign-up and the seat it takes, counted now; a firm compliance has to decide about waits."""
    on_hold = screening.is_on_hold(programme, found)
    if programme.approval:
        return SignUpState.APPLIED, None
    if on_hold:
        return SignUpState.WAITING, None
    seat = pool_of(programme).seat(applicants.facts(found), found.people)
    return (SignUpState.WAITING, None) if seat is None else (_placed(programme), seat)


def _placed(programme: Programme) -> SignUpState:
    """The state of somebody who gets a place: confirmed, or accepted where a second form is asked."""
    second = any(question.stage is QuestionStage.ACCEPTED for question in programme.questions)
    return SignUpState.ACCEPTED if second else SignUpState.CONFIRMED


def _tell_entering(found: SignUp) -> None:
    kinds = {
        SignUpState.WAITING: "sign_up_waiting",
        SignUpState.ACCEPTED: "sign_up_accepted",
        SignUpState.CONFIRMED: "sign_up_confirmed",
    }
    if found.state in kinds:
        notices.tell(found, kinds[found.state])


# ---------------------------------------------------------------- what the applicant does later


def take(actor: Actor, found: SignUp) -> SignUp:
    """Take an offered place in time; raises Conflict where the offer lapsed, also in the minute before the clock ends it.

    Raises OnHold while compliance has to decide about the firm.
    """
    found = queries.locked_sign_up(found.id)
    if found.offer_expires_at is not None and found.offer_expires_at <= clock.now():
        raise Conflict(_("The time of this offer is over."))
    after = _placed(found.programme)
    check_sign_up(actor, found, SignUpVerb.TAKE, after)
    screening.require_clear(actor, found.programme, found, SignUpVerb.TAKE, screening.FOR_THE_FIRM)
    move_sign_up(actor, found, SignUpVerb.TAKE, after)
    if after is SignUpState.ACCEPTED:
        found.offer_expires_at = hold_until(found.programme, clock.now())
        db.session.flush()
    return found


def confirm(actor: Actor, found: SignUp, answers: Mapping[str, Any]) -> SignUp:
    """Answer the second form, which makes the place one's own; raises OnHold while compliance has to decide."""
    found = queries.locked_sign_up(found.id)
    check_sign_up(actor, found, SignUpVerb.CONFIRM, SignUpState.CONFIRMED)
    words = screening.FOR_THE_FIRM if rules.is_own(actor, found) else screening.FOR_STAFF
    screening.require_clear(actor, found.programme, found, SignUpVerb.CONFIRM, words)
    found.answers = {**found.answers, **answers}
    move_sign_up(actor, found, SignUpVerb.CONFIRM, SignUpState.CONFIRMED)
    return found


def withdraw(actor: Actor, found: SignUp, *, note: str = "") -> SignUp:
    """Give a sign-up back; a place it held goes to the waiting list at once."""
    found = queries.locked_sign_up(found.id)
    move_sign_up(actor, found, SignUpVerb.WITHDRAW, SignUpState.WITHDRAWN, note=note.strip())
    offer_places(found.programme)
    return found


def swap(actor: Actor, found: SignUp, leaving: Delegate, coming: NewDelegate) -> Delegate:
    """Send somebody else in place of a delegate; the place stays. Raises Conflict once the programme began."""
    found = queries.locked_sign_up(found.id)
    if not rules.is_own(actor, found) and not rules.may_edit(actor, found.programme):
        raise NotAllowed(_("You do not have permission for this."))
    if found.state not in rules.BEFORE_EVENT or found.programme.starts_at <= clock.now():
        raise Conflict(_("The people can be changed until the programme begins."))
    if leaving.left_at is not None or leaving.sign_up_id != found.id:
        raise Conflict(_("This person is replaced already."))
    leaving.left_at = clock.now()
    entering = delegate(actor, coming)
    found.delegates.append(entering)
    db.session.flush()
    screening.is_on_hold(found.programme, found)
    audit.record(actor, "swap", "sign_up", found.id, {"delegate": leaving.id}, {"delegate": entering.id})
    delegate_swapped.send(found, actor=actor, leaving=leaving, entering=entering)
    return entering


# ---------------------------------------------------------------- what staff decide


def accept(actor: Actor, found: SignUp) -> SignUp:
    """Give a place to an applicant or somebody who waits.

    Raises DomainError where the group does not fit, OnHold while compliance has to decide about the firm, RanOut where a
    firm has to renew its declaration of size before it gets a place on a trip.
    """
    found = queries.locked_sign_up(found.id)
    after = _placed(found.programme)
    check_sign_up(actor, found, SignUpVerb.ACCEPT, after)
    screening.require_clear(actor, found.programme, found, SignUpVerb.ACCEPT)
    declared.require_for_place(found.programme, found)
    seat = pool_of(found.programme).seat(applicants.facts(found), found.people)
    if seat is None:
        raise DomainError(_("There are not enough places left for this sign-up."))
    move_sign_up(actor, found, SignUpVerb.ACCEPT, after)
    found.quota_id = seat.quota_id
    _decided(actor, found)
    if after is SignUpState.ACCEPTED:
        found.offer_expires_at = hold_until(found.programme, clock.now())
    db.session.flush()
    notices.tell(found, "sign_up_accepted" if after is SignUpState.ACCEPTED else "sign_up_confirmed")
    return found


def put_on_list(actor: Actor, found: SignUp) -> SignUp:
    """Put an applicant on the waiting list."""
    found = queries.locked_sign_up(found.id)
    move_sign_up(actor, found, SignUpVerb.LIST, SignUpState.WAITING)
    _decided(actor, found)
    notices.tell(found, "sign_up_waiting")
    return found


def refuse(actor: Actor, found: SignUp, *, reason: str) -> SignUp:
    """Decline a sign-up with a reason that the applicant reads; a place it held goes to the waiting list."""
    words = reason.strip()
    if not words:
        raise DomainError(_("Give the reason; the applicant reads it."), "reason")
    found = queries.locked_sign_up(found.id)
    move_sign_up(actor, found, SignUpVerb.REFUSE, SignUpState.REFUSED, note=words)
    _decided(actor, found)
    notices.tell(found, "sign_up_refused")
    offer_places(found.programme)
    return found


def _decided(actor: Actor, found: SignUp) -> None:
    found.decided_by_id, found.decided_at = actor.person_id, clock.now()
    db.session.flush()
