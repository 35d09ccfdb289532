"""Writes of indicators."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.i18n import show_number
from matchmaker.core.versions import require_version
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.figures import FIGURES
from matchmaker.mous.figures import unit as unit_of
from matchmaker.mous.indicators import queries, rules
from matchmaker.mous.indicators.models import Indicator, IndicatorPart, IndicatorStep
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
    version: int | None = None,
    **texts: Any,
) -> Indicator:
    """Write an indicator or change one; figures of different units are not added up.

    Raises ChangedMeanwhile where somebody changed it since `version` was read.
    """
    if not mou_rules.works_for_party(actor, mou):
        raise NotAllowed(_("Only people of the parties do this."))
    if not any(texts[name] for name in NAMES):
        raise DomainError(_("Enter the name in at least one language."), "name_en")
    if ends_on <= starts_on:
        raise DomainError(_("The end lies before the beginning."), "ends_on")
    if len({unit_of(key) for key in figures}) > 1 or (
        len(figures) > 1 and any(key not in FIGURES for key in figures)
    ):
        raise DomainError(_("These figures have different units and cannot be added up."), "figures")
    made = queries.locked(indicator.id) if indicator else Indicator(mou_id=mou.id, parts=[], steps=[])
    if indicator:
        require_version(made.version, version)
    for name in (*NAMES, "comment"):
        setattr(made, name, texts[name])
    made.unit, made.starts_on, made.ends_on, made.target = unit, starts_on, ends_on, target
    standing = {part.figure: part for part in made.parts}
    made.parts[:] = [standing.get(key) or IndicatorPart(figure=key) for key in dict.fromkeys(figures)]
    made.updated_at = clock.now()
    db.session.add(made)
    db.session.flush()
    after = {"figures": figures, "target": str(target), "until": ends_on.isoformat()}
    audit.record(actor, "edit" if indicator else "add", "indicator", made.id, after=after)
    db.session.flush()
    return made


def set_steps(
    actor: Actor, indicator: Indicator, targets: Mapping[date, Decimal | None], *, version: int | None = None
) -> Indicator:
    """Say how much each quarter shall bring; none at all spreads the target evenly again.

    `targets` has the last day of each quarter. Raises DomainError where some are missing or they do not add up to the
    target of the indicator, ChangedMeanwhile where somebody changed it since `version` was read.
    """
    if not mou_rules.works_for_party(actor, indicator.mou):
        raise NotAllowed(_("Only people of the parties do this."))
    indicator = queries.locked(indicator.id)
    require_version(indicator.version, version)
    wanted = {day: amount for day, amount in targets.items() if amount is not None}
    days = rules.quarter_ends(indicator.starts_on, indicator.ends_on)
    if wanted and sorted(wanted) != days:
        raise DomainError(_("Enter a number for every quarter, or leave all of them empty."))
    total = sum(wanted.values(), Decimal(0))
    if wanted and total != indicator.target:
        raise DomainError(
            _(
                "The quarters add up to %(total)s, the target of the indicator is %(target)s.",
                total=show_number(total),
                target=show_number(indicator.target),
            )
        )
    standing = {step.ends_on: step for step in indicator.steps}
    indicator.steps[:] = [standing.get(day) or IndicatorStep(ends_on=day) for day in sorted(wanted)]
    for step in indicator.steps:
        step.target = wanted[step.ends_on]
    indicator.updated_at = clock.now()
    after = {day.isoformat(): str(amount) for day, amount in sorted(wanted.items())}
    audit.record(actor, "set_steps", "indicator", indicator.id, after=after)
    db.session.flush()
    return indicator
