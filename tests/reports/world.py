"""Firms that came differently far, with records of every stage, drawn by a seed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmPast, FirmSector
from matchmaker.matching.deals.enums import DealState
from matchmaker.matching.enums import MatchState, MatchVerb
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.meetings.enums import MeetingState, MeetingVerb
from matchmaker.meetings.models import B2bDay, MeetingEvent
from matchmaker.mous.models import Mou
from tests.factories.deals import DealFactory
from tests.factories.firms import FirmFactory
from tests.factories.institutions import InstitutionFactory
from tests.factories.matching import MatchFactory
from tests.factories.meetings import B2bDayFactory, meeting_of, participant_of
from tests.factories.mous import mou_between

REGIONS = {"TR": ("TR-42", "TR-06", "TR-34", ""), "RU": ("RU-TA", "RU-MOS", "")}
BRANCHES = ("28.14", "13.10", "46.61", "62.01", "")


def firm_of(
    country: str, region: str, branches: Sequence[str], at: datetime | None, listed: datetime | None
) -> Firm:
    """A firm with these branches, the first as the main one."""
    codes = [code for code in dict.fromkeys(branches) if code]
    firm: Firm = FirmFactory(
        country=country,
        region_code=region,
        registered_at=at,
        state=FirmState.VERIFIED if listed else FirmState.SUBMITTED if at else FirmState.DRAFT,
        verified_at=listed,
        listed_at=listed,
        sectors=[
            FirmSector(code=code, revision="NACE2", nace_class=code, main=place == 0)
            for place, code in enumerate(codes)
        ],
    )
    return firm


class Drawn:
    """A world of two countries, drawn by a seed; `now` is the moment at which it ends."""

    def __init__(self, seed: int, firms: int = 14, matches: int = 18) -> None:
        self.chance, self.now = Random(seed), clock.now()  # noqa: S311 - a world, not a secret
        self.mous = [
            mou_between(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
            for _one in range(2)
        ]
        self.sides = {country: [self._firm(country) for _one in range(firms)] for country in ("TR", "RU")}
        for _one in range(matches):
            self._match()
        self.days: list[B2bDay] = []
        for _one in range(4):
            self._day()
        db.session.flush()

    def _ago(self, most: int = 500) -> datetime:
        return self.now - timedelta(days=self.chance.randrange(most), minutes=self.chance.randrange(1440))

    def _firm(self, country: str) -> Firm:
        at = self._ago() if self.chance.random() < 0.9 else None
        listed = at + (self.now - at) * self.chance.random() if at and self.chance.random() < 0.8 else None
        branches = self.chance.choices(BRANCHES, k=2)
        firm = firm_of(country, self.chance.choice(REGIONS[country]), branches, at, listed)
        for _one in range(self.chance.randrange(3) if at else 0):
            past = {
                "region_code": self.chance.choice(REGIONS[country]),
                "nace_class": self.chance.choice(BRANCHES),
            }
            db.session.add(
                FirmPast(firm_id=firm.id, until=at + (self.now - at) * self.chance.random(), **past)
            )
            db.session.flush()
        return firm

    def _match(self) -> None:
        ends = [self.chance.choice(self.sides[country]) for country in ("TR", "RU")]
        self.chance.shuffle(ends)
        agreed = self._ago()
        steps = self.chance.randrange(5)
        moments = [agreed + (self.now - agreed) * part / 5 for part in range(5)]
        match: Match = MatchFactory(
            asker_id=ends[0].id,
            answerer_id=ends[1].id,
            state=MatchState.CLOSED,
            agreed_at=agreed if steps else None,
            introduced_at=moments[1] if steps > 1 else None,
            mou_id=self._mou().id if steps > 1 else None,
        )
        if steps > 2:
            after = {"before": MatchState.IN_TALKS, "after": MatchState.PARTNERSHIP}
            db.session.add(MatchEvent(match_id=match.id, at=moments[2], verb=MatchVerb.PARTNER, **after))
        if steps > 3:
            confirmed = {"state": DealState.CONFIRMED, "confirmed_at": moments[3]}
            DealFactory(match_id=match.id, reporter_id=match.asker_id, **confirmed)

    def _mou(self) -> Mou:
        return self.chance.choice(self.mous)

    def _day(self) -> None:
        held_on: date = self._ago().date()
        day = B2bDayFactory(held_on=held_on)
        begun = datetime.combine(held_on, self.now.timetz())
        self.days.append(day)
        seats = {
            country: [participant_of(day, firm) for firm in self.chance.sample(firms, 5)]
            for country, firms in self.sides.items()
        }
        for one, other in zip(seats["TR"], seats["RU"], strict=True):
            meeting = meeting_of(day, (one, other), MeetingState.PLACED)
            for at in range(self.chance.randrange(3)):
                meeting.state = self.chance.choice((MeetingState.HELD, MeetingState.NOT_HELD))
                verb = MeetingVerb.HOLD if meeting.state is MeetingState.HELD else MeetingVerb.MISS
                at_moment = min(begun + timedelta(days=at), self.now)
                db.session.add(
                    MeetingEvent(meeting_id=meeting.id, at=at_moment, verb=verb, state=meeting.state)
                )
                db.session.flush()
