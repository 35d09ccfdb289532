"""What is followed under the memorandums of the demo: an action plan, committee meetings, indicators; all invented."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.mous.indicators.models import Indicator, IndicatorPart, IndicatorStep
from matchmaker.mous.indicators.rules import quarter_ends
from matchmaker.mous.plans.enums import ItemKind, ItemState
from matchmaker.mous.plans.models import (
    ActionPlan,
    CommitteeDecision,
    CommitteeMeeting,
    PlanDependency,
    PlanItem,
)

ITEMS: Final[tuple[tuple[ItemKind, str, str, str, str | None, int, ItemState, int], ...]] = (
    (
        ItemKind.OBJECTIVE, "Firmalar birbirini tanısın", "Фирмы знакомятся друг с другом",
        "Firms get to know each other", None, 300, ItemState.RUNNING, 0,
    ),
    (
        ItemKind.MILESTONE, "İlk 100 tanıştırma", "Первые 100 знакомств",
        "The first 100 introductions", None, 120, ItemState.OPEN, 40,
    ),
    (
        ItemKind.TASK, "Makine firmalarını davet et", "Пригласить машиностроительные фирмы",
        "Invite firms of mechanical engineering", "KOSGEB", -20, ItemState.RUNNING, 60,
    ),
    (
        ItemKind.TASK, "Katalogları Rusçaya çevir", "Перевести каталоги на русский",
        "Translate catalogues into Russian", "KOSGEB", -60, ItemState.DONE, 100,
    ),
    (
        ItemKind.TASK, "Bölge merkezlerine duyur", "Оповестить региональные центры",
        "Tell the regional centres", "RSMB", 30, ItemState.OPEN, 0,
    ),
)  # fmt: skip
"""Kind, titles, owner (None is both), due in days from today, state, progress."""
WAITS: Final = ((1, 2), (1, 4), (2, 3))
"""Which of the items waits for which."""
INDICATORS: Final = (
    ("Tanışan firma", "Познакомилось фирм", "Firms met", "firms_met", "", (60, 60, 60, 60)),
    ("Tanıştırma", "Знакомства", "Introductions", "introductions", "", (20, 40, 50, 70)),
    ("Anlaşma tutarı", "Сумма сделок", "Value of deals", "deal_value_usd", "USD", ()),
)
"""Names, figure, unit, and what each quarter of the year shall bring; the last one is spread evenly."""
MINUTES: Final = "Örnek tutanak. · Образец протокола. · Sample minutes."


def add_following(mou_id: int, samples: list[int], institutions: dict[str, int], morning: datetime) -> None:
    """Write it: the full set for one memorandum, meetings for two thirds of the samples, so that these count as active."""
    today, stamp = morning.date(), {"created_at": morning - timedelta(days=300)}
    (plan,) = add_numbered(
        ActionPlan,
        [
            {
                "mou_id": mou_id,
                "title": f"{today.year}–{today.year + 1}",
                "starts_on": date(today.year, 1, 1),
                "ends_on": date(today.year + 1, 12, 31),
            }
            | stamp
        ],
    )
    items = add_numbered(PlanItem, [_item(plan, row, institutions, today) | stamp for row in ITEMS])
    add_all(
        PlanDependency,
        [{"item_id": items[one], "after_id": items[before]} | stamp for one, before in WAITS],
    )
    held = {"mou_id": mou_id, "place": "Ankara", "attendees": "", "minutes": MINUTES}
    (meeting,) = add_numbered(CommitteeMeeting, [held | {"held_on": today - timedelta(days=70)} | stamp])
    add_all(CommitteeDecision, [{"meeting_id": meeting, "text": ITEMS[2][3], "item_id": items[2]} | stamp])
    ahead = held | {"minutes": "", "place": "", "held_on": today + timedelta(days=69)}
    add_all(
        CommitteeMeeting,
        [ahead | stamp, *(_sample(number, today) | stamp for number in samples if number % 3)],
    )
    _follow(mou_id, today, stamp)


def _follow(mou_id: int, today: date, stamp: dict[str, Any]) -> None:
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    numbers = add_numbered(
        Indicator,
        [
            {"mou_id": mou_id, "name_tr": tr, "name_ru": ru, "name_en": en, "unit": unit}
            | {"target": Decimal(sum(steps) or 250_000), "starts_on": first, "ends_on": last}
            | stamp
            for tr, ru, en, _figure, unit, steps in INDICATORS
        ],
    )
    made = list(zip(numbers, INDICATORS, strict=True))
    add_all(IndicatorPart, [{"indicator_id": number, "figure": row[3]} | stamp for number, row in made])
    quarters = quarter_ends(first, last)
    add_all(
        IndicatorStep,
        [
            {"indicator_id": number, "ends_on": day, "target": Decimal(target)} | stamp
            for number, row in made
            for day, target in zip(quarters, row[5], strict=False)
        ],
    )


def _item(plan: int, row: tuple[Any, ...], institutions: dict[str, int], today: date) -> dict[str, Any]:
    kind, tr, ru, en, owner, days, state, progress = row
    return {
        "plan_id": plan,
        "kind": kind,
        "title_tr": tr,
        "title_ru": ru,
        "title_en": en,
        "institution_id": institutions[owner] if owner else None,
        "starts_on": today + timedelta(days=days - 90),
        "due_on": today + timedelta(days=days),
        "state": state,
        "progress": progress,
    }


def _sample(mou_id: int, today: date) -> dict[str, Any]:
    day = today - timedelta(days=mou_id * 11 % 350)
    return {"mou_id": mou_id, "held_on": day, "place": "", "attendees": "", "minutes": MINUTES}
