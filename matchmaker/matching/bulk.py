"""One decision on several matches at once, leaving out and naming what needs a look of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.firms.names import reader_name
from matchmaker.matching import checks, gates, queries, rules, sides
from matchmaker.matching.decisions import Effect, checked_words, decide
from matchmaker.matching.enums import DecisionKind, MatchState, ReasonCode
from matchmaker.matching.models import Match
from matchmaker.matching.words import flag_word, state_word


@dataclass(slots=True)
class BulkResult:
    """Which matches were decided, and the name and reason of each that was left out."""

    decided: list[int] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def decide_all(
    actor: Actor,
    match_ids: Sequence[int],
    kind: DecisionKind,
    *,
    note: str = "",
    code: ReasonCode | None = None,
) -> BulkResult:
    """Approve, decline or return with a question, for the actor's side, each match that waits for it.

    One in another state is skipped and named, and of those to approve one with an open flag too; a match the actor may
    not know is passed over in silence. Locks in the order of the numbers, so that two such decisions never wait for each
    other. Raises DomainError, with nothing decided, where a reason is missing to decline or a question to return.
    """
    checked_words(kind, note, code)
    result = BulkResult()
    for number in sorted(set(match_ids)):
        found = queries.with_details([number])
        if not found or not rules.may_see_approval(actor, found[0]):
            continue
        match = queries.locked_match(number)
        reason = _why_left_out(match, kind) or _decide(actor, match, kind, note, code)
        if reason:
            result.left_out.append((pair_name(actor, match), reason))
            audit.record_refusal(actor, kind.value, "match", number, "left out of a bulk decision")
        else:
            result.decided.append(number)
    return result


def pair_name(actor: Actor, match: Match) -> str:
    """Both firms in one line, the actor's own side first."""
    return " – ".join(reader_name(firm) for firm in sides.ordered(actor, match))


def _why_left_out(match: Match, kind: DecisionKind) -> str:
    if match.state is not MatchState.AGREED:
        return str(_("It is in the state “%(state)s”.", state=state_word(match.state)))
    if kind is not DecisionKind.APPROVE:
        return ""
    flags = gates.open_flags(checks.flags_of([match])[match.id], match.reviews)
    if flags:
        named = ", ".join(dict.fromkeys(flag_word(flag) for flag in flags))
        return str(_("Open: %(flags)s.", flags=named))
    if gates.is_blocked(match.reviews):
        return str(_("Blocked by compliance."))
    return ""


def _decide(actor: Actor, match: Match, kind: DecisionKind, note: str, code: ReasonCode | None) -> str:
    try:
        with db.session.begin_nested():
            effect = decide(actor, match, kind, note=note, code=code)
    except DomainError as error:
        return error.message
    held: str = _("The fresh check found a listed name.")
    return held if effect is Effect.HELD else ""
