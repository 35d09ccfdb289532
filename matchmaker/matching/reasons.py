"""A fit told in the reader's language: points per criterion with one sentence each, and what would raise them.

Points are those of the fit, never computed here, so the rows always add up to its total. The sentences name no side: the
columns of the table say who gets what, and both firms and both institutions read the same words.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.engines.fit.facts import (
    CertificateFact,
    Fact,
    Fit,
    FitRow,
    LanguageFact,
    Missing,
    PartnershipFact,
    ProductFact,
    SectorFact,
    Side,
    VolumeFact,
)
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.matching import fit_words as words

SUBHEADING, HEADING = 6, 4


@dataclass(frozen=True, slots=True)
class Half:
    """What one side gets out of a criterion, and why."""

    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One criterion as ui.fit_table shows it; `most` is what each side can get, `raises` says what would add points."""

    code: str
    criterion: str
    most: int
    own: Half
    other: Half
    raises: tuple[str, ...]


def explain(fit: Fit, own: Firm, other: Firm) -> list[ReasonRow]:
    """The rows of a fit that was scored with `own` as the first firm."""
    firms: dict[Side, Firm] = {"a": own, "b": other}
    return [
        ReasonRow(
            code=row.criterion,
            criterion=str(words.CRITERIA[row.criterion]),
            most=row.most_a,
            own=Half(row.points_a, _reason(fit, row, "a")),
            other=Half(row.points_b, _reason(fit, row, "b")),
            raises=tuple(
                dict.fromkeys(
                    hint(missing, reader_name(firms[missing.firm]))
                    for missing in fit.missing
                    if missing.criterion == row.criterion
                )
            ),
        )
        for row in fit.rows
    ]


def raise_hints(fit: Fit, own: Firm, other: Firm, most: int = 3) -> list[str]:
    """What would raise the score, most points first."""
    firms: dict[Side, Firm] = {"a": own, "b": other}
    told = (hint(missing, reader_name(firms[missing.firm])) for missing in fit.missing)
    return list(dict.fromkeys(told))[:most]


def _reason(fit: Fit, row: FitRow, side: Side) -> str:
    if row.criterion == "reciprocity":
        return _reciprocity(row)
    fact = next((one for one in row.facts if getattr(one, "side", side) == side), None)
    if fact is None:
        return _nothing(fit, row.criterion, side)
    return _sentence(fact, row)


def _sentence(fact: Fact, row: FitRow) -> str:
    if isinstance(fact, ProductFact):
        return _products(fact)
    if isinstance(fact, VolumeFact):
        return _volume(fact)
    if isinstance(fact, CertificateFact):
        return _certificates(fact)
    if isinstance(fact, PartnershipFact):
        kinds = [one.kind for one in row.facts if isinstance(one, PartnershipFact)]
        return str(_("Both ends meet: %(kinds)s", kinds=words.partnership_names(kinds)))
    if isinstance(fact, LanguageFact):
        return str(_("In common: %(languages)s", languages=words.language_names(fact.languages)))
    if isinstance(fact, SectorFact):
        return _sector(fact)
    return ""


def _products(fact: ProductFact) -> str:
    goods = words.goods(fact.sought)
    if fact.level == SUBHEADING:
        best = _("%(goods)s: sought and offered", goods=goods)
    elif fact.level == HEADING:
        best = _(
            "%(sought)s sought, %(offered)s offered: the same heading",
            sought=goods,
            offered=words.goods(fact.offered),
        )
    else:
        best = _(
            "%(sought)s sought: only the same chapter is offered, %(chapter)s",
            sought=goods,
            chapter=words.chapter(fact.sought),
        )
    if fact.lines < 2:
        return str(best)
    covered = ngettext(
        "%(num)s of %(lines)s goods sought is offered",
        "%(num)s of %(lines)s goods sought are offered",
        fact.covered,
        lines=fact.lines,
    )
    return f"{best}. {covered}"


def _volume(fact: VolumeFact) -> str:
    need, capacity = words.amounts(fact.unit, fact.need, fact.capacity)
    if fact.capacity >= fact.need:
        return str(_("%(capacity)s a year cover the %(need)s needed", capacity=capacity, need=need))
    return str(_("%(capacity)s a year of the %(need)s needed", capacity=capacity, need=need))


