"""What the list of a firm's matches and the page for asking show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.core.paging import Paging
from matchmaker.core.requests import asked_page
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm
from matchmaker.firms.names import ShownName, reader_name, shown_name
from matchmaker.matching import fitting, queries, rules, sides
from matchmaker.matching.match_page import next_step, shown_state
from matchmaker.matching.models import Match
from matchmaker.matching.queries import PAGE, FirmTab

TABS: dict[FirmTab, LazyString] = {
    FirmTab.YOU: _l("Waiting for you"),
    FirmTab.OTHERS: _l("Waiting for others"),
    FirmTab.INTRODUCED: _l("Introduced"),
    FirmTab.ENDED: _l("Ended"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One list to choose."""

    url: str
    label: str
    current: bool
    badge: int


@dataclass(frozen=True, slots=True)
class Row:
    """One match of the list."""

    url: str
    name: ShownName
    own_name: str
    state: str
    kind: str
    next_step: str
    score: int
    day: str


@dataclass(frozen=True, slots=True)
class FirmList:
    """The list with its tabs and pages."""

    tabs: Sequence[Tab]
    tab: FirmTab
    rows: Sequence[Row]
    paging: Paging


def firm_list(actor: Actor, asked_tab: str) -> FirmList:
    """The list that the address asks for; without a tab the first that holds something."""
    numbers = [item.firm_id for item in actor.memberships]
    counts = queries.count_of(numbers)
    tab = _tab(asked_tab, counts)
    paging = Paging(asked_page(), PAGE, counts[tab])
    matches = queries.matches_of(numbers, tab, paging.page)
    return FirmList(
        tabs=[
            Tab(url_for("matching.index", tab=one.value), str(TABS[one]), one is tab, counts[one])
            for one in FirmTab
        ],
        tab=tab,
        rows=[_row(actor, match) for match in matches],
        paging=paging,
    )


def _tab(asked: str, counts: Mapping[FirmTab, int]) -> FirmTab:
    if asked in set(FirmTab):
        return FirmTab(asked)
    return next((tab for tab in FirmTab if counts[tab]), FirmTab.YOU)


def _row(actor: Actor, match: Match) -> Row:
    own, other = sides.ordered(actor, match)
    state, kind = shown_state(actor, match)
    return Row(
        url=url_for("matching.show", match_id=match.id),
        name=shown_name(other, language()),
        own_name=reader_name(own),
        state=state,
        kind=kind,
        next_step=next_step(actor, match),
        score=match.score,
        day=sides.day(match.updated_at),
    )


@dataclass(frozen=True, slots=True)
class AskPage:
    """What the page for asking shows beside the form."""

    own: sides.End
    other: sides.End
    score: int
    halves: tuple[int, int]
    left: int
    limit: int
    living_url: str | None


def ask_page(actor: Actor, firm: Firm, limit: int) -> AskPage:
    """The two sides, their fit, and how many requests are left."""
    own = firms.firm(rules.asking_firm_id(actor, firm) or 0)
    fit = fitting.fit_of(own, firm)
    living = queries.living_match(own.id, firm.id)
    return AskPage(
        own=sides.end(actor, own, introduced=False),
        other=sides.end(actor, firm, introduced=False),
        score=fit.total,
        halves=fitting.halves(fit),
        left=max(0, limit - queries.open_requests(own.id)),
        limit=limit,
        living_url=url_for("matching.show", match_id=living.id) if living else None,
    )
