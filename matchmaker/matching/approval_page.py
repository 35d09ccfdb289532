"""What the approvals page shows: the list with its flags, and the open record with the checks of both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.compliance.enums import ScreeningState
from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.i18n import language
from matchmaker.core.paging import Paging
from matchmaker.core.requests import asked_page
from matchmaker.firms import queries as firms
from matchmaker.firms.names import reader_name
from matchmaker.matching import checks, fitting, gates, queries, reasons, rules, sides
from matchmaker.matching.enums import ComplianceOutcome, FlagCode, MatchState, Weight
from matchmaker.matching.firm_list import Tab
from matchmaker.matching.follow_ups import queries as follow_ups
from matchmaker.matching.follow_ups.enums import FollowUpState
from matchmaker.matching.follow_ups.rules import sees_list
from matchmaker.matching.gates import Flag, PairFacts, SideFacts
from matchmaker.matching.match_page import reason_shown, timeline
from matchmaker.matching.models import Match
from matchmaker.matching.queries import ApprovalSort, ApprovalTab
from matchmaker.matching.words import (
    DECISIONS,
    OUTCOMES,
    STATES,
    flag_kind,
    flag_sentence,
    flag_word,
    state_word,
)
from matchmaker.reference import countries

TABS: dict[ApprovalTab, LazyString] = {
    ApprovalTab.MATCHES: _l("Matches"),
    ApprovalTab.OTHER_SIDE: _l("Waiting for the other side"),
    ApprovalTab.DONE: _l("Done"),
}
SIZES: dict[str, LazyString] = {"micro": _l("Micro"), "small": _l("Small"), "medium": _l("Medium")}
Finding = tuple[str, str]
"""The words of a badge and its kind."""


@dataclass(frozen=True, slots=True)
class View:
    """The list, order and page that the address names; every state of the page is an address."""

    tab: ApprovalTab
    sort: ApprovalSort
    page: int

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "View":
        """Read it, falling back to what waits longest for the reader's own side."""
        tab, sort = asked.get("tab", ""), asked.get("sort", "")
        return cls(
            ApprovalTab(tab) if tab in set(ApprovalTab) else ApprovalTab.MATCHES,
            ApprovalSort(sort) if sort in set(ApprovalSort) else ApprovalSort.OLDEST,
            asked_page(),
        )

    def url(self, match_id: int | None = None, **changes: Any) -> str:
        """The address of a record in this list, or of the list with something changed."""
        values = {"tab": self.tab.value, "sort": self.sort.value, "page": self.page} | changes
        if match_id is None:
            return url_for("matching.approvals", **values)
        return url_for("matching.approval", match_id=match_id, **values)


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the list, as the macro of the queue wants it."""

    id: int
    url: str
    one: str
    other: str
    score: int
    flags: Sequence[Any]
    age: str
    current: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The list with its tabs."""

    view: View
    tabs: Sequence[Tab]
    items: Sequence[Item]
    paging: Paging
    position: int


@dataclass(frozen=True, slots=True)
class Record:
    """The open match."""

    match: Match
    own: sides.End
    other: sides.End
    score: int
    halves: tuple[int, int]
    bars: Sequence[dict[str, Any]]
    sentences: Sequence[str]
    flags: Sequence[dict[str, Any]]
    checks: Sequence[tuple[str, Finding, Finding]]
    decisions: Sequence[dict[str, Any]]
    reviews: Sequence[dict[str, Any]]
    timeline: Sequence[dict[str, Any]]
    state: Finding
    may_decide: bool
    may_review: bool
    held: bool
    uncovered: bool


def queue(actor: Actor, view: View, current: Match | None = None) -> Queue:
    """The list of the reader's countries; `current` marks the open record."""
    own = rules.approval_countries(actor)
    listed = queries.approvals(own, view.tab, view.sort, view.page)
    counts = queries.approval_counts(own)
    found = checks.flags_of(listed.items) if view.tab is not ApprovalTab.DONE else {}
    items = [
        _item(actor, match, view, found.get(match.id, ()), current is not None and match.id == current.id)
        for match in listed.items
    ]
    tabs = [
        Tab(view.url(tab=tab.value, page=1), str(TABS[tab]), tab is view.tab, counts[tab])
        for tab in ApprovalTab
    ]
    if sees_list(actor):
        overdue = follow_ups.counts(actor, None)[FollowUpState.OVERDUE]
        tabs.append(Tab(url_for("matching.follow_ups"), _("Follow-ups"), False, overdue))
    position = next((at for at, item in enumerate(items, listed.paging.first) if item.current), 0)
    return Queue(view, tabs, items, listed.paging, position)


