"""The places a reader can go from every page; each domain adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, g, request, url_for

from matchmaker.core.access import Rule, current_actor
from matchmaker.core.actor import Actor


@dataclass(frozen=True)
class Place:
    """One entry of the navigation; `rule` decides who sees it, `badge` counts what waits there.

    `also` names the pages that belong to it although another entry shares their part of the product.
    """

    endpoint: str
    label: Any
    icon: str
    rule: Rule
    order: int
    tab: bool = False
    badge: Callable[[Actor], int] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownPlace:
    """An entry as the template needs it."""

    url: str
    label: str
    icon: str
    current: bool
    badge: int


_places: list[Place] = []


def add_place(place: Place) -> None:
    """Offer a page in the navigation; naming the same endpoint twice replaces the entry."""
    _places[:] = [item for item in _places if item.endpoint != place.endpoint] + [place]
    _places.sort(key=lambda item: (item.order, item.endpoint))


def shown_places(*, tabs: bool = False) -> list[ShownPlace]:
    """What this reader may see, in order; `tabs` only those of the phone's bar."""
    return [shown for place, shown in _all_shown() if place.tab or not tabs]


def _all_shown() -> list[tuple[Place, ShownPlace]]:
    """All places of this reader, put together once a page, for the badges are counted in the database."""
    actor = current_actor()
    if "places" not in g or g.places[0] is not actor:
        open_to = [place for place in _places if place.rule(actor)]
        here = _here(open_to)
        g.places = actor, [(place, _shown(place, actor, place is here)) for place in open_to]
    return cast("list[tuple[Place, ShownPlace]]", g.places[1])


def _here(places: list[Place]) -> Place | None:
    """The one place the reader is at: the page itself, else the first place of the same part of the product."""
    own = (place for place in places if request.endpoint in (place.endpoint, *place.also))
    near = (place for place in places if place.endpoint.split(".")[0] == request.blueprint)
    return next(own, None) or next(near, None)


def _shown(place: Place, actor: Actor, current: bool) -> ShownPlace:
    return ShownPlace(
        url=url_for(place.endpoint),
        label=str(place.label),
        icon=place.icon,
        current=current,
        badge=place.badge(actor) if place.badge else 0,
    )


def init_navigation(app: Flask) -> None:
    """Give the templates the navigation."""
    app.jinja_env.globals["nav_items"] = shown_places
    app.jinja_env.globals["tab_items"] = lambda: shown_places(tabs=True)
