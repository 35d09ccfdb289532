"""The people whom firms send abroad, as screening sees them; whoever sends people says who travels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matchmaker.firms.models import Firm


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody whom a firm sends: the number of the delegate, the name in every spelling that is kept."""

    delegate_id: int
    firm: Firm
    names: tuple[str, ...]

    @property
    def compared(self) -> dict[str, list[str]]:
        """What is compared with the lists."""
        return {"names": list(dict.fromkeys(filter(None, self.names))), "numbers": []}


Numbers = Callable[[], list[int]]
Reading = Callable[[list[int]], list[Traveller]]
_sources: list[tuple[Numbers, Reading]] = []


def add_travellers(numbers: Numbers, reading: Reading) -> None:
    """Let a domain say who is going to travel: the numbers of the delegates, and how some of them are read."""
    _sources.append((numbers, reading))


def travellers(most: int = 100) -> Iterator[tuple[list[int], Reading]]:
    """Everybody who is going to travel, in parts that are read one after the other."""
    for numbers, reading in _sources:
        everybody = numbers()
        for start in range(0, len(everybody), most):
            yield everybody[start : start + most], reading
