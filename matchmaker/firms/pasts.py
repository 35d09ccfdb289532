"""What reports group firms by, kept as it was before each change."""

from typing import NamedTuple

from matchmaker.core.db import db
from matchmaker.firms.models import Firm, FirmPast


class Place(NamedTuple):
    """Where a firm is counted: its region, and the NACE Rev. 2 class of its main branch; empty where not stated."""

    region_code: str
    nace_class: str


def present(firm: Firm) -> Place:
    """Where the firm is counted now."""
    main = next((one.nace_class for one in firm.sectors if one.main), "")
    return Place(firm.region_code, main)


def keep_past(firm: Firm, before: Place) -> None:
    """Keep where the firm was counted until now, where that changed; what was never sent was never counted."""
    if firm.registered_at is not None and present(firm) != before:
        db.session.add(FirmPast(firm_id=firm.id, **before._asdict()))
