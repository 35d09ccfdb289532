"""Rows of business trips."""

from datetime import date
from decimal import Decimal

from factory import LazyAttribute, Sequence

from matchmaker.programmes.trips.enums import CostKind, EntryPath, PaperKind
from matchmaker.programmes.trips.models import EntryRule, SupportRate, SupportScheme
from tests.factories.base import EntityFactory
from tests.factories.institutions import InstitutionFactory


class EntryRuleFactory(EntityFactory):
    """Turkish nationals need an electronic visa for Russia, four days ahead, for at most sixteen days; invented."""

    class Meta:
        model = EntryRule

    nationality = "TR"
    destination = "RU"
    path = EntryPath.E_VISA
    lead_days = 4
    longest_stay_days = 16
    valid_from = date(2024, 1, 1)
    source_note = "A page read on 1 January 2024"


class SupportRateFactory(EntityFactory):
    """Half of the costs, up to 100,000."""

    class Meta:
        model = SupportRate

    scheme_id = LazyAttribute(lambda row: SupportSchemeFactory().id)
    region_code = ""
    percent = Decimal(50)
    cap = Decimal(100_000)


class SupportSchemeFactory(EntityFactory):
    """A scheme of a Turkish institution for travel and lodging that wants invoices and boarding cards; without rates."""

    class Meta:
        model = SupportScheme

    institution_id = LazyAttribute(lambda row: InstitutionFactory().id)
    name_en = Sequence(lambda count: f"Scheme {count}")
    name_tr = LazyAttribute(lambda row: row.name_en)
    name_ru = LazyAttribute(lambda row: row.name_en)
    currency = "TRY"
    cost_kinds = (CostKind.TRAVEL.value, CostKind.LODGING.value)
    paper_kinds = (PaperKind.INVOICE.value, PaperKind.BOARDING_CARD.value)
    valid_from = date(2024, 1, 1)
