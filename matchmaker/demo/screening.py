"""An invented sanctions list, and the comparison of all firms with it."""

from datetime import date
from typing import Final

from sqlalchemy import select

from matchmaker.compliance.services import Entry, replace_list, screen
from matchmaker.core.db import db
from matchmaker.demo.special import LISTED_NAME
from matchmaker.firms.models import Firm

LIST_NAME: Final = "Demo list (invented names)"
ENTRIES: Final = (
    Entry("DEMO-001", LISTED_NAME, ("Zavod Chernogradmetall",), (), "demo"),
    Entry("DEMO-002", "Blackmere Shipping and Forwarding", (), (), "demo"),
    Entry("DEMO-003", "Kurgalsk Precision Works", ("Kurgalsky zavod",), (), "demo"),
    Entry("DEMO-004", "Vexmoor Trading House", (), (), "demo"),
)


def screen_all(dated_on: date) -> None:
    """Load the list and compare every firm with it, as the worker does after an import."""
    replace_list(LIST_NAME, "1", ENTRIES, dated_on=dated_on, sample=True, rescreen=False)
    for firm in db.session.scalars(select(Firm).order_by(Firm.id)):
        screen(firm)
