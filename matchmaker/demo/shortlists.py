"""The shortlists of the documented firms: a few of the best, two of them with a note."""

from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.demo.pairs import Pairs
from matchmaker.demo.writing import add_all
from matchmaker.directory.shortlist.models import ShortlistEntry

NOTES: Final = {
    "TR": ("Ocak ayında numune isteyelim.", "Teslim süresini soralım.", ""),
    "RU": ("Спросить образцы в январе.", "Узнать срок поставки.", ""),
}


def add_shortlists(pairs: Pairs, morning: datetime) -> None:
    """Write one for each documented firm."""
    rows: list[dict[str, Any]] = []
    for country, own in pairs.own.items():
        best = [other for other, _total in pairs.best_of(own.id)]
        for place, (other, note) in enumerate(zip(best[1:], NOTES[country], strict=False)):
            moment = morning - timedelta(days=place + 1)
            rows.append(
                {
                    "firm_id": own.id,
                    "other_id": other,
                    "note": note,
                    "person_id": own.person_id,
                    "created_at": moment,
                    "updated_at": moment,
                }
            )
    add_all(ShortlistEntry, rows)
