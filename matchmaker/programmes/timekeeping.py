"""What happens to programmes by the clock."""

from matchmaker.core import clock
from matchmaker.core.errors import DomainError
from matchmaker.programmes import queries, rules
from matchmaker.programmes.enums import ProgrammePart, ProgrammeState, ProgrammeVerb
from matchmaker.programmes.moves import move_programme

VERBS = {
    ProgrammeState.PUBLISHED: ProgrammeVerb.OPEN,
    ProgrammeState.OPEN: ProgrammeVerb.CLOSE,
    ProgrammeState.CONFIRMED: ProgrammeVerb.START,
    ProgrammeState.RUNNING: ProgrammeVerb.FINISH,
}
"""What the clock does to a programme in each state once its moment has come."""


def move_due() -> int:
    """Open, close, start and finish programmes whose moment has come; answers how many steps were taken."""
    count = 0
    for found in queries.due(clock.now()):
        programme = queries.locked_programme(found.id)
        verb = VERBS.get(programme.state)
        if verb and rules.programme_step(programme.state, verb, {ProgrammePart.SYSTEM}):
            try:
                move_programme(None, programme, verb)
            except DomainError:
                # A gate of its kind (gates.py) holds the programme back; people see there what is missing.
                continue
            count += 1
    return count
