"""What the page for proposing a pair shows: search for both firms, best fits of the first one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.firms import queries as firms
from matchmaker.firms.models import Firm
from matchmaker.firms.rules import is_matchable
from matchmaker.matching import exclusions, fitting, lists, queries, sides
from matchmaker.matching.exclusions import ExclusionCode

MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One firm to choose, with its fit where the first firm is chosen already."""

    end: sides.End
    score: int | None


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything the template needs."""

    query: str
    other_query: str
    own_choices: Sequence[Choice]
    other_choices: Sequence[Choice]
    one: sides.End | None
    other: sides.End | None
    score: int
    halves: tuple[int, int]
    obstacles: Sequence[str]
    uncovered: bool


def chosen(asked: Mapping[str, str]) -> dict[str, int | None]:
    """The numbers of the firms that the address names."""
    return {name: number(asked.get(name, "")) for name in ("own", "other")}


def number(text: str) -> int | None:
    """A number of an address."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def page(actor: Actor, asked: Mapping[str, str]) -> ProposalPage:
    """The step that the address asks for: choose a firm of one's own side, then its counterpart, then propose."""
    own = tuple({grant.country for grant in actor.grants if grant.role in PROPOSERS and grant.country})
    one, other = (_firm(asked.get(name, "")) for name in ("own", "other"))
    one = one if one and one.country in own else None
    fit = fitting.fit_of(one, other) if one and other else None
    broken = exclusions.why_not(one, other) if one and other else []
    query, other_query = asked.get("q", "").strip(), asked.get("q-other", "").strip()
    return ProposalPage(
        query=query,
        other_query=other_query,
        own_choices=[Choice(_end(actor, firm), None) for firm in queries.firms_named(query, own, MOST)]
        if query and not one
        else (),
        other_choices=_counterparts(actor, one, other_query) if one and not other else (),
        one=_end(actor, one) if one else None,
        other=_end(actor, other) if other else None,
        score=fit.total if fit else 0,
        halves=fitting.halves(fit) if fit else (0, 0),
        obstacles=[str(item.sentence) for item in broken],
        uncovered=any(item.code is ExclusionCode.NO_MEMORANDUM for item in broken),
    )


PROPOSERS = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)


def _firm(text: str) -> Firm | None:
    wanted = number(text)
    return firms.firms({wanted}).get(wanted) if wanted else None


def _end(actor: Actor, firm: Firm) -> sides.End:
    return sides.end(actor, firm, introduced=True)


def _counterparts(actor: Actor, one: Firm, query: str) -> list[Choice]:
    if query:
        found = queries.firms_abroad_named(query, one.country, MOST)
        loaded = firms.firms({firm.id for firm in found})
        return [
            Choice(
                _end(actor, firm),
                fitting.fit_of(one, loaded[firm.id]).total if is_matchable(loaded[firm.id]) else None,
            )
            for firm in found
        ]
    ranked = lists.ranking(one.id, MOST)
    loaded = firms.firms({firm_id for firm_id, _total in ranked})
    return [Choice(_end(actor, loaded[firm_id]), total) for firm_id, total in ranked if firm_id in loaded]
