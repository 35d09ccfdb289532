"""Sets of points: the one in use since the beginning, and a proposal of one side that waits for the other."""

from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.core.db import db
from matchmaker.core.jobs import enqueue
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.fit.numbers import numbers_of
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.matching.exposure.services import queue_round
from matchmaker.matching.weighing.enums import WeightState
from matchmaker.matching.weighing.models import WeightConsent, WeightSet
from matchmaker.matching.weighing.services import SIMULATION

PROPOSAL: Final = numbers_of(WEIGHTS_2026_1) | {
    "breadth": 8,
    "partnership": 7,
    "languages": 1,
    "sector_4": 3,
}
"""Two points from languages and one from the sector go to the share of goods and to the kind of partnership."""

REASON: Final = (
    "Tercüman bulunur; ihtiyacın çoğunu karşılayan ortak kolay bulunmaz. · "
    "Переводчика найти можно, а партнёра, который закроет большую часть потребности, — трудно. · "
    "Interpreters can be found, but a partner who meets most of a need cannot."
)
"""As people of two sides write who read each other's pages."""


def add_weights(people: dict[str, int], morning: datetime) -> None:
    """Write both sets; when the worker starts it computes the exposure and simulates the proposal."""
    author, proposed = people["coordinator.tr"], morning - timedelta(days=2)
    first, second = _row(morning - timedelta(days=400)), _row(proposed)
    first |= {
        "name": WEIGHTS_2026_1.name,
        "version": 1,
        "state": WeightState.IN_USE,
        "slot": "in_use",
        "points": numbers_of(WEIGHTS_2026_1),
        "valid_from": first["created_at"],
    }
    second |= {
        "name": "2026-2",
        "version": 2,
        "state": WeightState.PROPOSED,
        "slot": "proposed",
        "points": PROPOSAL,
        "reason": REASON,
        "author_id": author,
        "country": "TR",
        "based_on": WEIGHTS_2026_1.name,
        "proposed_at": proposed,
    }
    _first_id, number = add_numbered(WeightSet, [first, second])
    consent = {"weight_set_id": number, "country": "TR", "person_id": author, "at": proposed}
    add_all(WeightConsent, [consent | {"created_at": proposed}])
    queue_round(None)
    db.session.get_one(WeightSet, number).job_id = enqueue(None, SIMULATION, set_id=number).id


def _row(moment: datetime) -> dict[str, Any]:
    """All columns, because rows that are written together have the same ones."""
    empty = dict.fromkeys(
        ("name", "version", "slot", "author_id", "country", "proposed_at", "valid_from", "valid_until")
    )
    return empty | {"reason": "", "based_on": "", "created_at": moment, "updated_at": moment}
