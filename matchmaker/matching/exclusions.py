"""The hard rules: what keeps two firms from being suggested to each other or introduced, whatever their fit.

A refusal rests for REST days: the firm that was refused is not suggested again and cannot ask again so long, and after it
circumstances may have changed. A request that was withdrawn or ran out does not count as a refusal. The sentences are
fit for the firms to read: they never say what the other firm wished or what a list says; staff read the rule's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, or_, select

from matchmaker.compliance.queries import firms_with_hits
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.rules import is_matchable
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.matching.wishes import turned_down
from matchmaker.mous import queries as mous
from matchmaker.mous.enums import ScopeArea

REST: Final = timedelta(days=180)
AREA: Final = ScopeArea.COMMERCIAL_COOPERATION
BLOCKED_STATES: Final = frozenset({FirmState.ON_HOLD, FirmState.SUSPENDED, FirmState.ARCHIVED})


class ExclusionCode(StrEnum):
    """The hard rules in the order in which they are checked and shown."""

    SAME_FIRM = "same_firm"
    SAME_COUNTRY = "same_country"
    BLOCKED = "blocked"
    NOT_VERIFIED = "not_verified"
    NOT_MATCHABLE = "not_matchable"
    SCREENING = "screening"
    NO_MEMORANDUM = "no_memorandum"
    NO_THANKS = "no_thanks"
    REFUSED = "refused"
    LIVING_MATCH = "living_match"


RULES: Final = {
    ExclusionCode.SAME_FIRM: _l("Two different firms"),
    ExclusionCode.SAME_COUNTRY: _l("Two different countries"),
    ExclusionCode.BLOCKED: _l("Neither firm on hold, suspended or archived"),
    ExclusionCode.NOT_VERIFIED: _l("Both firms verified"),
    ExclusionCode.NOT_MATCHABLE: _l("Both have goods, a kind of partnership and a mapped region"),
    ExclusionCode.SCREENING: _l("No open or confirmed hit on a list"),
    ExclusionCode.NO_MEMORANDUM: _l("A memorandum in force covers commercial cooperation"),
    ExclusionCode.NO_THANKS: _l("Neither firm said no thanks"),
    ExclusionCode.REFUSED: _l("Not refused in the last 180 days"),
    ExclusionCode.LIVING_MATCH: _l("No match of the two is under way"),
}
SENTENCES: Final = {
    ExclusionCode.SAME_FIRM: _l("A firm cannot be introduced to itself."),
    ExclusionCode.SAME_COUNTRY: _l("Introductions are between firms of two countries."),
    ExclusionCode.BLOCKED: _l("One of the two firms is on hold, suspended or archived."),
    ExclusionCode.NOT_VERIFIED: _l("Both firms have to be verified first."),
    ExclusionCode.NOT_MATCHABLE: _l(
        "Both firms need at least one good, a kind of partnership and a region that is mapped."
    ),
    ExclusionCode.SCREENING: _l("A check of one of the two firms has not ended. Try again later."),
    ExclusionCode.NO_MEMORANDUM: _l(
        "No memorandum in force covers commercial cooperation between these two countries."
    ),
    ExclusionCode.NO_THANKS: _l("An introduction of these two firms is not wanted at the moment."),
    ExclusionCode.REFUSED: _l("An introduction of these two firms was declined in the last 180 days."),
    ExclusionCode.LIVING_MATCH: _l("These two firms already have a match."),
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule that a pair breaks; firms are the numbers of those to blame, empty where it is the pair."""

    code: ExclusionCode
    firms: tuple[int, ...] = ()

    @property
    def sentence(self) -> LazyString:
        """Why, in words that both firms may read."""
        return SENTENCES[self.code]

    @property
    def rule(self) -> LazyString:
        """The rule that should hold."""
        return RULES[self.code]


def why_not(one: Firm, other: Firm) -> list[Exclusion]:
    """The hard rules that the pair breaks, none when they may be introduced; products and partnerships loaded."""
    if one.id == other.id:
        return [Exclusion(ExclusionCode.SAME_FIRM, (one.id,))]
    return [*_firms_break(one, other), *_pair_breaks(one, other)]


def _firms_break(one: Firm, other: Firm) -> Iterable[Exclusion]:
    both = (one, other)
    blocked = tuple(firm.id for firm in both if firm.state in BLOCKED_STATES)
    unverified = tuple(
        firm.id for firm in both if firm.state is not FirmState.VERIFIED and firm.id not in blocked
    )
    unmatchable = tuple(
        firm.id for firm in both if firm.state is FirmState.VERIFIED and not is_matchable(firm)
    )
    listed = tuple(sorted(firms_with_hits([firm.id for firm in both])))
    for code, firms in (
        (ExclusionCode.BLOCKED, blocked),
        (ExclusionCode.NOT_VERIFIED, unverified),
        (ExclusionCode.NOT_MATCHABLE, unmatchable),
        (ExclusionCode.SCREENING, listed),
    ):
        if firms:
            yield Exclusion(code, firms)


def _pair_breaks(one: Firm, other: Firm) -> Iterable[Exclusion]:
    if one.country == other.country:
        yield Exclusion(ExclusionCode.SAME_COUNTRY)
    elif mous.covering(one.country, other.country, AREA, clock.today()) is None:
        yield Exclusion(ExclusionCode.NO_MEMORANDUM)
    if other.id in turned_down(one.id):
        yield Exclusion(ExclusionCode.NO_THANKS)
    if other.id in refused(one.id):
        yield Exclusion(ExclusionCode.REFUSED)
    if other.id in met(one.id):
        yield Exclusion(ExclusionCode.LIVING_MATCH)


def excluded_ids(firm_id: int) -> set[int]:
    """The firms that rules about pairs and screening exclude for a firm; the lists hold only matchable firms anyway.

    The firm itself is among them while a hit of its own is open or confirmed: then nobody is suggested to it.
    """
    return turned_down(firm_id) | refused(firm_id) | met(firm_id) | firms_with_hits()


def refused(firm_id: int) -> set[int]:
    """The firms with which a match was refused, by either or by a coordinator, within the time of rest."""
    return _others(firm_id, and_(Match.state == MatchState.REFUSED, Match.ended_at > clock.now() - REST))


def met(firm_id: int) -> set[int]:
    """The firms with which a match is under way or has led to a partnership."""
    return _others(firm_id, Match.open_pair.is_not(None))


def _others(firm_id: int, condition: ColumnElement[bool]) -> set[int]:
    rows = db.session.execute(
        select(Match.asker_id, Match.answerer_id).where(
            or_(Match.asker_id == firm_id, Match.answerer_id == firm_id), condition
        )
    )
    return {answerer if asker == firm_id else asker for asker, answerer in rows}


def partner_countries(country: str) -> frozenset[str]:
    """The countries with whose firms those of a country may be introduced today."""
    return mous.partner_countries(country, AREA, clock.today())
