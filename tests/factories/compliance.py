"""Lists of invented parties, and what is comparable in a firm."""

from collections.abc import Sequence

from matchmaker.compliance.models import SanctionsList, ScreeningHit
from matchmaker.compliance.services import Entry, replace_list, screen
from matchmaker.firms.models import Firm, FirmIdentifier
from tests.factories.firms import FirmFactory


def listed(*entries: Entry | str, name: str = "Test list", version: str = "1") -> SanctionsList:
    """The current version of a list, without a job to screen all firms; texts are names of parties."""
    rows = [
        Entry(reference=f"T-{place}", name=one) if isinstance(one, str) else one
        for place, one in enumerate(entries)
    ]
    return replace_list(name, version, rows, sample=True, rescreen=False)


def named_firm(name: str, country: str = "RU", numbers: Sequence[str] = (), **values: object) -> Firm:
    """A firm with a name and numbers of the state."""
    scheme = {"RU": "INN10", "TR": "VKN"}[country]
    numbered = [FirmIdentifier(scheme=scheme, value=number) for number in numbers]
    firm: Firm = FirmFactory(
        country=country, legal_name=name, name_romanised="", identifiers=numbered, **values
    )
    return firm


def hit_of(firm: Firm) -> ScreeningHit:
    """An open likeness of the firm's name with a listed party."""
    listed(firm.legal_name, name="List of hits")
    (hit,) = screen(firm).hits
    return hit