def first(actor: Actor, view: View) -> Match | None:
    """The record at the head of the list."""
    listed = queries.approvals(rules.approval_countries(actor), view.tab, view.sort, view.page)
    return listed.items[0] if listed.items else None


def after(actor: Actor, view: View, match: Match) -> str:
    """The address of the record behind this one in the list, to go on with once it is decided; the list behind the last."""
    listed = queries.approvals(rules.approval_countries(actor), view.tab, view.sort, view.page)
    numbers = [one.id for one in listed.items]
    at = numbers.index(match.id) + 1 if match.id in numbers else len(numbers)
    return view.url(numbers[at]) if at < len(numbers) else view.url()


def _item(actor: Actor, match: Match, view: View, found: Sequence[Flag], current: bool) -> Item:
    one, other = sides.ordered(actor, match)
    shown = list(
        dict.fromkeys((flag_word(flag), flag_kind(flag)) for flag in gates.open_flags(found, match.reviews))
    )
    if match.state is not MatchState.AGREED:
        shown = [(state_word(match.state), STATES[match.state][1])]
    return Item(
        id=match.id,
        url=view.url(match.id),
        one=reader_name(one),
        other=reader_name(other),
        score=match.score,
        flags=[{"text": text, "kind": kind} for text, kind in shown[:3]],
        age=_age(match),
        current=current,
    )


