"""Many firms as plain columns, one statement for each table: how the index and the lists of matching read all of them.

A firm loaded with its relations costs several times as much to read, for objects that nobody changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm

AT_ONCE: Final = 5_000
"""Firms that are read at once: the statements then cost next to nothing, and the rows take some 30 MB."""
_GAPS: Final = 2
"""With up to so many numbers for each firm, a span of numbers is read faster than the numbers themselves."""

NAMED: Final = (
    Firm.id,
    Firm.country,
    Firm.legal_form,
    Firm.trade_name,
    Firm.legal_name,
    Firm.name_romanised,
)
"""The columns of a FirmName, in its order; whatever is read of firms by name begins with them."""

Reading = Session | scoped_session[Any]
Statements = Sequence[tuple[Any, Sequence[Any]]]
"""Tables of what belongs to firms, each with the columns to read."""


def verified_rows(
    session: Reading, ids: Collection[int], own: Sequence[Any], statements: Statements
) -> Iterator[tuple[Any, ...]]:
    """The verified ones of some firms in the order of their numbers: the values of columns of their own, of which the
    first is the number, then for each table the rows of the firm in the order in which its relation has them.
    """
    wanted = sorted(ids)
    if not wanted:
        return
    firms = select(*own).where(_among(Firm.id, wanted), Firm.state == FirmState.VERIFIED).order_by(Firm.id)
    found = session.connection().execute(firms).all()
    if not found:
        return
    told = [_by_firm(session, table, wanted, columns) for table, columns in statements]
    known, nothing = frozenset(wanted), ()
    for row in found:
        if row[0] in known:
            yield (*row, *(rows.get(row[0], nothing) for rows in told))


def _by_firm(
    session: Reading, table: Any, ids: Sequence[int], columns: Sequence[Any]
) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = select(table.firm_id, *columns).where(_among(table.firm_id, ids)).order_by(table.firm_id, table.id)
    for row in session.connection().execute(rows).all():
        found[row[0]].append(row)
    return found


def _among(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """A condition that holds for these ascending numbers, and perhaps for others between them.

    Numbers that follow one another are asked for as a span; what else lies in it is for the caller to leave alone.
    """
    close = ids[-1] - ids[0] < _GAPS * len(ids)
    condition: ColumnElement[bool] = column.between(ids[0], ids[-1]) if close else column.in_(ids)
    return condition
