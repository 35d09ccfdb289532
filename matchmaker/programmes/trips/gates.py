"""What a trip asks before its steps: firms enough, or a decision to go ahead, before it is confirmed."""

from matchmaker.programmes.enums import ProgrammeKind, ProgrammeVerb
from matchmaker.programmes.gates import add_gate
from matchmaker.programmes.trips.viability_services import check_viable

add_gate(ProgrammeKind.TRIP, ProgrammeVerb.CONFIRM, check_viable)
