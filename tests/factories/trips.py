"""Rows of business trips."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trips.enums import CostKind, EntryPath, ItemKind, PaperKind
from matchmaker.programmes.trips.models import EntryRule, SupportRate, SupportScheme, TripFrame, TripItem
from tests.factories.base import EntityFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.programmes import ProgrammeFactory, SignUpFactory


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


class TripFactory(ProgrammeFactory):
    """An open trip of a Turkish agency to Russia with twenty places, four days long; firms are decided on by staff."""

    kind = ProgrammeKind.TRIP
    country = "RU"
    city = "Kazan"
    zone = "Europe/Moscow"
    starts_at = LazyFunction(lambda: clock.now() + timedelta(days=60))
    ends_at = LazyAttribute(lambda row: row.starts_at + timedelta(days=3))
    places = 20
    minimum = 2
    most_people = 3
    approval = True


class TripFrameFactory(EntityFactory):
    """The frame of a trip of firms from Türkiye, who pay themselves."""

    class Meta:
        model = TripFrame

    programme_id = LazyAttribute(lambda row: TripFactory().id)
    from_country = "TR"


class TripItemFactory(EntityFactory):
    """A site visit of two hours with two places, five hours after the beginning of the trip."""

    class Meta:
        model = TripItem

    programme_id = LazyAttribute(lambda row: TripFactory().id)
    kind = ItemKind.VISIT
    title_en = Sequence(lambda count: f"Visit {count}")
    starts_at = LazyAttribute(lambda row: trip_of(row.programme_id).starts_at + timedelta(hours=5))
    ends_at = LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    zone = "Europe/Moscow"
    capacity = 2


def trip_of(programme_id: int) -> Programme:
    """The stored trip."""
    return db.session.get_one(Programme, programme_id)


def traveller_of(programme: Programme, firm: Firm | None = None, **options: Any) -> Delegate:
    """A delegate with an account on a confirmed sign-up of a firm; options are those of the sign-up."""
    firm = firm or FirmFactory(country="TR")
    person = member_of(firm, FirmRole.ADMINISTRATOR)
    sign_up = SignUpFactory(programme_id=programme.id, firm_id=firm.id, person_id=person.id, **options)
    delegate = Delegate(
        sign_up_id=sign_up.id,
        person_id=person.id,
        name=person.name,
        name_romanised=person.name,
        email=person.email,
    )
    db.session.add(delegate)
    db.session.flush()
    return delegate


def staff_of(programme: Programme) -> Person:
    """Somebody of the organiser's staff."""
    return official(db.session.get_one(Institution, programme.institution_id), InstitutionRole.STAFF)