def _age(match: Match) -> str:
    hours = int((clock.now() - (match.agreed_at or match.created_at)).total_seconds() // 3600)
    if hours < 24:
        return str(_("%(n)s h", n=hours))
    return str(_("%(n)s d", n=hours // 24))


def record(actor: Actor, match: Match) -> Record:
    """The open match with everything a decision needs; both institutions see the same."""
    loaded = firms.firms({match.asker_id, match.answerer_id})
    own, other = (loaded[firm.id] for firm in sides.ordered(actor, match))
    fit = fitting.fit_of(own, other)
    facts = checks.facts_of(match)
    by_firm = {side.firm_id: side for side in facts.sides}
    found = gates.flags(facts)
    rows = reasons.explain(fit, own, other)
    waiting = match.state is MatchState.AGREED
    names = {firm.id: reader_name(firm) for firm in loaded.values()}
    return Record(
        match=match,
        own=sides.end(actor, own, introduced=True),
        other=sides.end(actor, other, introduced=True),
        score=fit.total,
        halves=fitting.halves(fit),
        bars=[_bar(row) for row in rows],
        sentences=_sentences(rows),
        flags=[_flag(flag, names, match) for flag in found] if waiting else [],
        checks=check_rows(by_firm[own.id], by_firm[other.id], facts, match),
        decisions=[_decision(actor, match, code) for code in dict.fromkeys((own.country, other.country))],
        reviews=[_review(item) for item in match.reviews],
        timeline=timeline(actor, match),
        state=(state_word(match.state), STATES[match.state][1]),
        may_decide=waiting and bool(_open_sides(actor, match)),
        may_review=waiting and rules.may_review(actor, match),
        held=bool(gates.holding(found, match.reviews)) or gates.is_blocked(match.reviews),
        uncovered=facts.uncovered is not None,
    )


def _open_sides(actor: Actor, match: Match) -> list[str]:
    if not rules.may_decide(actor, match):
        return []
    own = rules.own_countries(actor, match, InstitutionRole.COORDINATOR)
    return [code for code in own if code in rules.waits_for(match)]


def _bar(row: Any) -> dict[str, Any]:
    points, most = row.own.points + row.other.points, 2 * row.most
    return {"label": row.criterion, "value": round(100 * points / most), "text": f"{points}/{most}"}


def _sentences(rows: Sequence[Any]) -> list[str]:
    told = (
        text
        for row in rows
        for text in (row.own.reason, row.other.reason)
        if row.own.points or row.other.points
    )
    return list(dict.fromkeys(str(text) for text in told if text))


def _flag(flag: Flag, names: Mapping[int, str], match: Match) -> dict[str, Any]:
    outcome = gates.reviewed(match.reviews).get(flag.key)
    return {
        "title": flag_word(flag),
        "text": flag_sentence(flag, names.get(flag.firm_id, ""), reviewed=outcome is not None),
        "kind": "" if outcome in (ComplianceOutcome.CLEAR, ComplianceOutcome.OVERRIDE) else flag_kind(flag),
        "outcome": str(OUTCOMES[outcome][0]) if outcome else "",
        "reviewable": flag.weight is Weight.REVIEW,
    }


def check_rows(
    own: SideFacts, other: SideFacts, facts: PairFacts, match: Match
) -> list[tuple[str, Finding, Finding]]:
    """The table of checks: what was looked at, and what was found on either side."""
    outcome = gates.reviewed(match.reviews)
    mou = _memorandum(facts)
    return [
        (_("Tax and registration numbers"), *(_valid(side) for side in (own, other))),
        (_("Verified"), *(_verified(side) for side in (own, other))),
        (_("SME by size"), *(_size(side) for side in (own, other))),
        (_("Region"), *(_region(side) for side in (own, other))),
        (_("Sanctions lists"), *(_screening(side, outcome) for side in (own, other))),
        (_("Export control"), *(_control(side, outcome) for side in (own, other))),
        (_("Consent to share"), *(_consent(side) for side in (own, other))),
        (_("Memorandum"), mou, mou),
        (_("Transfer basis"), *(_basis(side) for side in (own, other))),
    ]


def _memorandum(facts: PairFacts) -> Finding:
    if facts.mou_id is None:
        return _("None"), "danger"
    return (_("Does not cover it"), "danger") if facts.uncovered else (_("In force"), "ok")


def _valid(side: SideFacts) -> Finding:
    return (_("Valid"), "ok") if side.identifiers_valid else (_("Check"), "warn")


def _verified(side: SideFacts) -> Finding:
    return (_("Yes"), "ok") if side.verified else (_("No"), "danger")


def _size(side: SideFacts) -> Finding:
    if side.size_class in SIZES:
        return str(SIZES[side.size_class]), "ok"
    return _("Check"), "info"


def _region(side: SideFacts) -> Finding:
    return (_("Known"), "ok") if side.region_mapped else (_("Not mapped"), "warn")


def _screening(side: SideFacts, outcome: Mapping[str, ComplianceOutcome]) -> Finding:
    if side.screening is ScreeningState.UNSCREENED:
        return _decided(side, FlagCode.NOT_SCREENED, ("",), outcome) or (_("Not screened"), "warn")
    if side.screening is ScreeningState.HIT:
        return _decided(side, FlagCode.LISTED_NAME, side.hits, outcome) or (_("Name on a list"), "danger")
    return _("Clear"), "ok"


def _control(side: SideFacts, outcome: Mapping[str, ComplianceOutcome]) -> Finding:
    if not side.controlled:
        return _("Not needed"), ""
    return _decided(side, FlagCode.CONTROLLED_GOODS, side.controlled, outcome) or (_("Check"), "warn")


def _decided(
    side: SideFacts, code: FlagCode, details: Sequence[str], outcome: Mapping[str, ComplianceOutcome]
) -> Finding | None:
    """What compliance said about all findings of one kind, if it said something about each."""
    keys = [Flag(code, Weight.REVIEW, side.firm_id, detail).key for detail in details]
    said = [outcome.get(key) for key in keys]
    if not said or None in said:
        return None
    worst = max((item for item in said if item), key=list(ComplianceOutcome).index)
    return str(OUTCOMES[worst][0]), OUTCOMES[worst][1]


def _consent(side: SideFacts) -> Finding:
    if not side.consents:
        return _("Nobody yet"), "info"
    return ngettext("%(num)s person", "%(num)s people", side.consents), "ok"


def _basis(side: SideFacts) -> Finding:
    return (_("Recorded"), "ok") if side.basis is not None else (_("Missing"), "info")


def _decision(actor: Actor, match: Match, country: str) -> dict[str, Any]:
    found = next((item for item in match.decisions if item.country == country), None)
    name = countries.label(country, language())
    if found is None:
        own = country in rules.own_countries(actor, match, InstitutionRole.COORDINATOR)
        word = _("Your decision") if own else _("To be decided")
        return {"country": name, "word": word, "kind": "", "by": "", "note": ""}
    word, kind = DECISIONS[found.kind]
    by = f"{found.officer.name}, {sides.day(found.decided_at)}"
    note = ". ".join(part for part in (reason_shown(found.reason), found.note) if part)
    return {"country": name, "word": str(word), "kind": kind, "by": by, "note": note}


def _review(item: Any) -> dict[str, Any]:
    word, kind = OUTCOMES[item.outcome]
    by = f"{item.officer.name}, {sides.day(item.created_at)}"
    return {"word": str(word), "kind": kind, "by": by, "reason": item.reason}
