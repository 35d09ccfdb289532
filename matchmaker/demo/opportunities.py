"""Fifteen opportunities of both sides in three languages, in every state that firms and institutions meet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from matchmaker.demo.checks import add_checks
from matchmaker.demo.firms import Stored
from matchmaker.demo.questions import add_questions
from matchmaker.demo.special import of_sector
from matchmaker.demo.tables import rows
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.opportunities import rules
from matchmaker.opportunities.enums import (
    OpportunityKind,
    OpportunityState,
    OpportunityVerb,
    PartnerKind,
    PropertyState,
    Stage,
    Standing,
    Supply,
)
from matchmaker.opportunities.interests.models import Interest
from matchmaker.opportunities.models import (
    Opportunity,
    OpportunityEvent,
    OpportunityGood,
    OpportunityReach,
    OpportunitySector,
    OpportunityText,
)
from matchmaker.opportunities.writing import Content, Words, searched

S, V = OpportunityState, OpportunityVerb
STEPS: Final = {
    S.DRAFT: (),
    S.SUBMITTED: ((V.SUBMIT, S.DRAFT, 0),),
    S.ANNOUNCED: ((V.SUBMIT, S.DRAFT, 0), (V.ANNOUNCE, S.SUBMITTED, 1)),
    S.PUBLISHED: ((V.SUBMIT, S.DRAFT, 0), (V.ANNOUNCE, S.SUBMITTED, 1), (V.PUBLISH, S.ANNOUNCED, 3)),
}
"""The steps that led to a state, each with the state before and the days after it was sent."""
INTERESTED: Final = {
    "tr": "Yılda yaklaşık 200 ton döküm alıyoruz; deneme partisi için fiyat ve teslim süresi isteriz.",
    "ru": "Закупаем около 300 кранов в год для линий клея; хотим обсудить образцы и срок поставки.",
}
CHECKED: Final = ("valve-housings", "mixers", "valves-again", "humidity")
"""What was sent since opportunities are checked: nothing found, nearly the same again, the very same again, sensitive words."""
OTHER: Final = {"TR": "RU", "RU": "TR"}


def add_opportunities(
    stored: Mapping[str, Sequence[Stored]], people: Mapping[str, int], mou_id: int, morning: datetime
) -> None:
    """Write them with their texts, goods, sectors, countries and history."""
    made = [Made(row, stored[row["country"]], morning) for row in rows("opportunities")]
    numbers = add_numbered(Opportunity, [one.facts() for one in made])
    told = list(zip(numbers, made, strict=True))
    add_all(
        OpportunityText, [{"opportunity_id": number, **text} for number, one in told for text in one.texts]
    )
    add_all(
        OpportunityGood,
        [{"opportunity_id": number, "hs_code": code} for number, one in told for code in one.goods],
    )
    add_all(
        OpportunitySector,
        [{"opportunity_id": number, "code": code} for number, one in told for code in one.sectors],
    )
    add_all(OpportunityReach, [one.reach(number, people, mou_id) for number, one in told])
    add_all(
        Interest, list(_interests(dict(zip((one.row["code"] for one in made), told, strict=True)), stored))
    )
    add_all(OpportunityEvent, [event for number, one in told for event in one.events(number, people)])
    add_checks([number for number, one in told if one.row["code"] in CHECKED])
    add_questions({one.row["code"]: (number, one.firm) for number, one in told}, stored, morning)


def _interests(
    told: Mapping[str, tuple[int, "Made"]], stored: Mapping[str, Sequence[Stored]]
) -> Iterator[dict[str, Any]]:
    """Firms of the other side that wrote to those of the documented accounts and wait for an answer."""
    for code, country, sector in (("valves", "RU", "boards"), ("castings", "TR", "farm-machines")):
        number, one = told[code]
        profile = of_sector([firm.profile for firm in stored[country]], sector, 0)
        firm = next(firm for firm in stored[country] if firm.profile is profile)
        written = one.morning - timedelta(days=2)
        yield {
            "opportunity_id": number,
            "firm_id": firm.id,
            "person_id": firm.person_id,
            "language": profile.language,
            "text": INTERESTED[profile.language],
            "created_at": written,
            "updated_at": written,
        }


class Made:
    """One row of the table with the firm that publishes it."""

    def __init__(self, row: dict[str, str], firms: Sequence[Stored], morning: datetime) -> None:
        profile = of_sector([one.profile for one in firms], row["sector"], int(row["place"]))
        self.row, self.morning = row, morning
        self.firm = next(one for one in firms if one.profile is profile)
        self.state = OpportunityState(row["state"])
        self.sent = morning - timedelta(days=int(row["days"]))
        self.goods, self.sectors = row["hs"].split(), row["nace"].split()
        self.texts = [
            {name: text[name] for name in ("language", *rules.WORDS)}
            for text in rows("opportunity_texts")
            if text["code"] == row["code"]
        ]

    def facts(self) -> dict[str, Any]:
        """What stands in the table of opportunities."""
        row = self.row
        deadline = (self.morning + timedelta(days=int(row["deadline"]))).date() if row["deadline"] else None
        published = self.sent + timedelta(days=3) if self.state is S.PUBLISHED else None
        return {
            "firm_id": self.firm.id,
            "author_id": self.firm.person_id,
            "kind": OpportunityKind(row["kind"]),
            "state": self.state,
            "stage": Stage(row["stage"]) if row["stage"] else None,
            "property_state": PropertyState(row["property"]) if row["property"] else None,
            "partner_kind": PartnerKind(row["partner"]),
            "supply": Supply(row["supply"]) if row["supply"] else None,
            "partnerships": row["partnerships"].split(),
            "languages": [self.firm.profile.language, "en"],
            "quantity": Decimal(row["quantity"]) if row["quantity"] else None,
            "unit": row["unit"],
            "deadline": deadline,
            "submitted_at": self.sent if self.state is not S.DRAFT else None,
            "opens_at": self.morning + timedelta(days=3) if self.state is S.ANNOUNCED else None,
            "published_at": published,
            "expires_on": rules.last_listed(published.date(), deadline) if published else None,
            "search_text": searched(self._content()),
            "created_at": self.sent,
            "updated_at": self.sent,
        }

    def _content(self) -> Content:
        return Content([Words(**text) for text in self.texts], (), self.goods, self.sectors)

    def reach(self, number: int, people: Mapping[str, int], mou_id: int) -> dict[str, Any]:
        """The other country, whose staff had no objection to what is published."""
        other, cleared = OTHER[self.row["country"]], self.state is S.PUBLISHED
        return {
            "opportunity_id": number,
            "country": other,
            "mou_id": mou_id if self.state in (S.ANNOUNCED, S.PUBLISHED) else None,
            "standing": Standing.CLEAR if cleared else Standing.OPEN,
            "officer_id": people[f"staff.{other.lower()}"] if cleared else None,
            "decided_at": self.sent + timedelta(days=3) if cleared else None,
        }

    def events(self, number: int, people: Mapping[str, int]) -> Iterator[dict[str, Any]]:
        """The history; the institution's staff decided, the clock published."""
        staff = people[f"staff.{self.row['country'].lower()}"]
        who = {V.SUBMIT: self.firm.person_id, V.ANNOUNCE: staff, V.PUBLISH: None}
        for verb, before, days in STEPS[self.state]:
            yield {
                "opportunity_id": number,
                "at": self.sent + timedelta(days=days),
                "verb": verb,
                "before": before,
                "after": rules.STEPS[verb].after,
                "person_id": who[verb],
                "country": self.row["country"] if who[verb] else None,
            }
