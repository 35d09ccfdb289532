"""Reads of compliance: lists, the standing of firms, hits, the register of transfers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from matchmaker.compliance import rules
from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.compliance.models import (
    SanctionsEntry,
    SanctionsList,
    Screening,
    ScreeningHit,
    TransferRecord,
)
from matchmaker.compliance.travellers import Traveller
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import ContactPerson, Firm, FirmIdentifier

PAGE = 50
SCREENED_STATES = (FirmState.SUBMITTED, FirmState.VERIFIED, FirmState.ON_HOLD)


def current_lists() -> Sequence[SanctionsList]:
    """The versions of the lists that firms are compared with now."""
    return db.session.scalars(
        select(SanctionsList)
        .where(SanctionsList.current)
        .order_by(SanctionsList.name, SanctionsList.dated_on, SanctionsList.id)
    ).all()


def current_marks() -> list[str]:
    """Names and versions of the current lists, as a screening keeps them."""
    rows = db.session.execute(
        select(SanctionsList.name, SanctionsList.version).where(SanctionsList.current)
    ).all()
    return rules.list_marks((name, version) for name, version in rows)


def current_of(name: str, *, locked: bool = False) -> SanctionsList | None:
    """The version of a list that is in use; locked until this transaction ends, as it is now."""
    found = select(SanctionsList).where(SanctionsList.name == name, SanctionsList.current)
    if locked:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def hold_lists() -> None:
    """Let no version be put in use until this transaction ends, so that its screenings come before those of that version."""
    db.session.execute(select(SanctionsList.id).where(SanctionsList.current).with_for_update(read=True))


def unfinished_of(name: str) -> Sequence[SanctionsList]:
    """What was begun to be stored of a list and never put in use."""
    return db.session.scalars(
        select(SanctionsList)
        .where(SanctionsList.name == name, SanctionsList.taken_in_at.is_(None))
        .order_by(SanctionsList.id)
    ).all()


def entries(list_ids: Collection[int]) -> Sequence[Row[Any]]:
    """The entries of lists as plain columns, in order of storing."""
    return db.session.execute(
        select(
            SanctionsEntry.id,
            SanctionsList.name.label("list_name"),
            SanctionsList.version.label("list_version"),
            SanctionsEntry.reference,
            SanctionsEntry.name,
            SanctionsEntry.aliases,
            SanctionsEntry.identifiers,
            SanctionsEntry.kind,
        )
        .join(SanctionsList, SanctionsList.id == SanctionsEntry.list_id)
        .where(SanctionsEntry.list_id.in_(list_ids))
        .order_by(SanctionsEntry.id)
    ).all()


def has_version(name: str, version: str) -> bool:
    """Whether this version of a list was loaded, current or not."""
    same = select(SanctionsList.id).where(SanctionsList.name == name, SanctionsList.version == version)
    return db.session.scalar(same) is not None


def entries_state(list_ids: Collection[int]) -> tuple[int, int]:
    """How many entries these lists have and the newest of them, to tell whether something was added."""
    counted = select(func.count(SanctionsEntry.id), func.max(SanctionsEntry.id))
    count, newest = db.session.execute(counted.where(SanctionsEntry.list_id.in_(list_ids))).one()
    return count, newest or 0


# ---------------------------------------------------------------- the standing of firms


def compared_data(firm: Firm) -> dict[str, list[str]]:
    """What of a firm is compared with the lists: all its names and all its numbers."""
    return compared_data_of([firm])[firm.id]


def compared_data_of(firms: Iterable[Firm]) -> dict[int, dict[str, list[str]]]:
    """The same of several firms by number, in one read."""
    by_id = {firm.id: firm for firm in firms}
    numbers: dict[int, list[str]] = defaultdict(list)
    for firm_id, value in db.session.execute(
        select(FirmIdentifier.firm_id, FirmIdentifier.value).where(FirmIdentifier.firm_id.in_(by_id))
    ):
        numbers[firm_id].append(value)
    return {
        number: {
            "names": list(
                dict.fromkeys(filter(None, (firm.legal_name, firm.name_romanised, firm.trade_name)))
            ),
            "numbers": sorted(numbers[number]),
        }
        for number, firm in by_id.items()
    }


def latest_screening(firm_id: int) -> Screening | None:
    """The last comparison of a firm with its hits."""
    return _latest(Screening.firm_id == firm_id, Screening.delegate_id.is_(None))


def latest_of(traveller: Traveller) -> Screening | None:
    """The last comparison of somebody who travels, with its hits."""
    return _latest(Screening.delegate_id == traveller.delegate_id)


def _latest(*which: ColumnElement[bool]) -> Screening | None:
    return db.session.scalar(
        select(Screening)
        .where(*which)
        .options(selectinload(Screening.hits), selectinload(Screening.firm))
        .order_by(Screening.id.desc())
        .limit(1)
    )


def is_compared(last: Screening | None, data: dict[str, list[str]]) -> bool:
    """Whether a last comparison was one of these data with the present lists."""
    return last is not None and set(last.lists) == set(current_marks()) and last.query == data


def screening_state(firm_id: int) -> tuple[ScreeningState, list[ScreeningHit]]:
    """Where the screening of a firm stands and the hits of its last comparison, decided ones included."""
    last = latest_screening(firm_id)
    if last is None:
        return ScreeningState.UNSCREENED, []
    state = rules.state_of(
        current_marks(),
        last.lists,
        [hit.state for hit in last.hits],
        same_data=last.query == compared_data(last.firm),
    )
    return state, list(last.hits)


def last_screening() -> ColumnElement[int]:
    """The number of the last comparison of the same firm, or of the same traveller, for a condition on Screening."""
    other = aliased(Screening)
    return (
        select(func.max(other.id))
        .where(
            other.firm_id == Screening.firm_id, other.delegate_id.is_not_distinct_from(Screening.delegate_id)
        )
        .correlate(Screening)
        .scalar_subquery()
    )


def firms_with_hits(firm_ids: Collection[int] | None = None) -> set[int]:
    """The firms whose last comparison has a hit that is open or confirmed; among all firms or these."""
    found = (
        select(Screening.firm_id)
        .join(ScreeningHit, ScreeningHit.screening_id == Screening.id)
        .where(ScreeningHit.state.in_(rules.STANDING_HITS), Screening.id == last_screening())
        .where(Screening.delegate_id.is_(None))
    )
    if firm_ids is not None:
        found = found.where(Screening.firm_id.in_(firm_ids))
    return set(db.session.scalars(found))


def delegates_with_hits(delegate_ids: Collection[int]) -> set[int]:
    """Those of the travellers whose last comparison has a hit that is open or confirmed."""
    found = (
        select(Screening.delegate_id)
        .join(ScreeningHit, ScreeningHit.screening_id == Screening.id)
        .where(ScreeningHit.state.in_(rules.STANDING_HITS), Screening.id == last_screening())
        .where(Screening.delegate_id.in_(delegate_ids))
    )
    return {number for number in db.session.scalars(found) if number is not None}


def firms_to_screen(after: int = 0, most: int = 100) -> list[int]:
    """Numbers of the firms whose state asks for screening, the next ones after a number."""
    found = select(Firm.id).where(Firm.id > after, Firm.state.in_(SCREENED_STATES))
    return list(db.session.scalars(found.order_by(Firm.id).limit(most)))


def count_to_screen(countries: Collection[str] | None = None) -> int:
    """How many firms are screened when a list changes."""
    counted = select(func.count(Firm.id)).where(Firm.state.in_(SCREENED_STATES))
    if countries is not None:
        counted = counted.where(Firm.country.in_(countries))
    return db.session.scalar(counted) or 0


def count_compared(countries: Collection[str]) -> int:
    """How many firms of these countries were compared with exactly the current lists."""
    marks = current_marks()
    if not marks:
        return 0
    last = (
        select(Screening.lists)
        .join(Firm, Firm.id == Screening.firm_id)
        .where(Firm.country.in_(countries), Firm.state.in_(SCREENED_STATES), Screening.id == last_screening())
        .where(Screening.delegate_id.is_(None))
    )
    return sum(set(lists) == set(marks) for lists in db.session.scalars(last))


# ---------------------------------------------------------------- hits


def _hits() -> Select[ScreeningHit]:
    return select(ScreeningHit).options(
        selectinload(ScreeningHit.screening).selectinload(Screening.firm).selectinload(Firm.identifiers),
        selectinload(ScreeningHit.entry),
        selectinload(ScreeningHit.decided_by),
    )


def hit(hit_id: int) -> ScreeningHit:
    """One hit with its firm, listed party and officer; raises NotFound."""
    return existing(db.session.scalar(_hits().where(ScreeningHit.id == hit_id)))


def locked_hit(hit_id: int) -> ScreeningHit:
    """The same as it is now, nobody else deciding it until this transaction ends; raises NotFound."""
    locked = _hits().where(ScreeningHit.id == hit_id).with_for_update(of=ScreeningHit)
    return existing(db.session.scalar(locked.execution_options(populate_existing=True)))


def _last_hits(countries: Collection[str], states: Collection[HitState]) -> Select[int]:
    return (
        select(ScreeningHit.id)
        .join(Screening, Screening.id == ScreeningHit.screening_id)
        .join(Firm, Firm.id == Screening.firm_id)
        .where(Firm.country.in_(countries), ScreeningHit.state.in_(states), Screening.id == last_screening())
    )


def count_hits(countries: Collection[str], states: Collection[HitState]) -> int:
    """How many hits the last comparisons of firms of these countries have."""
    return db.session.scalar(select(func.count()).select_from(_last_hits(countries, states).subquery())) or 0


def hits(
    countries: Collection[str], states: Collection[HitState], page: int = 1
) -> tuple[Sequence[ScreeningHit], int]:
    """One page of the hits of the last comparisons of firms of these countries, and how many there are in all."""
    total = count_hits(countries, states)
    shown = (
        _hits()
        .where(ScreeningHit.id.in_(_last_hits(countries, states)))
        .order_by(ScreeningHit.by_identifier.desc(), ScreeningHit.score.desc(), ScreeningHit.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return db.session.scalars(shown).all(), total


def open_hits(countries: Collection[str]) -> int:
    """How many hits wait for a decision of these countries' officers."""
    return count_hits(countries, (HitState.OPEN,)) if countries else 0


