"""The light of a delegate and of a trip: what is there, what is missing, what stands in the way. Plain decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matchmaker.programmes.trips.enums import EntryPath, Light, ReadyItem, VisaState


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one delegate; meetings is None where the trip has no B2B day."""

    firm_verified: bool
    profile_complete: bool
    meetings: int | None
    passport_given: bool
    passport_expires_on: date | None
    last_day: date
    path: EntryPath | None
    visa: VisaState
    insurance_needed: bool
    insured: bool
    consented: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One item: `why` is a code that readiness words turn into a sentence, empty when ready."""

    item: ReadyItem
    light: Light
    why: str = ""


def checks(facts: Facts) -> tuple[Check, ...]:
    """The items of one delegate in the order in which they are shown; what is not needed is left out."""
    found = [_profile(facts), _passport(facts), _consent(facts)]
    if facts.meetings is not None:
        found.append(_one(ReadyItem.MEETINGS, facts.meetings > 0, "no_meeting"))
    if facts.path is not EntryPath.NONE:
        found.append(_visa(facts))
    if facts.insurance_needed:
        found.append(_one(ReadyItem.INSURANCE, facts.insured, "no_insurance"))
    order = list(ReadyItem)
    return tuple(sorted(found, key=lambda check: order.index(check.item)))


def _one(item: ReadyItem, fine: bool, why: str) -> Check:
    return Check(item, Light.READY) if fine else Check(item, Light.MISSING, why)


def _profile(facts: Facts) -> Check:
    if not facts.firm_verified:
        return Check(ReadyItem.PROFILE, Light.BLOCKED, "firm_not_verified")
    return _one(ReadyItem.PROFILE, facts.profile_complete, "profile_incomplete")


def _passport(facts: Facts) -> Check:
    if not facts.passport_given or facts.passport_expires_on is None:
        return Check(ReadyItem.PASSPORT, Light.MISSING, "no_passport")
    if facts.passport_expires_on < facts.last_day:
        return Check(ReadyItem.PASSPORT, Light.BLOCKED, "passport_ends")
    return Check(ReadyItem.PASSPORT, Light.READY)


def _visa(facts: Facts) -> Check:
    if facts.path is None:
        return Check(ReadyItem.VISA, Light.MISSING, "no_entry_rule")
    if facts.visa is VisaState.REFUSED:
        return Check(ReadyItem.VISA, Light.BLOCKED, "visa_refused")
    return _one(
        ReadyItem.VISA,
        facts.visa is VisaState.GRANTED,
        "visa_applied" if facts.visa is VisaState.APPLIED else "visa_not_started",
    )


def _consent(facts: Facts) -> Check:
    return _one(ReadyItem.CONSENT, facts.consented, "no_consent")


def light(found: Iterable[Check]) -> Light:
    """The worst light of a delegate's items."""
    lights = {check.light for check in found}
    return next((one for one in (Light.BLOCKED, Light.MISSING) if one in lights), Light.READY)


def share_ready(lights: Sequence[Light]) -> float:
    """The share of delegates that are ready, 0 where nobody travels yet."""
    return sum(one is Light.READY for one in lights) / len(lights) if lights else 0.0
