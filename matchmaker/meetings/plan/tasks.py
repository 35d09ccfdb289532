"""The long work of a timetable as jobs: the search, the agendas of many firms."""

from typing import Any

from matchmaker.core.jobs import Progress, job_kind
from matchmaker.meetings.plan import agenda_books
from matchmaker.meetings.plan.runs import TIMETABLE_JOB, work_out


@job_kind(TIMETABLE_JOB)
def make_timetable(progress: Progress, *, run_id: int, effort: str) -> dict[str, Any]:
    """Work out the timetable of a run."""
    return work_out(run_id, effort, progress.report)


@job_kind(agenda_books.AGENDA_JOB)
def write_agendas(progress: Progress, *, day_id: int, person_id: int, language: str) -> dict[str, Any]:
    """Write the agendas of all firms of a day."""
    return agenda_books.write(progress, day_id, person_id, language)
