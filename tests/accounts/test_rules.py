"""Which passwords and which paths will do."""

import pytest

from matchmaker.accounts import rules
from matchmaker.accounts.addresses import key_of, parse_address
from matchmaker.accounts.models import SignedInSession
from matchmaker.core.actor import Actor, Grant, InstitutionRole

STAFF = Grant(InstitutionRole.STAFF, 1, "TR")


@pytest.mark.parametrize("path", ["/", "/matches/7?tab=notes", "/firms?q=%C5%9Fi%C5%9Fe"])
def test_path_of_this_site_is_local(path: str) -> None:
    assert rules.is_local_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "matches",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        " //evil.example",
    ],
)
def test_path_that_could_leave_the_site_is_not_local(path: str) -> None:
    assert not rules.is_local_path(path)


@pytest.mark.parametrize(
    "password", ["password123", "aaaaaaaaaaaa", "ababababab", "ayse.yilmaz", "ayse.yilmaz@example.com"]
)
def test_password_that_is_guessed_first_is_weak(password: str) -> None:
    assert rules.is_weak(password, "Ayse.Yilmaz@example.com")


def test_sentence_is_not_weak() -> None:
    assert not rules.is_weak("tandem-demo-2026", "ayse@example.com")


def test_session_is_ended_by_its_owner_only() -> None:
    session = SignedInSession(person_id=7)

    assert rules.may_end_session(Actor(person_id=7), session)
    assert not rules.may_end_session(Actor(person_id=8), session)
    assert not rules.may_end_session(Actor(), session)


def test_people_of_an_institution_need_the_second_factor() -> None:
    assert rules.may_do_without_second_factor(Actor(person_id=7))
    assert not rules.may_do_without_second_factor(Actor(person_id=7, grants=(STAFF,)))
    assert not rules.may_do_without_second_factor(Actor(person_id=7, needs_second_factor=True))
    assert not rules.may_do_without_second_factor(Actor())


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (" Ayse@Example.COM ", "ayse@example.com"),
        ("иван@Пример.рф", "иван@xn--e1afmkfd.xn--p1ai"),
        ("a@xn--e1afmkfd.xn--p1ai", "a@xn--e1afmkfd.xn--p1ai"),
        ("firm.tr@demo.example", "firm.tr@demo.example"),
        ("Not An Address", "not an address"),
    ],
)
def test_key_is_the_same_for_every_spelling(typed: str, key: str) -> None:
    assert key_of(typed) == key


def test_address_is_shown_with_its_domain_readable() -> None:
    assert parse_address("a@xn--e1afmkfd.xn--p1ai").shown == "a@пример.рф"


@pytest.mark.parametrize(
    "typed", ["", "a", "a@", "a@b", "a@localhost", "a b@example.com", "a@example.com\nBcc: b@example.com"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_address(typed)
