"""Memorandums with their parties and areas."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import DocumentKind, ScopeArea
from matchmaker.mous.indicators.models import Indicator, IndicatorPart
from matchmaker.mous.models import Mou, MouArea, MouContactPoint, MouDocument, MouParty
from matchmaker.mous.plans.enums import ItemKind
from matchmaker.mous.plans.models import ActionPlan, CommitteeMeeting, PlanItem
from tests.factories.base import EntityFactory
from tests.factories.files import StoredFileFactory
from tests.factories.institutions import InstitutionFactory


class MouFactory(EntityFactory):
    """A memorandum signed and in force, without parties; take it from `mou_between` where the parties matter."""

    class Meta:
        model = Mou

    number = Sequence(lambda count: f"MOU-{count}")
    title_en = LazyAttribute(lambda row: f"Memorandum {row.number}")
    title_tr = LazyAttribute(lambda row: row.title_en)
    title_ru = LazyAttribute(lambda row: row.title_en)
    signed_on = date(2021, 10, 4)
    in_force_from = date(2021, 10, 4)


def mou_between(*institutions: Institution) -> Mou:
    """A memorandum in force between the institutions, for every area of cooperation."""
    mou: Mou = MouFactory(
        parties=[MouParty(institution_id=one.id, position=place) for place, one in enumerate(institutions)],
        areas=[MouArea(area=area) for area in ScopeArea],
    )
    return mou


class MouDocumentFactory(EntityFactory):
    """A stored paper whose file is not on disk."""

    class Meta:
        model = MouDocument

    kind = DocumentKind.SIGNED
    language = "en"
    version = 1
    file_id = LazyAttribute(lambda row: StoredFileFactory().id)


class MouContactPointFactory(EntityFactory):
    """Somebody who answers for a memorandum."""

    class Meta:
        model = MouContactPoint


def draft_between(*institutions: Institution) -> Mou:
    """A draft of the institutions that lacks nothing but confirmations and signatures."""
    mou = mou_between(*institutions)
    mou.signed_on = mou.in_force_from = None
    return mou


def mou_arguments(mou: Mou, own: Institution, made: Mapping[str, int]) -> dict[str, Any]:
    """What the access matrix asks the pages of memorandums with; drafts have another record than signed ones."""
    draft = draft_between(own, InstitutionFactory(country="RU"))
    point = MouContactPointFactory(mou_id=mou.id, institution_id=own.id, person_id=made["coordinator"])
    drafts = ("mous.edit", "mous.confirm", "mous.sign")
    found: dict[str, Any] = {f"{endpoint}:mou_id": draft.id for endpoint in drafts}
    found |= plan_arguments(mou)
    return found | {"document_id": MouDocumentFactory(mou_id=mou.id).id, "point_id": point.id}


class ActionPlanFactory(EntityFactory):
    """A plan of the year 2026."""

    class Meta:
        model = ActionPlan

    title = "2026"
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)


class PlanItemFactory(EntityFactory):
    """A shared task."""

    class Meta:
        model = PlanItem

    kind = ItemKind.TASK
    title_en = "Write the call"
    due_on = date(2026, 6, 1)


class CommitteeMeetingFactory(EntityFactory):
    """A meeting with minutes."""

    class Meta:
        model = CommitteeMeeting

    held_on = date(2026, 3, 3)
    minutes = "Agreed."


class IndicatorFactory(EntityFactory):
    """An indicator of the year 2026 that counts meetings."""

    class Meta:
        model = Indicator

    name_en = "Meetings"
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    target = 4
    parts = LazyFunction(lambda: [IndicatorPart(figure="meetings")])


def plan_arguments(mou: Mou) -> dict[str, Any]:
    """A plan with a shared task, a meeting and an indicator of the memorandum."""
    plan = ActionPlanFactory(mou_id=mou.id)
    meeting = CommitteeMeetingFactory(mou_id=mou.id).id
    item = PlanItemFactory(plan_id=plan.id).id
    found: dict[str, Any] = {f"mous.{page}:item_id": item for page in ("edit_item", "confirm_item")}
    found |= {f"mous.{page}:meeting_id": meeting for page in ("meeting", "edit_meeting", "new_decision")}
    found |= {f"mous.{page}:plan_id": plan.id for page in ("plan", "edit_plan", "new_item")}
    return found | {
        "indicator_id": IndicatorFactory(mou_id=mou.id).id,
        "mous.report:year": 2026,
        "mous.report:lang": "en",
    }
