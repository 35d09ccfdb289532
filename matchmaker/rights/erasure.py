"""Erasing a person: what each domain keeps is removed or made nameless, and the name is struck out where it stays."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, delete, inspect, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.accounts.models import Person
from matchmaker.core import audit_chain, clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.audit_chain import STRUCK
from matchmaker.core.db import Base, db
from matchmaker.core.files import StoredFile, remove_stored
from matchmaker.core.jobs import Job
from matchmaker.core.mail import OutboxMail
from matchmaker.core.personal_data import Fate, Held, Obstacle, parts, rows
from matchmaker.firms.models import ContactPerson, FirmMember
from matchmaker.matching.models import Match
from matchmaker.messages.models import Message
from matchmaker.notifications.models import Notice
from matchmaker.programmes.models import Delegate

ACCOUNT = "account"
TRANSFERS = "transfers"
ALWAYS = frozenset({ACCOUNT, "system", "notices"})
"""Parts that are never left: without them the account would go on."""
OF_CONTACTS = ("add_contact", "change_contact")


@dataclass(slots=True)
class Erased:
    """How much was removed."""

    rows: int = 0
    files: int = 0


def obstacles(person_id: int) -> list[Obstacle]:
    """Why a person cannot be erased yet, as the domains tell it."""
    return [found for part in parts() for found in part.obstacles(person_id)]


def erase(person: Person, keep: Collection[str] = ()) -> Erased:
    """Erase a person but for the named parts; the account stays as a number without a name.

    Highest domains first, for their rows are found through those of lower ones. The files leave the disk once this is
    committed.
    """
    number, address = person.id, person.email
    chosen = [part for part in reversed(parts()) if part.name in ALWAYS or part.name not in keep]
    firms = _firms_of(number)
    values = _values(person, firms)
    for part in chosen:
        part.before(number)
    erased = Erased()
    for part in chosen:
        for held in part.held:
            _erase_rows(held, number, address, values, erased)
    _strike_elsewhere(number, firms, values)
    nobody = f"removed-{number}@removed.invalid"
    account = update(Person).where(Person.id == number)
    now = clock.now()
    db.session.execute(account.values(email=nobody, email_key=nobody, disabled_at=now, erased_at=now))
    db.session.flush()
    db.session.expire_all()
    return erased


@dataclass(frozen=True, slots=True)
class Values:
    """What is struck out: addresses and phones wherever they stand, names where the record is about the person."""

    sure: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The longest first, so that no part of one is left."""
        return tuple(sorted({*self.sure, *self.names}, key=len, reverse=True))


def _values(person: Person, firms: list[int]) -> Values:
    """What the person and the records of the person are and were called, and how they are and were reached."""
    contact, delegate = ContactPerson, Delegate
    contacts = select(contact.id, contact.name, contact.name_romanised, contact.email, contact.phone)
    delegates = select(delegate.id, delegate.name, delegate.name_romanised, delegate.email, delegate.phone)
    own = db.session.execute(contacts.where(contact.person_id == person.id)).all()
    found = [*own, *db.session.execute(delegates.where(delegate.person_id == person.id))]
    former = list(_former(person.id, [row.id for row in own], firms))
    sure = {person.email, person.email_key}
    sure.update(value for row in found for value in (row.email, row.phone))
    sure.update(state.get(name, "") for state in former for name in ("email", "phone"))
    names = {person.name, person.name_romanised}
    names.update(value for row in found for value in (row.name, row.name_romanised))
    names.update(state.get(name, "") for state in former for name in ("name", "name_romanised"))
    # One word alone is an ordinary word somewhere.
    return Values(tuple(filter(None, sure)), tuple(name for name in names if name and len(name.split()) > 1))


def _former(person_id: int, contacts: list[int], firms: list[int]) -> Iterator[dict[str, Any]]:
    """The states of the account and of its contact records that the audit trail remembers."""
    account = (AuditEntry.entity == "person") & (AuditEntry.entity_id == person_id)
    for entry in db.session.scalars(select(AuditEntry).where(account)):
        yield from (entry.before, entry.after)
    theirs = (AuditEntry.entity == "firm") & AuditEntry.entity_id.in_(firms)
    for entry in db.session.scalars(select(AuditEntry).where(theirs, AuditEntry.action.in_(OF_CONTACTS))):
        if {entry.before.get("contact"), entry.after.get("contact")} & {*contacts}:
            yield from (entry.before, entry.after)


