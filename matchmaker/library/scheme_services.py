"""Writes of support schemes."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.versions import require_version
from matchmaker.library import rules
from matchmaker.library.enums import Instrument, TargetGroup
from matchmaker.library.models import Scheme


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """What is compared of a scheme; rate in per cent of the costs, cap in whole units of the currency."""

    name_tr: str
    name_ru: str
    name_en: str
    target_group: TargetGroup
    instrument: Instrument
    rate: Decimal | None
    cap: Decimal | None
    currency: str
    conditions_tr: str
    conditions_ru: str
    conditions_en: str
    starts_on: date
    ends_on: date | None
    source_note: str


def record_scheme(
    actor: Actor,
    institution_id: int,
    facts: SchemeFacts,
    scheme: Scheme | None = None,
    *,
    version: int | None = None,
) -> Scheme:
    """Record a scheme of one's own institution, or correct it; raises NotAllowed, DomainError at the field.

    Raises ChangedMeanwhile where somebody corrected it since `version` was read.
    """
    if institution_id not in rules.institutions_of(actor, *rules.OFFICERS):
        raise NotAllowed(_("You record the schemes of your own institution."))
    if scheme:
        require_version(scheme.version, version)
    _check(facts)
    before = _told(scheme) if scheme else {}
    kept = scheme or Scheme(institution_id=institution_id)
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    db.session.add(kept)
    db.session.flush()
    audit.record(actor, "record", "scheme", kept.id, before, _told(kept))
    db.session.flush()
    return kept


def _check(facts: SchemeFacts) -> None:
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise DomainError(_("The last day is before the first."), "ends_on")
    if facts.cap is not None and not facts.currency:
        raise DomainError(_("Choose the currency of the cap."), "currency")


def _told(scheme: Scheme) -> dict[str, str]:
    shown = ("name_en", "target_group", "instrument", "rate", "cap", "currency", "starts_on", "ends_on")
    return {name: str(getattr(scheme, name)) for name in shown}
