"""One decision on several sign-ups: in the order of arrival, each whole, and what did not fit is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries, rules
from matchmaker.programmes import sign_up_services as services
from matchmaker.programmes.enums import SignUpVerb
from matchmaker.programmes.models import Programme, SignUp


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, and what was left out with the reason of each."""

    done: list[SignUp]
    left_out: list[tuple[SignUp, str]]


def decide(
    actor: Actor, programme: Programme, verb: SignUpVerb, sign_up_ids: Sequence[int], *, reason: str = ""
) -> Outcome:
    """Accept, list or refuse several sign-ups of a programme behind one lock.

    Who came first is decided first; a group that does not fit whole is left out and the next one is tried, as is what
    somebody decided meanwhile. Raises NotAllowed for others than the organiser, DomainError where nothing is selected
    or a refusal has no reason.
    """
    if not rules.may_edit(actor, programme):
        raise NotAllowed(_("You do not have permission for this."))
    queries.lock_programme(programme.id)
    chosen = queries.of_programme(programme.id, sign_up_ids)
    if not chosen:
        raise DomainError(_("Select at least one sign-up."), "selected")
    if verb is SignUpVerb.REFUSE and not reason.strip():
        raise DomainError(_("Give the reason; the applicant reads it."), "reason")
    outcome = Outcome([], [])
    for one in chosen:
        try:
            outcome.done.append(_decide(actor, one, verb, reason))
        except (Conflict, DomainError) as refused:
            outcome.left_out.append((one, refused.message))
    return outcome


def _decide(actor: Actor, one: SignUp, verb: SignUpVerb, reason: str) -> SignUp:
    if verb is SignUpVerb.ACCEPT:
        return services.accept(actor, one)
    if verb is SignUpVerb.LIST:
        return services.put_on_list(actor, one)
    return services.refuse(actor, one, reason=reason)
