"""The suspected duplicates of the demo: found among its firms as among any others."""

from matchmaker.demo.firms import Stored
from matchmaker.firms.duplicates.finding import renew_keys, renew_pairs


def find_duplicates(stored: dict[str, list[Stored]]) -> None:
    """Compare the firms of the demo, so that the queue has its pairs from the first moment."""
    ids = [one.id for made in stored.values() for one in made]
    renew_keys(ids)
    renew_pairs(ids)
