"""The agreement that four confirm, the agenda, and the beginning and end of an exchange."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammePart, ProgrammeVerb, SignUpPart, SignUpState, SignUpVerb
from matchmaker.programmes.exchanges import notices, queries, rules
from matchmaker.programmes.exchanges.enums import ExchangeStage
from matchmaker.programmes.exchanges.models import (
    ExchangeAgendaItem,
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeConfirmation,
)
from matchmaker.programmes.moves import move_programme, move_sign_up

OPEN = (ExchangeStage.AGREEMENT, ExchangeStage.READY)
STAFF = frozenset({SignUpPart.STAFF})


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed on; the fields of the same names of ExchangeAgreement."""

    objectives: str
    tasks_expert: str
    tasks_sender: str
    tasks_host: str
    deliverables: str
    timetable: str
    money: str
    insurance: str


def begin_agreement(actor: Actor, application: ExchangeApplication) -> None:
    """A first draft from the call and the application, for the four to complete."""
    if application.agreement is not None:
        return
    call = application.call
    db.session.add(
        ExchangeAgreement(
            application_id=application.sign_up_id,
            objectives=call.need,
            tasks_expert="",
            tasks_sender="",
            tasks_host="",
            deliverables=call.deliverables,
            timetable="",
            money=call.cost_note,
            insurance="",
            changed_by_id=actor.person_id,
        )
    )
    db.session.flush()


def change_terms(
    actor: Actor, application: ExchangeApplication, terms: Terms, *, version: int | None
) -> None:
    """Write the agreement; each change voids what was confirmed. Raises Conflict where `version` is no longer the last."""
    application = _locked(application, *OPEN)
    agreement = _agreement(application)
    if not rules.may_agree(actor, application):
        raise NotAllowed(_("Only those who confirm the agreement change it."))
    if version is not None and version != agreement.version:
        raise Conflict(_("Somebody changed the agreement meanwhile. Load the page again."))
    for name, value in asdict(terms).items():
        if not value.strip():
            raise DomainError(_("Write what is agreed here, or that nothing is needed."), name)
    before = {name: getattr(agreement, name) for name in asdict(terms)}
    changed = sorted(name for name, value in asdict(terms).items() if before[name] != value)
    if not changed:
        return
    for name in changed:
        setattr(agreement, name, getattr(terms, name))
    agreement.version += 1
    agreement.changed_at, agreement.changed_by_id = clock.now(), actor.person_id
    agreement.confirmations.clear()
    audit.record(
        actor, "change_agreement", "exchange_application", application.sign_up_id,
        {name: before[name] for name in changed}, {name: getattr(agreement, name) for name in changed},
    )  # fmt: skip
    db.session.flush()
    notices.tell_parties(application, "exchange_agreement_changed", actor, about=f"v{agreement.version}")


def void_confirmations(application: ExchangeApplication) -> None:
    """Take back what was confirmed, because something changed that all four have to know of."""
    if application.agreement is not None:
        application.agreement.confirmations.clear()
        application.agreement.version += 1
        db.session.flush()


def confirm(actor: Actor, application: ExchangeApplication, *, version: int) -> None:
    """Say yes to the version that was read, for the one part the actor has; the fourth yes makes the exchange ready."""
    application = _locked(application, *OPEN)
    agreement = _agreement(application)
    parties = rules.parties_of(actor, application)
    if not parties:
        raise NotAllowed(_("Only the four parties confirm the agreement."))
    if version != agreement.version:
        raise Conflict(_("Somebody changed the agreement meanwhile. Read it again, then confirm."))
    if not all(value.strip() for value in asdict(terms_of(agreement)).values()):
        raise DomainError(_("The agreement is not complete yet."))
    party = parties[0]
    if party not in rules.missing_confirmations(agreement):
        raise Conflict(_("This was confirmed already."))
    agreement.confirmations.append(
        ExchangeConfirmation(party=party, person_id=actor.person_id, agreement_version=agreement.version)
    )
    audit.record(
        actor, "confirm_agreement", "exchange_application", application.sign_up_id,
        after={"party": party.value, "version": agreement.version},
    )  # fmt: skip
    db.session.flush()
    if rules.is_agreed(agreement):
        _make_ready(actor, application)


def _make_ready(actor: Actor, application: ExchangeApplication) -> None:
    if application.sign_up.state is SignUpState.ACCEPTED:
        move_sign_up(actor, application.sign_up, SignUpVerb.CONFIRM, SignUpState.CONFIRMED, parts=STAFF)
    notices.tell_parties(application, "exchange_agreed", actor, but=0)


def terms_of(agreement: ExchangeAgreement) -> Terms:
    """What the agreement says."""
    return Terms(**{name: getattr(agreement, name) for name in Terms.__dataclass_fields__})


# ---------------------------------------------------------------- agenda