def _firms_of(person_id: int) -> list[int]:
    mine = select(FirmMember.firm_id).where(FirmMember.person_id == person_id)
    named = select(ContactPerson.firm_id).where(ContactPerson.person_id == person_id)
    return sorted({*db.session.scalars(mine), *db.session.scalars(named)})


def _erase_rows(held: Held, person_id: int, address: str, values: Values, erased: Erased) -> None:
    found = rows(held, person_id, address)
    if not found:
        return
    if held.fate is Fate.KEPT:
        for row in found:
            _strike_row(row, values.all)
        db.session.flush()
        return
    erased.rows += len(found)
    files = [number for row in found for number in held.file_ids(row)]
    key = inspect(held.table).primary_key[0]
    numbers = [inspect(row).identity[0] for row in found]
    for row in found:
        db.session.expunge(row)
    these = key.in_(numbers)
    if held.fate is Fate.REMOVED:
        db.session.execute(delete(held.table).where(these))
    else:
        db.session.execute(update(held.table).where(these).values(**held.blank))
    _remove_files(files, erased)


def _remove_files(numbers: Iterable[int], erased: Erased) -> None:
    for number in numbers:
        stored = db.session.get(StoredFile, number)
        if stored is not None:
            erased.files += 1
            remove_stored(stored)
    db.session.flush()


def struck(value: Any, values: Sequence[str]) -> Any:
    """A value without what has to go, in texts at any depth."""
    if isinstance(value, str):
        for one in values:
            value = value.replace(one, STRUCK)
        return value
    if isinstance(value, dict):
        return {name: struck(item, values) for name, item in value.items()}
    if isinstance(value, list):
        return [struck(item, values) for item in value]
    return value


def _strike_row(row: Any, values: Sequence[str]) -> None:
    if isinstance(row, AuditEntry):
        audit_chain.strike(row, values)
        return
    for attribute in inspect(type(row)).column_attrs:
        value = getattr(row, attribute.key)
        if isinstance(value, str | dict | list):
            clean = struck(value, values)
            if clean != value:
                setattr(row, attribute.key, clean)


def _strike_elsewhere(person_id: int, firms: list[int], values: Values) -> None:
    """The audit trail, the correspondence of the person's firms, mails and notices to others, whatever people wrote."""
    about = or_(
        AuditEntry.actor_id == person_id,
        (AuditEntry.entity == "person") & (AuditEntry.entity_id == person_id),
        (AuditEntry.entity == "firm") & AuditEntry.entity_id.in_(firms),
    )
    for entry in db.session.scalars(select(AuditEntry).where(about)):
        _strike_row(entry, values.all)
    theirs = select(Match.id).where(Match.asker_id.in_(firms) | Match.answerer_id.in_(firms))
    for message in db.session.scalars(select(Message).where(Message.match_id.in_(theirs))):
        _strike_row(message, values.all)
    _strike_where(OutboxMail, (OutboxMail.subject, OutboxMail.text, OutboxMail.html), values.all)
    _strike_where(Notice, (Notice.subject,), values.all)
    _strike_where(AuditEntry, (AuditEntry.before, AuditEntry.after), values.sure)
    _strike_where(Job, (Job.arguments, Job.detail, Job.result), values.sure)
    for table, columns in _written_texts():
        _strike_where(table, columns, values.sure)
    db.session.flush()


def _written_texts() -> Iterator[tuple[type[Any], tuple[InstrumentedAttribute[Any], ...]]]:
    """The columns of all tables in which people write what they like."""
    for mapper in Base.registry.mappers:
        columns = tuple(
            getattr(mapper.class_, attribute.key)
            for attribute in mapper.column_attrs
            if isinstance(attribute.columns[0].type, Text)
        )
        if columns:
            yield mapper.class_, columns


def _strike_where(
    table: type[Any], columns: Sequence[InstrumentedAttribute[Any]], values: Sequence[str]
) -> None:
    """Strike out the values in the rows that hold one; SQLite keeps the letters of JSON escaped."""
    spellings = {spelling for value in values for spelling in (value, json.dumps(value)[1:-1])}
    hits = [
        cast(column, Text).contains(spelling, autoescape=True) for column in columns for spelling in spellings
    ]
    if hits:
        for row in db.session.scalars(select(table).where(or_(*hits))).all():
            _strike_row(row, values)
