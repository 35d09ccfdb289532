"""Who of a group gets a message, and in which language."""

import pytest

from matchmaker.programmes.mailings.enums import LeftOut
from matchmaker.programmes.mailings.rules import Candidate, language_for, sort_out


@pytest.mark.parametrize(
    ("own", "written", "chosen"),
    [
        ("ru", ("tr", "ru", "en"), "ru"),
        ("ru", ("tr", "en"), "en"),
        ("ru", ("tr",), "tr"),
        ("tr", ("ru",), "ru"),
        ("en", ("ru", "tr"), "tr"),
    ],
)
def test_a_reader_gets_the_own_language_or_the_first_that_is_written(
    own: str, written: tuple[str, ...], chosen: str
) -> None:
    assert language_for(own, written) == chosen


def test_each_address_gets_one_mail_and_whoever_gets_none_is_named_with_the_reason() -> None:
    candidates = [
        Candidate("Ayşe", "Firm", "ayse@firm.example", "tr"),
        Candidate("Boris", "Firm", "", "ru"),
        Candidate("Vera", "Firm", "vera@firm.example", "ru", closed=True),
        Candidate("Ali", "Firm", "Ayse@Firm.example", "tr"),
        Candidate("Oleg", "", "oleg@firm.example", "ru"),
    ]

    group = sort_out(candidates, ("tr", "en"))

    assert [(one.name, one.language) for one in group.recipients] == [("Ayşe", "tr"), ("Oleg", "en")]
    assert [(one.name, why) for one, why in group.left_out] == [
        ("Boris", LeftOut.NO_ADDRESS),
        ("Vera", LeftOut.CLOSED),
        ("Ali", LeftOut.TWICE),
    ]
    assert [one.name for one in group.in_another_language] == ["Oleg"]


def test_a_closed_account_does_not_take_the_mail_of_an_open_one() -> None:
    closed = Candidate("Vera", "", "office@firm.example", "ru", closed=True)
    other = Candidate("Oleg", "", "office@firm.example", "ru")

    assert [one.name for one in sort_out([closed, other], ("ru",)).recipients] == ["Oleg"]