def decided_before(firm_id: int) -> dict[str, ScreeningHit]:
    """The latest decision for each pair of data that a firm or anybody it sends was compared in, by fingerprint."""
    rows = db.session.scalars(
        select(ScreeningHit)
        .join(Screening, Screening.id == ScreeningHit.screening_id)
        .where(Screening.firm_id == firm_id, ScreeningHit.state != HitState.OPEN)
        .order_by(ScreeningHit.decided_at, ScreeningHit.id)
    )
    return {row.fingerprint: row for row in rows if row.fingerprint}


# ---------------------------------------------------------------- transfers


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line of the register of transfers; the names are empty once the person or firm is gone."""

    record: TransferRecord
    contact: str
    from_firm: str
    to_firm: str


def transfers(countries: Collection[str] | None, page: int = 1) -> tuple[list[Transfer], int]:
    """One page of the disclosures from or to these countries, the latest first, and how many there are in all."""
    recipient, sender = aliased(Firm), aliased(Firm)
    condition: list[ColumnElement[bool]] = []
    if countries is not None:
        condition.append(
            or_(TransferRecord.from_country.in_(countries), TransferRecord.to_country.in_(countries))
        )
    total = db.session.scalar(select(func.count(TransferRecord.id)).where(*condition)) or 0
    rows = db.session.execute(
        select(TransferRecord, ContactPerson.name, sender, recipient)
        .outerjoin(ContactPerson, ContactPerson.id == TransferRecord.contact_id)
        .outerjoin(sender, sender.id == ContactPerson.firm_id)
        .outerjoin(recipient, recipient.id == TransferRecord.recipient_firm_id)
        .where(*condition)
        .order_by(TransferRecord.at.desc(), TransferRecord.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    found: list[tuple[TransferRecord, str | None, Firm | None, Firm | None]] = [
        (row[0], row[1], row[2], row[3]) for row in rows
    ]
    return [
        Transfer(
            record,
            contact or "",
            from_firm.name if from_firm is not None else "",
            to_firm.name if to_firm is not None else "",
        )
        for record, contact, from_firm, to_firm in found
    ], total
