"""The status of a memorandum follows from its dates."""

from datetime import date

import pytest

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.institutions.models import Institution
from matchmaker.mous import rules
from matchmaker.mous.enums import MouStatus, Renewal, ScopeArea
from matchmaker.mous.models import Mou, MouArea, MouParty

TODAY = date(2026, 11, 22)


def make_mou(**values: object) -> Mou:
    """A memorandum announced in 2021, without a term."""
    return Mou(**{"announced_on": date(2021, 10, 4), "renewal": Renewal.UNKNOWN, **values})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, MouStatus.IN_FORCE),
        ({"announced_on": None}, MouStatus.DRAFT),
        ({"in_force_from": date(2027, 1, 1)}, MouStatus.SIGNED),
        ({"ended_on": date(2026, 11, 22)}, MouStatus.TERMINATED),
        ({"ended_on": date(2026, 11, 23)}, MouStatus.IN_FORCE),
        ({"term_months": 60}, MouStatus.EXPIRED),
        ({"term_months": 62}, MouStatus.EXPIRING),
        ({"term_months": 120}, MouStatus.IN_FORCE),
        ({"term_months": 36, "renewal": Renewal.AUTOMATIC, "renewal_months": 36}, MouStatus.IN_FORCE),
        ({"term_months": 60, "renewal": Renewal.BY_LETTERS, "renewal_months": 36}, MouStatus.EXPIRED),
    ],
)
def test_status_follows_from_the_dates(values: dict[str, object], expected: MouStatus) -> None:
    assert rules.status(make_mou(**values), TODAY) is expected


def test_last_day_of_a_term_is_the_day_before_it_began() -> None:
    assert rules.last_day(make_mou(term_months=12), TODAY) == date(2022, 10, 3)


def test_add_months_when_the_month_is_shorter_then_its_last_day() -> None:
    assert rules.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_covers_when_the_area_is_not_named_then_not() -> None:
    mou = make_mou(areas=[MouArea(area=ScopeArea.TRAININGS)])
    assert rules.covers(mou, ScopeArea.TRAININGS, TODAY)
    assert not rules.covers(mou, ScopeArea.COMMERCIAL_COOPERATION, TODAY)


def test_covers_when_expired_then_not() -> None:
    mou = make_mou(areas=[MouArea(area=ScopeArea.TRAININGS)], term_months=12)
    assert not rules.covers(mou, ScopeArea.TRAININGS, TODAY)


def test_basis_countries_when_compliance_officer_of_one_party_then_only_that_country() -> None:
    own, other = Institution(id=1, country="TR"), Institution(id=2, country="RU")
    mou = make_mou(
        parties=[MouParty(institution_id=1, institution=own), MouParty(institution_id=2, institution=other)]
    )
    officer = Actor(person_id=1, grants=(Grant(InstitutionRole.COMPLIANCE, 2, "RU"),))
    assert rules.basis_countries(officer, mou) == ("RU",)
    assert not rules.may_record_basis(
        Actor(person_id=2, grants=(Grant(InstitutionRole.STAFF, 2, "RU"),)), mou
    )
