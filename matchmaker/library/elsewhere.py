"""What a search finds in the library beside practice notes, as far as the reader may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.library.guide_queries import guides
from matchmaker.library.hits import Hits
from matchmaker.library.models import Guide, Question, Scheme
from matchmaker.library.question_queries import questions
from matchmaker.library.scheme_queries import SchemeFilter, schemes

MOST = 10
Kind = TypeVar("Kind", Scheme, Question, Guide)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The best of each kind."""

    schemes: Sequence[Scheme] = ()
    questions: Sequence[Question] = ()
    guides: Sequence[Guide] = ()

    @property
    def any(self) -> bool:
        """Whether anything was found."""
        return bool(self.schemes or self.questions or self.guides)


def elsewhere(actor: Actor, hits: Hits) -> Elsewhere:
    """The schemes, also those that have ended, the own institution's questions, and the guides."""
    return Elsewhere(
        _best(schemes(SchemeFilter(past=True)), hits.schemes) if hits.schemes else (),
        _best(questions(actor, None, clock.today()), hits.questions) if hits.questions else (),
        _best(guides(actor), hits.guides) if hits.guides else (),
    )


def _best(listed: Iterable[Kind], points: Mapping[int, float]) -> list[Kind]:
    found = [one for one in listed if one.id in points]
    return sorted(found, key=lambda one: -points[one.id])[:MOST]
