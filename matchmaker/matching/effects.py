"""How many more firms would match if a firm filled in what its profile lacks.

A counterpart matches from MATCH points on: about what goods under one heading, a common kind of partnership and a common
language make. For each empty field the profile is scored once more against all firms that may be introduced to it, with
the value filled in that helps most, and the difference is counted; the same engine and the same points as every ranking.

* languages, kinds of partnership, goods sought and offered, required certificates: one value, the best of the CANDIDATES
  that most counterparts have, so the number says what a single entry can bring, not what all of them could;
* certificates: the one that counterparts require most often;
* amounts: a need so small that every offer covers it, a capacity so great that it covers every need, in the unit that
  brings most.

So a number is what is possible at best, which its sentence says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from matchmaker.engines.fit.frequencies import Common
from matchmaker.engines.fit.profile import COMPLEMENTS, FitProfile, ProductLine
from matchmaker.firms.models import Firm
from matchmaker.matching.exclusions import excluded_ids, partner_countries
from matchmaker.matching.lists import fit_lists
from matchmaker.matching.profiles import BASE_UNITS, profile_of
from matchmaker.matching.weighing.queries import weights_in_use

MATCH: Final = 30
CANDIDATES: Final = 8
PLENTY: Final = 1e15
LITTLE: Final = 1e-3
STEPS: Final = {
    "sought": "sought",
    "offered": "offered",
    "sought_quantity": "sought",
    "offered_quantity": "offered",
    "required_certificates": "sought",
    "certificates": "certificates",
    "partnerships": "partnerships",
    "languages": "languages",
}
"""The step of the registration that fills a field."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An empty field, how many more firms would match with it, and how many match now."""

    field: str
    more: int
    now: int

    @property
    def step(self) -> str:
        """The step of the profile that fills it."""
        return STEPS[self.field]

    @property
    def gain(self) -> str:
        """What filling it may bring, in the reader's language; empty where it brings nothing."""
        if not self.more:
            return ""
        return str(
            ngettext("up to %(num)s more firm would match", "up to %(num)s more firms would match", self.more)
        )

    @property
    def sentence(self) -> str:
        """What to do and what it may bring, in the reader's language."""
        return ": ".join(part for part in (_task(self.field), self.gain) if part)


def effect_of_missing(firm: Firm) -> list[Effect]:
    """The empty fields of a fully loaded firm, most effect first; also for a firm that is not verified yet.

    Kept by the lists until a firm, a wish or a match of this one changes; about a millisecond per candidate otherwise.
    """
    profile = profile_of(firm)
    fields = [field for field in STEPS if _is_empty(profile, field)]
    if not fields:
        return []
    countries, excluded = partner_countries(firm.country), excluded_ids(firm.id)
    kept = fit_lists()
    index, _own = kept.up_to_date(firm.id)
    weights = weights_in_use()
    key = (profile, countries, frozenset(excluded), weights)
    known = kept.effects.get(firm.id)
    # Mapped lists are of one day, and among so many firms a change of one does not move the number.
    stamp: object = kept.name or index
    if known is not None and known[0] == stamp and known[1] == key:
        return list(known[2])

    def matching(filled: FitProfile) -> int:
        return index.count(filled, MATCH, excluded=excluded, countries=countries, weights=weights)

    effects = _effects(matching, profile, fields, index.common(countries))
    kept.effects[firm.id] = (stamp, key, tuple(effects))
    return effects


def _effects(
    matching: Callable[[FitProfile], int],
    profile: FitProfile,
    fields: Iterable[str],
    common: Common,
) -> list[Effect]:
    now = matching(profile)
    found = []
    for field in fields:
        best = max((matching(filled) for filled in FILLED[field](profile, common)), default=now)
        found.append(Effect(field, max(best - now, 0), now))
    return sorted(found, key=lambda effect: (-effect.more, list(STEPS).index(effect.field)))


def _is_empty(profile: FitProfile, field: str) -> bool:
    if field == "sought_quantity":
        return bool(profile.sought) and not any(line.has_volume for line in profile.sought)
    if field == "offered_quantity":
        return bool(profile.offered) and not any(line.has_volume for line in profile.offered)
    if field == "required_certificates":
        return bool(profile.sought) and not any(line.required_certificates for line in profile.sought)
    return not getattr(profile, field)


def _sought(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for code in common.headings("offered", CANDIDATES):
        yield replace(profile, sought=(ProductLine(code),))


def _offered(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for code in common.headings("sought", CANDIDATES):
        yield replace(profile, offered=(ProductLine(code),))


def _needs(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for unit in BASE_UNITS.values():
        yield replace(profile, sought=_each(profile.sought, quantity_per_year=LITTLE, unit=unit))


def _capacities(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for unit in BASE_UNITS.values():
        yield replace(profile, offered=_each(profile.offered, quantity_per_year=PLENTY, unit=unit))


def _requirements(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for code in common.codes("certificate", CANDIDATES):
        yield replace(profile, sought=_each(profile.sought, required_certificates=frozenset({code})))


def _certified(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for code in common.required(CANDIDATES):
        yield replace(profile, certificates=frozenset({code}))


def _cooperating(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for pair in common.codes("partnership", CANDIDATES):
        kind, _bar, side = pair.rpartition("|")
        yield replace(profile, partnerships=frozenset({(kind, COMPLEMENTS[side])}))


def _speaking(profile: FitProfile, common: Common) -> Iterable[FitProfile]:
    for code in common.codes("language", CANDIDATES):
        yield replace(profile, languages=frozenset({code}))


FILLED: Final[dict[str, Callable[[FitProfile, Common], Iterable[FitProfile]]]] = {
    "sought": _sought,
    "offered": _offered,
    "sought_quantity": _needs,
    "offered_quantity": _capacities,
    "required_certificates": _requirements,
    "certificates": _certified,
    "partnerships": _cooperating,
    "languages": _speaking,
}
"""The profile with each candidate for an empty field."""


def _each(lines: tuple[ProductLine, ...], **values: Any) -> tuple[ProductLine, ...]:
    return tuple(replace(line, **values) for line in lines)


def _task(field: str) -> str:
    tasks = {
        "sought": _l("Name the goods you seek"),
        "offered": _l("Name the goods you offer"),
        "sought_quantity": _l("Say how much you need a year"),
        "offered_quantity": _l("Say how much you can deliver a year"),
        "required_certificates": _l("Say which certificates you require"),
        "certificates": _l("Add your certificates"),
        "partnerships": _l("Choose the kinds of partnership you want"),
        "languages": _l("Name the languages you work in"),
    }
    return str(tasks[field])
