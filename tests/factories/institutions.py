"""Institutions and their people."""

from datetime import timedelta

from factory import LazyAttribute, LazyFunction, Sequence

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory


class InstitutionFactory(EntityFactory):
    """An agency for small firms of Türkiye; `country="RU"` for the other side."""

    class Meta:
        model = Institution

    code = Sequence(lambda count: f"agency-{count}")
    kind = InstitutionKind.SME_AGENCY
    country = "TR"
    name_en = Sequence(lambda count: f"Agency {count}")
    name_original = LazyAttribute(lambda row: row.name_en)
    name_tr = LazyAttribute(lambda row: row.name_en)
    name_ru = LazyAttribute(lambda row: row.name_en)
    short_name = LazyAttribute(lambda row: row.code.upper())


class InstitutionMemberFactory(EntityFactory):
    """One role of a person at an institution; take it from `official` where the person is what matters."""

    class Meta:
        model = InstitutionMember

    institution_id = LazyAttribute(lambda row: InstitutionFactory().id)
    person_id = LazyAttribute(lambda row: PersonFactory(country=None).id)
    role = InstitutionRole.STAFF


class InstitutionInvitationFactory(EntityFactory):
    """An open invitation whose link nobody holds."""

    class Meta:
        model = InstitutionInvitation

    institution_id = LazyAttribute(lambda row: InstitutionFactory().id)
    role = InstitutionRole.STAFF
    email = Sequence(lambda count: f"invited{count}@example.com")
    language = "en"
    digest = Sequence(lambda count: f"invitation {count}")
    invited_by_id = LazyAttribute(lambda row: PersonFactory().id)
    expires_at = LazyFunction(lambda: clock.now() + timedelta(days=14))


def official(institution: Institution, role: InstitutionRole) -> Person:
    """A new person with one role at the institution."""
    person: Person = PersonFactory(country=institution.country)
    InstitutionMemberFactory(institution_id=institution.id, person_id=person.id, role=role)
    return person
