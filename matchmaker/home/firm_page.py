"""What a firm's home page shows: what waits, who fits, what the profile lacks."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor, FirmRole
from matchmaker.core.i18n import language, show_date
from matchmaker.engines.text.casing import upper
from matchmaker.firms import queries as firms_queries
from matchmaker.firms import rules as firms_rules
from matchmaker.firms.declarations import queries as declarations
from matchmaker.firms.declarations.rules import ends_soon, has_run_out
from matchmaker.firms.declarations.words import badge_of
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.firms.rules import EDITING_ROLES
from matchmaker.firms.steps import STEPS
from matchmaker.home.queries import open_join_requests
from matchmaker.matching import queries as matching_queries
from matchmaker.matching.effects import STEPS as EFFECT_STEPS
from matchmaker.matching.effects import effect_of_missing
from matchmaker.matching.models import Match
from matchmaker.matching.queries import FirmTab
from matchmaker.meetings.show_page import title as day_title
from matchmaker.meetings.waiting import Ask, WaitingDay, waiting_days
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
    """A B2B day that goes on, requests to answer, places held for an answer, a declaration that ends, other days and so on."""
    days = waiting_days(actor)
    on = [one for one in days if one.ask is Ask.TODAY]
    found = [*map(_day, on), *_requests(actor), *places(actor)]
    found += [*_declarations(actor), *(_day(one) for one in days if one not in on)]
    found += [*_messages(actor), *_joins(actor)]
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


def _day(found: WaitingDay) -> Waiting:
    own, day = found.participant, found.participant.day
    missing = ngettext(
        "%(num)s meeting without an outcome", "%(num)s meetings without an outcome", len(found.meetings)
    )
    if found.ask is Ask.TODAY:
        address = url_for("meetings.next_meeting", participant_id=own.id)
        text = missing if found.meetings else str(_("Goes on now."))
        if found.offers:
            text = ngettext(
                "%(num)s offered meeting waits for your answer",
                "%(num)s offered meetings wait for your answer",
                found.offers,
            )
        return Waiting("clock", day_title(day), text, address, _("Next meeting"), primary=True)
    if found.ask is Ask.OUTCOMES:
        anchor = f"meeting-{found.meetings[0]}"
        address = url_for("meetings.outcomes", participant_id=own.id, _anchor=anchor)
        return Waiting("calendar", day_title(day), missing, address, _("Say what came of it"))
    until = (
        _("Wishes until %(when)s", when=zones.show_at(day.wishes_until, day.zone)) if day.wishes_until else ""
    )
    address = url_for("meetings.wishes", participant_id=own.id)
    return Waiting("calendar", day_title(day), until, address, _("Say your wishes"))


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


def _declarations(actor: Actor) -> list[Waiting]:
    """Declarations of size that run out soon or have, of the firms the reader can renew them for."""
    today, found = clock.today(), []
    for item in actor.memberships:
        until = declarations.counts_until(item.firm_id) if item.role in EDITING_ROLES else None
        if not (ends_soon(until, today) or has_run_out(until, today)):
            continue
        words, _kind = badge_of(until, today)
        address = url_for("firms.declaration", firm_id=item.firm_id)
        found.append(Waiting("file-text", _("Declaration of size"), words, address, _("Renew")))
    return found


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
