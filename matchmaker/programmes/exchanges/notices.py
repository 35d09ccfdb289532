"""Tells the people of an exchange what happened; names of programmes only, nothing that was written."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify
from matchmaker.programmes.exchanges import queries, rules
from matchmaker.programmes.exchanges.enums import PaperKind
from matchmaker.programmes.exchanges.models import ExchangeApplication, Expert

_WORK = NoticeCategory.WORK
for _name, _sentence, _news in (
    (
        "expert_record",
        _l("%(subject)s asks for the consent of the institution to the record as an expert."),
        _l("An expert asks for the consent of your institution."),
    ),
    (
        "expert_consent",
        _l("Your institution consented to your record as an expert: %(subject)s."),
        _l("Your institution consented to your record as an expert."),
    ),
    (
        "expert_consent_ended",
        _l("Your institution took its consent to your record as an expert back: %(subject)s."),
        _l("Your institution took its consent to your record as an expert back."),
    ),
    (
        "exchange_to_endorse",
        _l("An expert of your institution applied to “%(subject)s”; your decision comes first."),
        _l("An application to an expert exchange waits for your decision."),
    ),
    (
        "exchange_to_decide",
        _l("An application to “%(subject)s” waits for your decision as the host."),
        _l("An application to an expert exchange waits for your decision."),
    ),
    (
        "exchange_endorsed",
        _l("Your institution endorsed your application to “%(subject)s”; the host decides now."),
        _l("There is news of your application to an expert exchange."),
    ),
    (
        "exchange_declined",
        _l("Your application to “%(subject)s” was declined."),
        _l("There is news of your application to an expert exchange."),
    ),
    (
        "exchange_accepted",
        _l("“%(subject)s”: the host accepted the expert. Now the agreement is written and confirmed."),
        _l("An expert exchange goes on: the agreement is to be written and confirmed."),
    ),
    (
        "exchange_withdrawn",
        _l("“%(subject)s”: the expert withdrew the application."),
        _l("An application to an expert exchange was withdrawn."),
    ),
    (
        "exchange_replaced",
        _l("“%(subject)s”: another expert goes; the agreement has to be confirmed again."),
        _l("In an expert exchange another expert goes."),
    ),
    (
        "exchange_agreement_changed",
        _l("“%(subject)s”: the agreement was changed and has to be confirmed again."),
        _l("The agreement of an expert exchange was changed and has to be confirmed again."),
    ),
    (
        "exchange_agreed",
        _l("“%(subject)s”: all four confirmed the agreement; the exchange can start."),
        _l("The agreement of an expert exchange is confirmed by all."),
    ),
    (
        "exchange_not_agreed",
        _l("“%(subject)s” should start, but the agreement is not confirmed by all four."),
        _l("An expert exchange cannot start: the agreement is not confirmed by all."),
    ),
    ("exchange_started", _l("“%(subject)s” has started."), _l("An expert exchange has started.")),
    (
        "exchange_papers_due",
        _l("“%(subject)s”: your report or evaluation is due 30 days after the last day."),
        _l("Your report or evaluation of an expert exchange is due."),
    ),
    (
        "exchange_papers_late",
        _l("“%(subject)s”: your report or evaluation is overdue; without it there is no certificate."),
        _l("Your report or evaluation of an expert exchange is overdue."),
    ),
    (
        "exchange_closed",
        _l("“%(subject)s”: report and evaluations are here; the certificate can be downloaded."),
        _l("An expert exchange is closed; the certificate can be downloaded."),
    ),
):
    add_kind(_name, _WORK, _sentence, _news)


def tell_coordinators(application: ExchangeApplication, institution_id: int, kind: str, actor: Actor) -> None:
    """Tell the coordinators of one side."""
    people = queries.people_of(institution_id, (InstitutionRole.COORDINATOR,), but=actor.person_id)
    _tell((person.id for person in people), application, kind)


def tell_expert_of(application: ExchangeApplication, kind: str, actor: Actor) -> None:
    """Tell the expert who applied."""
    if application.expert.person_id != actor.person_id:
        _tell([application.expert.person_id], application, kind)


def tell_parties(
    application: ExchangeApplication,
    kind: str,
    actor: Actor | None,
    *,
    about: str = "",
    but: int | None = None,
) -> None:
    """Tell the expert, the person at the host and the coordinators of both sides, but not who did it."""
    left_out = but if but is not None else (actor.person_id if actor else 0)
    people = {
        application.expert.person_id,
        *([application.host_person_id] if application.host_person_id else []),
    }
    for office in (application.call.sending_institution_id, application.call.host_institution_id):
        people |= {person.id for person in queries.people_of(office, (InstitutionRole.COORDINATOR,))}
    _tell(sorted(people - {left_out}), application, kind, about)


def tell_writers(application: ExchangeApplication, kind: str, about: str) -> int:
    """Tell those who owe a paper; answers how many had not been told the same before."""
    missing = set(rules.missing_papers(application))
    people = set()
    if missing & {PaperKind.REPORT, PaperKind.EXPERT_EVALUATION}:
        people.add(application.expert.person_id)
    if PaperKind.HOST_EVALUATION in missing and application.host_person_id:
        people.add(application.host_person_id)
    return _tell(sorted(people), application, kind, about)


def tell_missing(application: ExchangeApplication) -> int:
    """Tell all four that the first day has come without an agreement."""
    people = {application.expert.person_id, application.host_person_id or 0} - {0}
    for office in (application.call.sending_institution_id, application.call.host_institution_id):
        people |= {person.id for person in queries.people_of(office, (InstitutionRole.COORDINATOR,))}
    return _tell(sorted(people), application, "exchange_not_agreed")


def tell_of_record(expert_id: int, institution_id: int, actor: Actor) -> None:
    """Ask the coordinators of an expert's institution for its consent."""
    for person in queries.people_of(institution_id, (InstitutionRole.COORDINATOR,), but=actor.person_id):
        key = f"expert_record {expert_id} {_version(expert_id)}"
        notify(person.id, "expert_record", actor.name, _path("exchanges.expert", expert_id=expert_id), key)


def tell_expert(expert: Expert, kind: str, actor: Actor) -> None:
    """Tell an expert about the own record."""
    person = db.session.get_one(Person, expert.person_id)
    key = f"{kind} {expert.id} {_version(expert.id)}"
    notify(person.id, kind, actor.name, _path("exchanges.own_record"), key)


def _version(expert_id: int) -> str:
    return db.session.get_one(Expert, expert_id).updated_at.isoformat()


def _tell(people: Iterable[int], application: ExchangeApplication, kind: str, about: str = "") -> int:
    path = _path("exchanges.show", application_id=application.sign_up_id)
    told = 0
    for number in people:
        person = db.session.get_one(Person, number)
        title = application.sign_up.programme.title(person.language)
        key = f"{kind} {application.sign_up_id} {about}".strip()
        told += notify(number, kind, title, path, key) is not None
    return told


def _path(endpoint: str, **values: int) -> str:
    return str(current_app.url_map.bind("").build(endpoint, values))