def _certificates(fact: CertificateFact) -> str:
    lacking = [code for code in fact.required if code not in fact.held]
    if not lacking:
        return str(_("All that is required is held: %(names)s", names=words.certificate_names(fact.held)))
    if not fact.held:
        return str(_("Required but not held: %(names)s", names=words.certificate_names(lacking)))
    return str(
        _(
            "Held: %(held)s. Still lacking: %(lacking)s",
            held=words.certificate_names(fact.held),
            lacking=words.certificate_names(lacking),
        )
    )


def _sector(fact: SectorFact) -> str:
    name = words.sector_name(fact.sector_a, fact.level)
    if fact.level == HEADING:
        return str(_("The same branch: %(sector)s", sector=name))
    return str(_("Related branches: %(sector)s", sector=name))


def _reciprocity(row: FitRow) -> str:
    if row.points_a == 0:
        return str(_("Only when each side offers goods that the other seeks"))
    if row.points_a < row.most_a:
        return str(_("Each side offers something that the other seeks"))
    return str(_("Each side offers just what the other seeks"))


def _nothing(fit: Fit, criterion: str, side: Side) -> str:
    if any(missing.criterion == criterion and missing.gains == side for missing in fit.missing):
        return str(_("Not known yet: something is not filled in"))
    sentences: dict[str, str] = {
        "products": _("Nothing that is sought here is offered there"),
        "partnership": _("The kinds of partnership do not meet"),
        "volume": _("No amounts that can be compared"),
        "certificates": _("No certificate is required"),
        "languages": _("No language in common"),
        "sector": _("Different branches"),
    }
    return sentences[criterion]


def hint(missing: Missing, firm: str) -> str:
    """What a firm has not filled in, and how many points that may add for one side."""
    points = missing.points
    sentences: dict[str, str] = {
        "sought": ngettext(
            "%(firm)s has named no goods that it seeks: up to %(num)s point",
            "%(firm)s has named no goods that it seeks: up to %(num)s points",
            points,
            firm=firm,
        ),
        "offered": ngettext(
            "%(firm)s has named no goods that it offers: up to %(num)s point",
            "%(firm)s has named no goods that it offers: up to %(num)s points",
            points,
            firm=firm,
        ),
        "sought_quantity": ngettext(
            "%(firm)s has not said how much it needs a year: up to %(num)s point",
            "%(firm)s has not said how much it needs a year: up to %(num)s points",
            points,
            firm=firm,
        ),
        "offered_quantity": ngettext(
            "%(firm)s has not said how much it can deliver a year: up to %(num)s point",
            "%(firm)s has not said how much it can deliver a year: up to %(num)s points",
            points,
            firm=firm,
        ),
    }
    return sentences.get(missing.field) or _other_hint(missing, firm)


def _other_hint(missing: Missing, firm: str) -> str:
    points = missing.points
    sentences: dict[str, str] = {
        "required_certificates": ngettext(
            "%(firm)s has not said which certificates it requires: up to %(num)s point",
            "%(firm)s has not said which certificates it requires: up to %(num)s points",
            points,
            firm=firm,
        ),
        "certificates": ngettext(
            "%(firm)s has no valid certificate: up to %(num)s point",
            "%(firm)s has no valid certificate: up to %(num)s points",
            points,
            firm=firm,
        ),
        "partnerships": ngettext(
            "%(firm)s has chosen no kind of partnership: up to %(num)s point",
            "%(firm)s has chosen no kind of partnership: up to %(num)s points",
            points,
            firm=firm,
        ),
        "languages": ngettext(
            "%(firm)s has named no languages: up to %(num)s point",
            "%(firm)s has named no languages: up to %(num)s points",
            points,
            firm=firm,
        ),
        "sectors": ngettext(
            "%(firm)s has no sector down to the class: up to %(num)s point",
            "%(firm)s has no sector down to the class: up to %(num)s points",
            points,
            firm=firm,
        ),
    }
    return sentences[missing.field]
