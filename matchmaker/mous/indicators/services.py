"""Writes of indicators."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.figures import FIGURES
from matchmaker.mous.indicators.models import Indicator, IndicatorPart
from matchmaker.mous.models import Mou

NAMES = ("name_tr", "name_ru", "name_en")


def save(
    actor: Actor,
    mou: Mou,
    indicator: Indicator | None,
    *,
    figures: list[str],
    unit: str,
    starts_on: date,
    ends_on: date,
    target: Decimal,
    **texts: Any,
) -> Indicator:
    """Write an indicator or change one; figures of different units are not added up."""
    if not mou_rules.works_for_party(actor, mou):
        raise NotAllowed(_("Only people of the parties do this."))
    if not any(texts[name] for name in NAMES):
        raise DomainError(_("Enter the name in at least one language."), "name_en")
    if ends_on <= starts_on:
        raise DomainError(_("The end lies before the beginning."), "ends_on")
    if len({FIGURES[key].unit for key in figures}) > 1:
        raise DomainError(_("These figures have different units and cannot be added up."), "figures")
    made = indicator or Indicator(mou_id=mou.id, parts=[])
    for name in (*NAMES, "comment"):
        setattr(made, name, texts[name])
    made.unit, made.starts_on, made.ends_on, made.target = unit, starts_on, ends_on, target
    standing = {part.figure: part for part in made.parts}
    made.parts[:] = [standing.get(key) or IndicatorPart(figure=key) for key in dict.fromkeys(figures)]
    db.session.add(made)
    db.session.flush()
    after = {"figures": figures, "target": str(target), "until": ends_on.isoformat()}
    audit.record(actor, "edit" if indicator else "add", "indicator", made.id, after=after)
    db.session.flush()
    return made
