"""What the page of a firm's wishes shows: the firms that it may meet, how they fit and why, and what it said."""

from dataclasses import dataclass, field

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.core.paging import Paging
from matchmaker.engines.fit.facts import Fit
from matchmaker.firms.names import ShownName, place_name, shown_name
from matchmaker.firms.rules import visible_groups
from matchmaker.matching.enums import WishKind
from matchmaker.matching.highlights import Highlight, highlights
from matchmaker.matching.visible_fit import visible_part
from matchmaker.meetings.models import DayParticipant, DayWish
from matchmaker.meetings.wishes import queries, rules
from matchmaker.reference import regions

ON_PAGE = 40


@dataclass(frozen=True, slots=True)
class WishRow:
    """One firm that another may wish to meet."""

    own: DayParticipant
    other: DayParticipant
    name: ShownName
    where: str
    score: int | None
    reasons: list[Highlight]
    kind: WishKind | None
    topic: str

    @property
    def wanted(self) -> bool:
        """Whether there is something to talk about."""
        return self.kind in rules.WANTED


@dataclass(frozen=True, slots=True)
class WishPage:
    """One page of the firms that a firm may wish to meet, the best fit first."""

    rows: list[WishRow]
    paging: Paging
    musts: int
    points_set: str
    most_musts: int = field(default=rules.MOST_MUSTS)


def wish_page(actor: Actor, own: DayParticipant, page: int) -> WishPage:
    """Put one page together."""
    firms = queries.possible(own)
    found = queries.fits((own.firm_id, one.firm_id) for one in firms)
    fits = {other: fit for (_own, other), fit in found.items()}
    ranked = sorted(firms, key=lambda one: (-_total(fits.get(one.firm_id)), one.firm.name, one.id))
    said = queries.said_by(own.id)
    paging = Paging.near(page, ON_PAGE, len(ranked))
    return WishPage(
        rows=[_row(actor, own, one, fits.get(one.firm_id), said.get(one.id)) for one in paging.of(ranked)],
        paging=paging,
        musts=sum(one.kind is WishKind.MUST_MEET for one in said.values()),
        points_set=next((fit.weights for fit in fits.values()), ""),
    )


def wish_row(actor: Actor, own: DayParticipant, other: DayParticipant) -> WishRow:
    """One row, for the answer to a press in it."""
    fit = queries.fits([(own.firm_id, other.firm_id)]).get((own.firm_id, other.firm_id))
    wish = queries.said_by(own.id).get(other.id)
    return _row(actor, own, other, fit, wish)


def _row(
    actor: Actor, own: DayParticipant, other: DayParticipant, fit: Fit | None, wish: DayWish | None
) -> WishRow:
    groups = visible_groups(actor, other.firm)
    region = regions.get(other.firm.region_code)
    where = [place_name(other.firm.town), region.label(language()) if region else other.firm.region_note]
    return WishRow(
        own=own,
        other=other,
        name=shown_name(other.firm, language()),
        where=", ".join(dict.fromkeys(part for part in where if part)),
        score=fit.total if fit else None,
        reasons=highlights(visible_part(fit, groups), most=2) if fit else [],
        kind=wish.kind if wish else None,
        topic=wish.topic if wish else "",
    )


def _total(fit: Fit | None) -> int:
    return fit.total if fit else -1
