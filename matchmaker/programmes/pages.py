"""What the kinds of programmes add to the pages of a programme: tabs and panels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from matchmaker.core.actor import Actor
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class ProgrammeTab:
    """A page of a programme; the endpoint takes programme_id. No kinds means all of them."""

    endpoint: str
    label: Any
    rule: Callable[[Actor, Programme], bool]
    order: int
    kinds: tuple[ProgrammeKind, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammePanel:
    """A part of the page of a programme: a template that is given `programme` and what `context` finds."""

    template: str
    rule: Callable[[Actor, Programme], bool]
    context: Callable[[Actor, Programme], dict[str, Any]]
    order: int
    kinds: tuple[ProgrammeKind, ...] = ()


_tabs: list[ProgrammeTab] = []
_panels: list[ProgrammePanel] = []


_sign_up_pages: dict[ProgrammeKind, str] = {}


def add_sign_up_page(kind: ProgrammeKind, endpoint: str) -> None:
    """Have firms sign up for one kind of programmes on a page of its own; the endpoint takes programme_id."""
    _sign_up_pages[kind] = endpoint


def sign_up_url(programme: Programme) -> str:
    """The page where one signs up, where the kind has one of its own; else an empty text."""
    endpoint = _sign_up_pages.get(programme.kind)
    return url_for(endpoint, programme_id=programme.id) if endpoint else ""


def add_tab(tab: ProgrammeTab) -> None:
    """Offer a page beside the others of a programme."""
    _tabs.append(tab)
    _tabs.sort(key=lambda item: (item.order, item.endpoint))


def add_panel(panel: ProgrammePanel) -> None:
    """Show a part on the page of a programme."""
    _panels.append(panel)
    _panels.sort(key=lambda item: (item.order, item.template))


def tabs(actor: Actor, programme: Programme) -> list[dict[str, Any]]:
    """The pages of a programme that this reader may open, as ui.tabs needs them."""
    return [
        {
            "url": url_for(tab.endpoint, programme_id=programme.id),
            "label": tab.label,
            "current": request.endpoint == tab.endpoint,
        }
        for tab in _tabs
        if (not tab.kinds or programme.kind in tab.kinds) and tab.rule(actor, programme)
    ]


def panels(actor: Actor, programme: Programme) -> list[tuple[str, dict[str, Any]]]:
    """The parts of the page of a programme for this reader: template and what it is given."""
    return [
        (panel.template, panel.context(actor, programme))
        for panel in _panels
        if (not panel.kinds or programme.kind in panel.kinds) and panel.rule(actor, programme)
    ]
