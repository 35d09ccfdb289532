"""The long work of trips as jobs, and trips looked at by the clock."""

from typing import Any

from matchmaker.core import jobs
from matchmaker.core.jobs import Progress, job_kind
from matchmaker.programmes.trips.letter_runs import write_letters
from matchmaker.programmes.trips.letter_services import LETTER_JOB
from matchmaker.programmes.trips.viability_services import flag_short

FLAG_SECONDS = 600


@job_kind(LETTER_JOB)
def run_letters(progress: Progress, *, run_id: int) -> dict[str, Any]:
    """Write the letters of a run from where it stopped."""
    run = write_letters(run_id, progress.report)
    return {"letters": run.letters, "left_out": len(run.left_out)}


jobs.loop("flag trips with too few firms", FLAG_SECONDS)(flag_short)
