"""Memorandums with their parties and areas."""

from datetime import date

from factory import LazyAttribute, Sequence

from matchmaker.institutions.models import Institution
from matchmaker.mous.enums import ScopeArea
from matchmaker.mous.models import Mou, MouArea, MouParty
from tests.factories.base import EntityFactory


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
