"""What becomes of screenings and the register of transfers when a firm is merged into another one."""

from flask_babel import gettext as _

from matchmaker.compliance.enums import ScreeningState
from matchmaker.compliance.models import Screening, TransferRecord
from matchmaker.compliance.queries import screening_state
from matchmaker.firms.merging.parts import Part, Staying


def refused(kept_id: int, merged_id: int) -> list[str]:
    """A likeness to a listed party is cleared before, so that no merge hides it."""
    held = any(screening_state(number)[0] is ScreeningState.HIT for number in (kept_id, merged_id))
    return [_("One of the firms resembles a listed party. Compliance has to clear it first.")] if held else []


PART = Part(
    "compliance",
    staying=(
        Staying(Screening.firm_id, "it tells what was compared, by the names and numbers of then"),
        Staying(TransferRecord.recipient_firm_id, "it tells who received personal data at that time"),
    ),
    refused=refused,
)
