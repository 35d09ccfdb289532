"""Every size class and identifier problem has its words."""

import pytest
from flask import Flask

from matchmaker.reference import identifiers, units, wording
from matchmaker.reference.identifiers import IdentifierError, IdentifierProblem
from matchmaker.reference.size_rules import SizeClass


def test_every_size_class_has_words(app: Flask) -> None:
    with app.test_request_context():
        assert len({wording.size_class_label(one) for one in SizeClass}) == len(SizeClass)
        assert wording.size_class_label("") == wording.size_class_label("unknown")


@pytest.mark.parametrize("scheme", ["VKN", "KPP", "REGNO"])
def test_every_identifier_problem_has_a_message_of_its_own(app: Flask, scheme: str) -> None:
    expected = identifiers.scheme(scheme)
    with app.test_request_context():
        said = [wording.identifier_message(IdentifierError(one, expected), "ru") for one in IdentifierProblem]
    assert len(set(said)) == len(IdentifierProblem)
    assert all(expected.labels.ru in sentence for sentence in said)


def test_units_have_names(app: Flask) -> None:
    with app.test_request_context():
        assert len({units.label(code) for code in units.UNITS}) == len(units.UNITS)
        assert units.label("kg") == "kilograms"
