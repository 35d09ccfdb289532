"""When two firms may be one and the same, and by what they are found."""

from itertools import count
from types import SimpleNamespace

import pytest

from matchmaker.core.actor import Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.firms.duplicates import rules
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.hosts import own_host
from matchmaker.firms.duplicates.rules import Common, Traits

_numbers = count(1)


def firm(*names: str, country: str = "TR", region: str = "TR-42", **more: tuple[str, ...]) -> Traits:
    return Traits(next(_numbers), country, region, names or ("Anadolu Vana",), **more)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.anadolu-vana.com.tr/tr/iletisim", "anadolu-vana.com.tr"),
        ("satis@mail.anadolu-vana.com.tr", "anadolu-vana.com.tr"),
        ("shop.kazanstal.ru", "kazanstal.ru"),
        ("https://xn--80aaa0ankm6aj6h.xn--p1ai", "казансталь.рф"),
        ("satis@gmail.com", ""),
        ("info@mail.ru", ""),
        ("https://www.instagram.com/anadoluvana", ""),
        ("https://kazanstal.tilda.ws", ""),
        ("https://sites.google.com/view/x", ""),
        ("com.tr", ""),
        ("http://127.0.0.1/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_the_own_domain_of_an_address(address: str, host: str) -> None:
    assert own_host(address) == host


def test_a_shared_number_makes_a_pair_whatever_the_names_are() -> None:
    found = rules.common(firm("Anadolu Vana", numbers=("1", "2")), firm("Konya Pompa", numbers=("2",)))
    assert found == Common(number="2")


def test_a_shared_domain_makes_a_pair_unless_many_use_it() -> None:
    one, other = firm("Anadolu Vana", hosts=("av.example",)), firm("Konya Pompa", hosts=("av.example",))
    assert rules.common(one, other) == Common(host="av.example")
    assert rules.common(one, other, frozenset({"av.example"})) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Завод Казань-Сталь ООО", "Zavod Kazan Stal LLC"),
        ("Selvikent Vana San. ve Tic. A.Ş.", "SELVİKENT VANA LTD. ŞTİ."),
        ("Anadolu Vana Sanayi", "Anadolu Vara Sanayi"),
    ],
)
def test_like_names_across_scripts_are_found_by_a_key_they_share(one: str, other: str) -> None:
    first, second = firm(one), firm(other)
    assert rules.common(first, second)
    assert rules.keys(first) & rules.keys(second)


def test_merely_alike_names_count_in_one_region_only() -> None:
    one, far = firm("Anadolu Vana Sanayi"), firm("Anadolu Vara Sanayi", region="TR-34")
    assert rules.common(one, far) is None
    assert rules.common(one, firm("Anadolu Vara Sanayi", region="")) is not None
    assert rules.common(one, firm("Anadolu Vana Sanayi", region="TR-34")) == Common(score=100)


def test_names_with_other_figures_are_not_alike() -> None:
    assert rules.common(firm("Mechanical Works 5"), firm("Mechanical Works 6")) is None


def test_firms_of_two_countries_are_a_group_not_duplicates() -> None:
    numbers, hosts = ("1234567890",), ("av.example",)
    one = firm(numbers=numbers, hosts=hosts)
    other = firm(country="RU", numbers=numbers, hosts=hosts)
    assert rules.common(one, other) is None
    assert not rules.keys(one) & rules.keys(other)


def test_what_says_more_comes_first() -> None:
    number, host, name = Common(number="1"), Common(host="a.example", score=90), Common(score=100)
    assert number.strength > host.strength > name.strength


def test_the_mark_changes_with_names_and_numbers_of_either_only() -> None:
    one, other = firm("A", numbers=("1",)), firm("B")
    before = rules.mark(one, other)
    assert rules.mark(other, one) == before
    moved = Traits(other.firm_id, "TR", "TR-06", ("B",), (), ("b.example",))
    assert rules.mark(one, moved) == before
    assert rules.mark(one, Traits(other.firm_id, "TR", "TR-42", ("B2",))) != before
    assert rules.mark(Traits(one.firm_id, "TR", "TR-42", ("A",), ("2",)), other) != before


@pytest.mark.parametrize(
    ("role", "country", "may"),
    [
        (InstitutionRole.STAFF, "TR", True),
        (InstitutionRole.COORDINATOR, "TR", True),
        (InstitutionRole.STAFF, "RU", False),
        (InstitutionRole.COMPLIANCE, "TR", False),
        (InstitutionRole.ADMINISTRATOR, "TR", False),
    ],
)
def test_staff_and_coordinators_of_the_country_settle(role: InstitutionRole, country: str, may: bool) -> None:
    assert rules.may_settle(Actor(person_id=1, grants=(Grant(role, 1, country),)), _pair()) is may


def test_nobody_settles_a_pair_with_a_firm_of_their_own() -> None:
    own = Membership(8, FirmRole.MEMBER, "TR")
    officer = Actor(person_id=1, grants=(Grant(InstitutionRole.STAFF, 1, "TR"),), memberships=(own,))
    assert not rules.may_settle(officer, _pair())


def _pair() -> SimpleNamespace:
    return SimpleNamespace(country="TR", state=PairState.OPEN, first_id=7, second_id=8)
