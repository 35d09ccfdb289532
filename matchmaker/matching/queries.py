"""Reads of matches: one, those of a firm, those that wait for coordinators, those that fall due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from matchmaker.compliance.models import TransferRecord
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.paging import Paging, Part
from matchmaker.engines.text.names import name_key
from matchmaker.firms.enums import ConsentPurpose, FirmState
from matchmaker.firms.models import ContactConsent, ContactPerson, Firm
from matchmaker.matching import rules
from matchmaker.matching.enums import DecisionKind, MatchState
from matchmaker.matching.models import ComplianceReview, Match, MatchDecision, MatchEvent

CAUSE = "match"
PAGE = 25


def _loaded() -> tuple[Any, ...]:
    return (
        selectinload(Match.asker),
        selectinload(Match.answerer),
        selectinload(Match.mou),
        selectinload(Match.decisions).selectinload(MatchDecision.officer),
        selectinload(Match.reviews).selectinload(ComplianceReview.officer),
        selectinload(Match.events).selectinload(MatchEvent.person),
    )


def match(match_id: int) -> Match:
    """A match with its firms, memorandum, decisions, reviews and history; raises NotFound."""
    return existing(db.session.scalar(select(Match).where(Match.id == match_id).options(*_loaded())))


def locked_match(match_id: int) -> Match:
    """The same as it is now, nobody else changing it until this transaction ends; raises NotFound."""
    found = select(Match).where(Match.id == match_id).options(*_loaded())
    return existing(
        db.session.scalar(
            found.with_for_update(of=Match, key_share=True).execution_options(populate_existing=True)
        )
    )


def lock_firms(*firm_ids: int) -> None:
    """Let one request at a time count places and make a match of these firms; SQLite lets one writer in anyway.

    Locked in the order of their numbers, so that two firms that ask each other do not wait for each other, and without
    hindering rows that merely refer to them.
    """
    rows = select(Firm.id).where(Firm.id.in_(firm_ids)).order_by(Firm.id)
    db.session.execute(rows.with_for_update(key_share=True)).all()


def living_match(firm_a: int, firm_b: int) -> Match | None:
    """The one match of a pair that has not ended."""
    return db.session.scalar(select(Match).where(Match.open_pair == rules.pair_key(firm_a, firm_b)))


def is_introduced(firm_a: int, firm_b: int) -> bool:
    """Whether a match has brought these two firms together and has not ended."""
    return firm_b in introduced_to(firm_a, [firm_b])


def introduced_to(firm_id: int, others: Collection[int]) -> frozenset[int]:
    """With which of the others a match that has not ended has brought the firm together."""
    pairs = {rules.pair_key(firm_id, other): other for other in others}
    together = select(Match.open_pair).where(Match.open_pair.in_(pairs), Match.state.in_(rules.TOGETHER))
    return frozenset(pairs[key] for key in db.session.scalars(together) if key is not None)


def open_requests(firm_id: int) -> int:
    """How many requests of the firm are still unanswered."""
    asked = select(func.count()).where(Match.asker_id == firm_id, Match.state == MatchState.ASKED)
    return db.session.scalar(asked) or 0


def living_of_firm(firm_id: int) -> Sequence[Match]:
    """All matches of a firm that have not ended, in order of their making."""
    mine = or_(Match.asker_id == firm_id, Match.answerer_id == firm_id)
    return db.session.scalars(
        select(Match).where(mine, Match.open_pair.is_not(None)).options(*_loaded()).order_by(Match.id)
    ).all()


# ---------------------------------------------------------------- the list of a firm


class FirmTab(StrEnum):
    """The lists of a firm's matches."""

    YOU = "you"
    OTHERS = "others"
    INTRODUCED = "introduced"
    ENDED = "ended"


def _of_tab(tab: FirmTab, firm_ids: Iterable[int]) -> ColumnElement[bool]:
    own = list(firm_ids)
    asks, answers = Match.asker_id.in_(own), Match.answerer_id.in_(own)
    proposed = Match.state == MatchState.PROPOSED
    yours = or_(
        and_(Match.state == MatchState.ASKED, answers),
        and_(proposed, asks, Match.asker_agreed.is_(False)),
        and_(proposed, answers, Match.answerer_agreed.is_(False)),
    )
    mine = or_(asks, answers)
    if tab is FirmTab.YOU:
        return yours
    if tab is FirmTab.OTHERS:
        return and_(mine, Match.state.in_(rules.BEFORE_INTRODUCTION), ~yours)
    if tab is FirmTab.INTRODUCED:
        return and_(mine, Match.state.in_(rules.TOGETHER))
    return and_(mine, Match.state.in_(rules.ENDED))


