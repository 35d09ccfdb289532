"""What a kind of programme asks for before a step: a call that is complete, an agreement that is confirmed."""

from collections import defaultdict
from collections.abc import Callable

from matchmaker.programmes.enums import ProgrammeKind, ProgrammeVerb
from matchmaker.programmes.models import Programme

Check = Callable[[Programme], None]
_checks: dict[tuple[ProgrammeKind, ProgrammeVerb], list[Check]] = defaultdict(list)


def add_gate(kind: ProgrammeKind, verb: ProgrammeVerb, check: Check) -> None:
    """Have something checked before each such step; the check raises DomainError, which also stops the clock's step."""
    _checks[kind, verb].append(check)


def pass_gates(programme: Programme, verb: ProgrammeVerb) -> None:
    """Ask all checks of a step; raises the DomainError of the first that refuses."""
    for check in _checks.get((programme.kind, verb), ()):
        check(programme)
