"""An invented sanctions list, and the comparison of all firms with it."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from matchmaker.compliance.entries import Entry
from matchmaker.compliance.enums import EntryKind
from matchmaker.compliance.services import replace_list, screen
from matchmaker.core.db import db
from matchmaker.demo.special import LISTED_NAME
from matchmaker.firms.models import Firm

LIST_NAME: Final = "Demo list (invented names)"
EARLIER: Final = timedelta(days=40)
ENTRIES: Final = (
    Entry("DEMO-001", LISTED_NAME, ("Zavod Chernogradmetall",), (), "demo", EntryKind.ENTITY, "RU"),
    Entry("DEMO-002", "Blackmere Shipping and Forwarding", (), (), "demo", EntryKind.ENTITY),
    Entry("DEMO-003", "Kurgalsk Precision Works", ("Kurgalsky zavod",), (), "demo", EntryKind.ENTITY, "RU"),
    Entry("DEMO-004", "Vexmoor Trading House", (), (), "demo", EntryKind.ENTITY),
)


def screen_all(dated_on: date) -> None:
    """Load the list in two versions and compare every firm with the later, as the worker does after an import."""
    earlier = dated_on - EARLIER
    replace_list(LIST_NAME, "1", ENTRIES[:3], dated_on=earlier, sample=True, rescreen=False)
    replace_list(LIST_NAME, "2", ENTRIES, dated_on=dated_on, sample=True, rescreen=False)
    for firm in db.session.scalars(select(Firm).order_by(Firm.id)):
        screen(firm)
