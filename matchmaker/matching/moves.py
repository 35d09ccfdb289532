"""The one place where a match changes its state: table, history, audit."""

from datetime import timedelta

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.matching import queries, rules
from matchmaker.matching.enums import MatchActor, MatchState, MatchVerb, ReasonCode
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.matching.words import state_word, verb_word

SYSTEM = frozenset({MatchActor.SYSTEM})


def begin(actor: Actor, match: Match, verb: MatchVerb, part: MatchActor, days: int) -> Match:
    """Store a new match in the state that the verb leads to; the pair's key keeps a second one out.

    Raises Conflict when the table has no such beginning, or when a match of the pair lives already.
    """
    if not rules.allowed(None, verb, match.state, {part}):
        raise NotAllowed(_("You do not have permission for this."))
    match.open_pair = rules.pair_key(match.asker_id, match.answerer_id)
    match.expires_at = clock.now() + timedelta(days=days)
    db.session.add(match)
    db.session.flush()
    match = queries.match(match.id)
    _write(actor, match, verb, None, "")
    db.session.flush()
    return match


def move(
    actor: Actor | None,
    match: Match,
    verb: MatchVerb,
    after: MatchState,
    *,
    note: str = "",
    code: ReasonCode | None = None,
) -> None:
    """Take one step of the table; without an actor the system acts.

    Raises Conflict when the present state has no such step and NotAllowed when it is not the actor's; both are logged.
    """
    check(actor, match, verb, after)
    before = match.state
    match.state = after
    if after in rules.ENDED:
        match.open_pair, match.ended_at, match.expires_at = None, clock.now(), None
        match.reason, match.end_note = code, note
    match.updated_at = clock.now()
    _write(actor, match, verb, before, note)
    db.session.flush()


def check(actor: Actor | None, match: Match, verb: MatchVerb, after: MatchState) -> None:
    """Refuse and log a step that the table does not have for this actor in the present state."""
    parts = rules.parts_of(actor, match) if actor else SYSTEM
    if rules.allowed(match.state, verb, after, parts):
        return
    if rules.allowed(match.state, verb, after, MatchActor):
        audit.record_refusal(actor, verb.value, "match", match.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    audit.record_refusal(actor, verb.value, "match", match.id, f"state is {match.state.value}")
    raise Conflict(
        _(
            "“%(verb)s” is no longer possible: the match is now in the state “%(state)s”.",
            verb=verb_word(verb),
            state=state_word(match.state),
        )
    )


def _write(actor: Actor | None, match: Match, verb: MatchVerb, before: MatchState | None, note: str) -> None:
    match.events.append(
        MatchEvent(
            at=clock.now(),
            verb=verb,
            before=before,
            after=match.state,
            person_id=actor.person_id if actor else None,
            country=actor.country if actor else None,
            note=note,
        )
    )
    audit.record(
        actor,
        verb.value,
        "match",
        match.id,
        {"state": before.value} if before else None,
        {"state": match.state.value, "firms": [match.asker_id, match.answerer_id]},
    )
