"""Reads of the table of those who signed up for a programme."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.core.db import db
from matchmaker.engines.text.names import name_key
from matchmaker.engines.text.romanisation import romanise_ru
from matchmaker.firms.models import Firm
from matchmaker.programmes import queries, rules
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.models import Delegate, SignUp


@dataclass(frozen=True, slots=True)
class Participants:
    """Some sign-ups of a programme, and how many sign-ups and people the filters leave in all."""

    rows: Sequence[SignUp]
    total: int
    people: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which sign-ups of a programme are asked for: in some states, and of a quota, a country, a part of a name where set."""

    states: Collection[SignUpState]
    quota_id: int | None = None
    country: str = ""
    text: str = ""


def participants(
    programme_id: int, sought: Sought, limit: int | None = None, offset: int = 0
) -> Participants:
    """The sign-ups that are asked for, in the order of arrival."""
    where = _where(programme_id, sought)
    total, people = db.session.execute(
        select(func.count(SignUp.id), func.coalesce(func.sum(SignUp.people), 0)).where(*where)
    ).one()
    rows = (
        select(SignUp)
        .where(*where)
        .options(joinedload(SignUp.firm), selectinload(SignUp.delegates), joinedload(SignUp.programme))
        .order_by(SignUp.arrival, SignUp.id)
        .limit(limit)
        .offset(offset)
    )
    return Participants(db.session.scalars(rows).all(), int(total), int(people))


def _where(programme_id: int, sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        SignUp.programme_id == programme_id,
        SignUp.state.in_(sought.states),
    ]
    if sought.quota_id is not None:
        found.append(SignUp.quota_id == sought.quota_id)
    if sought.country:
        found.append(SignUp.country == sought.country)
    if sought.text:
        brought = SignUp.id.in_(_brought_by(programme_id, sought.text))
        found.append(or_(SignUp.firm_id.in_(_firms_named(sought.text)), brought))
    return found


def _firms_named(text: str) -> Select[int]:
    """Firms whose folded name holds the folded words."""
    return select(Firm.id).where(Firm.name_key.contains(name_key(text), autoescape=True))


def _brought_by(programme_id: int, text: str) -> Select[int]:
    """Sign-ups that bring somebody whose Latin name holds the romanised words."""
    latin = func.lower(Delegate.name_romanised).contains(romanise_ru(text).lower(), autoescape=True)
    return (
        select(Delegate.sign_up_id)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(SignUp.programme_id == programme_id, latin)
    )


def counts_by_state(programme_id: int) -> dict[SignUpState, int]:
    """How many sign-ups of a programme are in each state."""
    rows = db.session.execute(
        select(SignUp.state, func.count(SignUp.id))
        .where(SignUp.programme_id == programme_id)
        .group_by(SignUp.state)
    )
    return {state: int(count) for state, count in rows}


def held_by_quota(programme_id: int) -> dict[int | None, int]:
    """People whose place waits for an answer, by quota."""
    held = SignUp.state.in_((SignUpState.OFFERED, SignUpState.ACCEPTED))
    rows = db.session.execute(
        select(SignUp.quota_id, func.sum(SignUp.people))
        .where(SignUp.programme_id == programme_id, held)
        .group_by(SignUp.quota_id)
    )
    return {quota: int(people) for quota, people in rows}


def countries_of(programme_id: int) -> set[str]:
    """The countries from which somebody signed up."""
    found = select(SignUp.country).where(SignUp.programme_id == programme_id, SignUp.country != "").distinct()
    return set(db.session.scalars(found))


def list_of(programme_id: int, kind: str) -> rules.ListOf:
    """A list of the participants of a programme as a file; raises NotFound."""
    return rules.ListOf(queries.programme(programme_id), kind)
