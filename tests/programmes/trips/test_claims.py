"""Claims for co-financing: closed until all is complete, counted by region, decided by the institution of the scheme."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.trips.enums import CostKind, PaperKind
from matchmaker.programmes.trips.models import TripClaim, TripFrame, TripSeat
from tests.clients import Client
from tests.factories.firms import FirmFactory
from tests.factories.trips import (
    SupportRateFactory,
    SupportSchemeFactory,
    TripFactory,
    TripItemFactory,
    staff_of,
    traveller_of,
)

Given = Callable[..., Any]


class World:
    """A trip that is over, with a firm of Konya that travelled, a scheme of half the costs, in Konya of 70 per cent."""

    def __init__(self) -> None:
        begun = clock.now() - timedelta(days=10)
        self.trip = TripFactory(starts_at=begun, state=ProgrammeState.DONE)
        self.scheme = SupportSchemeFactory(
            institution_id=self.trip.institution_id,
            cost_kinds=[CostKind.TRAVEL.value],
            paper_kinds=[PaperKind.INVOICE.value],
        )
        SupportRateFactory(scheme_id=self.scheme.id)
        SupportRateFactory(
            scheme_id=self.scheme.id, region_code="TR-42", percent=Decimal(70), cap=Decimal(600)
        )
        db.session.add(TripFrame(programme_id=self.trip.id, from_country="TR", scheme_id=self.scheme.id))
        self.item = TripItemFactory(programme_id=self.trip.id, capacity=None)
        self.delegate = traveller_of(
            self.trip, FirmFactory(country="TR"), state=SignUpState.ATTENDED, region_code="TR-42"
        )
        self.officer = staff_of(self.trip)

    @property
    def address(self) -> str:
        """The page of the claim."""
        return f"/trip-applications/{self.delegate.sign_up_id}/claim"

    def attend(self) -> None:
        """Record that the delegate was there."""
        db.session.add(TripSeat(item_id=self.item.id, delegate_id=self.delegate.id, attended=True))


@pytest.mark.data
def test_a_claim_opens_only_when_attendance_and_papers_are_complete(client: Client, given: Given) -> None:
    with given():
        world = World()
    firm = client.sign_in(world.delegate.person_id or 0)
    costs, papers = f"{world.address}/costs", f"{world.address}/papers"

    def gaps() -> list[bool]:
        page = firm.get(world.address).text
        return [
            words in page for words in ("Attendance in all items", "Not all papers", "No costs are entered")
        ]

    first = gaps()
    firm.submit(world.address, {"kind": "travel", "amount": "1000"}, form=costs)
    with given():
        world.attend()
    early = firm.send(f"{world.address}/send")
    paper = (io.BytesIO(b"%PDF-1.7 invoice"), "invoice.pdf")
    firm.submit(world.address, {"paper": "invoice", "file": paper}, form=papers)
    sent = firm.send(f"{world.address}/send")

    assert first == [True, True, True]
    assert (early.status_code, sent.status_code) == (422, 303)
    with given():
        claim = db.session.scalars(select(TripClaim)).one()
        assert (claim.state, claim.percent, claim.amount) == ("submitted", 70, 600)


def test_an_absence_keeps_it_closed(client: Client, given: Given) -> None:
    with given():
        world = World()
        db.session.add(TripSeat(item_id=world.item.id, delegate_id=world.delegate.id, attended=False))
    firm = client.sign_in(world.delegate.person_id or 0)
    assert "Attendance in all items" in firm.get(world.address).text


@pytest.mark.parametrize(
    ("data", "field", "form"),
    [
        ({"kind": "travel", "amount": "-5"}, "amount", "costs"),
        ({"kind": "travel", "amount": ""}, "amount", "costs"),
        ({"kind": "guide", "amount": "5"}, "kind", "costs"),
        ({"paper": "invoice", "file": (io.BytesIO(b"MZ"), "tool.exe")}, "file", "papers"),
    ],
)
def test_what_cannot_be_is_named_beside_its_field(
    client: Client, given: Given, data: dict[str, Any], field: str, form: str
) -> None:
    with given():
        world = World()
    firm = client.sign_in(world.delegate.person_id or 0)
    answer = firm.send(f"{world.address}/{form}", data)
    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)


def test_the_institution_of_the_scheme_decides(client: Client, given: Given) -> None:
    with given():
        world = World()
        db.session.add(
            TripClaim(
                sign_up_id=world.delegate.sign_up_id,
                scheme_id=world.scheme.id,
                state="submitted",
                amount=Decimal(600),
                percent=Decimal(70),
                cap=Decimal(600),
            )
        )
    address = f"{world.address}/decide"
    assert (
        client.sign_in(world.delegate.person_id or 0).send(address, {"state": "approved"}).status_code == 403
    )
    staff = client.sign_in(world.officer)

    refused = staff.send(address, {"state": "refused"})
    approved = staff.send(address, {"state": "approved"})
    paid = staff.send(address, {"state": "paid"})
    again = staff.send(address, {"state": "paid"})

    assert [one.status_code for one in (refused, approved, paid, again)] == [422, 303, 303, 409]
    assert "Paid" in staff.get(f"/programmes/{world.trip.id}/trip/claims").text
