"""What is compared of firms, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.firms.columns import NAMED
from matchmaker.firms.duplicates.hosts import own_host
from matchmaker.firms.duplicates.rules import COMPARED_STATES, Traits
from matchmaker.firms.models import ContactPerson, Firm, FirmIdentifier, RegisterEntry
from matchmaker.firms.names import published_names
from matchmaker.reference import identifiers

COLUMNS = (*NAMED, Firm.region_code, Firm.website)


def traits_of(ids: Collection[int]) -> dict[int, Traits]:
    """What is compared of those of these firms that are in use, by number."""
    rows = db.session.execute(
        select(*COLUMNS).where(Firm.id.in_(sorted(ids)), Firm.state.in_(COMPARED_STATES)).order_by(Firm.id)
    ).all()
    numbers, addresses = _numbers(rows), _mail_addresses(rows)
    return {
        row.id: Traits(
            row.id,
            row.country,
            row.region_code,
            published_names(row),
            tuple(sorted(numbers[row.id])),
            tuple(sorted(filter(None, map(own_host, (row.website, *addresses[row.id]))))),
        )
        for row in rows
    }


def _numbers(rows: Iterable[Any]) -> Mapping[int, set[str]]:
    """The numbers of firms, with the one that a number contains and the others of the same entry of a register."""
    countries = {row.id: row.country for row in rows}
    found: dict[int, set[str]] = defaultdict(set)
    stored = select(FirmIdentifier.firm_id, FirmIdentifier.scheme, FirmIdentifier.value)
    for firm_id, scheme, value in db.session.execute(stored.where(FirmIdentifier.firm_id.in_(countries))):
        inner = identifiers.inside(scheme, value)
        found[firm_id] |= {value, inner[1]} if inner else {value}
    entries = _entries({(countries[one], value) for one, values in found.items() for value in values})
    for firm_id, values in found.items():
        values |= {other for value in values for other in entries.get((countries[firm_id], value), ())}
    return found


def _entries(wanted: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], set[str]]:
    """For each number of a country the numbers of the entries of its register that it leads to."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    values = sorted({value for _country, value in wanted})
    columns = RegisterEntry.country, RegisterEntry.identifier, RegisterEntry.second_identifier
    for column in (RegisterEntry.identifier, RegisterEntry.second_identifier):
        for country, first, second in db.session.execute(select(*columns).where(column.in_(values))):
            both = {number for number in (first, second) if number}
            for number in both:
                found[country, number] |= both
    return found


def _mail_addresses(rows: Iterable[Any]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    wanted = select(ContactPerson.firm_id, ContactPerson.email)
    for firm_id, address in db.session.execute(
        wanted.where(ContactPerson.firm_id.in_([row.id for row in rows])).order_by(ContactPerson.id)
    ):
        found[firm_id].append(address)
    return found
