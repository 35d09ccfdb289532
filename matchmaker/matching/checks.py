"""Gathers what is known about both firms of a match; the same facts for both institutions."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.compliance.enums import HitState, ScreeningState
from matchmaker.compliance.models import Screening, ScreeningHit
from matchmaker.compliance.queries import compared_data_of, current_marks
from matchmaker.compliance.rules import controlled, state_of
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.rules import is_region_mapped
from matchmaker.matching import queries
from matchmaker.matching.gates import Flag, PairFacts, SideFacts, flags
from matchmaker.matching.models import Match
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou
from matchmaker.mous.queries import nearest
from matchmaker.mous.rules import cover_problem, transfer_basis
from matchmaker.reference import identifiers

AREA = ScopeArea.COMMERCIAL_COOPERATION


def facts_of(match: Match) -> PairFacts:
    """The facts of one match as they are now."""
    return facts([match])[match.id]


def facts(matches: Sequence[Match]) -> Mapping[int, PairFacts]:
    """The facts of several matches by number; memorandums and firms are read once each."""
    firm_ids = {number for match in matches for number in (match.asker_id, match.answerer_id)}
    loaded = firms.firms(firm_ids)
    consents = _consents(firm_ids)
    screenings = _screenings(loaded)
    mous: dict[tuple[str, str], Mou | None] = {}
    found = {}
    for match in matches:
        pair = (loaded[match.asker_id], loaded[match.answerer_id])
        key = (pair[0].country, pair[1].country)
        if key not in mous:
            mous[key] = nearest(*key, AREA, clock.today())
        mou = mous[key]
        problem = cover_problem(mou, AREA, clock.today()) if mou else None
        # Without cover no ground counts: the firms can be introduced with a reason, their contacts stay closed.
        ground = None if problem else mou
        asker, answerer = (_side(firm, ground, consents, screenings[firm.id]) for firm in pair)
        found[match.id] = PairFacts(asker, answerer, mou.id if mou else None, problem)
    return found


def flags_of(matches: Sequence[Match]) -> dict[int, tuple[Flag, ...]]:
    """The flags of several matches by number."""
    return {number: flags(known) for number, known in facts(matches).items()}


def mou_between(one: Firm, other: Firm) -> Mou | None:
    """The memorandum under which these two firms may be introduced, or the one that lacks least."""
    return nearest(one.country, other.country, AREA, clock.today())


def _side(
    firm: Firm,
    mou: Mou | None,
    consents: Mapping[int, int],
    screening: tuple[ScreeningState, Iterable[ScreeningHit]],
) -> SideFacts:
    state, hits = screening
    basis = transfer_basis(mou, firm.country, clock.today()) if mou else None
    return SideFacts(
        firm_id=firm.id,
        country=firm.country,
        identifiers_valid=identifiers_valid(firm),
        verified=firm.state is FirmState.VERIFIED,
        size_class=firm.size_class,
        region_mapped=is_region_mapped(firm),
        screening=state,
        hits=tuple(_hit(hit) for hit in hits if hit.state is not HitState.CLEARED),
        controlled=tuple(good.code for good in controlled([line.hs_code for line in firm.products])),
        consents=consents.get(firm.id, 0),
        basis=basis.reference if basis else None,
    )


def _screenings(loaded: Mapping[int, Firm]) -> dict[int, tuple[ScreeningState, Sequence[ScreeningHit]]]:
    """Where the screening of each firm stands; the same as screening_state of compliance, read for all at once."""
    of_firms = (Screening.firm_id.in_(loaded), Screening.delegate_id.is_(None))
    newest = select(func.max(Screening.id)).where(*of_firms).group_by(Screening.firm_id)
    rows = db.session.scalars(
        select(Screening).where(Screening.id.in_(newest)).options(selectinload(Screening.hits))
    )
    last, marks = {row.firm_id: row for row in rows}, current_marks()
    data = compared_data_of(loaded.values())
    found: dict[int, tuple[ScreeningState, Sequence[ScreeningHit]]] = {}
    for number in loaded:
        row = last.get(number)
        if row is None:
            found[number] = (ScreeningState.UNSCREENED, ())
            continue
        same = row.query == data[number]
        state = state_of(marks, row.lists, [hit.state for hit in row.hits], same_data=same)
        found[number] = (state, row.hits)
    return found


def _hit(hit: ScreeningHit) -> str:
    how = "=" if hit.by_identifier else f"{hit.score}%"
    return f"{hit.listed_name} ({hit.list_name}, {how})"


def identifiers_valid(firm: Firm) -> bool:
    """Whether the firm has numbers of the state and each has right check digits."""
    if not firm.identifiers:
        return False
    try:
        for number in firm.identifiers:
            identifiers.validate(number.scheme, number.value)
    except (identifiers.IdentifierError, KeyError):
        return False
    return True


def _consents(firm_ids: Iterable[int]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for person in queries.contacts(firm_ids):
        if queries.standing_consent(person):
            counted[person.firm_id] = counted.get(person.firm_id, 0) + 1
    return counted
