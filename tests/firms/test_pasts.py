"""What reports count by is kept as it was: first moments, and region and main branch before each change."""

from datetime import timedelta
from importlib import import_module, util
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.firms import goods_services, profile_services, queries, services
from matchmaker.firms.enums import FirmState, StateVerb
from matchmaker.firms.goods_services import Sector
from matchmaker.firms.models import Firm, FirmPast, FirmSector
from matchmaker.firms.profile_services import Place
from matchmaker.reference.nace import NaceRevision
from tests.factories.firms import FirmFactory
from tests.firms.test_services import own_firm, staff

pytestmark = pytest.mark.data
MIGRATION = "20261128_0010_keep_first_moments_and_pasts_of_firms.py"


def pasts(firm: Firm) -> list[tuple[str, str]]:
    """The earlier places of a firm, oldest first."""
    found = select(FirmPast).where(FirmPast.firm_id == firm.id).order_by(FirmPast.id)
    return [(one.region_code, one.nace_class) for one in db.session.scalars(found)]


def in_region(code: str) -> Place:
    """A place of a firm in a region."""
    return Place(region_code=code, town="Merkez", address="", postcode="", website="")


def test_a_change_of_region_or_main_branch_keeps_what_was(session: Any) -> None:
    actor, firm = own_firm(
        region_code="TR-42",
        sectors=[FirmSector(code="28.14", revision="NACE2", nace_class="28.14", main=True)],
    )

    profile_services.set_place(actor, firm, firm.version, in_region("TR-06"))
    profile_services.set_place(actor, firm, firm.version, in_region("TR-06"))
    goods_services.set_sectors(
        actor,
        firm,
        firm.version,
        [Sector("13.10", NaceRevision.NACE_2), Sector("28.14", NaceRevision.NACE_2)],
    )

    assert pasts(firm) == [("TR-42", "28.14"), ("TR-06", "28.14")]


def test_a_firm_that_was_not_sent_yet_has_no_past(session: Any) -> None:
    actor, firm = own_firm(state=FirmState.DRAFT, region_code="TR-42", listed_at=None)

    profile_services.set_place(actor, firm, firm.version, in_region("TR-06"))

    assert pasts(firm) == []


def test_the_first_sending_stays_when_a_firm_is_sent_again(session: Any) -> None:
    first = clock.now() - timedelta(days=9)
    firm = FirmFactory(registered_at=first, submitted_at=first)

    services.set_state(staff(), queries.firm(firm.id), StateVerb.ARCHIVE, reason="Closed")
    services.set_state(staff(), queries.firm(firm.id), StateVerb.RESTORE, reason="Open again")

    found = queries.firm(firm.id)
    assert (found.registered_at, found.submitted_at > first) == (first, True)


def test_firms_of_before_take_their_moments_and_pasts_from_the_audit_trail(session: Any) -> None:
    now = clock.now().replace(microsecond=0)
    days = [now - timedelta(days=ago) for ago in (40, 30, 20, 10)]
    firm = FirmFactory(
        region_code="TR-06",
        submitted_at=days[3],
        listed_at=days[3],
        created_at=days[0],
        sectors=[FirmSector(code="13.10", revision="NACE2", nace_class="13.10", main=True)],
    )
    bare = FirmFactory(submitted_at=None, listed_at=days[1])
    draft = FirmFactory(state=FirmState.DRAFT, listed_at=None)
    discarded = FirmFactory(state=FirmState.ARCHIVED, listed_at=None)
    other = ["28.14", "NACE2", "28.14", False]
    for at, action, before in (
        (days[0], "change_place", {"region_code": "TR-34"}),
        (days[1], "submit", {}),
        (days[2], "verify", {}),
        (days[2], "change_place", {"region_code": "TR-42"}),
        (days[3], "change_sectors", {"sectors": [other, ["28.15", "NACE2", "28.15", True]]}),
        (days[3], "submit", {}),
        (days[3], "verify", {}),
    ):
        db.session.add(AuditEntry(at=at, action=action, entity="firm", entity_id=firm.id, before=before))
    db.session.flush()
    db.session.execute(update(Firm).values(registered_at=None))
    migration = load(MIGRATION)

    migration.fill_first_moments(db.session.connection())
    migration.fill_pasts(db.session.connection())

    db.session.expire_all()
    assert (firm.registered_at, firm.listed_at) == (days[1], days[2])
    assert (bare.registered_at, draft.registered_at, discarded.registered_at) == (days[1], None, None)
    assert pasts(firm) == [("TR-42", "28.15"), ("TR-06", "28.15")]


def load(name: str) -> Any:
    """A migration as a module."""
    path = Path(import_module("matchmaker").__file__ or "").parents[1] / "migrations" / "versions" / name
    spec = util.spec_from_file_location("migration", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
