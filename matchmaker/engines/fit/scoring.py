"""The score of one pair with its reasons; ``lists.FitIndex`` ranks by the same points."""

from itertools import product
from typing import Literal, NamedTuple

from matchmaker.engines.fit.facts import (
    CertificateFact,
    Fact,
    Fit,
    FitRow,
    LanguageFact,
    Missing,
    PartnershipFact,
    ProductFact,
    ReciprocityFact,
    SectorFact,
    Side,
    VolumeFact,
)
from matchmaker.engines.fit.points import (
    breadth_points,
    certificate_points,
    product_steps,
    reciprocity_points,
    sector_steps,
    volume_points,
)
from matchmaker.engines.fit.profile import COMPLEMENTS, FitProfile, ProductLine, digits
from matchmaker.engines.fit.weights import WEIGHTS_2026_1, Weights

HEADING = 4


class _Gain(NamedTuple):
    points: int
    facts: tuple[Fact, ...]


_NOTHING = _Gain(0, ())


class _Pair(NamedTuple):
    """A sought and an offered line with the HS digits they have in common."""

    level: int
    sought: ProductLine
    offered: ProductLine


def score(a: FitProfile, b: FitProfile, weights: Weights = WEIGHTS_2026_1) -> Fit:
    """The fit of two firms in whole points from 0 to 100; swapping the firms swaps the sides and nothing else."""
    pairs_a, pairs_b = _pairs(a, b), _pairs(b, a)
    products_a, products_b = _products("a", a, pairs_a, weights), _products("b", b, pairs_b, weights)
    mutual = reciprocity_points(min(products_a.points, products_b.points), weights)
    partnership, languages, sector = (
        _partnership(a, b, weights),
        _languages(a, b, weights),
        _sector(a, b, weights),
    )
    rows = (
        _row("products", products_a, products_b, weights),
        _row("partnership", partnership, partnership, weights, shared=True),
        _row("volume", _volume("a", pairs_a, weights), _volume("b", pairs_b, weights), weights),
        _row(
            "certificates",
            _certificates("a", b, pairs_a, weights),
            _certificates("b", a, pairs_b, weights),
            weights,
        ),
        _row("languages", languages, languages, weights, shared=True),
        _row("sector", sector, sector, weights, shared=True),
        FitRow(
            "reciprocity",
            mutual,
            mutual,
            weights.reciprocity,
            weights.reciprocity,
            (ReciprocityFact(products_a.points, products_b.points),),
        ),
    )
    total = sum(row.points for row in rows)
    return Fit(total, rows, _missing(a, b, rows), weights.name)


def _row(criterion: str, gain_a: _Gain, gain_b: _Gain, weights: Weights, *, shared: bool = False) -> FitRow:
    most = weights.most[criterion]
    facts = gain_a.facts if shared else gain_a.facts + gain_b.facts
    return FitRow(criterion, gain_a.points, gain_b.points, most, most, facts)


def common_level(one: str, other: str) -> int:
    """HS digits in common: 6, 4, 2 or 0."""
    for level in (6, 4, 2):
        if len(one) >= level and len(other) >= level and one[:level] == other[:level]:
            return level
    return 0


def _pairs(seeker: FitProfile, offerer: FitProfile) -> list[_Pair]:
    return [
        _Pair(level, sought, offered)
        for sought, offered in product(seeker.sought, offerer.offered)
        if (level := common_level(sought.hs, offered.hs))
    ]


def _products(side: Side, seeker: FitProfile, pairs: list[_Pair], weights: Weights) -> _Gain:
    if not pairs:
        return _NOTHING
    best = min(pairs, key=lambda pair: (-pair.level, pair.sought.hs, pair.offered.hs))
    lines = len(seeker.sought)
    met = {id(pair.sought) for pair in pairs if pair.level >= HEADING}
    covered = sum(id(line) in met for line in seeker.sought)
    points = product_steps(weights)[best.level] + breadth_points(covered, lines, weights)
    return _Gain(points, (ProductFact(side, best.level, best.sought.hs, best.offered.hs, covered, lines),))


def _volume(side: Side, pairs: list[_Pair], weights: Weights) -> _Gain:
    found: list[tuple[int, VolumeFact]] = []
    for level, sought, offered in pairs:
        need, capacity = sought.quantity_per_year, offered.quantity_per_year
        comparable = (
            level >= HEADING and sought.has_volume and offered.has_volume and sought.unit == offered.unit
        )
        if comparable and need is not None and capacity is not None and sought.unit:
            fact = VolumeFact(side, sought.hs, offered.hs, sought.unit, need, capacity)
            found.append((volume_points(capacity, need, weights), fact))
    if not found:
        return _NOTHING
    points, fact = min(found, key=lambda item: (-item[0], item[1].sought, item[1].offered, item[1].unit))
    return _Gain(points, (fact,))


