"""What the parts of a B2B day add to its pages: tabs of the staff and tabs of a firm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from matchmaker.core.actor import Actor
from matchmaker.meetings import queries
from matchmaker.meetings.models import B2bDay, DayParticipant


@dataclass(frozen=True, slots=True)
class DayTab:
    """A page of a day; the endpoint takes day_id. `also` are endpoints on which the tab counts as open."""

    endpoint: str
    label: Any
    rule: Callable[[Actor, B2bDay], bool]
    order: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnTab:
    """A page of one firm at a day, for its people; the endpoint takes participant_id. `also` as of DayTab."""

    endpoint: str
    label: Any
    rule: Callable[[Actor, DayParticipant], bool]
    order: int
    also: tuple[str, ...] = ()


_tabs: list[DayTab] = []
_own_tabs: list[OwnTab] = []


def add_tab(tab: DayTab) -> None:
    """Offer a page beside the others of a day."""
    _tabs.append(tab)
    _tabs.sort(key=lambda one: (one.order, one.endpoint))


def add_own_tab(tab: OwnTab) -> None:
    """Offer a page to the people of each firm of a day."""
    _own_tabs.append(tab)
    _own_tabs.sort(key=lambda one: (one.order, one.endpoint))


def tabs(actor: Actor, day: B2bDay) -> list[dict[str, Any]]:
    """The pages of a day that this reader may open, as ui.tabs needs them; those of the own firm come after the first."""
    found = [
        {
            "url": url_for(tab.endpoint, day_id=day.id),
            "label": tab.label,
            "current": request.endpoint in (tab.endpoint, *tab.also),
            "order": tab.order,
        }
        for tab in _tabs
        if tab.rule(actor, day)
    ]
    own = queries.own_participants(actor, day.id)
    return sorted([*found, *_of_firms(actor, own)], key=lambda one: int(str(one["order"])))


def _of_firms(actor: Actor, own: list[DayParticipant]) -> list[dict[str, Any]]:
    named = (request.view_args or {}).get("participant_id", own[0].id if len(own) == 1 else None)
    return [
        {
            "url": url_for(tab.endpoint, participant_id=one.id),
            "label": f"{tab.label} ({one.firm.trade_name or one.firm.legal_name})"
            if len(own) > 1
            else tab.label,
            "current": request.endpoint in (tab.endpoint, *tab.also) and named == one.id,
            "order": tab.order,
        }
        for one in own
        for tab in _own_tabs
        if tab.rule(actor, one)
    ]
