"""What a search of the library found, before it is known who may read it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hits:
    """What says every word of a query: points by number. `working` are notes found by words that only the owner reads."""

    notes: dict[int, float] = field(default_factory=dict)
    working: dict[int, float] = field(default_factory=dict)
    schemes: dict[int, float] = field(default_factory=dict)
    questions: dict[int, float] = field(default_factory=dict)
    guides: dict[int, float] = field(default_factory=dict)
