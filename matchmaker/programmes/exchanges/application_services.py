"""An expert's application: sent, decided by the sending coordinator and then by the host, withdrawn, handed over."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import SignUpPart, SignUpState, SignUpVerb
from matchmaker.programmes.exchanges import agreement_services, notices, queries, rules
from matchmaker.programmes.exchanges.enums import ExchangeStage, SendingDecision
from matchmaker.programmes.exchanges.models import ExchangeApplication, ExchangeCall, Expert
from matchmaker.programmes.exchanges.rules import Window
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.moves import move_sign_up, write_sign_up

STAFF = frozenset({SignUpPart.STAFF})
APPLICANT = frozenset({SignUpPart.APPLICANT})


@dataclass(frozen=True, slots=True)
class Wish:
    """What an expert writes in an application."""

    motivation: str
    benefit: str
    text_language: str
    windows: tuple[Window, ...]
    replacement_id: int


def apply(actor: Actor, programme: Programme, wish: Wish) -> ExchangeApplication:
    """Send an application; raises DomainError at the field that lacks something, Conflict for a second one."""
    programme = programme_queries.locked_programme(programme.id)
    call = queries.call_of(programme.id)
    expert = queries.expert_of(actor.person_id)
    if call is None or not rules.may_apply(actor, programme):
        raise Conflict(_("This call is not open any more."))
    expert = _fit_expert(call, expert)
    _check_windows(call, wish.windows)
    if wish.replacement_id not in {other.id for other in queries.replacements_for(expert)}:
        raise DomainError(
            _("Name a colleague of your institution who could go instead of you."), "replacement"
        )
    if programme_queries.is_signed_up(programme_rules.living_key(programme.id, actor.person_id, None)):
        raise Conflict(_("You have applied to this call already."))
    sign_up = _sign_up(actor, programme, expert)
    application = ExchangeApplication(
        sign_up_id=sign_up.id,
        call_id=call.programme_id,
        expert_id=expert.id,
        replacement_id=wish.replacement_id,
        motivation=wish.motivation,
        benefit=wish.benefit,
        text_language=wish.text_language,
        windows=[window.stored() for window in wish.windows],
    )
    db.session.add(application)
    db.session.flush()
    application = queries.application(sign_up.id)
    notices.tell_coordinators(application, call.sending_institution_id, "exchange_to_endorse", actor)
    return application


def _fit_expert(call: ExchangeCall, expert: Expert | None) -> Expert:
    if expert is None:
        raise DomainError(_("Fill in your record as an expert first."))
    if expert.institution_id != call.sending_institution_id:
        raise DomainError(_("This call asks for experts of another institution."))
    if expert.consent_at is None:
        raise DomainError(_("Your institution has not consented to your record yet."))
    if call.practice_area not in expert.practice_areas:
        raise DomainError(_("The practice area of the call is not among yours."))
    return expert


def _check_windows(call: ExchangeCall, wished: tuple[Window, ...]) -> None:
    if len(wished) < rules.FEWEST_WINDOWS:
        raise DomainError(_("Offer at least two windows of days."), "first_2" if wished else "first_1")
    frames = rules.windows(call.windows)
    for place, window in enumerate(wished, start=1):
        if not rules.fits(window, frames, call.days):
            told = _(
                "The exchange of %(days)s days does not fit here into the windows of the call.",
                days=call.days,
            )
            raise DomainError(told, f"first_{place}")


def _sign_up(actor: Actor, programme: Programme, expert: Expert) -> SignUp:
    sign_up = SignUp(
        programme_id=programme.id,
        person_id=actor.person_id,
        state=SignUpState.APPLIED,
        living_key=programme_rules.living_key(programme.id, actor.person_id, None),
        arrival=programme_queries.next_arrival(programme.id),
        country=expert.institution.country or "",
        language=expert.person.language,
        arrived_at=clock.now(),
        delegates=[_delegate(expert)],
    )
    db.session.add(sign_up)
    db.session.flush()
    write_sign_up(actor, sign_up, SignUpVerb.APPLY, None)
    return sign_up


def _delegate(expert: Expert) -> Delegate:
    person = expert.person
    return Delegate(
        person_id=person.id,
        name=person.name,
        name_romanised=person.name_romanised,
        position=expert.position,
        email=person.email,
        language=person.language,
    )


def decide_sending(actor: Actor, application: ExchangeApplication, *, endorse: bool, note: str) -> None:
    """The coordinator of the expert's institution endorses or declines, before the host sees a decision to take."""
    application = _locked(application, ExchangeStage.WITH_SENDER)
    if not rules.may_decide_sending(actor, application):
        raise NotAllowed(_("Only a coordinator of the sending institution decides this."))
    application.sending = SendingDecision.ENDORSED if endorse else SendingDecision.DECLINED
    application.sending_by_id, application.sending_at = actor.person_id, clock.now()
    application.sending_note = _reason(note, needed=not endorse)
    audit.record(
        actor, "endorse" if endorse else "decline", "exchange_application", application.sign_up_id,
        {"sending": SendingDecision.PENDING.value}, {"sending": application.sending.value},
    )  # fmt: skip
    db.session.flush()
    if endorse:
        host = application.call.host_institution_id
        notices.tell_coordinators(application, host, "exchange_to_decide", actor)
    else:
        _refuse(actor, application, note)
    notices.tell_expert_of(application, "exchange_endorsed" if endorse else "exchange_declined", actor)


@dataclass(frozen=True, slots=True)
class Hosting:
    """What the host decides: the days within a window of the expert, and who looks after them."""

    agreed: Window
    host_person_id: int


