"""Names of many firms for lists that staff read: one statement, however many firms."""

from collections.abc import Collection

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.i18n import language
from matchmaker.firms.models import Firm
from matchmaker.firms.names import ShownName, shown_name

CHUNK = 500


def shown_names(ids: Collection[int]) -> dict[int, ShownName]:
    """The names of firms in the reader's letters, by number; unknown numbers are left out."""
    wanted, found = sorted(ids), dict[int, ShownName]()
    for start in range(0, len(wanted), CHUNK):
        rows = db.session.scalars(select(Firm).where(Firm.id.in_(wanted[start : start + CHUNK])))
        found |= {firm.id: shown_name(firm, language()) for firm in rows}
    return found
