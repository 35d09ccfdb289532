"""What the page of a match shows to one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries
from matchmaker.firms import queries as firms
from matchmaker.firms.models import ContactPerson, Firm
from matchmaker.firms.names import reader_name
from matchmaker.firms.rules import visible_groups
from matchmaker.matching import checks, fitting, queries, reasons, rules, sides
from matchmaker.matching.deals.pages import DealCard, deal_card
from matchmaker.matching.enums import MatchState, MatchVerb, ReasonCode
from matchmaker.matching.follow_ups.pages import FollowUpCard, follow_up_card
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.matching.visible_fit import shown_rows, visible_part
from matchmaker.matching.words import REASONS, STATES, state_word
from matchmaker.reference import countries

S, V = MatchState, MatchVerb


@dataclass(frozen=True)
class MatchPage:
    """Everything the template needs; `own` is the reader's side or the first of the two."""

    match: Match
    own: sides.End
    other: sides.End
    score: int
    halves: tuple[int, int]
    rows: Sequence[Any]
    hints: Sequence[Any]
    milestones: Sequence[sides.Milestone]
    verbs: frozenset[MatchVerb]
    next_step: str
    contacts: Sequence[ContactPerson]
    contact_notes: Sequence[str]
    contacts_since: str
    timeline: Sequence[dict[str, Any]]
    thread_url: str | None
    member: bool
    deals: DealCard | None
    follow_ups: FollowUpCard | None
    badge: tuple[str, str] = field(default=("", ""))


def match_page(actor: Actor, match: Match) -> MatchPage:
    """Put the page together."""
    loaded = firms.firms({match.asker_id, match.answerer_id})
    own, other = sides.ordered(actor, match)
    own, other = loaded[own.id], loaded[other.id]
    fit = fitting.fit_of(own, other)
    member = rules.is_member(actor, match)
    together = match.state in rules.TOGETHER
    groups = visible_groups(actor, other, together)
    return MatchPage(
        match=match,
        own=sides.end(actor, own, together),
        other=sides.end(actor, other, together),
        score=fit.total,
        halves=fitting.halves(fit),
        rows=shown_rows(reasons.explain(fit, own, other), groups),
        hints=reasons.raise_hints(visible_part(fit, groups), own, other),
        milestones=sides.milestones(match),
        verbs=open_verbs(actor, match),
        next_step=next_step(actor, match),
        contacts=queries.disclosed_contacts(match, other.id) if member else (),
        contact_notes=contact_notes(actor, match, own, other),
        contacts_since=sides.day(match.contacts_opened_at),
        timeline=timeline(actor, match),
        thread_url=thread_url(match) if together and member else None,
        member=member,
        deals=deal_card(actor, match),
        follow_ups=follow_up_card(actor, match),
        badge=shown_state(actor, match),
    )


def open_verbs(actor: Actor, match: Match) -> frozenset[MatchVerb]:
    """The buttons of this reader; a yes is given once."""
    found = rules.verbs(match.state, rules.parts_of(actor, match))
    mine = [number for number in (match.asker_id, match.answerer_id) if rules.acts_for(actor, number)]
    if V.AGREE in found and all(rules.has_agreed(match, number) for number in mine):
        found -= {V.AGREE}
    return found


def shown_state(actor: Actor, match: Match) -> tuple[str, str]:
    """The word of the state and its kind; what waits for an answer of the reader's firm says so."""
    mine = {item.firm_id for item in actor.memberships} & {match.asker_id, match.answerer_id}
    if match.state in (S.ASKED, S.PROPOSED) and not all(rules.has_agreed(match, number) for number in mine):
        return str(_("Waiting for you")), STATES[match.state][1]
    return state_word(match.state), STATES[match.state][1]


def next_step(actor: Actor, match: Match) -> str:
    """One sentence that says who has to do what now."""
    if match.state in (S.ASKED, S.PROPOSED):
        return _answer_step(actor, match)
    if match.state is S.AGREED:
        names = ", ".join(
            countries.label(code, language()) for code in order_countries(sorted(rules.waits_for(match)))
        )
        return str(
            _("Both firms agreed. The coordinators check now. Still open: %(countries)s.", countries=names)
        )
    if match.state is S.INTRODUCED:
        return str(_("You are introduced. Write to each other, then say here how it goes."))
    if match.state is S.IN_TALKS:
        return str(_("You are in talks. Say here what comes of it."))
    if match.state is S.PARTNERSHIP:
        return str(_("The two firms reached a partnership."))
    return _ended(match)


