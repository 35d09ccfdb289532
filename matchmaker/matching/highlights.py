"""The fit in few words for cards, rows and the profile: addressed to the people of the firm that was scored first."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.engines.fit.facts import (
    CertificateFact,
    Fit,
    LanguageFact,
    PartnershipFact,
    ProductFact,
    SectorFact,
    VolumeFact,
)
from matchmaker.matching import fit_words as words

GOOD, FAIR = 50, 30


@dataclass(frozen=True, slots=True)
class Highlight:
    """One short line; met is False for what is lacking."""

    text: str
    met: bool = True


def headline(fit: Fit) -> str:
    """The fit in two or three words: good from 50 points, fair from 30."""
    if fit.total >= GOOD:
        return str(_("Good fit with your firm"))
    if fit.total >= FAIR:
        return str(_("Fair fit with your firm"))
    return str(_("Little fit with your firm"))


def summary(fit: Fit) -> str:
    """One sentence: the reason that weighs most."""
    return highlights(fit, most=1)[0].text


def highlights(fit: Fit, most: int = 3) -> list[Highlight]:
    """The reasons that weigh most, points first and then the order of the criteria; never empty."""
    rows = sorted(
        (row for row in fit.rows if row.points and row.criterion != "reciprocity"),
        key=lambda row: -row.points,
    )
    found: list[Highlight] = []
    for row in rows:
        for fact in row.facts:
            text = _told(fact)
            if text and text not in (one.text for one in found):
                found.append(Highlight(text))
            if isinstance(fact, PartnershipFact):
                break
    if not found:
        found.append(Highlight(_("Nothing in common that counts yet"), met=False))
    return found[:most]


def _told(fact: object) -> str:
    if isinstance(fact, ProductFact):
        return _product(fact)
    if isinstance(fact, VolumeFact) and fact.capacity >= fact.need:
        if fact.side == "a":
            return str(_("They can deliver the amount you need"))
        return str(_("You can deliver the amount they need"))
    if isinstance(fact, CertificateFact) and fact.held:
        names = words.certificate_names(fact.held)
        if fact.side == "a":
            return str(_("They hold %(names)s, which you require", names=names))
        return str(_("You hold %(names)s, which they require", names=names))
    if isinstance(fact, PartnershipFact):
        return str(_("Both want: %(kind)s", kind=words.partnership_names([fact.kind])))
    if isinstance(fact, LanguageFact):
        return str(_("Languages in common: %(languages)s", languages=words.language_names(fact.languages)))
    if isinstance(fact, SectorFact):
        return str(_("Related branches: %(sector)s", sector=words.sector_name(fact.sector_a, fact.level)))
    return ""


def _product(fact: ProductFact) -> str:
    if fact.side == "a":
        if fact.level >= 4:
            return str(_("They offer what you seek: %(goods)s", goods=words.goods(fact.sought)))
        return str(_("They offer goods near to what you seek: %(goods)s", goods=words.goods(fact.offered)))
    if fact.level >= 4:
        return str(_("They seek what you offer: %(goods)s", goods=words.goods(fact.sought)))
    return str(_("They seek goods near to what you offer: %(goods)s", goods=words.goods(fact.sought)))
