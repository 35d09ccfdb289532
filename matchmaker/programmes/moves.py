"""The one place where a programme or a sign-up changes its state: table, history, audit."""

from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, NotAllowed
from matchmaker.programmes import rules
from matchmaker.programmes.enums import (
    ProgrammePart,
    ProgrammeState,
    ProgrammeVerb,
    SignUpPart,
    SignUpState,
    SignUpVerb,
)
from matchmaker.programmes.gates import pass_gates
from matchmaker.programmes.models import Programme, ProgrammeEvent, SignUp, SignUpEvent
from matchmaker.programmes.words import sign_up_verb, sign_up_word, state_word, verb_word

PROGRAMME, SIGN_UP = "programme", "sign_up"


def move_programme(actor: Actor | None, programme: Programme, verb: ProgrammeVerb, *, note: str = "") -> None:
    """Take one step of the table; without an actor the clock acts.

    Raises Conflict when the present state has no such step and NotAllowed when it is not the actor's; both are logged.
    Raises what a gate of the kind refuses (gates.py).
    """
    parts = rules.programme_parts(actor, programme) if actor else {ProgrammePart.SYSTEM}
    step = rules.programme_step(programme.state, verb, parts)
    if step is None:
        _refuse_programme(actor, programme, verb)
        return
    pass_gates(programme, verb)
    before, now = programme.state, clock.now()
    programme.state, programme.updated_at = step.after, now
    if step.after in rules.ENDED_PROGRAMMES:
        programme.ended_at = now
    write_programme(actor, programme, verb, before, note)
    db.session.flush()


def _refuse_programme(actor: Actor | None, programme: Programme, verb: ProgrammeVerb) -> None:
    if rules.programme_step(programme.state, verb, ProgrammePart) is not None:
        audit.record_refusal(actor, verb.value, PROGRAMME, programme.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    audit.record_refusal(actor, verb.value, PROGRAMME, programme.id, f"state is {programme.state.value}")
    raise Conflict(
        _(
            "“%(verb)s” is no longer possible: the programme is now in the state “%(state)s”.",
            verb=verb_word(verb),
            state=state_word(programme.state),
        )
    )


def write_programme(
    actor: Actor | None,
    programme: Programme,
    verb: ProgrammeVerb,
    before: ProgrammeState | None,
    note: str = "",
) -> None:
    """Write history and audit of a step that was taken."""
    db.session.add(
        ProgrammeEvent(
            programme_id=programme.id,
            verb=verb,
            before=before,
            after=programme.state,
            person_id=actor.person_id if actor else None,
            note=note,
        )
    )
    audit.record(
        actor,
        verb.value,
        PROGRAMME,
        programme.id,
        {"state": before.value} if before else None,
        {"state": programme.state.value},
    )


def move_sign_up(
    actor: Actor | None,
    sign_up: SignUp,
    verb: SignUpVerb,
    after: SignUpState,
    *,
    note: str = "",
    parts: frozenset[SignUpPart] | None = None,
) -> None:
    """Take one step of the table; without an actor the system acts. Raises as move_programme does.

    A kind of programme in which others decide than the organiser checks that itself and names the actor's `parts`.
    Whatever changes the number of places taken is called behind the lock of the programme (queries.locked_sign_up).
    """
    check_sign_up(actor, sign_up, verb, after, parts)
    before, now = sign_up.state, clock.now()
    sign_up.state, sign_up.updated_at = after, now
    if after is not SignUpState.OFFERED and after is not SignUpState.ACCEPTED:
        sign_up.offer_expires_at = None
    if after is SignUpState.CONFIRMED:
        sign_up.confirmed_at = now
    if after in rules.ENDED:
        sign_up.living_key, sign_up.quota_id, sign_up.ended_at, sign_up.reason = None, None, now, note
    write_sign_up(actor, sign_up, verb, before, note)
    db.session.flush()


def check_sign_up(
    actor: Actor | None,
    sign_up: SignUp,
    verb: SignUpVerb,
    after: SignUpState,
    parts: frozenset[SignUpPart] | None = None,
) -> None:
    """Refuse and log a step that the table does not have for this actor in the present state."""
    if parts is None:
        parts = rules.sign_up_parts(actor, sign_up) if actor else frozenset({SignUpPart.SYSTEM})
    if not rules.sign_up_allowed(sign_up.state, verb, after, parts):
        _refuse_sign_up(actor, sign_up, verb, after)


def _refuse_sign_up(actor: Actor | None, sign_up: SignUp, verb: SignUpVerb, after: SignUpState) -> None:
    if rules.sign_up_allowed(sign_up.state, verb, after, SignUpPart):
        audit.record_refusal(actor, verb.value, SIGN_UP, sign_up.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    audit.record_refusal(actor, verb.value, SIGN_UP, sign_up.id, f"state is {sign_up.state.value}")
    raise Conflict(
        _(
            "“%(verb)s” is no longer possible: the sign-up is now in the state “%(state)s”.",
            verb=sign_up_verb(verb),
            state=sign_up_word(sign_up.state),
        )
    )


def write_sign_up(
    actor: Actor | None, sign_up: SignUp, verb: SignUpVerb, before: SignUpState | None, note: str = ""
) -> None:
    """Write history and audit of a step that was taken."""
    db.session.add(
        SignUpEvent(
            sign_up_id=sign_up.id,
            verb=verb,
            before=before,
            after=sign_up.state,
            person_id=actor.person_id if actor else None,
            note=note,
        )
    )
    after: dict[str, Any] = {"state": sign_up.state.value, "people": sign_up.people}
    audit.record(actor, verb.value, SIGN_UP, sign_up.id, {"state": before.value} if before else None, after)
