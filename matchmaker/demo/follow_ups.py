"""What introduced firms were asked and answered; what the firms of the accounts are asked now is left to the worker."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from matchmaker.demo.firms import Stored
from matchmaker.demo.matches import Story
from matchmaker.demo.tables import dice
from matchmaker.demo.writing import add_all
from matchmaker.matching import rules as matching
from matchmaker.matching.enums import MatchState, MatchVerb
from matchmaker.matching.follow_ups.enums import Standing
from matchmaker.matching.follow_ups.models import FollowUp
from matchmaker.matching.follow_ups.rules import CATCH_UP, DAYS

STEPS: Final = {
    "tr": ("Numune gönderiyoruz", "Fiyat teklifi bekliyoruz", "Çevrimiçi görüşme yapacağız"),
    "ru": ("Отправляем образцы", "Ждём предложение по цене", "Проведём встречу по видеосвязи"),
}
SAID: Final = {
    MatchState.INTRODUCED: (Standing.NO_CONTACT, Standing.IN_TALKS),
    MatchState.IN_TALKS: (Standing.IN_TALKS, Standing.OFFER_SENT),
    MatchState.PARTNERSHIP: (Standing.OFFER_SENT, Standing.PARTNERSHIP),
    MatchState.CLOSED: (Standing.NO_CONTACT, Standing.IN_TALKS),
}
"""What firms of a match that came to this state say."""


def add_follow_ups(stories: Sequence[Story], people: dict[str, int], morning: datetime) -> None:
    """Write them, two of three answered."""
    own = {people["firm.tr"], people["firm.ru"]}
    add_all(FollowUp, [row for story in stories for row in _rows(story, own, morning)])


def _rows(story: Story, own: set[int], morning: datetime) -> Iterator[dict[str, Any]]:
    introduced = story.moment(MatchVerb.INTRODUCE)
    if introduced is None:
        return
    ends = (story.pair.asker, story.pair.answerer)
    for days in DAYS:
        asked = introduced + timedelta(days=days)
        if asked > morning or not _is_together(story, asked):
            continue
        left = asked + CATCH_UP > morning and any(firm.person_id in own for firm in ends)
        if not left:
            yield from (_row(story, firm, days, asked, morning) for firm in ends)


def _is_together(story: Story, moment: datetime) -> bool:
    ended = story.course.state in matching.ENDED
    return not ended or story.at(story.course.steps[-1]) > moment


def _row(story: Story, firm: Stored, days: int, asked: datetime, morning: datetime) -> dict[str, Any]:
    chance = dice("follow-up", firm.profile.country, story.id * 1000 + days)
    found = {"match_id": story.id, "firm_id": firm.id, "days": days, "asked_at": asked, "reached": 1}
    found |= {"created_at": asked, "updated_at": asked}
    nothing = {"standing": None, "next_step": "", "next_step_on": None, "answered_at": None}
    answered = asked + timedelta(days=chance.randint(1, 9), hours=chance.randint(1, 8))
    if answered > morning or chance.random() > 2 / 3:
        return found | nothing
    return found | _answer(story, firm, answered, chance)


def _answer(story: Story, firm: Stored, answered: datetime, chance: Random) -> dict[str, Any]:
    partner = story.moment(MatchVerb.PARTNER)
    early, late = SAID[story.course.state]
    standing = late if partner is None and chance.random() > 0.4 else early
    if partner is not None and partner < answered:
        standing = late
    goes_on = standing in (Standing.IN_TALKS, Standing.OFFER_SENT)
    return {
        "standing": standing,
        "next_step": chance.choice(STEPS[firm.profile.language]) if goes_on else "",
        "next_step_on": (answered + timedelta(days=chance.randint(10, 40))).date() if goes_on else None,
        "answered_at": answered,
    }
