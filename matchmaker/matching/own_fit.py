"""The fit as one firm's own pages show it: the pair's points, less what the firm's own no to similar ones lowers."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.engines.fit.facts import Fit
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.models import Firm
from matchmaker.matching import wishes
from matchmaker.matching.fitting import fit_of, halves
from matchmaker.matching.profiles import profile_of
from matchmaker.matching.reasons import Half, ReasonRow
from matchmaker.matching.relevance import queries as relevance
from matchmaker.matching.relevance.rules import Lowering, lowering
from matchmaker.matching.relevance.words import lowering_text
from matchmaker.matching.weighing.queries import weights_in_use

ROW = "not_relevant"


@dataclass(frozen=True, slots=True)
class OwnFit:
    """The fit of a pair and by how much the own firm's list lowers it."""

    fit: Fit
    lowering: Lowering

    @property
    def total(self) -> int:
        """What the own firm's pages show; the rows and the lowering add up to it."""
        return self.fit.total - self.lowering.points

    @property
    def halves(self) -> tuple[int, int]:
        """The two halves of the arch, 0 to 100; the lowering takes from the own one."""
        own, other = halves(self.fit)
        most = sum(row.most_a for row in self.fit.rows) or 1
        return max(0, own - round(100 * self.lowering.points / most)), other


def own_fits(own: Firm, others: Collection[Firm]) -> dict[int, OwnFit]:
    """The fit of a firm with others, all fully loaded, by the others' numbers; as `lists.scores` counts it."""
    weights, marked = weights_in_use(), relevance.marks_of(own.id)
    marks = relevance.marks_to_lower_by(marked, relevance.profiles_of({row.other_id for row in marked}))
    wished = wishes.wishes_of(own.id, [firm.id for firm in others]) if marks else {}
    profile, found = profile_of(own), dict[int, OwnFit]()
    for other in others:
        fit = fit_of(own, other, weights)
        heeded = () if wished.get(other.id) in wishes.LIFT else marks
        found[other.id] = OwnFit(fit, lowering(profile, profile_of(other), fit.total, heeded))
    return found


def lowering_row(found: OwnFit, groups: frozenset[FieldGroup]) -> list[ReasonRow]:
    """The row of the lowering for the table of a fit; none where nothing is lowered."""
    if not found.lowering.points:
        return []
    own = Half(-found.lowering.points, lowering_text(found.lowering, groups))
    title = str(_("You said not relevant to similar ones"))
    return [ReasonRow(ROW, title, 0, own, Half(0, str(_("Only in your own list"))), ())]
