"""Writes of travellers' papers: passport, needs, insurance, visa, consents, and who may read them."""

from datetime import date

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import show_date
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips import paper_queries, rules, travel_consent_services, travel_secrets
from matchmaker.programmes.trips.enums import TravelPurpose, VisaState
from matchmaker.programmes.trips.models import PassportOfficer, TravelPapers
from matchmaker.programmes.trips.travel_consents import ConsentText
from matchmaker.programmes.trips.travel_secrets import Emergency, Needs, Passport
from matchmaker.reference import countries

ENTITY = "travel_papers"


def save_passport(actor: Actor | None, delegate: Delegate, passport: Passport) -> TravelPapers:
    """Keep a passport locked; without an actor the delegate came by the mailed link.

    Raises DomainError at the field, so at `expires_on` for a passport that has expired or ends within the stay.
    """
    _check_passport(delegate, passport)
    papers = _kept(delegate)
    papers.passport_locked = travel_secrets.lock_passport(passport)
    papers.passport_given_at = clock.now()
    audit.record(actor, "give_passport", ENTITY, papers.id, after={"delegate": delegate.id})
    db.session.flush()
    return papers


def _check_passport(delegate: Delegate, passport: Passport) -> None:
    last_day = delegate.sign_up.programme.last_day
    if not countries.exists(passport.nationality):
        raise DomainError(_("Choose a country."), "nationality")
    if passport.born_on >= clock.today():
        raise DomainError(_("Enter a day in the past."), "born_on")
    if passport.expires_on < clock.today():
        raise DomainError(_("This passport has expired."), "expires_on")
    if passport.expires_on < last_day:
        ends = show_date(last_day)
        raise DomainError(
            _("This passport ends before the trip does (%(date)s). A newer one is needed.", date=ends),
            "expires_on",
        )


def save_needs(
    actor: Actor | None, delegate: Delegate, needs: Needs, consent: ConsentText | None
) -> TravelPapers:
    """Keep diet and access needs locked, with the delegate's own separate consent; empty needs end both.

    `consent` is the text that was agreed to. Raises DomainError at `needs_consent` without one: nothing of this kind is
    kept then.
    """
    papers = _kept(delegate)
    given = bool(needs.diet or needs.access)
    if given and consent is None:
        raise DomainError(
            _(
                "These are health data. They are kept only with your consent; tick the box or leave both empty."
            ),
            "needs_consent",
        )
    papers.needs_locked = travel_secrets.lock_needs(needs)
    if given and consent is not None:
        travel_consent_services.give(actor, delegate, TravelPurpose.NEEDS, consent)
    else:
        travel_consent_services.withdraw(actor, delegate, TravelPurpose.NEEDS)
    audit.record(actor, "give_needs" if given else "remove_needs", ENTITY, papers.id)
    db.session.flush()
    return papers


def save_journey(
    actor: Actor | None,
    delegate: Delegate,
    *,
    insurer: str,
    insured_until: date | None,
    arrival: str,
    departure: str,
    hotel: str,
    emergency: Emergency,
) -> TravelPapers:
    """Keep insurance, journey and emergency contact; raises DomainError at `insured_until`, `insurer`."""
    last_day = delegate.sign_up.programme.last_day
    if insured_until is not None and insured_until < last_day:
        raise DomainError(_("The insurance ends before the trip does."), "insured_until")
    if insured_until is not None and not insurer:
        raise DomainError(_("Enter the insurer."), "insurer")
    papers = _kept(delegate)
    papers.insurer, papers.insured_until = insurer, insured_until
    papers.arrival, papers.departure, papers.hotel = arrival, departure, hotel
    papers.emergency_locked = travel_secrets.lock_emergency(emergency)
    audit.record(actor, "give_journey", ENTITY, papers.id, after={"insured": insured_until is not None})
    db.session.flush()
    return papers


def give_consent(actor: Actor | None, delegate: Delegate, text: ConsentText) -> None:
    """The delegate consents to passing the passport on to the host and the consulate; only the delegate does.

    Raises Conflict once the papers of the trip are destroyed.
    """
    _kept(delegate)
    travel_consent_services.give(actor, delegate, TravelPurpose.PASSPORT, text)


def withdraw_consent(actor: Actor | None, delegate: Delegate) -> TravelPapers:
    """Take the consent to pass the passport on back; passport and needs are destroyed at once.

    Raises Conflict where there is none.
    """
    papers = _kept(delegate)
    if not travel_consent_services.withdraw(actor, delegate, TravelPurpose.PASSPORT):
        raise Conflict(_("There is no consent to withdraw."))
    travel_consent_services.withdraw(actor, delegate, TravelPurpose.NEEDS)
    papers.passport_given_at = None
    papers.passport_locked = papers.needs_locked = ""
    audit.record(actor, "destroy_passport", ENTITY, papers.id)
    db.session.flush()
    return papers


def set_visa(actor: Actor, delegate: Delegate, state: VisaState) -> TravelPapers:
    """Record how far the visa is; the organiser and the host do. Raises NotAllowed."""
    if not rules.may_run(actor, delegate.sign_up.programme):
        raise NotAllowed(_("Only the organiser and the host record visas."))
    papers = _kept(delegate)
    before = {"visa": papers.visa.value}
    papers.visa = state
    audit.record(actor, "visa", ENTITY, papers.id, before, {"visa": state.value})
    db.session.flush()
    return papers


def name_officer(actor: Actor, programme: Programme, person_id: int) -> PassportOfficer:
    """Name somebody of the organiser or the host who may read the passports; raises NotAllowed, DomainError."""
    _check_naming(actor, programme)
    if person_id not in {one.person_id for one in paper_queries.office_people(programme)}:
        raise DomainError(_("Choose somebody of the organiser or the host."), "person_id")
    if paper_queries.is_passport_officer(programme.id, person_id):
        raise DomainError(_("This person is named already."), "person_id")
    officer = PassportOfficer(programme_id=programme.id, person_id=person_id, named_by_id=actor.person_id)
    db.session.add(officer)
    audit.record(actor, "name_officer", "trip", programme.id, after={"person": person_id})
    db.session.flush()
    return officer


def remove_officer(actor: Actor, programme: Programme, person_id: int) -> None:
    """End it; raises NotAllowed, Conflict where the person is not named."""
    _check_naming(actor, programme)
    mine = paper_queries.passport_officers(programme.id)
    officer = next((one for one in mine if one.person_id == person_id), None)
    if officer is None:
        raise Conflict(_("This person is not named any more."))
    db.session.delete(officer)
    audit.record(actor, "remove_officer", "trip", programme.id, {"person": person_id})
    db.session.flush()


def _check_naming(actor: Actor, programme: Programme) -> None:
    if not programme_rules.may_edit(actor, programme):
        raise NotAllowed(_("Only the organiser names who may read passports."))


def _kept(delegate: Delegate) -> TravelPapers:
    paper_queries.lock_delegate(delegate.id)
    papers = paper_queries.papers(delegate)
    if papers.purged_at is not None:
        raise Conflict(_("The papers of this trip were destroyed as planned."))
    if papers not in db.session:
        papers.visa = VisaState.NOT_STARTED
        db.session.add(papers)
        db.session.flush()
    return papers
