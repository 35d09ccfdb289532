"""The saved searches of the documented firms: one that mails every Monday, one to come back to."""

from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.core.actor import Actor
from matchmaker.demo.pairs import Pairs
from matchmaker.demo.writing import add_all
from matchmaker.directory.saved.enums import Frequency
from matchmaker.directory.saved.models import SavedSearch
from matchmaker.directory.saved.queries import selection_of
from matchmaker.directory.saved.rules import key_of
from matchmaker.notifications.enums import NewsCategory
from matchmaker.notifications.services import ask_for_news

SEARCHES: Final = {
    "TR": (
        ("Rusya'dan bizim aradıklarımızı sunanlar", "they=offer", Frequency.WEEKLY),
        ("Tataristan'daki küçük firmalar", "region=RU-TA&size=small", Frequency.NONE),
    ),
    "RU": (
        ("Кому в Турции нужна наша продукция", "they=need", Frequency.WEEKLY),
        ("Малые фирмы Стамбула", "region=TR-34&size=small", Frequency.NONE),
    ),
}
"""Name, state of the directory, and how often it mails."""


def add_searches(pairs: Pairs, morning: datetime) -> None:
    """Write those of each documented firm's administrator."""
    rows: list[dict[str, Any]] = []
    for country, own in pairs.own.items():
        for place, (name, query, frequency) in enumerate(SEARCHES[country]):
            moment = morning - timedelta(days=place + 2)
            rows.append(
                {
                    "person_id": own.person_id,
                    "name": name,
                    "query": query,
                    "query_key": key_of(selection_of(query)),
                    "frequency": frequency,
                    "telling_since": moment,
                    "told_until": moment,
                    "created_at": moment,
                    "updated_at": moment,
                }
            )
        if own.person_id is not None:
            ask_for_news(Actor(person_id=own.person_id), NewsCategory.SAVED_SEARCHES)
    add_all(SavedSearch, rows)
