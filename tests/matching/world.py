"""Two firms of two countries with everything that an introduction between them needs."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from matchmaker.accounts.models import Person
from matchmaker.compliance.models import SanctionsEntry, SanctionsList
from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, InstitutionRole
from matchmaker.core.db import db
from matchmaker.engines.text.names import name_key
from matchmaker.firms import queries as firm_queries
from matchmaker.firms.enums import ConsentPurpose, FirmState, PartnershipSide, Side
from matchmaker.firms.models import (
    ContactConsent,
    ContactPerson,
    Firm,
    FirmIdentifier,
    FirmLanguage,
    FirmMember,
    FirmPartnership,
    FirmProduct,
    FirmSector,
)
from matchmaker.institutions.models import Institution
from matchmaker.institutions.queries import grants
from matchmaker.mous.enums import ScopeArea, TransferBasisKind
from matchmaker.mous.models import Mou, MouArea, MouParty, MouTransferBasis
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import InstitutionFactory, official

TEXT = "We cast pump housings and look for valves for them."
REGION = {"TR": "TR-42", "RU": "RU-TA"}
VALID = {
    "TR": ("VKN", ("1234567890", "1001002001", "2003004003", "3004005004", "4005006006", "5006007005")),
    "RU": ("INN10", ("1000000002", "1000000010", "1000000027", "1000000034", "1000000041", "1000000059")),
}
_made = {"TR": 0, "RU": 0}


def actor_of(person: Person | int) -> Actor:
    """The actor that a session of this person would make."""
    number = person if isinstance(person, int) else person.id
    found = db.session.get_one(Person, number)
    return Actor(
        person_id=number,
        name=found.name,
        email=found.email,
        language=found.language,
        grants=grants(number),
        memberships=firm_queries.memberships(number),
    )


def make_firm(
    name: str, country: str, *, offers: str = "848180", seeks: str = "732599", consents: int = 1
) -> Firm:
    """A verified, matchable firm; `consents` contact persons agree to disclosure, one more never does."""
    number = _made[country] = _made[country] + 1
    firm = Firm(
        country=country,
        state=FirmState.VERIFIED,
        legal_name=name,
        trade_name=name,
        name_romanised=name,
        name_key=name_key(name),
        legal_form="llc",
        region_code=REGION[country],
        town="Konya" if country == "TR" else "Kazan",
        headcount=80,
        turnover=Decimal(1_000_000),
        size_class="small",
        size_rule="test",
        visibility={},
        prefilled=[],
        ownership={},
    )
    db.session.add(firm)
    db.session.flush()
    db.session.add_all(
        [
            FirmProduct(
                firm_id=firm.id, side=Side.OFFERED, hs_code=offers, quantity=Decimal(9000), unit="kg"
            ),
            FirmProduct(firm_id=firm.id, side=Side.SOUGHT, hs_code=seeks, quantity=Decimal(4000), unit="kg"),
            FirmLanguage(firm_id=firm.id, language="en"),
            FirmPartnership(firm_id=firm.id, type_code="supply", side=PartnershipSide.OFFERS),
            FirmPartnership(firm_id=firm.id, type_code="supply", side=PartnershipSide.SEEKS),
            FirmSector(firm_id=firm.id, code="28.14", revision="NACE2", nace_class="28.14", main=True),
        ]
    )
    scheme, values = VALID[country]
    if number <= len(values):
        db.session.add(FirmIdentifier(firm_id=firm.id, scheme=scheme, value=values[number - 1]))
    for place in range(consents):
        add_contact(firm, f"{name} contact {place}")
    add_contact(firm, f"{name} silent", consented=False)
    db.session.flush()
    return firm


def add_contact(firm: Firm, name: str, *, consented: bool = True) -> ContactPerson:
    """A contact person, with the consent to disclosure or without."""
    person = ContactPerson(
        firm_id=firm.id,
        name=name,
        position="Export",
        email=f"{len(name)}.{firm.id}@example.com",
        languages=["en"],
    )
    if consented:
        person.consents.append(consent())
    db.session.add(person)
    db.session.flush()
    return person


def consent() -> ContactConsent:
    """A standing consent to disclosure, given yesterday."""
    given = clock.now() - timedelta(days=1)
    return ContactConsent(
        purpose=ConsentPurpose.DISCLOSURE, text_version="1", language="en", text="Yes", given_at=given
    )


def make_mou(one: Institution, other: Institution, *, bases: bool = True) -> Mou:
    """A memorandum in force with the scope area of introductions and a recorded basis for both countries."""
    mou = Mou(number=f"M-{one.id}-{other.id}", title_tr="M", title_ru="M", title_en="Memorandum")
    mou.signed_on = mou.in_force_from = mou.announced_on = date(2021, 10, 4)
    mou.parties = [MouParty(institution_id=item.id, position=at) for at, item in enumerate((one, other))]
    mou.areas = [MouArea(area=ScopeArea.COMMERCIAL_COOPERATION)]
    if bases:
        mou.transfer_bases = [basis("TR"), basis("RU")]
    db.session.add(mou)
    db.session.flush()
    return mou


def basis(country: str) -> MouTransferBasis:
    """A recorded ground for passing on contact data from a country."""
    return MouTransferBasis(
        from_country=country,
        kind=TransferBasisKind.STANDARD_CONTRACT,
        reference=f"Contract {country} 1",
        valid_from=date(2024, 1, 1),
    )


def add_list(*names: str) -> SanctionsList:
    """A current list that names these parties."""
    found = SanctionsList(
        name="Test list", version="1", dated_on=clock.today(), entries=len(names), current=True
    )
    db.session.add(found)
    db.session.flush()
    for place, name in enumerate(names):
        add_entry(found, name, place)
    return found


def add_entry(found: SanctionsList, name: str, place: int = 0) -> None:
    """One listed party."""
    db.session.add(
        SanctionsEntry(
            list_id=found.id,
            reference=f"T-{place}-{name}",
            name=name,
            name_key=name.casefold(),
            aliases=[],
            identifiers=[],
        )
    )
    db.session.flush()


@dataclass
class World:
    """Numbers of everything that was made, so that threads and clients can use them."""

    tr: int = 0
    ru: int = 0
    mou: int = 0
    listed: int = 0
    people: dict[str, int] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Somebody by role: firm_tr, editor_tr, member_tr, coordinator_ru, coordinator_ru2, compliance_tr and so on."""
        return actor_of(self.people[name])

    def firm(self, country: str) -> Firm:
        """The firm of a country, fully loaded."""
        return firm_queries.firm(self.tr if country == "TR" else self.ru)


