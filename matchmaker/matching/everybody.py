"""The lists of all firms at one moment, for what staff ask about everybody: a simulation of points, the exposure.

What decides about one firm's list is read here for all firms in a handful of statements; the order itself comes from
`ranking.best`, as on the firm's own pages.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from matchmaker.compliance.queries import firms_with_hits
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.engines.fit.index import FitIndex
from matchmaker.engines.fit.profile import FitProfile
from matchmaker.firms.models import Firm
from matchmaker.matching import exclusions
from matchmaker.matching.enums import MatchState, WishKind
from matchmaker.matching.lists import fit_lists, lowering_of
from matchmaker.matching.models import Match, Wish
from matchmaker.matching.profiles import load_profiles, matchable
from matchmaker.matching.ranking import Terms
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.queries import profiles_of
from matchmaker.matching.wishes import LIFT

CHUNK: Final = 500
MOST_KEPT: Final = 20_000
"""Profiles that are kept; a list compares some tens."""


@dataclass(slots=True)
class Everybody:
    """All firms that have a list, and what decides about each one's list beside the points.

    `countries` are those of all firms that can stand in a list, also where `owners` are a sample of them.
    """

    index: FitIndex
    owners: Sequence[int]
    countries: Mapping[int, str]
    partners: Mapping[str, frozenset[str]]
    listed: frozenset[int] = frozenset()
    barred: Mapping[int, set[int]] = field(default_factory=dict)
    wished: Mapping[int, dict[int, int]] = field(default_factory=dict)
    marked: Mapping[int, list[NotRelevant]] = field(default_factory=dict)
    compared: dict[int, FitProfile | None] = field(default_factory=dict)

    def terms(self, own: FitProfile) -> Terms:
        """What decides about the list of one firm."""
        marked = self.marked.get(own.firm_id, [])
        barred = self.listed.union(self.barred.get(own.firm_id, ()), (row.other_id for row in marked))
        return Terms(
            self.partners[own.country],
            barred,
            self.wished.get(own.firm_id, {}),
            lowering_of(own, marked, self.compared_profiles) if marked else None,
        )

    def compared_profiles(self, ids: Collection[int]) -> Mapping[int, FitProfile]:
        """The profiles of matchable firms by number, kept: the lists of firms that marked others compare the same ones."""
        missing = [number for number in ids if number not in self.compared]
        if len(self.compared) + len(missing) > MOST_KEPT:
            self.compared.clear()
            missing = list(ids)
        if missing:
            found = profiles_of(missing)
            self.compared.update((number, found.get(number)) for number in missing)
        return {number: one for number in ids if (one := self.compared[number]) is not None}

    def profiles(self) -> Iterator[FitProfile]:
        """The owners of the lists in order of their numbers, read a chunk at a time."""
        for start in range(0, len(self.owners), CHUNK):
            yield from load_profiles(db.session, self.owners[start : start + CHUNK], clock.today())


def everybody(most: int | None = None) -> Everybody:
    """Everything that decides about all lists; with `most` a sample of so many firms, evenly spread by number.

    A firm of which a list entry is open or confirmed has no list, and neither has one whose country no memorandum joins.
    """
    index, _own = fit_lists().up_to_date(0)
    listed = firms_with_hits()
    codes = db.session.scalars(select(Firm.country).distinct().order_by(Firm.country)).all()
    partners = {code: exclusions.partner_countries(code) for code in codes}
    joined = [code for code, others in partners.items() if others]
    open_to = select(Firm.id, Firm.country).where(Firm.country.in_(joined), Firm.id.in_(matchable()))
    countries = {row.id: row.country for row in db.session.execute(open_to.order_by(Firm.id))}
    owners = [number for number in countries if number not in listed]
    return Everybody(
        index=index,
        owners=owners if most is None else sample(owners, most),
        countries=countries,
        partners=partners,
        listed=frozenset(listed),
        barred=_barred(),
        wished=_wished(),
        marked=_marked(),
    )


def sample(numbers: Sequence[int], most: int) -> list[int]:
    """At most so many of the numbers, evenly spread over them; the same ones every time."""
    if len(numbers) <= most:
        return list(numbers)
    return [numbers[at * len(numbers) // most] for at in range(most)]


def _barred() -> Mapping[int, set[int]]:
    """By firm the firms with which a rule about the pair keeps it apart, as `exclusions.excluded_ids` says for one."""
    found: dict[int, set[int]] = defaultdict(set)
    refused = (Match.state == MatchState.REFUSED) & (Match.ended_at > clock.now() - exclusions.REST)
    pairs = select(Match.asker_id, Match.answerer_id).where(refused | Match.open_pair.is_not(None))
    unwanted = select(Wish.firm_id, Wish.other_id).where(Wish.kind == WishKind.NO_THANKS)
    for statement in (pairs, unwanted):
        for one, other in db.session.execute(statement):
            found[one].add(other)
            found[other].add(one)
    return found


def _wished() -> Mapping[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = select(Wish.firm_id, Wish.other_id, Wish.kind).where(Wish.kind.in_(LIFT))
    for firm_id, other_id, kind in db.session.execute(rows):
        found[firm_id][other_id] = LIFT[kind]
    return found


def _marked() -> Mapping[int, list[NotRelevant]]:
    found: dict[int, list[NotRelevant]] = defaultdict(list)
    for row in db.session.scalars(select(NotRelevant).order_by(NotRelevant.id)):
        found[row.firm_id].append(row)
    return found
