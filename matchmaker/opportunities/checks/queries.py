"""Reads of checks, of what an opportunity is compared with, and of the list of sensitive words."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.paging import Paging, Part
from matchmaker.firms.models import Firm
from matchmaker.firms.related import related_firms
from matchmaker.opportunities.checks import rules
from matchmaker.opportunities.checks.enums import FindingKind
from matchmaker.opportunities.checks.models import OpportunityCheck, OpportunityFinding, SensitiveWordChange
from matchmaker.opportunities.checks.word_list import Word, packaged
from matchmaker.opportunities.enums import OpportunityState
from matchmaker.opportunities.models import Opportunity

MOST: Final = 200
"""With so many others, the latest, an opportunity is compared at most."""
PAGE: Final = 50


def hold_firms(firm_id: int) -> None:
    """Let one opportunity at a time be sent by a firm and those that belong together with it, so that none is overlooked.

    Taken before the opportunity itself, in the order of the numbers, as everybody does who needs both.
    """
    firms = sorted({firm_id, *related_firms(firm_id)})
    rows = select(Firm.id).where(Firm.id.in_(firms)).order_by(Firm.id)
    db.session.execute(rows.with_for_update(key_share=True)).all()


def said_of(opportunity: Opportunity) -> rules.Said:
    """What of an opportunity is compared."""
    return rules.Said(
        opportunity.id,
        opportunity.kind.value,
        {text.language: (text.title, text.summary) for text in opportunity.texts if text.title},
        frozenset(good.hs_code for good in opportunity.goods)
        | frozenset(sector.code for sector in opportunity.sectors),
    )


def earlier(opportunity: Opportunity) -> list[rules.Earlier]:
    """What the firm, and those that belong together with it, sent before, the latest first."""
    firms = {opportunity.firm_id, *related_firms(opportunity.firm_id)}
    checked = exists().where(OpportunityCheck.opportunity_id == Opportunity.id)
    found = (
        select(Opportunity)
        .where(
            Opportunity.firm_id.in_(sorted(firms)),
            Opportunity.id != opportunity.id,
            or_(Opportunity.state != OpportunityState.DRAFT, checked),
        )
        .options(
            selectinload(Opportunity.texts),
            selectinload(Opportunity.goods),
            selectinload(Opportunity.sectors),
        )
        .order_by(Opportunity.id.desc())
        .limit(MOST)
    )
    rows, today = db.session.scalars(found).all(), clock.today()
    guarded = guarded_of([one.id for one in rows if one.firm_id == opportunity.firm_id])
    return [
        rules.Earlier(
            said_of(one),
            one.firm_id == opportunity.firm_id,
            rules.past_of(one, today),
            guarded.get(one.id, frozenset()),
        )
        for one in rows
    ]


def guarded_of(opportunity_ids: Collection[int]) -> dict[int, frozenset[FindingKind]]:
    """Which kinds of guarded words any check has found in each of these opportunities."""
    rows = (
        select(OpportunityCheck.opportunity_id, OpportunityFinding.kind)
        .join(OpportunityFinding, OpportunityFinding.check_id == OpportunityCheck.id)
        .where(
            OpportunityCheck.opportunity_id.in_(sorted(opportunity_ids)),
            OpportunityFinding.kind.in_(sorted(rules.GUARDED)),
        )
        .distinct()
    )
    found: dict[int, frozenset[FindingKind]] = {}
    for number, kind in db.session.execute(rows):
        found[number] = found.get(number, frozenset()) | {kind}
    return found


def checks_of(opportunity_id: int) -> Sequence[OpportunityCheck]:
    """All checks of an opportunity with their findings and what these resemble, the latest first."""
    other = selectinload(OpportunityCheck.findings).joinedload(OpportunityFinding.other)
    found = (
        select(OpportunityCheck)
        .where(OpportunityCheck.opportunity_id == opportunity_id)
        .options(
            other.joinedload(Opportunity.firm),
            other.selectinload(Opportunity.texts),
            other.selectinload(Opportunity.goods),
            other.selectinload(Opportunity.sectors),
            other.selectinload(Opportunity.reaches),
        )
        .order_by(OpportunityCheck.id.desc())
    )
    return db.session.scalars(found).all()


def last_check(opportunity_id: int) -> OpportunityCheck | None:
    """The latest check of an opportunity, with its findings."""
    found = select(OpportunityCheck).where(OpportunityCheck.opportunity_id == opportunity_id)
    loaded = found.options(selectinload(OpportunityCheck.findings))
    return db.session.scalar(loaded.order_by(OpportunityCheck.id.desc()).limit(1))


# ---------------------------------------------------------------- words


def changes() -> Sequence[SensitiveWordChange]:
    """All changes of the list, the first on top."""
    return db.session.scalars(select(SensitiveWordChange).order_by(SensitiveWordChange.number)).all()


def words() -> list[Word]:
    """The words in force today, by language, kind and letters."""
    found = rules.in_force(packaged(), changes(), clock.today()).values()
    return sorted(found, key=lambda word: (word.language, word.kind, word.key))


def list_version() -> str:
    """The name of today's list."""
    return rules.list_version(changes(), clock.today())


def last_number() -> int:
    """The number of the last change; 0 where there is none."""
    return db.session.scalar(select(func.max(SensitiveWordChange.number))) or 0


def change_page(page: int) -> Part[SensitiveWordChange]:
    """One page of the changes with who made them, the newest first."""
    paging = Paging.near(page, PAGE, db.session.scalar(select(func.count(SensitiveWordChange.id))) or 0)
    found = select(SensitiveWordChange).options(joinedload(SensitiveWordChange.set_by))
    newest = found.order_by(SensitiveWordChange.number.desc()).limit(PAGE).offset(paging.offset)
    return Part(db.session.scalars(newest).all(), paging)
