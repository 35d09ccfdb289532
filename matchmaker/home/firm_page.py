"""What a firm's home page shows: what waits, who fits, what the profile lacks."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.actor import Actor, FirmRole
from matchmaker.core.i18n import language, show_date
from matchmaker.engines.text.casing import upper
from matchmaker.firms import queries as firms_queries
from matchmaker.firms import rules as firms_rules
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.firms.steps import STEPS
from matchmaker.home.queries import open_join_requests
from matchmaker.matching import queries as matching_queries
from matchmaker.matching.effects import STEPS as EFFECT_STEPS
from matchmaker.matching.effects import effect_of_missing
from matchmaker.matching.models import Match
from matchmaker.matching.queries import FirmTab
from matchmaker.messages import queries as messages_queries
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.sign_up_page import what_now

MOST_WAITING = 6
COUNTED = frozenset(field for field, step in EFFECT_STEPS.items() if field == step)
"""The steps that are empty just when the field is, so that its effect is that of the step."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the reader, with the one action it needs."""

    icon: str
    title: str
    text: str
    url: str
    action: str
    primary: bool = False


def waiting(actor: Actor) -> list[Waiting]:
    """Requests to answer, places held for an answer, messages, people who ask to join; the most pressing first."""
    found = [*_requests(actor), *places(actor), *_messages(actor), *_joins(actor)]
    return found[:MOST_WAITING]


def profile_tasks(firm: Firm) -> list[dict[str, Any]]:
    """The parts of the profile in the order of the steps, what is missing marked with what filling it may bring."""
    missing = {item.step for item in firms_rules.missing(firm)}
    gains = _gains(firm) if missing & COUNTED else {}
    tasks = [
        {
            "label": step.label,
            "done": step.name not in missing,
            "hint": gains.get(step.name, ""),
            "url": url_for("firms.step", firm_id=firm.id, step=step.name),
        }
        for step in STEPS
        if step.name not in ("country", "visibility")
    ]
    return sorted(tasks, key=lambda task: not task["done"])


def _gains(firm: Firm) -> dict[str, str]:
    """By step; a field that is one of several of its step does not tell what the step brings."""
    gains = {effect.field: effect.gain for effect in effect_of_missing(firm) if effect.field in COUNTED}
    return {step: upper(gain[:1], language()) + gain[1:] for step, gain in gains.items()}


def own_firm(actor: Actor) -> Firm | None:
    """The firm the actor acts for, fully loaded."""
    return firms_queries.firm(actor.firm_id) if actor.firm_id else None


def _requests(actor: Actor) -> list[Waiting]:
    own = [item.firm_id for item in actor.memberships]
    return [
        _request(match, own, first=place == 0)
        for place, match in enumerate(matching_queries.matches_of(own, FirmTab.YOU))
    ]


def _request(match: Match, own: list[int], *, first: bool) -> Waiting:
    other = match.answerer if match.asker_id in own else match.asker
    until = _("Answer by %(day)s", day=show_date(match.expires_at.date())) if match.expires_at else ""
    return Waiting(
        "arrow-left-right",
        _("%(firm)s: introduction asked", firm=reader_name(other)),
        until,
        url_for("matching.show", match_id=match.id),
        _("Give an answer"),
        primary=first,
    )


def places(actor: Actor) -> list[Waiting]:
    """Places in programmes that are held until the reader answers."""
    return [
        Waiting(
            "calendar",
            found.programme.title(language()),
            what_now(found),
            url_for("programmes.show_sign_up", sign_up_id=found.id),
            _("Give an answer"),
            primary=True,
        )
        for found in programme_queries.waiting_for(actor)
    ]


def _messages(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            "message-square",
            reader_name(item.other),
            ngettext("%(num)s new message", "%(num)s new messages", item.unread),
            url_for("messages.thread", match_id=item.match.id),
            _("Read"),
        )
        for item in messages_queries.conversations(actor)
        if item.unread
    ]


def _joins(actor: Actor) -> list[Waiting]:
    administered = [item.firm_id for item in actor.memberships if item.role is FirmRole.ADMINISTRATOR]
    return [
        Waiting(
            "users",
            _("%(name)s asks to join your firm", name=request.person.name),
            "",
            url_for("firms.people", firm_id=request.firm_id),
            _("Decide"),
        )
        for request in open_join_requests(administered)
    ]
