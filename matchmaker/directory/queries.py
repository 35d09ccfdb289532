"""Reads for the directory: the outbox, the firms of a page, what sorts them, and the matches of the reader's firm."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import load_only, selectinload

from matchmaker.core.db import db
from matchmaker.directory.listed_rows import RowFirm, row_firms
from matchmaker.firms.columns import NAMED
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmCertificate, SearchOutbox
from matchmaker.firms.names import FirmName
from matchmaker.matching.enums import WishKind
from matchmaker.matching.models import Match, Wish
from matchmaker.matching.rules import pair_key

_LISTED = Firm.state == FirmState.VERIFIED
MOST_OWN: Final = 200
"""Somebody who changed more in ten minutes did so by a list, and does not look for each at once."""

_RECENT = or_(SearchOutbox.seq > bindparam("position"), SearchOutbox.at >= bindparam("since"))
# Each part by its own index: an "or" of both would read the whole outbox, which a great import fills with millions.
_OWN = union_all(
    *(
        select(SearchOutbox.seq, SearchOutbox.firm_id).where(own, _RECENT)
        for own in (
            SearchOutbox.firm_id.in_(bindparam("firms", expanding=True)),
            SearchOutbox.by_id == bindparam("person"),
        )
    )
).subquery()
_LAST_OWN: Final = select(_OWN.c.seq, _OWN.c.firm_id).order_by(_OWN.c.seq.desc()).limit(MOST_OWN)
"""Built once: putting it together costs as much as asking, and each page of a signed-in reader asks."""


class OutboxRow(NamedTuple):
    """One change that an index has to take in."""

    seq: int
    firm_id: int


def outbox_after(position: int, upto: int | None = None) -> list[OutboxRow]:
    """The changes behind a position, up to another if one is given, in order."""
    wanted = select(SearchOutbox.seq, SearchOutbox.firm_id).where(SearchOutbox.seq > position)
    if upto is not None:
        wanted = wanted.where(SearchOutbox.seq <= upto)
    found = db.session.execute(wanted.order_by(SearchOutbox.seq))
    return [OutboxRow(seq, firm_id) for seq, firm_id in found]


def count_outbox(position: int, upto: int) -> int:
    """How many changes stand behind a position and up to another."""
    between = select(func.count()).where(SearchOutbox.seq > position, SearchOutbox.seq <= upto)
    return db.session.scalar(between) or 0


def outbox_floor(moment: datetime) -> int:
    """The number of the last change before a moment; 0 without one."""
    last = select(SearchOutbox.seq).where(SearchOutbox.at < moment).order_by(SearchOutbox.at.desc()).limit(1)
    return db.session.scalar(last) or 0


def own_changes(firm_ids: Collection[int], person_id: int, position: int, since: datetime) -> dict[int, int]:
    """For each firm its latest change behind a position or younger than a moment: the changes of some firms, and those
    that a person made; only the last MOST_OWN of them.
    """
    given = {"firms": list(firm_ids), "person": person_id, "position": position, "since": since}
    found = db.session.connection().execute(_LAST_OWN, given).all()
    return {firm_id: seq for seq, firm_id in reversed(found)}


def outbox_ends() -> tuple[int, int]:
    """The smallest and the greatest number of the outbox; both 0 while nothing was ever written."""
    first, last = (db.session.scalar(select(end(SearchOutbox.seq))) for end in (func.min, func.max))
    return first or 0, last or 0


def waits_since(position: int, moment: datetime) -> bool:
    """Whether a change from before a moment is not taken in yet."""
    late = select(SearchOutbox.seq).where(SearchOutbox.seq > position, SearchOutbox.at < moment).limit(1)
    return db.session.scalar(late) is not None


def firms_with_ended_certificates(today: date, zone: str = "Europe/Istanbul") -> Sequence[int]:
    """Listed firms of which a certificate ended yesterday and that were not indexed since midnight."""
    midnight = datetime.combine(today, time(), tzinfo=ZoneInfo(zone))
    ended = exists().where(
        FirmCertificate.firm_id == Firm.id, FirmCertificate.valid_until == today - timedelta(days=1)
    )
    indexed = exists().where(SearchOutbox.firm_id == Firm.id, SearchOutbox.at >= midnight)
    return db.session.scalars(select(Firm.id).where(_LISTED, ended, ~indexed).order_by(Firm.id)).all()


def count_listed() -> int:
    """How many firms the directory lists."""
    return db.session.scalar(select(func.count()).select_from(Firm).where(_LISTED)) or 0


def listed_after(firm_id: int, limit: int) -> Sequence[int]:
    """The next numbers of listed firms."""
    return db.session.scalars(
        select(Firm.id).where(_LISTED, Firm.id > firm_id).order_by(Firm.id).limit(limit)
    ).all()


def still_listed(ids: Iterable[int]) -> list[int]:
    """Those of some firms that are listed at this moment."""
    wanted = sorted(ids)
    if not wanted:
        return []
    return list(db.session.scalars(select(Firm.id).where(Firm.id.in_(wanted), _LISTED).order_by(Firm.id)))


def listed(ids: Collection[int]) -> dict[int, RowFirm]:
    """The firms of a page that are listed at this moment, with what a row shows."""
    return {firm.id: firm for firm in row_firms(db.session, ids)}


def own_firm(firm_id: int) -> Firm | None:
    """The reader's firm with what is compared with others in a list."""
    return db.session.scalar(
        select(Firm)
        .where(Firm.id == firm_id)
        .options(selectinload(Firm.products), selectinload(Firm.languages))
    )


def turned_away(own_id: int) -> set[int]:
    """The firms to which the reader's firm said no thanks; what others said of it is not told here."""
    return set(
        db.session.scalars(
            select(Wish.other_id).where(Wish.firm_id == own_id, Wish.kind == WishKind.NO_THANKS)
        )
    )


def names_of(ids: Collection[int]) -> Sequence[Firm]:
    """Firms with what their names are made of."""
    parts = load_only(
        Firm.legal_name, Firm.name_romanised, Firm.trade_name, Firm.legal_form, Firm.country, Firm.visibility
    )
    return db.session.scalars(
        select(Firm).where(Firm.id.in_(sorted(ids))).options(parts).order_by(Firm.id)
    ).all()


def sortable_names(ids: Collection[int]) -> list[tuple[FirmName, Mapping[str, str]]]:
    """What the names of many firms are made of, with the firms' choices who sees what, by number; plain columns."""
    rows = db.session.execute(
        select(
            *NAMED,
            Firm.visibility,
        )
        .where(Firm.id.in_(sorted(ids)))
        .order_by(Firm.id)
    )
    return [(FirmName(*parts), visibility) for *parts, visibility in rows]


def living_matches(own_id: int, ids: Collection[int]) -> Mapping[int, Match]:
    """The living match of a firm with each of the others, by the other's number."""
    keys = [pair_key(own_id, number) for number in ids if number != own_id]
    if not keys:
        return {}
    found = db.session.scalars(select(Match).where(Match.open_pair.in_(keys)).order_by(Match.id))
    return {one.answerer_id if one.asker_id == own_id else one.asker_id: one for one in found}
