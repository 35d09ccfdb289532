"""What belongs to business trips that the access matrix asks about."""

import io
from typing import Any

from werkzeug.datastructures import FileStorage

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.files import store_document
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips.enums import LetterKind, PaperKind
from matchmaker.programmes.trips.locked_files import keep_locked
from matchmaker.programmes.trips.models import (
    ClaimPaper,
    LetterRun,
    PassportOfficer,
    TripClaim,
    TripDocument,
    TripLetter,
)
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
    "apply",
    "scores",
    "scores_sheet",
    "accept",
    "viability",
    "readiness",
    "name_officer",
    "remove_officer",
    "delegation",
    "delegation_file",
    "letters",
    "order_letters",
    "claims",
)
"""The addresses that are asked with a trip in place of any programme."""
OF_SIGN_UP = (
    "application",
    "assess",
    "claim",
    "add_cost",
    "remove_cost",
    "add_claim_paper",
    "remove_claim_paper",
    "send_claim",
    "decide_claim",
    "claim_paper",
)
OF_DELEGATE = (
    "personal",
    "calendar",
    "join",
    "leave",
    "papers",
    "save_passport",
    "save_journey",
    "save_needs",
    "give_consent",
    "withdraw_consent",
    "set_visa",
)


def trip_arguments(own: Institution, mou_id: int, firm: Firm, people: dict[str, int]) -> dict[str, Any]:
    """A trip of the own institution with a confirmed delegate of the firm, a visit, a paper, and the dated tables."""
    trip = TripFactory(mou_id=mou_id)
    sign_up = SignUpFactory(programme_id=trip.id, firm_id=firm.id, person_id=people["firm_admin"])
    delegate = Delegate(sign_up_id=sign_up.id, person_id=people["member"], name="Delegate")
    db.session.add(delegate)
    db.session.flush()
    found = {f"trips.{name}:programme_id": trip.id for name in OF_TRIP}
    found |= {f"trips.{name}:sign_up_id": sign_up.id for name in OF_SIGN_UP}
    found |= {f"trips.{name}:delegate_id": delegate.id for name in OF_DELEGATE}
    found |= paper_arguments(trip, delegate, people)
    return found | {
        "rule_id": EntryRuleFactory().id,
        "scheme_id": SupportSchemeFactory(institution_id=own.id).id,
        "item_id": TripItemFactory(programme_id=trip.id).id,
        "document_id": paper_of(trip, people["own_staff"]).id,
    }


def paper_arguments(trip: Programme, delegate: Delegate, people: dict[str, int]) -> dict[str, Any]:
    """A letter, an order of letters and a claim; the member of staff is named to read passports."""
    actor = Actor(person_id=people["own_staff"])
    db.session.add(
        PassportOfficer(
            programme_id=trip.id, person_id=people["own_staff"], named_by_id=people["coordinator"]
        )
    )
    run = LetterRun(
        batch="order",
        programme_id=trip.id,
        institution_id=trip.institution_id,
        kind=LetterKind.INVITATION,
        language="tr",
        ordered_by_id=people["own_staff"],
        file_id=keep_locked(actor, "letters.zip", b"archive").id,
        finished_at=clock.now(),
    )
    letter = TripLetter(
        institution_id=trip.institution_id,
        year=2026,
        number=1,
        programme_id=trip.id,
        delegate_id=delegate.id,
        kind=LetterKind.INVITATION,
        language="tr",
        issued_at=clock.now(),
        sha256="",
        file_id=keep_locked(actor, "letter.pdf", b"letter").id,
    )
    claim = TripClaim(
        sign_up_id=delegate.sign_up_id, scheme_id=SupportSchemeFactory(institution_id=trip.institution_id).id
    )
    pdf = FileStorage(io.BytesIO(b"%PDF-1.7 invoice"), "invoice.pdf")
    claim.papers = [ClaimPaper(kind=PaperKind.INVOICE, file_id=store_document(actor, pdf, "file").id)]
    db.session.add_all([run, letter, claim])
    db.session.flush()
    return {
        "run_id": run.id,
        "letter_id": letter.id,
        "paper_id": claim.papers[0].id,
        "trips.delegation_file:kind": "csv",
    }


def paper_of(trip: Programme, person_id: int) -> TripDocument:
    """A paper of a trip."""
    pdf = FileStorage(io.BytesIO(b"%PDF-1.7 programme"), "programme.pdf")
    stored = store_document(Actor(person_id=person_id), pdf, "file")
    paper = TripDocument(programme_id=trip.id, title="Programme", file_id=stored.id)
    db.session.add(paper)
    db.session.flush()
    return paper
