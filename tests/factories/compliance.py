"""Lists of invented parties, and what is comparable in a firm."""

from collections.abc import Sequence

from matchmaker.compliance.entries import Entry
from matchmaker.compliance.lists.queries import LIST_JOB
from matchmaker.compliance.models import SanctionsList, ScreeningHit
from matchmaker.compliance.services import replace_list, screen
from matchmaker.firms.models import Firm, FirmIdentifier
from tests.factories.firms import FirmFactory
from tests.factories.registers import JobFactory


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


def list_arguments() -> dict[str, int]:
    """What stands in the addresses of the pages of lists: a version, and a check that found nothing to say."""
    arguments = {"file_id": 0, "file_name": "un.xml", "name": "List", "version": "", "applying": False}
    check = JobFactory(kind=LIST_JOB, arguments=arguments).id
    deeds = ("check", "stop")
    return {"screening_lists.version:list_id": listed(name="List of the world").id} | {
        f"screening_lists.{deed}:job_id": check for deed in deeds
    }


def hit_of(firm: Firm) -> ScreeningHit:
    """An open likeness of the firm's name with a listed party."""
    listed(firm.legal_name, name="List of hits")
    (hit,) = screen(firm).hits
    return hit
