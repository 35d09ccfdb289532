"""Imports of registers and of agencies' lists."""

from factory import LazyAttribute, Sequence

from matchmaker.core.jobs import Job, JobState
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import RegisterEntry, RegisterImport, RegisterImportError
from matchmaker.firms.registers.queries import LIST_JOB
from tests.factories.base import EntityFactory


class JobFactory(EntityFactory):
    """A finished check of a firm list that found nothing to do."""

    class Meta:
        model = Job

    kind = LIST_JOB
    state = JobState.DONE
    arguments = LazyAttribute(
        lambda _row: {"file_id": 0, "file_name": "list.csv", "applying": False, "countries": None}
    )


class RegisterImportFactory(EntityFactory):
    """An import of the Russian register that is not finished."""

    class Meta:
        model = RegisterImport

    country = "RU"
    file_name = Sequence(lambda count: f"register-{count}.zip")
    sha256 = Sequence(lambda count: f"{count:064d}")


class RegisterImportErrorFactory(EntityFactory):
    """An entry that could not be taken."""

    class Meta:
        model = RegisterImportError

    import_id = LazyAttribute(lambda _row: RegisterImportFactory().id)
    member = "VO_RRMSPSV_0001.xml"
    place = Sequence(lambda count: f"{count} @ {count * 100}")
    reason = "bad_identifier: 7700000011"


class RegisterEntryFactory(EntityFactory):
    """An invented company of the Russian register."""

    class Meta:
        model = RegisterEntry

    country = "RU"
    identifier = Sequence(lambda count: f"77{count:08d}")
    kind = RegisterKind.COMPANY
    name = Sequence(lambda count: f"ООО Выдумка {count}")
    region_code = "RU-MOW"
    register_region = "77"
    size_class = "micro"
