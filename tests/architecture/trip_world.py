"""What belongs to business trips that the access matrix asks about."""

import io
from typing import Any

from werkzeug.datastructures import FileStorage

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.files import store_document
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips.models import TripDocument
from tests.factories.programmes import SignUpFactory
from tests.factories.trips import EntryRuleFactory, SupportSchemeFactory, TripFactory, TripItemFactory

OF_TRIP = (
    "plan",
    "save_frame",
    "add_destination",
    "remove_destination",
    "add_document",
    "document",
    "remove_document",
    "add_item",
)
"""The addresses that are asked with a trip in place of any programme."""


def trip_arguments(own: Institution, mou_id: int, firm: Firm, people: dict[str, int]) -> dict[str, Any]:
    """A trip of the own institution with a confirmed delegate of the firm, a visit, a paper, and the dated tables."""
    trip = TripFactory(mou_id=mou_id)
    sign_up = SignUpFactory(programme_id=trip.id, firm_id=firm.id, person_id=people["firm_admin"])
    delegate = Delegate(sign_up_id=sign_up.id, person_id=people["member"], name="Delegate")
    db.session.add(delegate)
    db.session.flush()
    return {f"trips.{name}:programme_id": trip.id for name in OF_TRIP} | {
        "rule_id": EntryRuleFactory().id,
        "scheme_id": SupportSchemeFactory(institution_id=own.id).id,
        "item_id": TripItemFactory(programme_id=trip.id).id,
        "delegate_id": delegate.id,
        "document_id": paper_of(trip, people["own_staff"]).id,
    }


def paper_of(trip: Programme, person_id: int) -> TripDocument:
    """A paper of a trip."""
    pdf = FileStorage(io.BytesIO(b"%PDF-1.7 programme"), "programme.pdf")
    stored = store_document(Actor(person_id=person_id), pdf, "file")
    paper = TripDocument(programme_id=trip.id, title="Programme", file_id=stored.id)
    db.session.add(paper)
    db.session.flush()
    return paper
