"""What staff see of the wishes of a day: who said nothing yet, and the wishes as a list with filters."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.core.paging import Paging
from matchmaker.core.requests import LARGEST_KEY, asked_number, asked_page
from matchmaker.firms.names import reader_name
from matchmaker.matching.enums import WishKind
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.parties import in_alphabet
from matchmaker.meetings.wishes import queries, rules

ON_PAGE = 50


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish with what the other firm says in return."""

    own: DayParticipant
    other: DayParticipant
    kind: WishKind
    back: WishKind | None
    score: int | None
    meets: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; firm is the number of a participant, 0 for all."""

    firm: int = 0
    kind: str = ""
    mutual: bool = False
    page: int = 1

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Filters":
        """From the address; what makes no sense is left out."""
        kind = arguments.get("kind", "")
        return cls(
            firm=asked_number("firm", least=0, most=LARGEST_KEY),
            kind=kind if kind in tuple(WishKind) else "",
            mutual=bool(arguments.get("mutual")),
            page=asked_page(),
        )


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One page of the wishes of a day."""

    lines: list[WishLine]
    paging: Paging
    silent: list[DayParticipant]
    firms: list[tuple[int, str]]
    said: int
    meeting_pairs: int
    asked: Filters


def staff_page(day: B2bDay, asked: Filters) -> StaffPage:
    """Put one page together."""
    firms = in_alphabet(queries.expected(day))
    by_id = {one.id: one for one in firms}
    said = {pair: kind for pair, kind in queries.said_of_day(day.id).items() if by_id.keys() >= set(pair)}
    speaking = {one for one, _other in said}
    wanted = [pair for pair, kind in said.items() if _asked_for(asked, pair, kind, said.get(pair[::-1]))]
    order = {one.id: at for at, one in enumerate(firms)}
    wanted.sort(key=lambda pair: (order[pair[0]], order[pair[1]]))
    paging = Paging.near(asked.page, ON_PAGE, len(wanted))
    shown = paging.of(wanted)
    fits = queries.fits((by_id[one].firm_id, by_id[other].firm_id) for one, other in shown)
    lines = []
    for one, other in shown:
        own, theirs = by_id[one], by_id[other]
        kind, back = said[one, other], said.get((other, one))
        fit = fits.get((own.firm_id, theirs.firm_id))
        meets = rules.together(kind, back).meets
        lines.append(WishLine(own, theirs, kind, back, fit.total if fit else None, meets))
    return StaffPage(
        lines=lines,
        paging=paging,
        silent=[one for one in firms if one.id not in speaking],
        firms=[(one.id, reader_name(one.firm)) for one in firms],
        said=len(said),
        meeting_pairs=len(
            {frozenset(pair) for pair in said if rules.together(said[pair], said.get(pair[::-1])).meets}
        ),
        asked=asked,
    )


def _asked_for(asked: Filters, pair: tuple[int, int], kind: WishKind, back: WishKind | None) -> bool:
    return (
        (not asked.firm or asked.firm in pair)
        and (not asked.kind or kind == asked.kind)
        and (not asked.mutual or rules.together(kind, back).meets)
    )
