"""Decisions about wishes: what two firms speak with each other, and which wishes come together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from matchmaker.core.actor import Actor
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.enums import DayState

if TYPE_CHECKING:
    from matchmaker.meetings.models import DayParticipant

MOST_MUSTS: Final = 5
"""How many firms one firm can want to meet by all means: a word that everybody gets says nothing."""
WANTED: Final = frozenset({WishKind.MUST_MEET, WishKind.WOULD_MEET})
MOST_LEAST: Final = 8
"""The largest guaranteed minimum whose price is shown."""
TOPIC_LETTERS: Final = 240
"""The most letters of a topic: those of two firms stand beside each other in a meeting."""
MOST_PARTIES: Final = 6
"""The most firms of one meeting: more do not sit at a table."""
CHOOSABLE: Final = frozenset({DayState.PLANNING, DayState.PUBLISHED})
ASKABLE: Final = frozenset({DayState.PUBLISHED, DayState.RUNNING})
"""The states in which firms ask for meetings beyond the plan: the plan is out, so asking tells nobody's wishes."""


@dataclass(frozen=True, slots=True)
class Together:
    """Whether two wishes make a meeting, and whether it comes before those that are not a must."""

    meets: bool
    must: bool = False


def together(one: WishKind | None, other: WishKind | None) -> Together:
    """What two firms' wishes of each other come to; None is a firm that said nothing.

    A no of either keeps them apart. Two wishes make a meeting, a must if one of them is. A must of one firm makes a
    meeting also where the other said nothing, but without precedence: nobody gets a place before firms that want each
    other because somebody else kept silent. A mere "would meet" answered by silence makes none.
    """
    if WishKind.NO_THANKS in (one, other):
        return Together(meets=False)
    if one in WANTED and other in WANTED:
        return Together(meets=True, must=WishKind.MUST_MEET in (one, other))
    return Together(meets=WishKind.MUST_MEET in (one, other))


def topic(*said: str | None) -> str:
    """What a meeting is about, as its firms said it with their wishes, each thing once."""
    return " / ".join(dict.fromkeys(text for text in said if text))


def spoken(one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """The language that two firms share and, where they share none, the pair that an interpreter has to know.

    Of several shared languages the first of `one` counts. The pair joins the first language of each in order of the
    alphabet, such as "ru-tr"; both are empty where a firm names no language.
    """
    shared = next((code for code in one if code in other), "")
    if shared or not one or not other:
        return shared, ""
    return "", "-".join(sorted((one[0], other[0])))


def spoken_by_all(firms: Sequence[Sequence[str]]) -> tuple[str, str]:
    """The same for several firms: a language that all share, else the pair that the first two who share none need."""
    shared = next((code for code in firms[0] if all(code in known for known in firms)), "")
    if shared:
        return shared, ""
    needs = (spoken(one, other)[1] for one, other in combinations(firms, 2))
    return "", next((pair for pair in needs if pair), "")


def living_key(participants: Sequence[int]) -> str:
    """What keeps a second living meeting of the same firms out: their numbers in rising order."""
    return "-".join(str(number) for number in sorted(participants))


def may_see_wishes(actor: Actor, participant: DayParticipant) -> bool:
    """The firm's own people once the day is open to firms, and those who run the day and may speak for a firm."""
    own = day_rules.speaks_for(actor, participant) and participant.day.state in day_rules.SHOWN_TO_FIRMS
    return own or day_rules.may_run(actor, participant.day)
