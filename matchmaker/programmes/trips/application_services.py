"""Writes of applications for a trip: what the firm says beside its sign-up, and what each delegate is to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms.models import Firm
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes import sign_up_services
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.sign_up_services import Application, NewDelegate
from matchmaker.programmes.trips import assessment_queries, rules
from matchmaker.programmes.trips.enums import DelegateRelation
from matchmaker.programmes.trips.models import TripApplication, TripRelation

TEXTS = ("objectives", "wanted", "experience", "past_trips", "past_support", "disclosures")
NEEDED = ("objectives", "wanted", "experience")


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person to be sent and what they are to the firm: owner, partner or employee, nobody else."""

    person: NewDelegate
    relation: DelegateRelation


@dataclass(frozen=True, slots=True)
class TripTexts:
    """What a firm says about itself and its plans; disclosures name ties to the agencies, disputes and the like."""

    objectives: str
    wanted: str
    experience: str
    past_trips: str
    past_support: str
    disclosures: str


def apply(
    actor: Actor,
    programme: Programme,
    firm: Firm,
    travellers: Sequence[Traveller],
    texts: TripTexts,
    *,
    committed: bool,
    women_led: bool = False,
    answers: dict[str, object] | None = None,
) -> SignUp:
    """Sign a firm up for a trip with its application; both or nothing.

    Raises what sign_up raises, and DomainError at the text that is missing, at `committed` without the undertaking to
    attend all items and give feedback, at `travellers` where nobody travels.
    """
    _check_texts(texts)
    if not committed:
        raise DomainError(
            _("Only firms that take part in all items and report afterwards can travel."), "committed"
        )
    if not travellers:
        raise DomainError(_("Choose who travels."), "travellers")
    people = [one.person for one in travellers]
    found = sign_up_services.sign_up(
        actor, programme, firm, Application(people, answers or {}, women_led, texts.objectives[:1000])
    )
    db.session.add(
        TripApplication(
            sign_up_id=found.id,
            committed_at=clock.now(),
            committed_by_id=actor.person_id,
            **_columns(texts),
        )
    )
    for delegate, traveller in zip(found.delegates, travellers, strict=True):
        db.session.add(TripRelation(delegate_id=delegate.id, relation=traveller.relation))
    db.session.flush()
    audit.record(actor, "apply", "trip_application", found.id, after={"people": len(travellers)})
    db.session.flush()
    return found


def change(actor: Actor, sign_up: SignUp, texts: TripTexts) -> TripApplication:
    """Change the texts of an application nobody assessed yet; raises NotAllowed, Conflict, DomainError at the text."""
    if not programme_rules.is_own(actor, sign_up):
        raise NotAllowed(_("A firm changes its own application."))
    kept = assessment_queries.application(sign_up.id)
    if kept is None or not rules.may_still_change(sign_up.state, assessment_queries.is_assessed(sign_up.id)):
        raise Conflict(_("This application is being assessed and cannot be changed any more."))
    _check_texts(texts)
    before = {name: getattr(kept, name) for name in TEXTS}
    for name, value in _columns(texts).items():
        setattr(kept, name, value)
    changed = [name for name in TEXTS if before[name] != getattr(kept, name)]
    audit.record(actor, "change", "trip_application", sign_up.id, after={"fields": changed})
    db.session.flush()
    return kept


def _check_texts(texts: TripTexts) -> None:
    messages = {
        "objectives": _("Say what you want to reach, so that it can be measured."),
        "wanted": _("Name the firms or kinds of firms you want to meet."),
        "experience": _("Describe your experience in this market, or say that you have none."),
    }
    for name in NEEDED:
        if not getattr(texts, name).strip():
            raise DomainError(messages[name], name)
    for name in TEXTS:
        if len(getattr(texts, name)) > rules.LONGEST_TEXT:
            raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_TEXT), name)


def _columns(texts: TripTexts) -> dict[str, str]:
    return {name: getattr(texts, name).strip() for name in TEXTS}