def matches_of(firm_ids: Sequence[int], tab: FirmTab, page: int = 1) -> Sequence[Match]:
    """One page of the matches of firms, the latest change first."""
    return db.session.scalars(
        select(Match)
        .where(_of_tab(tab, firm_ids))
        .options(selectinload(Match.asker), selectinload(Match.answerer), selectinload(Match.decisions))
        .order_by(Match.updated_at.desc(), Match.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()


def count_of(firm_ids: Sequence[int]) -> dict[FirmTab, int]:
    """How many matches each list of these firms has."""
    counted = select(*(func.count(case((_of_tab(tab, firm_ids), 1))) for tab in FirmTab)).select_from(Match)
    return dict(zip(FirmTab, db.session.execute(counted.where(_of(firm_ids))).one(), strict=True))


def waiting_answers(firm_ids: Sequence[int]) -> int:
    """How many matches wait for an answer of these firms; alone, because every page of a firm asks for it."""
    waiting = select(func.count(Match.id)).where(_of(firm_ids), _of_tab(FirmTab.YOU, firm_ids))
    return db.session.scalar(waiting) or 0


def _of(firm_ids: Sequence[int]) -> ColumnElement[bool]:
    return or_(Match.asker_id.in_(firm_ids), Match.answerer_id.in_(firm_ids))


# ---------------------------------------------------------------- approvals


class ApprovalTab(StrEnum):
    """The lists of the approvals page."""

    MATCHES = "matches"
    OTHER_SIDE = "other-side"
    DONE = "done"


class ApprovalSort(StrEnum):
    """Orders of a list of approvals."""

    OLDEST = "oldest"
    FIT = "fit"


@cache
def _sides() -> tuple[type[Firm], type[Firm]]:
    """The asking and the answering firm; made once, because an alias finds its columns anew, on every page of staff."""
    return aliased(Firm), aliased(Firm)


def _approvals(countries: Sequence[str], tab: ApprovalTab) -> Select[Match]:
    one, other = _sides()
    pairs = select(Match).join(one, one.id == Match.asker_id).join(other, other.id == Match.answerer_id)
    pairs = pairs.where(
        or_(one.country.in_(countries), other.country.in_(countries)), Match.agreed_at.is_not(None)
    )
    if tab is ApprovalTab.DONE:
        return pairs.where(Match.state != MatchState.AGREED)
    own_open = or_(
        and_(one.country.in_(countries), ~_approved_by(one.country)),
        and_(other.country.in_(countries), ~_approved_by(other.country)),
    )
    return pairs.where(
        Match.state == MatchState.AGREED, own_open if tab is ApprovalTab.MATCHES else ~own_open
    )


def _approved_by(country: Any) -> ColumnElement[bool]:
    return exists().where(
        MatchDecision.match_id == Match.id,
        MatchDecision.country == country,
        MatchDecision.kind == DecisionKind.APPROVE,
    )


def approvals(
    countries: Sequence[str], tab: ApprovalTab, sort: ApprovalSort = ApprovalSort.OLDEST, page: int = 1
) -> Part[Match]:
    """One page of the matches that wait for these sides, for the other side, or are done (the latest first)."""
    found, paging = _approvals(countries, tab), Paging(page, PAGE, _count_approvals(countries, tab))
    order: tuple[Any, ...] = (Match.agreed_at, Match.id)
    if tab is ApprovalTab.DONE:
        order = (Match.updated_at.desc(), Match.id.desc())
    elif sort is ApprovalSort.FIT:
        order = (Match.score.desc(), Match.id)
    shown = found.options(*_loaded()).order_by(*order).limit(PAGE).offset(paging.offset)
    return Part(db.session.scalars(shown).all(), paging)


def approval_counts(countries: Sequence[str]) -> dict[ApprovalTab, int]:
    """How many matches each list of approvals has."""
    return {tab: _count_approvals(countries, tab) for tab in ApprovalTab}


def waiting_approvals(countries: Sequence[str]) -> int:
    """How many matches wait for coordinators of these countries."""
    return _count_approvals(countries, ApprovalTab.MATCHES)


def _count_approvals(countries: Sequence[str], tab: ApprovalTab) -> int:
    return db.session.scalar(_approvals(countries, tab).with_only_columns(func.count(Match.id))) or 0


def with_details(match_ids: Iterable[int]) -> list[Match]:
    """Matches by number in the order of their agreement, loaded like one."""
    return list(
        db.session.scalars(
            select(Match)
            .where(Match.id.in_(list(match_ids)))
            .options(*_loaded())
            .order_by(Match.agreed_at, Match.id)
        )
    )


# ---------------------------------------------------------------- what falls due


def expired(now: datetime) -> Sequence[int]:
    """Numbers of the matches whose time is over."""
    over = select(Match.id).where(Match.state.in_(rules.BEFORE_INTRODUCTION), Match.expires_at <= now)
    return db.session.scalars(over.order_by(Match.id)).all()


def to_remind(now: datetime) -> Sequence[int]:
    """Numbers of the matches that end soon and of which nobody was reminded."""
    soon = select(Match.id).where(
        Match.state.in_(rules.BEFORE_INTRODUCTION),
        Match.reminded_at.is_(None),
        Match.expires_at > now,
        Match.expires_at <= now + rules.REMIND_BEFORE,
    )
    return db.session.scalars(soon.order_by(Match.id)).all()


def with_closed_contacts() -> Sequence[int]:
    """Numbers of the matches brought together where a consenting contact is not disclosed yet."""
    consent = exists().where(
        ContactPerson.firm_id.in_((Match.asker_id, Match.answerer_id)),
        ContactConsent.contact_id == ContactPerson.id,
        ContactConsent.purpose == ConsentPurpose.DISCLOSURE,
        ContactConsent.withdrawn_at.is_(None),
        ~exists().where(
            TransferRecord.cause == CAUSE,
            TransferRecord.cause_id == Match.id,
            TransferRecord.contact_id == ContactPerson.id,
            TransferRecord.at >= ContactConsent.given_at,
        ),
    )
    waiting = select(Match.id).where(Match.state.in_(rules.TOGETHER), consent)
    return db.session.scalars(waiting.order_by(Match.id)).all()


# ---------------------------------------------------------------- contacts


def contacts(firm_ids: Iterable[int]) -> Sequence[ContactPerson]:
    """The contact persons of firms with their consents, in the order in which the firms named them."""
    return db.session.scalars(
        select(ContactPerson)
        .where(ContactPerson.firm_id.in_(list(firm_ids)))
        .options(selectinload(ContactPerson.consents))
        .order_by(ContactPerson.firm_id, ContactPerson.id)
    ).all()


def disclosed_contacts(shown: Match, firm_id: int) -> list[ContactPerson]:
    """Those contacts of one firm of a match that were disclosed to the other and whose consent stands."""
    if shown.contacts_opened_at is None or shown.state not in rules.TOGETHER:
        return []
    records = disclosures(shown.id)
    return [person for person in contacts([firm_id]) if is_disclosed(person, records)]


def is_disclosed(person: ContactPerson, records: dict[int, datetime]) -> bool:
    """Whether a person's consent stands and was followed by a disclosure; a consent given anew needs a new one."""
    consent, at = standing_consent(person), records.get(person.id)
    return consent is not None and at is not None and at >= consent


def disclosures(match_id: int) -> dict[int, datetime]:
    """When each contact person was last disclosed because of a match."""
    rows = db.session.execute(
        select(TransferRecord.contact_id, func.max(TransferRecord.at))
        .where(TransferRecord.cause == CAUSE, TransferRecord.cause_id == match_id)
        .group_by(TransferRecord.contact_id)
    )
    return {row[0]: row[1] for row in rows}


def standing_consent(person: ContactPerson) -> datetime | None:
    """When the person's standing consent to disclosure was given."""
    given = [
        item.given_at
        for item in person.consents
        if item.purpose is ConsentPurpose.DISCLOSURE and item.withdrawn_at is None
    ]
    return max(given, default=None)


# ---------------------------------------------------------------- firms to propose


def firms_named(query: str, countries: Sequence[str], most: int) -> Sequence[Firm]:
    """Verified firms of these countries whose folded name contains the folded query, by name."""
    return _named(query, Firm.country.in_(countries), most)


def firms_abroad_named(query: str, country: str, most: int) -> Sequence[Firm]:
    """The same among the firms of all other countries."""
    return _named(query, Firm.country != country, most)


def _named(query: str, where: ColumnElement[bool], most: int) -> Sequence[Firm]:
    key = name_key(query)
    if not key:
        return ()
    named = select(Firm).where(
        Firm.state == FirmState.VERIFIED, where, Firm.name_key.contains(key, autoescape=True)
    )
    return db.session.scalars(named.order_by(Firm.name_key, Firm.id).limit(most)).all()
