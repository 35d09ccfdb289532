"""What has to be there before a call is published and before it begins."""

from matchmaker.programmes.enums import ProgrammeKind, ProgrammeVerb
from matchmaker.programmes.exchanges import call_services
from matchmaker.programmes.gates import add_gate

add_gate(ProgrammeKind.EXCHANGE, ProgrammeVerb.PUBLISH, call_services.check_complete)
add_gate(ProgrammeKind.EXCHANGE, ProgrammeVerb.START, call_services.check_agreed)
