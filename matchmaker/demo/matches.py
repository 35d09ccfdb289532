"""Matches in every state with their history, decisions, disclosures and notices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.compliance.models import TransferRecord
from matchmaker.core.audit import AuditEntry
from matchmaker.core.config import Config
from matchmaker.core.db import db
from matchmaker.demo.courses import OF_FIRM_RU, OF_FIRM_TR, OF_FLAGGED, OTHERS, Course, Step
from matchmaker.demo.firms import Stored
from matchmaker.demo.history import decided
from matchmaker.demo.memorandum import DEMO_BASES
from matchmaker.demo.pairs import Pair, Pairs
from matchmaker.demo.tables import dice, rows
from matchmaker.demo.texts import lowered
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.firms.enums import Side
from matchmaker.matching import queries, rules
from matchmaker.matching.enums import MatchState, MatchVerb
from matchmaker.matching.fitting import kept_points
from matchmaker.matching.introductions import FIELDS
from matchmaker.matching.models import Match, MatchDecision, MatchEvent
from matchmaker.mous.enums import ScopeArea
from matchmaker.notifications.models import Notice

NEWS: Final = {
    MatchVerb.ASK: ("match_asked", ("answerer",)),
    MatchVerb.PROPOSE: ("match_proposed", ("asker", "answerer")),
    MatchVerb.AGREE: ("match_agreed", ("asker",)),
    MatchVerb.REFUSE: ("match_refused", ("asker",)),
    MatchVerb.DECLINE: ("match_declined", ("asker", "answerer")),
    MatchVerb.WITHDRAW: ("match_withdrawn", ("answerer",)),
    MatchVerb.EXPIRE: ("match_expired", ("asker", "answerer")),
    MatchVerb.INTRODUCE: ("match_introduced", ("asker", "answerer")),
    MatchVerb.START_TALKS: ("match_in_talks", ("asker",)),
    MatchVerb.PARTNER: ("match_partnership", ("answerer",)),
}
"""The notice of a step and the firms whose people get it."""
CLEARED: Final = 220
"""Days after which notices were cleared away."""


@dataclass(frozen=True, slots=True)
class Story:
    """A pair, how its match went, and the row it became."""

    id: int
    pair: Pair
    course: Course
    begun: datetime

    def firm(self, part: str) -> Stored:
        """The asking or the answering firm; `part` may name its side."""
        return self.pair.asker if part.startswith("asker") else self.pair.answerer

    def at(self, step: Step) -> datetime:
        """When a step was taken."""
        return self.begun + timedelta(hours=step.hours)

    def moment(self, *verbs: MatchVerb) -> datetime | None:
        """When the last step of one of these kinds was taken."""
        return next((self.at(step) for step in reversed(self.course.steps) if step.verb in verbs), None)


def add_matches(pairs: Pairs, people: dict[str, int], mou_id: int, morning: datetime) -> list[Story]:
    """Write all matches; answers them in the order of their numbers."""
    cast = [*_cast(pairs), *decided(pairs)]
    drafts = [Story(0, pair, course, morning - timedelta(days=course.begun)) for pair, course in cast]
    ids = add_numbered(Match, [_row(one, mou_id, people) for one in drafts])
    found = [Story(number, one.pair, one.course, one.begun) for number, one in zip(ids, drafts, strict=True)]
    add_all(MatchEvent, [row for one in found for row in _events(one, people)])
    add_all(AuditEntry, [row for one in found for row in _audit(one, people)])
    add_all(MatchDecision, [row for one in found for row in _decisions(one, people)])
    add_all(TransferRecord, _disclosures([one for one in found if one.moment(MatchVerb.INTRODUCE)]))
    recent = [one for one in found if one.course.begun < CLEARED]
    add_all(Notice, [row for one in recent for row in _notices(one, people)])
    return found


def _cast(pairs: Pairs) -> Iterator[tuple[Pair, Course]]:
    for country, courses in (("TR", OF_FIRM_TR), ("RU", OF_FIRM_RU)):
        for asks, course in courses:
            yield pairs.of_account(country, asks=asks), course
    yield from zip(pairs.flagged(), OF_FLAGGED, strict=True)
    for at, course in enumerate(OTHERS):
        yield pairs.next(turkish_asks=at % 5 not in (1, 3)), course


def _row(story: Story, mou_id: int, people: dict[str, int]) -> dict[str, Any]:
    course, pair = story.course, story.pair
    ended = course.state in rules.ENDED
    proposed = course.steps[0].verb is MatchVerb.PROPOSE
    agreed, introduced = story.moment(MatchVerb.AGREE), story.moment(MatchVerb.INTRODUCE)
    asker = pair.asker.profile
    return {
        "asker_id": pair.asker.id,
        "answerer_id": pair.answerer.id,
        "open_pair": None if ended else rules.pair_key(pair.asker.id, pair.answerer.id),
        "state": course.state,
        "origin": course.origin,
        "proposed_by_id": people[f"staff.{asker.language}"] if proposed else None,
        "asker_agreed": not proposed,
        "answerer_agreed": agreed is not None,
        "mou_id": mou_id if introduced else None,
        "area": ScopeArea.COMMERCIAL_COOPERATION if introduced else None,
        "weights": WEIGHTS_2026_1.name,
        "score": pair.fit.total,
        "points": kept_points(pair.fit),
        "request_text": "" if proposed else request_text(pair),
        "request_language": asker.language,
        "asked_at": None if proposed else story.begun,
        "expires_at": None if ended or introduced else _expiry(story, agreed),
        "agreed_at": agreed,
        "introduced_at": introduced,
        "contacts_opened_at": introduced,
        "ended_at": story.at(course.steps[-1]) if ended else None,
        "reason": course.reason,
        "end_note": course.note if ended else "",
        "created_at": story.begun,
        "updated_at": story.at(course.steps[-1]),
    }


def _expiry(story: Story, agreed: datetime | None) -> datetime:
    return agreed + rules.DECISION_TIME if agreed else story.begun + timedelta(days=Config.REQUEST_DAYS)


def request_text(pair: Pair) -> str:
    """What the asking firm writes, in its own language."""
    asker, answerer = pair.asker.profile, pair.answerer.profile
    own, other = asker.lines_of(Side.OFFERED), answerer.lines_of(Side.OFFERED)
    chance = dice("request", asker.country, asker.place)
    wording = chance.choice([row["text"] for row in rows("requests") if row["language"] == asker.language])
    names = [lowered(line.good.names.own(asker.language), asker.language) for line in (own[0], other[0])]
    return wording.format(own=names[0], other=names[1])


def _who(story: Story, step: Step, people: dict[str, int]) -> tuple[int | None, str | None]:
    """The person of a step and the country acted for."""
    if not step.who:
        return None, None
    if step.who == "staff":
        country = story.pair.asker.profile.country
        return people[f"staff.{country.lower()}"], country
    firm = story.firm(step.who)
    if step.who.endswith("side"):
        return people[f"coordinator.{firm.profile.language}"], firm.profile.country
    return firm.person_id, firm.profile.country


def _events(story: Story, people: dict[str, int]) -> Iterator[dict[str, Any]]:
    before: MatchState | None = None
    for step in story.course.steps:
        person, country = _who(story, step, people)
        last = step is story.course.steps[-1]
        yield {
            "match_id": story.id,
            "at": story.at(step),
            "verb": step.verb,
            "before": before,
            "after": step.after,
            "person_id": person,
            "country": country,
            "note": story.course.note if last else "",
        }
        before = step.after


def _audit(story: Story, people: dict[str, int]) -> Iterator[dict[str, Any]]:
    for event in _events(story, people):
        before = event["before"]
        yield {
            "at": event["at"],
            "actor_id": event["person_id"],
            "action": event["verb"].value,
            "entity": "match",
            "entity_id": story.id,
            "before": {"state": before.value} if before else {},
            "after": {
                "state": event["after"].value,
                "firms": [story.pair.asker.id, story.pair.answerer.id],
            },
        }


def _decisions(story: Story, people: dict[str, int]) -> Iterator[dict[str, Any]]:
    verbs = {step.who: story.at(step) for step in story.course.steps if step.who.endswith("side")}
    for side, kind in story.course.decisions:
        profile = story.firm(side).profile
        yield {
            "match_id": story.id,
            "country": profile.country,
            "officer_id": people[f"coordinator.{profile.language}"],
            "kind": kind,
            "reason": story.course.reason if story.course.state is MatchState.REFUSED else None,
            "note": story.course.note if kind.value != "approve" else "",
            "decided_at": verbs[side],
            "created_at": verbs[side],
        }


def _disclosures(introduced: Sequence[Story]) -> list[dict[str, Any]]:
    firms = {firm.id for story in introduced for firm in (story.pair.asker, story.pair.answerer)}
    contacts: dict[int, list[int]] = {}
    db.session.flush()
    for person in queries.contacts(sorted(firms)):
        if queries.standing_consent(person):
            contacts.setdefault(person.firm_id, []).append(person.id)
    return [
        {
            "at": story.moment(MatchVerb.INTRODUCE),
            "contact_id": contact,
            "from_country": own.profile.country,
            "to_country": other.profile.country,
            "recipient_firm_id": other.id,
            "fields": list(FIELDS),
            "basis": DEMO_BASES[own.profile.country][1],
            "cause": queries.CAUSE,
            "cause_id": story.id,
        }
        for story in introduced
        for own, other in (
            (story.pair.asker, story.pair.answerer),
            (story.pair.answerer, story.pair.asker),
        )
        for contact in contacts.get(own.id, [])
    ]


def _notices(story: Story, people: dict[str, int]) -> Iterator[dict[str, Any]]:
    for step in story.course.steps:
        kind, parts = NEWS.get(step.verb, ("", ()))
        common = {
            "created_at": story.at(step),
            "updated_at": story.at(step),
            "event_key": f"demo:{story.id}:{step.verb}",
        }
        for part in parts:
            own = story.firm(part)
            other = story.pair.answerer if own is story.pair.asker else story.pair.asker
            yield {
                "person_id": own.person_id,
                "kind": kind,
                "subject": other.profile.name.trade,
                "path": f"/matches/{story.id}",
                "read_at": _read(step, story),
                **common,
            }
        if step.after is MatchState.AGREED and step.verb is MatchVerb.AGREE:
            names = f"{story.pair.asker.profile.name.trade} – {story.pair.answerer.profile.name.trade}"
            for local in ("coordinator.tr", "coordinator.ru"):
                yield {
                    "person_id": people[local],
                    "kind": "approval_waiting",
                    "subject": names,
                    "path": f"/approvals/{story.id}",
                    "read_at": _read(step, story),
                    **common,
                }


def _read(step: Step, story: Story) -> datetime | None:
    """What happened before the last step was read; the last news waits to be read."""
    return None if step is story.course.steps[-1] else story.at(step) + timedelta(hours=5)
