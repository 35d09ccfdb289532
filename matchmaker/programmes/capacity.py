"""The capacity of a programme in words: what is left of each quota, and whether a selection fits into it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.firms.names import reader_name
from matchmaker.programmes import queries
from matchmaker.programmes.applicants import facts
from matchmaker.programmes.enums import QuotaDimension
from matchmaker.programmes.models import Programme, ProgrammeQuota, SignUp
from matchmaker.programmes.offers import pool_of
from matchmaker.programmes.places import Pool, Seat, seats
from matchmaker.programmes.rules import TO_BE_DECIDED
from matchmaker.programmes.screening import on_hold
from matchmaker.programmes.words import WOMEN_LED
from matchmaker.reference import countries, nace, regions
from matchmaker.reference.wording import size_class_label


@dataclass(frozen=True, slots=True)
class Meter:
    """One bar of the capacity: places held for good, and those held for an answer."""

    title: str
    text: str
    end: str
    done: int
    held: int


def quota_name(quota: ProgrammeQuota) -> str:
    """For whom places are kept, in words."""
    spoken, value = language(), quota.value
    if quota.dimension is QuotaDimension.COUNTRY:
        return countries.label(value, spoken)
    if quota.dimension is QuotaDimension.REGION:
        return regions.label(value, spoken)
    if quota.dimension is QuotaDimension.SIZE:
        return size_class_label(value)
    if quota.dimension is QuotaDimension.SECTOR:
        return nace.label(value, spoken)
    return str(WOMEN_LED)


def meters(programme: Programme, pool: Pool, held: Mapping[int | None, int]) -> list[Meter]:
    """The capacity of all places, then of each quota."""
    everything = _meter(_("All places"), pool.all_taken, sum(held.values()), programme.places, pool.left)
    return [
        everything,
        *(
            _meter(
                quota_name(row),
                pool.taken.get(row.id, 0),
                held.get(row.id, 0),
                row.places,
                pool.left_of(quota),
            )
            for row, quota in zip(programme.quotas, pool.quotas, strict=True)
        ),
    ]


def _meter(title: str, taken: int, held: int, places: int, left: int) -> Meter:
    sure = taken - held
    if held:
        text = _("%(sure)s confirmed + %(held)s held of %(places)s", sure=sure, held=held, places=places)
    else:
        text = _("%(sure)s of %(places)s", sure=sure, places=places)
    return Meter(title, text, _("%(left)s left", left=left), 100 * sure // places, 100 * held // places)


def display_name(one: SignUp) -> str:
    """The firm, or the person alone, in the letters of the reader."""
    if one.firm is not None:
        return reader_name(one.firm)
    return next((delegate.name for delegate in one.delegates if delegate.left_at is None), "")


def fit_words(actor: Actor, programme: Programme, sign_up_ids: Collection[int]) -> str:
    """What accepting a selection would take, before anything is decided: the sign-ups are tried in the order of arrival.

    Groups are never divided; what is decided already is not counted, who waits for compliance takes no place. Empty
    where nothing is left to decide.
    """
    asked = [one for one in queries.of_programme(programme.id, sign_up_ids) if one.state in TO_BE_DECIDED]
    if not asked:
        return ""
    held = on_hold(actor, programme, asked)
    chosen = [one for one in asked if one.id not in held]
    pool = pool_of(programme)
    found = list(zip(chosen, seats(pool, ((facts(one), one.people) for one in chosen)), strict=True))
    people = sum(one.people for one in asked)
    told = [str(ngettext("%(num)s person selected.", "%(num)s people selected.", people))]
    seated = [(one, seat) for one, seat in found if seat is not None]
    if seated:
        told.append(_("Fits: %(parts)s.", parts=", ".join(_parts(programme, pool, seated))))
    outside = [f"{display_name(one)} ({one.people})" for one, seat in found if seat is None]
    if outside:
        told.append(_("Does not fit: %(names)s.", names=", ".join(outside)))
    if waiting := [display_name(one) for one in asked if one.id in held]:
        told.append(_("On hold for compliance: %(names)s.", names=", ".join(waiting)))
    return " ".join(told)


def _parts(programme: Programme, pool: Pool, seated: Sequence[tuple[SignUp, Seat]]) -> list[str]:
    """How many of the places left of each quota are taken, then of those that anybody may take."""
    parts, rest = [], 0
    for row, quota in zip(programme.quotas, pool.quotas, strict=True):
        people = sum(one.people for one, seat in seated if seat.quota_id == row.id)
        taken = min(people, pool.left_of(quota))
        rest += people - taken
        if taken:
            parts.append(_left(taken, pool.left_of(quota), quota_name(row)))
    rest += sum(one.people for one, seat in seated if seat.quota_id is None)
    if rest:
        name = _("Places for everybody") if programme.quotas else _("All places")
        parts.append(_left(rest, pool.common_left, name))
    return parts


def _left(taken: int, left: int, name: str) -> str:
    return str(_("%(taken)s of %(left)s left (%(name)s)", taken=taken, left=left, name=name))