def accept(actor: Actor, application: ExchangeApplication, hosting: Hosting) -> None:
    """The host takes the expert for chosen days; raises DomainError at `agreed_from`, `host_person` or when full."""
    application = _locked(application, ExchangeStage.WITH_HOST, with_programme=True)
    call = application.call
    _demand_host(actor, application)
    if queries.places_taken(call.programme_id) >= application.sign_up.programme.places:
        raise DomainError(_("All places of this call are taken."))
    _check_days(application, hosting.agreed)
    people = {person.id for person in queries.people_of_host(call, but=actor.person_id)}
    if hosting.host_person_id not in people:
        raise DomainError(_("Choose a person of the host, other than yourself."), "host_person")
    application.agreed_from, application.agreed_to = hosting.agreed.first, hosting.agreed.last
    application.host_person_id = hosting.host_person_id
    _note_decision(actor, application)
    move_sign_up(actor, application.sign_up, SignUpVerb.ACCEPT, SignUpState.ACCEPTED, parts=STAFF)
    application = queries.locked_application(application.sign_up_id)
    agreement_services.begin_agreement(actor, application)
    notices.tell_parties(application, "exchange_accepted", actor)


def _check_days(application: ExchangeApplication, agreed: Window) -> None:
    call = application.call
    if agreed.days != call.days:
        told = _("The call is for %(days)s days; these are %(chosen)s.", days=call.days, chosen=agreed.days)
        raise DomainError(told, "agreed_to")
    offered = rules.windows(application.windows)
    if not any(rules.common_days(agreed, window) == agreed.days for window in offered):
        raise DomainError(_("Choose days within a window that the expert offered."), "agreed_from")
    if not any(rules.common_days(agreed, frame) == agreed.days for frame in rules.windows(call.windows)):
        raise DomainError(_("Choose days within a window of the call."), "agreed_from")


def decline(actor: Actor, application: ExchangeApplication, *, note: str) -> None:
    """The host does not take the expert, with a reason that the expert reads."""
    application = _locked(application, ExchangeStage.WITH_HOST)
    _demand_host(actor, application)
    _refuse(actor, application, note)
    notices.tell_expert_of(application, "exchange_declined", actor)


def _demand_host(actor: Actor, application: ExchangeApplication) -> None:
    if not rules.may_decide_hosting(actor, application):
        raise NotAllowed(_("Only a coordinator of the host decides this."))


def _refuse(actor: Actor, application: ExchangeApplication, note: str) -> None:
    reason = _reason(note, needed=True)
    _note_decision(actor, application)
    move_sign_up(actor, application.sign_up, SignUpVerb.REFUSE, SignUpState.REFUSED, parts=STAFF, note=reason)


def _note_decision(actor: Actor, application: ExchangeApplication) -> None:
    application.sign_up.decided_by_id, application.sign_up.decided_at = actor.person_id, clock.now()


def _reason(note: str, *, needed: bool) -> str:
    words = note.strip()
    if needed and not words:
        raise DomainError(_("Give the reason; the expert reads it."), "note")
    return words


def withdraw(actor: Actor, application: ExchangeApplication) -> None:
    """The expert steps back, at the latest before the exchange starts."""
    application = queries.locked_application(application.sign_up_id)
    if not rules.is_the_expert(actor, application):
        raise NotAllowed(_("Only the expert withdraws an application."))
    if application.started_at is not None:
        raise Conflict(_("The exchange has started; it can no longer be withdrawn."))
    move_sign_up(actor, application.sign_up, SignUpVerb.WITHDRAW, SignUpState.WITHDRAWN, parts=APPLICANT)
    notices.tell_parties(application, "exchange_withdrawn", actor)


def send_replacement(actor: Actor, application: ExchangeApplication) -> None:
    """The sending coordinator lets the named colleague go instead; whatever was confirmed has to be confirmed anew."""
    application = _locked(application, ExchangeStage.AGREEMENT, ExchangeStage.READY, with_programme=True)
    if not rules.may_decide_sending(actor, application):
        raise NotAllowed(_("Only a coordinator of the sending institution decides this."))
    new = application.replacement
    if new is None or new.consent_at is None:
        raise DomainError(_("There is no replacement candidate with the consent of the institution."))
    programme = application.sign_up.programme
    if programme_queries.is_signed_up(programme_rules.living_key(programme.id, new.person_id, None)):
        raise Conflict(_("The replacement candidate has an application of their own."))
    before = application.expert
    application.expert_id, application.replacement_id = new.id, None
    sign_up = application.sign_up
    sign_up.person_id = new.person_id
    sign_up.living_key = programme_rules.living_key(programme.id, new.person_id, None)
    for gone in queries.delegates_of(sign_up.id):
        gone.left_at = clock.now()
    going = _delegate(new)
    going.sign_up_id = sign_up.id
    db.session.add(going)
    agreement_services.void_confirmations(application)
    audit.record(
        actor, "replace", "exchange_application", application.sign_up_id,
        {"expert": before.id}, {"expert": new.id},
    )  # fmt: skip
    db.session.flush()
    notices.tell_parties(queries.locked_application(application.sign_up_id), "exchange_replaced", actor)


def _locked(
    application: ExchangeApplication, *stages: ExchangeStage, with_programme: bool = False
) -> ExchangeApplication:
    """The application behind its lock, and that of its call first where places change; raises Conflict elsewhere."""
    if with_programme:
        programme_queries.locked_programme(application.call_id)
    found = queries.locked_application(application.sign_up_id)
    if rules.stage(found) not in stages:
        raise Conflict(_("This was decided meanwhile. Load the page again."))
    return found
