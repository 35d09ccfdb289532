"""The simulation of a draft as a job."""

from typing import Any, Final

from matchmaker.core.jobs import Progress, job_kind
from matchmaker.engines.fit.numbers import weights_from
from matchmaker.matching.everybody import everybody
from matchmaker.matching.exposure.queries import share
from matchmaker.matching.weighing import queries
from matchmaker.matching.weighing.services import SIMULATION
from matchmaker.matching.weighing.simulation import compare

MOST_LISTS: Final = 20_000
"""Lists that a simulation compares; with more firms an even sample of them."""


@job_kind(SIMULATION)
def run_simulation(progress: Progress, *, set_id: int) -> dict[str, Any]:
    """Compare a draft with the set in use; the report is the job's result."""
    draft, now = queries.weight_set(set_id), queries.weights_in_use()
    then = weights_from(draft.name or "draft", draft.points)
    return compare(everybody(MOST_LISTS), share(), now, then, progress.report)
