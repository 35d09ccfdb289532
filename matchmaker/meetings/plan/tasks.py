"""The search for a timetable as a job."""

from typing import Any

from matchmaker.core.jobs import Progress, job_kind
from matchmaker.meetings.plan.runs import TIMETABLE_JOB, work_out


@job_kind(TIMETABLE_JOB)
def make_timetable(progress: Progress, *, run_id: int, effort: str) -> dict[str, Any]:
    """Work out the timetable of a run."""
    return work_out(run_id, effort, progress.report)
