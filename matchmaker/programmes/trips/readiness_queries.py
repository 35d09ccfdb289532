"""Reads that put the readiness of delegates together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matchmaker.firms.enums import FirmState
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips import frame_queries, paper_queries, readiness, table_queries, travel_secrets
from matchmaker.programmes.trips.enums import EntryPath, ItemKind, Light, TravelPurpose, VisaState
from matchmaker.programmes.trips.models import EntryRule, TravelPapers
from matchmaker.programmes.trips.readiness import Check, Facts

AcceptedMeetings = Callable[[int], Mapping[int, int]]
_meeting_sources: list[AcceptedMeetings] = []


def add_meetings(source: AcceptedMeetings) -> None:
    """Let a domain that arranges meetings say how many each firm has accepted on a trip, by the trip's number."""
    _meeting_sources.append(source)


def accepted_meetings(programme_id: int) -> dict[int, int]:
    """Accepted meetings by firm, of all domains that arrange any."""
    found: dict[int, int] = {}
    for source in _meeting_sources:
        for firm, count in source(programme_id).items():
            found[firm] = found.get(firm, 0) + count
    return found


@dataclass(frozen=True, slots=True)
class Readiness:
    """One delegate with what is there and what is missing."""

    delegate: Delegate
    checks: tuple[Check, ...]
    papers: TravelPapers | None

    @property
    def light(self) -> Light:
        """The worst light."""
        return readiness.light(self.checks)


def of_trip(programme: Programme, delegates: Sequence[Delegate] | None = None) -> list[Readiness]:
    """The readiness of all who travel, by arrival, with a constant number of statements."""
    people = frame_queries.delegates(programme.id) if delegates is None else delegates
    frame = frame_queries.frame(programme)
    numbers = [one.id for one in people]
    papers, consents = paper_queries.papers_of(numbers), paper_queries.standing_consents(numbers)
    passports = {number: travel_secrets.open_passport(one.passport_locked) for number, one in papers.items()}
    nationalities = {one.nationality for one in passports.values() if one} | {frame.from_country}
    entry_rules = table_queries.rules_towards(programme.country, nationalities, programme.first_day)
    has_b2b = any(
        item.kind is ItemKind.B2B and item.cancelled_at is None for item in frame_queries.items(programme.id)
    )
    meetings = accepted_meetings(programme.id) if has_b2b and _meeting_sources else None
    found = []
    for one in people:
        mine, passport = papers.get(one.id), passports.get(one.id)
        rule = entry_rules.get(passport.nationality if passport else frame.from_country)
        facts = Facts(
            firm_verified=one.sign_up.firm is not None and one.sign_up.firm.state is FirmState.VERIFIED,
            profile_complete=bool(one.email and one.name_romanised),
            meetings=None if meetings is None else meetings.get(one.sign_up.firm_id or 0, 0),
            passport_given=passport is not None,
            passport_expires_on=passport.expires_on if passport else None,
            last_day=programme.last_day,
            path=_path(rule, passport, programme),
            visa=mine.visa if mine else VisaState.NOT_STARTED,
            insurance_needed=frame.insurance_required,
            insured=mine is not None
            and mine.insured_until is not None
            and mine.insured_until >= programme.last_day,
            consented=TravelPurpose.PASSPORT in consents[one.id],
        )
        found.append(Readiness(one, readiness.checks(facts), mine))
    return found


def _path(
    rule: EntryRule | None, passport: travel_secrets.Passport | None, programme: Programme
) -> EntryPath | None:
    """What the traveller needs to enter; nothing in the country of the own passport, None where no rule is recorded."""
    if passport is not None and passport.nationality == programme.country:
        return EntryPath.NONE
    return rule.path if rule else None
