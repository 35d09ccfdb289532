"""Taking over an agency's list: what each row would do, and doing it; the same list again does nothing.

A row makes a firm in draft, or changes one that an earlier list made and nobody has taken over yet. A firm that
registered itself, has members or left the draft state is kept as it is. An empty cell never erases anything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.engines.text.names import name_key
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr
from matchmaker.firms import queries, sizes
from matchmaker.firms.enums import FirmSource, FirmState, Side
from matchmaker.firms.models import Firm, FirmIdentifier, FirmProduct, FirmSector
from matchmaker.firms.registers.checking import CheckedRow
from matchmaker.firms.services import index_later
from matchmaker.reference import nace

BATCH = 200
Change = dict[str, tuple[Any, Any]]


class Outcome(StrEnum):
    """What a row does."""

    CREATED = "created"
    UPDATED = "updated"
    SAME = "same"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with what it would do, and the firm that it would change."""

    checked: CheckedRow
    outcome: Outcome
    firm: Firm | None = None


def plan(rows: Iterable[CheckedRow]) -> Iterator[Planned]:
    """What each row would do now, in the order of the list; firms are read in batches."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield from _plan_batch(batch)


def apply(actor: Actor | None, rows: Sequence[CheckedRow]) -> Counter[Outcome]:
    """Do what the plan of these rows says; answers how often. A number that somebody registers meanwhile is kept."""
    done: Counter[Outcome] = Counter()
    for planned in _plan_batch(rows):
        done[_apply_one(actor, planned)] += 1
    db.session.flush()
    return done


def _plan_batch(rows: Sequence[CheckedRow]) -> Iterator[Planned]:
    owners = _owners([row for row in rows if row.is_good])
    firms = queries.firms(set(owners.values()))
    for row in rows:
        firm = firms.get(owners.get((row.scheme, row.identifier), 0))
        yield Planned(row, _outcome(row, firm), firm)


def _outcome(row: CheckedRow, firm: Firm | None) -> Outcome:
    if not row.is_good:
        return Outcome.REFUSED
    if firm is None:
        return Outcome.CREATED
    if firm.source is not FirmSource.IMPORT or firm.state is not FirmState.DRAFT or firm.members:
        return Outcome.KEPT
    return Outcome.UPDATED if changes(firm, row) else Outcome.SAME


def _owners(rows: Sequence[CheckedRow]) -> dict[tuple[str, str], int]:
    numbers = sorted({(row.scheme, row.identifier) for row in rows})
    if not numbers:
        return {}
    found = db.session.execute(
        select(FirmIdentifier.scheme, FirmIdentifier.value, FirmIdentifier.firm_id).where(
            tuple_(FirmIdentifier.scheme, FirmIdentifier.value).in_(numbers)
        )
    )
    return {(scheme, value): firm_id for scheme, value, firm_id in found}


def _apply_one(actor: Actor | None, planned: Planned) -> Outcome:
    if planned.outcome is Outcome.CREATED:
        try:
            with db.session.begin_nested():
                _create(actor, planned.checked)
        except IntegrityError:
            if queries.identifier_owner(planned.checked.scheme, planned.checked.identifier) is None:
                raise
            return Outcome.KEPT
    elif planned.outcome is Outcome.UPDATED and planned.firm is not None:
        change(actor, planned.firm, planned.checked)
    return planned.outcome


def _create(actor: Actor | None, row: CheckedRow) -> None:
    firm = Firm(
        country=row.country,
        source=FirmSource.IMPORT,
        created_by_id=actor.person_id if actor else None,
        identifiers=[FirmIdentifier(scheme=row.scheme, value=row.identifier)],
        sectors=[],
        products=[],
        ownership={},
        legal_name="",
        region_code="",
        town="",
        turnover_currency="",
    )
    after = {name: new for name, (_old, new) in changes(firm, row).items()}
    _write(firm, row)
    db.session.add(firm)
    db.session.flush()
    audit.record(actor, "import", "firm", firm.id, after=_plain(after))
    index_later(firm.id)


def change(actor: Actor | None, firm: Firm, row: CheckedRow) -> None:
    """Change a firm to what the row says, with the values before and after in the audit trail."""
    found = changes(firm, row)
    _write(firm, row)
    before = _plain({name: old for name, (old, _new) in found.items()})
    after = _plain({name: new for name, (_old, new) in found.items()})
    audit.record(actor, "import", "firm", firm.id, before, after)
    index_later(firm.id)


def changes(firm: Firm, row: CheckedRow) -> Change:
    """What the row says otherwise than the firm, field by field: (before, after)."""
    said = row.row
    pairs: Change = {
        "legal_name": (firm.legal_name, said.name),
        "region_code": (firm.region_code, row.region_code),
        "town": (firm.town, said.town),
        "headcount": (firm.headcount, said.headcount),
        "turnover": (firm.turnover, row.turnover),
        "turnover_currency": (firm.turnover_currency, row.currency),
        "sector": (_main_sector(firm), (row.activity, row.revision) if row.activity else ()),
        "offered": (_codes(firm, Side.OFFERED), sorted(said.offered)),
        "sought": (_codes(firm, Side.SOUGHT), sorted(said.sought)),
    }
    empty: tuple[Any, ...] = ("", None, (), [])
    return {name: (old, new) for name, (old, new) in pairs.items() if new not in empty and old != new}


def _write(firm: Firm, row: CheckedRow) -> None:
    said = row.row
    firm.legal_name = said.name
    firm.name_key = name_key(said.name)
    firm.name_romanised = romanise_tr(romanise_ru(said.name))[:200]
    firm.region_code = row.region_code or firm.region_code
    firm.town = said.town or firm.town
    if said.headcount is not None or row.turnover is not None:
        firm.headcount = firm.headcount if said.headcount is None else said.headcount
        firm.turnover = firm.turnover if row.turnover is None else row.turnover
        firm.turnover_currency = row.currency or firm.turnover_currency
        firm.declared_on = clock.today()
    if row.activity and _main_sector(firm) != (row.activity, row.revision):
        _write_sector(firm, row)
    _write_goods(firm, Side.OFFERED, said.offered)
    _write_goods(firm, Side.SOUGHT, said.sought)
    sizes.compute(firm, firm.declared_on or clock.today())


def _write_sector(firm: Firm, row: CheckedRow) -> None:
    shared = nace.sector_of(row.activity, row.revision) or ""
    rest = [
        sector for sector in firm.sectors if (sector.code, sector.revision) != (row.activity, row.revision)
    ]
    kept = next((sector for sector in firm.sectors if sector not in rest), None)
    main = kept or FirmSector(code=row.activity, revision=row.revision, nace_class=shared)
    main.main = True
    for sector in rest:
        sector.main = False
    firm.sectors[:] = [main, *rest]


def _write_goods(firm: Firm, side: Side, codes: Sequence[str]) -> None:
    if not codes or sorted(codes) == _codes(firm, side):
        return
    have = {product.hs_code: product for product in firm.products if product.side is side}
    others = [product for product in firm.products if product.side is not side]
    firm.products[:] = others + [have.get(code) or FirmProduct(side=side, hs_code=code) for code in codes]


def _main_sector(firm: Firm) -> tuple[str, ...]:
    return next(((sector.code, sector.revision) for sector in firm.sectors if sector.main), ())


def _codes(firm: Firm, side: Side) -> list[str]:
    return sorted(product.hs_code for product in firm.products if product.side is side)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values as the audit trail stores them."""
    return {
        name: list(value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, list | int)
        else str(value)
        for name, value in values.items()
    }
