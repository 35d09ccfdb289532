"""The allocation of all first places as a job, and what makes it due."""

from typing import Any

from matchmaker.core.jobs import Progress, job_kind, loop
from matchmaker.matching.exposure import services
from matchmaker.matching.exposure.queries import ROUND


@job_kind(ROUND)
def run_round(progress: Progress) -> dict[str, Any]:
    """Make a round."""
    made = services.make_round(progress.report)
    return {"round": made.id, "lists": made.lists}


@loop("exposure", 300)
def keep_up() -> None:
    """Queue a round where something changed since the last one."""
    services.keep_up()