def _answer_step(actor: Actor, match: Match) -> str:
    until = sides.day(match.expires_at)
    waits = [firm for firm in (match.asker, match.answerer) if not rules.has_agreed(match, firm.id)]
    if any(rules.acts_for(actor, firm.id) for firm in waits):
        return str(_("Your answer is needed until %(day)s.", day=until))
    names = ", ".join(reader_name(firm) for firm in waits)
    return str(_("Waiting for the answer of %(names)s until %(day)s.", names=names, day=until))


def _ended(match: Match) -> str:
    if match.state is S.EXPIRED:
        return str(_("Nobody answered in time. You can ask again."))
    reason = f" {REASONS[match.reason]}." if match.reason else ""
    # The note of a coordinator is for the file; a firm's own word is for the other firm.
    note = f" {match.end_note}" if match.end_note and match.reason is not None and by_firm(match) else ""
    return str(_("This match has ended: %(state)s.", state=state_word(match.state))) + reason + note


def by_firm(match: Match) -> bool:
    """Whether a firm ended the match, not an institution."""
    return bool(match.events) and match.events[-1].verb in (V.REFUSE, V.WITHDRAW, V.CLOSE)


def contact_notes(actor: Actor, match: Match, own: Firm, other: Firm) -> list[str]:
    """Why no contacts are shown, or nothing where they are."""
    if match.state in rules.ENDED:
        return [_("The match has ended; contacts are no longer shown.")]
    if match.state not in rules.TOGETHER:
        return [_("Contacts open to both firms at the same moment, once both coordinators have approved.")]
    if not rules.is_member(actor, match):
        return [_("Contacts are shown to the two firms only.")]
    if match.contacts_opened_at is not None:
        return []
    return _missing_for_contacts(match, own, other)


def _missing_for_contacts(match: Match, own: Firm, other: Firm) -> list[str]:
    known = {side.firm_id: side for side in checks.facts_of(match).sides}
    notes = [_("Contacts stay closed for both firms until nothing is missing any more:")]
    for firm in (own, other):
        if known[firm.id].basis is None:
            country = countries.label(firm.country, language())
            notes.append(
                _("No legal basis for passing on contact data from %(country)s is recorded.", country=country)
            )
        if not known[firm.id].consents:
            notes.append(
                _("No contact person of %(firm)s has consented to disclosure.", firm=reader_name(firm))
            )
    if len(notes) == 1:
        return [_("Nothing is missing any more; contacts open within a minute.")]
    return notes


def timeline(actor: Actor, match: Match) -> list[dict[str, Any]]:
    """What happened, the latest last; firms see no names of officers and no notes for the file."""
    return [_entry(actor, match, event) for event in match.events if shown_to(actor, event)]


def shown_to(actor: Actor, event: MatchEvent) -> bool:
    """Questions among institutions and compliance decisions are not shown to firms."""
    return actor.is_staff or event.verb not in (V.QUESTION, V.REVIEW)


def _entry(actor: Actor, match: Match, event: MatchEvent) -> dict[str, Any]:
    person = event.person.name if event.person and actor.is_staff else ""
    return {
        "at": sides.day(event.at, "d MMM"),
        "datetime": event.at,
        "title": _title(match, event),
        "text": ", ".join(part for part in (person, event.note if actor.is_staff else "") if part),
        "kind": "",
    }


def _title(match: Match, event: MatchEvent) -> str:
    country = countries.label(event.country, language()) if event.country else ""
    names = {side.country: reader_name(side) for side in (match.asker, match.answerer)}
    firm = names.get(event.country or "", "")
    titles = {
        V.ASK: _("%(firm)s asked", firm=names[match.asker.country]),
        V.PROPOSE: _("Proposed by an institution"),
        V.AGREE: _("%(firm)s agreed", firm=firm),
        V.REFUSE: _("%(firm)s declined", firm=firm),
        V.WITHDRAW: _("Withdrawn"),
        V.EXPIRE: _("Expired"),
        V.APPROVE: _("Coordinator of %(country)s approved", country=country),
        V.DECLINE: _("Coordinator of %(country)s declined", country=country),
        V.QUESTION: _("Coordinator of %(country)s asked a question", country=country),
        V.REVIEW: _("Compliance decided"),
        V.INTRODUCE: _("Introduced"),
        V.START_TALKS: _("In talks"),
        V.PARTNER: _("Partnership"),
        V.CLOSE: _("Closed"),
    }
    return str(titles[event.verb])


def thread_url(match: Match) -> str | None:
    """Where the conversation is, if the installation has one."""
    if "messages.thread" not in current_app.view_functions:
        return None
    return url_for("messages.thread", match_id=match.id)


def reason_shown(code: ReasonCode | None) -> str:
    """The words of a reason."""
    return str(REASONS[code]) if code else ""
