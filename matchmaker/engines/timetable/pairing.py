"""Who gets which place, each at most one: as many as possible, by augmenting paths."""

from collections.abc import Iterable, Mapping


def matching(places: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """One of its places for as many as can have one, earlier ones of each before later ones where there is a choice."""
    holder: dict[int, int] = {}

    def find(one: int, seen: set[int]) -> bool:
        for place in places[one]:
            if place not in seen:
                seen.add(place)
                if place not in holder or find(holder[place], seen):
                    holder[place] = one
                    return True
        return False

    for one in places:
        find(one, set())
    return {one: place for place, one in holder.items()}
