"""Sets of points."""

from typing import Any

from factory import LazyFunction

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.jobs import Job, JobState
from matchmaker.engines.fit.numbers import numbers_of
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightConsent, WeightSet
from tests.factories.base import EntityFactory

OTHER = numbers_of(WEIGHTS_2026_1) | {"languages": 0, "product_6": 20}
"""Numbers of another set: three points go from languages to goods."""
REPORT: dict[str, Any] = {
    "lists": 1,
    "changed": 0,
    "places": 0,
    "by_size": [1] + [0] * 10,
    "rows": [],
    "spread": [{"gini": 0.0, "top": 0.0, "never": 0, "most": 1, "histogram": [0] * 10}] * 2,
}


class WeightSetFactory(EntityFactory):
    """A draft that was not simulated; take it from `simulated` where it shall be proposed."""

    class Meta:
        model = WeightSet

    points = LazyFunction(lambda: dict(OTHER))
    consents = LazyFunction(list)


def simulated(**values: Any) -> WeightSet:
    """A draft whose simulation against the product's own set is finished."""
    job = Job(kind="weight-simulation", state=JobState.DONE, result=REPORT)
    db.session.add(job)
    db.session.flush()
    found: WeightSet = WeightSetFactory(job_id=job.id, based_on=WEIGHTS_2026_1.name, **values)
    return found


def proposed_by(person_id: int, country: str = "TR", name: str = "2026-2") -> WeightSet:
    """A proposal of one side that waits for the other."""
    found = simulated(
        state=WeightState.PROPOSED,
        slot="proposed",
        name=name,
        version=2,
        reason="Languages decide little.",
        author_id=person_id,
        country=country,
        proposed_at=clock.now(),
    )
    db.session.add(WeightConsent(weight_set_id=found.id, country=country, person_id=person_id))
    db.session.flush()
    db.session.expire(found, ["consents"])
    return found