def _certificates(side: Side, offerer: FitProfile, pairs: list[_Pair], weights: Weights) -> _Gain:
    found: list[tuple[int, CertificateFact]] = []
    for pair in pairs:
        required = pair.sought.required_certificates
        if pair.level >= HEADING and required:
            held = required & offerer.certificates
            points = certificate_points(len(held), len(required), weights)
            fact = CertificateFact(side, pair.sought.hs, tuple(sorted(required)), tuple(sorted(held)))
            found.append((points, fact))
    if not found:
        return _NOTHING
    points, fact = min(found, key=lambda item: (-item[0], item[1].sought, item[1].required))
    return _Gain(points, (fact,))


def _partnership(a: FitProfile, b: FitProfile, weights: Weights) -> _Gain:
    answered = tuple(
        PartnershipFact(kind, side, COMPLEMENTS[side])
        for kind, side in sorted(a.partnerships)
        if (kind, COMPLEMENTS[side]) in b.partnerships
    )
    return _Gain(weights.partnership, answered) if answered else _NOTHING


def _languages(a: FitProfile, b: FitProfile, weights: Weights) -> _Gain:
    shared = tuple(sorted(a.languages & b.languages))
    return _Gain(weights.languages, (LanguageFact(shared),)) if shared else _NOTHING


def _sector(a: FitProfile, b: FitProfile, weights: Weights) -> _Gain:
    steps = sector_steps(weights)
    closest = min(
        (
            (-sector_level(one, other), min(one, other), max(one, other), one, other)
            for one, other in product(a.sectors, b.sectors)
        ),
        default=(0, "", "", "", ""),
    )
    level = -closest[0]
    return _Gain(steps[level], (SectorFact(level, closest[3], closest[4]),)) if level else _NOTHING


def sector_level(one: str, other: str) -> int:
    """Digits of two NACE classes in common: 4, 3, 2 or 0."""
    return next((level for level in (4, 3, 2) if digits(one)[:level] == digits(other)[:level]), 0)


def _missing(a: FitProfile, b: FitProfile, rows: tuple[FitRow, ...]) -> tuple[Missing, ...]:
    """Empty fields that keep a row down, most points first; order and content depend on the pair alone."""
    by_criterion = {row.criterion: row for row in rows}
    found: list[Missing] = []
    sides: tuple[tuple[Side, FitProfile, Side, FitProfile], ...] = (("a", a, "b", b), ("b", b, "a", a))
    for side, firm, other_side, other in sides:
        for criterion, who, field in _empty_fields(firm, other):
            row = by_criterion[criterion]
            at_stake = row.most_a - row.points_a if side == "a" else row.most_b - row.points_b
            if at_stake:
                found.append(Missing(criterion, side if who == "own" else other_side, field, side, at_stake))
    return tuple(
        sorted(found, key=lambda missing: (-missing.points, missing.criterion, missing.firm, missing.gains))
    )


_Who = Literal["own", "other"]


def _empty_fields(seeker: FitProfile, offerer: FitProfile) -> list[tuple[str, _Who, str]]:
    """Criterion, whose profile, and field, for everything that is unknown when ``seeker`` is the side that gains."""
    checks: list[tuple[bool, tuple[str, _Who, str]]] = [
        (not seeker.sought, ("products", "own", "sought")),
        (not offerer.offered, ("products", "other", "offered")),
        (not any(line.has_volume for line in seeker.sought), ("volume", "own", "sought_quantity")),
        (not any(line.has_volume for line in offerer.offered), ("volume", "other", "offered_quantity")),
        (
            not any(line.required_certificates for line in seeker.sought),
            ("certificates", "own", "required_certificates"),
        ),
        (not offerer.certificates, ("certificates", "other", "certificates")),
    ]
    for field, criterion in (
        ("partnerships", "partnership"),
        ("languages", "languages"),
        ("sectors", "sector"),
    ):
        checks += [
            (not getattr(seeker, field), (criterion, "own", field)),
            (not getattr(offerer, field), (criterion, "other", field)),
        ]
    return [missing for empty, missing in checks if empty]
