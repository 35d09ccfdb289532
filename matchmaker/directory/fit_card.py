"""The fit of the reader's firm with another as a card, and the one thing that can be done next."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.directory.listings import Badge, match_badge
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.models import Firm
from matchmaker.firms.names import shown_name
from matchmaker.matching.enums import WishKind
from matchmaker.matching.exclusions import why_not
from matchmaker.matching.highlights import Highlight, headline, highlights
from matchmaker.matching.models import Match
from matchmaker.matching.own_fit import lowering_row, own_fits
from matchmaker.matching.queries import living_match
from matchmaker.matching.reasons import ReasonRow, explain
from matchmaker.matching.relevance.models import NotRelevant
from matchmaker.matching.relevance.queries import mark_of
from matchmaker.matching.rules import acts_for, may_ask
from matchmaker.matching.visible_fit import shown_rows, visible_part
from matchmaker.matching.wishes import wish_of


@dataclass(frozen=True, slots=True)
class End:
    """One end of the arch."""

    name: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class FitCard:
    """The fit in numbers and sentences; without rows where the two firms are of one country."""

    own: Firm
    ends: tuple[End, End]
    total: int
    halves: tuple[int, int]
    headline: str
    highlights: Sequence[Highlight]
    rows: Sequence[ReasonRow]
    match: Match | None
    badge: Badge | None
    asks: bool
    speaks: bool
    obstacles: Sequence[str]
    wish: WishKind | None
    mark: NotRelevant | None


def fit_card(actor: Actor, own: Firm, firm: Firm, groups: frozenset[FieldGroup]) -> FitCard | None:
    """The card for two fully loaded firms of two countries; sentences keep to the fields that the reader sees."""
    if own.country == firm.country:
        return None
    own_fit = own_fits(own, [firm])[firm.id]
    fit = own_fit.fit
    match = living_match(own.id, firm.id)
    obstacles = [] if match else [str(one.sentence) for one in why_not(own, firm)]
    named = FieldGroup.NAME in groups
    other_name = shown_name(firm, language()).text if named else _("A firm")
    return FitCard(
        own=own,
        ends=(End(shown_name(own, language()).text), End(other_name)),
        total=own_fit.total,
        halves=own_fit.halves,
        headline=headline(fit),
        highlights=highlights(visible_part(fit, groups)),
        rows=[*shown_rows(explain(fit, own, firm), groups), *lowering_row(own_fit, groups)],
        match=match,
        badge=match_badge(match, firm.id) if match else None,
        asks=may_ask(actor, firm) and match is None and not obstacles,
        speaks=acts_for(actor, own.id),
        obstacles=obstacles,
        wish=wish_of(own.id, firm.id),
        mark=mark_of(own.id, firm.id),
    )
