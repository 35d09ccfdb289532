"""Decisions about memorandums: the status that follows from the dates, what one covers, who may record what."""

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.mous.enums import CoverProblem, MouStatus, Renewal, ScopeArea

if TYPE_CHECKING:
    from matchmaker.mous.models import Mou, MouContactPoint, MouTransferBasis

EXPIRING_DAYS = 180
COVERING = frozenset({MouStatus.IN_FORCE, MouStatus.EXPIRING})
PROBLEMS = {
    MouStatus.DRAFT: CoverProblem.UNSIGNED,
    MouStatus.TERMINATED: CoverProblem.TERMINATED,
    MouStatus.EXPIRED: CoverProblem.EXPIRED,
    MouStatus.SIGNED: CoverProblem.NOT_YET,
}
OVERRIDERS = (InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
SHORTEST_REASON = 10
LONGEST_REASON = 500


def status(mou: "Mou", today: date) -> MouStatus:
    """The status on a day: a memorandum whose term was not published counts as in force until it is ended."""
    return status_by(mou, last_day(mou, today), today)


def status_by(mou: "Mou", last: date | None, today: date) -> MouStatus:
    """The status on a day by the last day of the running term, for who knows that already."""
    if mou.ended_on is not None and mou.ended_on <= today:
        return MouStatus.TERMINATED
    if mou.signed_on is None and mou.announced_on is None:
        return MouStatus.DRAFT
    begins = mou.in_force_from or mou.signed_on or mou.announced_on
    if begins is None or begins > today:
        return MouStatus.SIGNED
    if last is None:
        return MouStatus.IN_FORCE
    if last < today:
        return MouStatus.EXPIRED
    return MouStatus.EXPIRING if last <= today + timedelta(days=EXPIRING_DAYS) else MouStatus.IN_FORCE


def last_day(mou: "Mou", today: date) -> date | None:
    """The last day of the running term, renewals by themselves included; None where no term is known."""
    begins = mou.in_force_from or mou.signed_on or mou.announced_on
    if begins is None or mou.term_months is None:
        return None
    months = mou.term_months
    if mou.renewal is Renewal.AUTOMATIC and mou.renewal_months:
        while add_months(begins, months) <= today:
            months += mou.renewal_months
    return add_months(begins, months) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def covers(mou: "Mou", area: ScopeArea, today: date) -> bool:
    """Whether something may be done under the memorandum today: it is in force and names the area."""
    return cover_problem(mou, area, today) is None


def cover_problem(mou: "Mou", area: ScopeArea, today: date) -> CoverProblem | None:
    """What keeps something of an area from being published under the memorandum today, the gravest where several do."""
    found = PROBLEMS.get(status(mou, today))
    if found is None and not any(item.area is area for item in mou.areas):
        found = CoverProblem.AREA
    return found


def may_override(actor: Actor, mou: "Mou", problem: CoverProblem) -> bool:
    """Coordinators and administrators of a party answer for publishing without cover; no reason replaces a signature."""
    if problem is CoverProblem.UNSIGNED:
        return False
    own = {grant.institution_id for grant in actor.grants if grant.role in OVERRIDERS}
    return actor.is_operator or any(party.institution_id in own for party in mou.parties)


def countries(mou: "Mou") -> frozenset[str]:
    """The countries of its parties; an international body brings none."""
    return frozenset(party.institution.country for party in mou.parties if party.institution.country)


def transfer_basis(mou: "Mou", from_country: str, today: date) -> "MouTransferBasis | None":
    """The recorded ground for showing contact data of persons of a country to the other side, valid today."""
    return next(
        (
            item
            for item in mou.transfer_bases
            if item.from_country == from_country and item.valid_from <= today
        ),
        None,
    )


def may_see(actor: Actor, mou: "Mou") -> bool:
    """Anybody reads a signed memorandum; a draft only its parties' institutions."""
    return mou.signed_on is not None or mou.announced_on is not None or is_party(actor, mou)


def is_party(actor: Actor, mou: "Mou") -> bool:
    """Whether the actor works for one of the parties, or runs the installation."""
    own = {grant.institution_id for grant in actor.grants}
    return actor.is_operator or any(party.institution_id in own for party in mou.parties)


def may_record_basis(actor: Actor, mou: "Mou") -> bool:
    """Compliance officers of a party record the ground for passing on their own country's personal data."""
    return bool(basis_countries(actor, mou))


def basis_countries(actor: Actor, mou: "Mou") -> tuple[str, ...]:
    """The countries whose ground the actor may record, in order of the parties."""
    return tuple(
        party.institution.country
        for party in mou.parties
        if party.institution.country
        and actor.has(InstitutionRole.COMPLIANCE, institution_id=party.institution_id)
    )


WORKERS = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
SPEAKERS = (InstitutionRole.COORDINATOR, InstitutionRole.ADMINISTRATOR)
WARNING_DAYS = (180, 90, 30)


def may_start(actor: Actor) -> bool:
    """Staff, coordinators and administrators of an institution write drafts."""
    return any(grant.role in WORKERS for grant in actor.grants)


def works_for_party(actor: Actor, mou: "Mou") -> bool:
    """Whether the actor is staff, coordinator or administrator of a party, or runs the installation."""
    own = {grant.institution_id for grant in actor.grants if grant.role in WORKERS}
    return actor.is_operator or any(party.institution_id in own for party in mou.parties)


def may_name(actor: Actor, mou: "Mou", institution_id: int) -> bool:
    """Each side names its own contact points and ends their task."""
    own = {grant.institution_id for grant in actor.grants if grant.role in WORKERS}
    return works_for_party(actor, mou) and (actor.is_operator or institution_id in own)


def may_end_contact(actor: Actor, pair: tuple["Mou", "MouContactPoint"]) -> bool:
    """Who names the contact points of that side."""
    return may_name(actor, pair[0], pair[1].institution_id)


def is_draft(mou: "Mou") -> bool:
    """Whether nothing was signed or announced yet."""
    return mou.signed_on is None and mou.announced_on is None


def may_edit(actor: Actor, mou: "Mou") -> bool:
    """A draft is edited by the people of its parties; afterwards the text changes by amendments only."""
    return is_draft(mou) and works_for_party(actor, mou)


def may_speak(actor: Actor, mou: "Mou") -> bool:
    """Whether the actor confirms and signs for one of the parties."""
    own = {grant.institution_id for grant in actor.grants if grant.role in SPEAKERS}
    return actor.is_operator or any(party.institution_id in own for party in mou.parties)


def may_settle(actor: Actor, mou: "Mou") -> bool:
    """Confirming and signing belong to a draft and to those who speak for a party."""
    return is_draft(mou) and may_speak(actor, mou)


def may_amend(actor: Actor, mou: "Mou") -> bool:
    """What was signed is amended or ended by those who speak for a party, until it has ended."""
    return not is_draft(mou) and mou.ended_on is None and may_speak(actor, mou)


def speaks_for(actor: Actor, mou: "Mou", institution_id: int, absent: frozenset[int]) -> bool:
    """Each side confirms and signs for itself; for a party that has nobody here, another party records it."""
    own = {grant.institution_id for grant in actor.grants if grant.role in SPEAKERS}
    parties = {party.institution_id for party in mou.parties}
    if institution_id not in parties:
        return False
    return actor.is_operator or institution_id in own or (institution_id in absent and bool(own & parties))


def lacks(mou: "Mou") -> tuple[str, ...]:
    """What a draft needs before it can be confirmed: codes that the page puts into words."""
    found = []
    if len(mou.parties) < 2:
        found.append("parties")
    if not mou.areas:
        found.append("areas")
    if not all((mou.title_tr, mou.title_ru, mou.title_en)):
        found.append("titles")
    return tuple(found)


def is_confirmed(mou: "Mou") -> bool:
    """Whether every party confirmed the text as it stands."""
    return not lacks(mou) and all(party.confirmed_at is not None for party in mou.parties)


def warning_due(mou: "Mou", today: date) -> int | None:
    """The nearest of 180, 90 and 30 days whose warning is due: the end is at most that many days ahead."""
    if status(mou, today) is not MouStatus.EXPIRING:
        return None
    last = last_day(mou, today)
    left = (last - today).days if last else max(WARNING_DAYS) + 1
    return next((days for days in sorted(WARNING_DAYS) if left <= days), None)


def may_import(actor: Actor) -> bool:
    """Coordinators and administrators bring the list of their own institution."""
    return any(grant.role in SPEAKERS and not grant.operator for grant in actor.grants)
