"""Writes of a trip's frame: what it needs, where it goes, its papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.files import remove_stored, store_document
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import assessment_queries, frame_queries, scoring, table_queries
from matchmaker.programmes.trips.enums import CostModel, Criterion
from matchmaker.programmes.trips.models import TripDestination, TripDocument, TripFrame
from matchmaker.reference import hs


@dataclass(frozen=True, slots=True)
class FrameTerms:
    """What the organiser says about a trip beside its programme."""

    from_country: str
    hs_codes: Sequence[str]
    cost_model: CostModel
    cost_note: str
    insurance_required: bool
    insurance_note: str
    scheme_id: int | None
    weights: Mapping[Criterion, int]
    purge_days: int


def save_frame(actor: Actor, programme: Programme, terms: FrameTerms) -> TripFrame:
    """Keep the frame; raises NotAllowed, DomainError at the field for what cannot be.

    Weights are fixed from the first assessment on, so that all applications are measured alike; the lock of the trip,
    behind which assessments are sent in too, keeps the one from passing the other.
    """
    check_organiser(actor, programme)
    programme = programme_queries.locked_programme(programme.id)
    frame = frame_queries.frame(programme)
    _check_terms(programme, terms)
    _check_weights(programme, frame, terms.weights)
    frame.from_country, frame.hs_codes = terms.from_country, list(terms.hs_codes)
    frame.cost_model, frame.cost_note = terms.cost_model, terms.cost_note
    frame.insurance_required, frame.insurance_note = terms.insurance_required, terms.insurance_note
    frame.scheme_id, frame.purge_days = terms.scheme_id, terms.purge_days
    frame.weights = {criterion.value: weight for criterion, weight in terms.weights.items()}
    db.session.add(frame)
    db.session.flush()
    after = {
        "from_country": frame.from_country,
        "hs_codes": frame.hs_codes,
        "scheme_id": frame.scheme_id,
        "weights": frame.weights,
        "purge_days": frame.purge_days,
    }
    audit.record(actor, "frame", "trip", programme.id, after=after)
    db.session.flush()
    return frame


def _check_terms(programme: Programme, terms: FrameTerms) -> None:
    if terms.from_country == programme.country:
        raise DomainError(_("The delegates come from another country than the trip goes to."), "from_country")
    unknown = [code for code in terms.hs_codes if hs.get(code) is None]
    if unknown:
        raise DomainError(_("There is no HS code %(code)s.", code=unknown[0]), "hs_codes")
    if sum(terms.weights.values()) != 100:
        raise DomainError(_("The weights add up to 100."), "suitability")
    if terms.scheme_id is not None:
        scheme = table_queries.scheme(terms.scheme_id)
        if scheme.institution.country != terms.from_country:
            raise DomainError(_("Choose a scheme of the delegates' country."), "scheme_id")


def _check_weights(programme: Programme, frame: TripFrame, wanted: Mapping[Criterion, int]) -> None:
    kept = scoring.weights_of(frame.weights)
    changed = next((one for one in Criterion if wanted.get(one, 0) != kept.get(one, 0)), None)
    if changed is not None and assessment_queries.any_submitted(programme.id):
        raise DomainError(
            _("An assessment has been sent in, so the weights stand as they are."), changed.value
        )


def add_destination(
    actor: Actor, programme: Programme, *, city: str, from_on: date, to_on: date
) -> TripDestination:
    """Add a city where the trip stays; raises NotAllowed, DomainError at the field outside the trip's days."""
    check_organiser(actor, programme)
    if to_on < from_on:
        raise DomainError(_("The last day is before the first."), "to_on")
    if from_on < programme.first_day or to_on > programme.last_day:
        raise DomainError(_("This lies outside the days of the trip."), "from_on")
    frame = _stored(programme)
    found = TripDestination(city=city, from_on=from_on, to_on=to_on)
    frame.destinations.append(found)
    audit.record(actor, "add_destination", "trip", programme.id, after={"city": city})
    db.session.flush()
    return found


def remove_destination(actor: Actor, programme: Programme, destination_id: int) -> None:
    """Take a city away; raises NotAllowed, NotFound."""
    check_organiser(actor, programme)
    found = frame_queries.destination(destination_id)
    frame = frame_queries.frame(programme)
    if found not in frame.destinations:
        raise DomainError(_("This destination belongs to another trip."))
    frame.destinations.remove(found)
    audit.record(actor, "remove_destination", "trip", programme.id, {"city": found.city})
    db.session.flush()


def _stored(programme: Programme) -> TripFrame:
    frame = frame_queries.frame(programme)
    if frame not in db.session:
        db.session.add(frame)
        db.session.flush()
    return frame


def add_document(actor: Actor, programme: Programme, title: str, upload: FileStorage) -> TripDocument:
    """Keep a paper for everybody who sees the trip; raises NotAllowed, DomainError at `file`."""
    check_organiser(actor, programme)
    stored = store_document(actor, upload, "file")
    found = TripDocument(programme_id=programme.id, title=title, file_id=stored.id)
    db.session.add(found)
    db.session.flush()
    audit.record(actor, "add_document", "trip", programme.id, after={"title": title, "sha256": stored.sha256})
    db.session.flush()
    return found


def remove_document(actor: Actor, programme: Programme, document: TripDocument) -> None:
    """Take a paper away with its file; raises NotAllowed."""
    check_organiser(actor, programme)
    audit.record(actor, "remove_document", "trip", programme.id, {"title": document.title})
    db.session.delete(document)
    remove_stored(document.file)
    db.session.flush()


def check_organiser(actor: Actor, programme: Programme) -> None:
    """Raise NotAllowed for everybody but the organiser's staff and coordinators."""
    if not programme_rules.may_edit(actor, programme):
        raise NotAllowed(_("Only the organiser changes a trip."))


def check_complete(programme: Programme) -> None:
    """Refuse to publish a trip that does not say where it goes, who pays, and by when how many firms are needed."""
    if not programme.country:
        raise DomainError(_("Say in the plan to which country the trip goes."))
    if programme.minimum < 1:
        raise DomainError(_("Say in the plan how many firms the trip needs at least."))
    if programme.decision_on is None:
        raise DomainError(_("Say in the plan by which day it is decided whether the trip takes place."))
    if frame_queries.frame(programme).id is None:
        raise DomainError(_("Save the frame of the trip first: where the delegates come from and who pays."))