def make_world(*, bases: bool = True, mou: bool = True, consents: int = 1) -> World:
    """Make it in the open session; the caller commits."""
    _made.update(TR=0, RU=0)
    world = World()
    agencies = {"TR": InstitutionFactory(country="TR"), "RU": InstitutionFactory(country="RU")}
    for country, agency in agencies.items():
        for role in (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.COMPLIANCE):
            world.people[f"{role.value}_{country.lower()}"] = official(agency, role).id
        second = official(agency, InstitutionRole.COORDINATOR)
        world.people[f"coordinator_{country.lower()}2"] = second.id
    anatolia, volga = (
        make_firm("Anadolu Vana", "TR", consents=consents),
        make_firm("Volga Pump", "RU", offers="732599", seeks="848180", consents=consents),
    )
    world.tr, world.ru = anatolia.id, volga.id
    roles = {"firm": FirmRole.ADMINISTRATOR, "editor": FirmRole.EDITOR, "member": FirmRole.MEMBER}
    for firm in (anatolia, volga):
        for name, role in roles.items():
            person = PersonFactory(country=firm.country)
            db.session.add(FirmMember(firm_id=firm.id, person_id=person.id, role=role))
            world.people[f"{name}_{firm.country.lower()}"] = person.id
    world.people["stranger"] = PersonFactory().id
    world.listed = add_list("Somebody Else").id
    if mou:
        world.mou = make_mou(agencies["TR"], agencies["RU"], bases=bases).id
    db.session.flush()
    return world
