"""What a trip asks before its steps: a complete plan before it is published, firms enough before it is confirmed."""

from matchmaker.programmes.enums import ProgrammeKind, ProgrammeVerb
from matchmaker.programmes.gates import add_gate
from matchmaker.programmes.trips.frame_services import check_complete
from matchmaker.programmes.trips.viability_services import check_viable

add_gate(ProgrammeKind.TRIP, ProgrammeVerb.PUBLISH, check_complete)
add_gate(ProgrammeKind.TRIP, ProgrammeVerb.CONFIRM, check_viable)