def add_item(
    actor: Actor, application: ExchangeApplication, *, starts_at: datetime, ends_at: datetime, title: str,
    place: str, people: str,
) -> ExchangeAgendaItem:  # fmt: skip
    """Put an item on the agenda; raises DomainError for one outside the agreed days or on top of another."""
    application = _locked(application, *OPEN, ExchangeStage.RUNNING)
    _demand_run(actor, application)
    if ends_at <= starts_at:
        raise DomainError(_("The end lies before the start."), "ends")
    zone = ZoneInfo(application.sign_up.programme.zone)
    days = _days(application)
    if not days.first <= starts_at.astimezone(zone).date() <= ends_at.astimezone(zone).date() <= days.last:
        raise DomainError(_("Choose one of the agreed days."), "day")
    for other in application.agenda:
        if other.starts_at < ends_at and starts_at < other.ends_at:
            raise DomainError(_("At this time there is already: %(title)s.", title=other.title), "starts")
    item = ExchangeAgendaItem(
        application_id=application.sign_up_id,
        starts_at=starts_at,
        ends_at=ends_at,
        title=title,
        place=place,
        people=people,
    )
    application.agenda.append(item)
    audit.record(
        actor, "add_agenda_item", "exchange_application", application.sign_up_id, after={"title": title}
    )
    db.session.flush()
    return item


def remove_item(actor: Actor, application: ExchangeApplication, item_id: int) -> None:
    """Take an item off the agenda; raises NotFound for that of another exchange."""
    application = _locked(application, *OPEN, ExchangeStage.RUNNING)
    _demand_run(actor, application)
    item = queries.agenda_item(application, item_id)
    audit.record(
        actor, "remove_agenda_item", "exchange_application", application.sign_up_id, {"title": item.title}
    )
    application.agenda.remove(item)
    db.session.delete(item)
    db.session.flush()


# ---------------------------------------------------------------- beginning and end


def start(actor: Actor | None, application: ExchangeApplication) -> None:
    """Begin the exchange; without an actor the clock does. Raises Conflict before all four confirmed or before its day."""
    programme_queries.locked_programme(application.call_id)
    application = queries.locked_application(application.sign_up_id)
    if actor is not None:
        _demand_run(actor, application)
    if rules.stage(application) is not ExchangeStage.READY:
        audit.record_refusal(actor, "start", "exchange_application", application.sign_up_id, "not agreed")
        raise Conflict(
            _(
                "The exchange cannot start before both persons and both institutions have confirmed the agreement."
            )
        )
    if _today(application) < _days(application).first:
        raise Conflict(_("The exchange starts on its first day, not before."))
    application.started_at = clock.now()
    audit.record(actor, "start", "exchange_application", application.sign_up_id)
    db.session.flush()
    _begin_programme(application)
    notices.tell_parties(application, "exchange_started", actor)


def _begin_programme(application: ExchangeApplication) -> None:
    """The first exchange that begins takes its call along."""
    programme = programme_queries.locked_programme(application.call_id)
    system = {ProgrammePart.SYSTEM}
    for verb in (ProgrammeVerb.CLOSE, ProgrammeVerb.CONFIRM, ProgrammeVerb.START):
        if programme_rules.programme_step(programme.state, verb, system):
            move_programme(None, programme, verb)


def finish(actor: Actor | None, application: ExchangeApplication) -> None:
    """End the exchange on or after its last day; from then on the papers are due."""
    application = _locked(application, ExchangeStage.RUNNING)
    if actor is not None:
        _demand_run(actor, application)
    if _today(application) < _days(application).last:
        raise Conflict(_("The exchange ends on its last day, not before."))
    application.finished_at = clock.now()
    move_sign_up(
        actor,
        application.sign_up,
        SignUpVerb.ATTEND,
        SignUpState.ATTENDED,
        parts=STAFF if actor else None,
    )
    audit.record(actor, "finish", "exchange_application", application.sign_up_id)
    db.session.flush()
    notices.tell_writers(application, "exchange_papers_due", "finished")


def _today(application: ExchangeApplication) -> date:
    return clock.today(application.sign_up.programme.zone)


def _days(application: ExchangeApplication) -> rules.Window:
    if application.agreed_from is None or application.agreed_to is None:
        raise Conflict(_("No days are agreed yet."))
    return rules.Window(application.agreed_from, application.agreed_to)


def _demand_run(actor: Actor, application: ExchangeApplication) -> None:
    if not rules.may_run(actor, application):
        raise NotAllowed(_("Only the host does this."))


def _agreement(application: ExchangeApplication) -> ExchangeAgreement:
    if application.agreement is None:
        raise Conflict(_("There is no agreement yet."))
    return application.agreement


def _locked(application: ExchangeApplication, *stages: ExchangeStage) -> ExchangeApplication:
    found = queries.locked_application(application.sign_up_id)
    if rules.stage(found) not in stages:
        raise Conflict(_("The exchange has moved on meanwhile. Load the page again."))
    return found
