"""What the page of a link, the card on a match's page and the list of the institutions show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_date, show_number, show_percent
from matchmaker.core.paging import Paging
from matchmaker.firms.names import reader_name
from matchmaker.matching.enums import MatchState
from matchmaker.matching.follow_ups import queries, rules
from matchmaker.matching.follow_ups.enums import FollowUpState, Standing
from matchmaker.matching.follow_ups.models import FollowUp, FollowUpLink
from matchmaker.matching.follow_ups.words import STANDINGS, STATES, after_days
from matchmaker.matching.models import Match
from matchmaker.matching.sides import day


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A link as its holder sees it; `closed` says why there is nothing to answer, and then no firm is named."""

    link: FollowUpLink
    token: str
    closed: str
    other: str
    introduced_on: str
    until: date
    answered: str
    then: str


@dataclass(frozen=True, slots=True)
class Line:
    """One asking in a list, with the answer where there is one."""

    firm: str
    other: str
    url: str
    after: str
    asked: str
    age: str
    badge: tuple[str, str]
    answer: tuple[str, str] | None
    step: str
    note: str
    answered: str


@dataclass(frozen=True, slots=True)
class FollowUpCard:
    """The askings of a match on its page; `hint` names the button for what was answered by link."""

    lines: Sequence[Line]
    hint: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list; `days` and `state` are what was asked for."""

    lines: Sequence[Line]
    paging: Paging
    state: FollowUpState | None
    days: int | None
    tabs: Sequence[Mapping[str, object]]
    figures: Sequence[Mapping[str, str]]

    def url(self, page: int) -> str:
        """The address of another page."""
        return _url(self.state, self.days, page)


def link_page(link: FollowUpLink, token: str) -> LinkPage:
    """Put the page of a link together."""
    follow_up, match = link.follow_up, link.follow_up.match
    other = match.answerer if follow_up.firm_id == match.asker_id else match.asker
    return LinkPage(
        link=link,
        token=token,
        closed=_closed(link),
        other=reader_name(other),
        introduced_on=day(match.introduced_at),
        until=rules.last_day(link.expires_at),
        answered=day(follow_up.answered_at),
        then=_then(follow_up, match),
    )


def _closed(link: FollowUpLink) -> str:
    if link.expires_at <= clock.now():
        return str(_("This link has expired. The next question comes with a new one."))
    if not rules.is_open(link.follow_up.match):
        return str(_("This introduction has ended, so there is nothing to answer any more."))
    return ""


def _then(follow_up: FollowUp, match: Match) -> str:
    """What is still to be done with an account after an answer: a link records nothing but the answer."""
    if match.state is MatchState.PARTNERSHIP:
        return ""
    if follow_up.standing is Standing.PARTNERSHIP:
        return str(_("The partnership counts once somebody of your firm records it on the match's page."))
    if follow_up.standing is Standing.ENDED:
        return str(_("The match stays open until somebody of your firm closes it on its page."))
    return ""


def follow_up_card(actor: Actor, match: Match) -> FollowUpCard | None:
    """The card for who may read answers; None where nothing was asked yet that the reader sees."""
    found = [one for one in queries.of_match(match.id) if rules.sees(actor, one, match)]
    if not found:
        return None
    latest = next((one for one in found if one.standing), None)
    speaks = latest is not None and actor.membership(latest.firm_id) is not None
    hint = _then(latest, match) if latest and speaks and rules.is_open(match) else ""
    return FollowUpCard([_line(one, match) for one in found], hint)


def listing(actor: Actor, state: FollowUpState | None, days: int | None, page: int) -> Listing:
    """One page of what the actor's institution may read."""
    counts = queries.counts(actor, days)
    found = queries.listed(actor, state, days, page)
    tabs = [
        {"url": _url(one, days), "label": STATES[one][0], "current": one is state, "badge": counts[one]}
        for one in (FollowUpState.OVERDUE, FollowUpState.ASKED, FollowUpState.ANSWERED)
    ]
    rest = [one for one in (FollowUpState.UNREACHABLE, FollowUpState.DROPPED) if counts[one] or one is state]
    tabs += [
        {"url": _url(one, days), "label": STATES[one][0], "current": one is state, "badge": counts[one]}
        for one in rest
    ]
    tabs.append({"url": _url(None, days), "label": _("All"), "current": state is None, "badge": 0})
    lines = [_line(one, one.match) for one in found.items]
    return Listing(lines, found.paging, state, days, tabs, _figures(counts))


def _figures(counts: Mapping[FollowUpState, int]) -> list[Mapping[str, str]]:
    asked = sum(counts.values()) - counts[FollowUpState.UNREACHABLE]
    answered = counts[FollowUpState.ANSWERED]
    return [
        {"value": show_number(asked), "label": str(pgettext("follow-up", "Asked"))},
        {"value": show_number(answered), "label": str(_("Answered"))},
        {"value": show_percent(answered / asked) if asked else "–", "label": str(_("Share of answers"))},
        {"value": show_number(counts[FollowUpState.OVERDUE]), "label": str(_("Overdue"))},
    ]


def _url(state: FollowUpState | None, days: int | None, page: int | None = None) -> str:
    return url_for("matching.follow_ups", state=state or "all", days=days, page=page)


def _line(follow_up: FollowUp, match: Match) -> Line:
    ends = (match.asker, match.answerer)
    firm, other = ends if follow_up.firm_id == match.asker_id else ends[::-1]
    state = rules.state_of(follow_up, match, clock.now())
    age = (clock.now() - follow_up.asked_at).days
    said = STANDINGS[follow_up.standing] if follow_up.standing else None
    step = [
        follow_up.next_step,
        show_date(follow_up.next_step_on, "medium") if follow_up.next_step_on else "",
    ]
    return Line(
        firm=reader_name(firm),
        other=reader_name(other),
        url=url_for("matching.show", match_id=match.id),
        after=after_days(follow_up.days),
        asked=day(follow_up.asked_at),
        age=str(ngettext("%(num)s day ago", "%(num)s days ago", age)) if age else str(_("today")),
        badge=(str(STATES[state][0]), STATES[state][1]),
        answer=(str(said[0]), said[1]) if said else None,
        step=" · ".join(part for part in step if part),
        note=follow_up.note,
        answered=day(follow_up.answered_at),
    )
