"""Recording an institution, changing its page, its first steps and its letter head."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core import clock
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions import record_services
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.first_steps import first_steps
from matchmaker.institutions.letter_heads import letter_heads
from matchmaker.institutions.models import Institution
from matchmaker.institutions.record_services import Profile, record_institution
from tests.factories.files import stored_pdf
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import MouContactPointFactory, mou_between

pytestmark = pytest.mark.data
OPERATOR = Actor(person_id=1, grants=(Grant(InstitutionRole.ADMINISTRATOR, 1, None, operator=True),))
FUND = Profile("Қор", "Fon", "Фонд", "Fund", "FUND", "Алматы", language="kk", languages="ru kk en")


def record(code: str = "fund", country: str = "KZ", **changed: Any) -> Institution:
    kind = InstitutionKind.INTERNATIONAL if not country else InstitutionKind.SME_AGENCY
    return record_institution(
        OPERATOR, code=code, kind=kind, country=country, profile=replace(FUND, **changed)
    )


@pytest.mark.usefixtures("session")
class TestRecord:
    def test_keeps_what_was_given_in_its_stored_form_and_says_so_in_the_trail(self) -> None:
        made = record(letter_lines=" Abay 1 \n\n050000 Almaty", rest_country="TR")

        assert (made.code, made.country, made.languages) == ("FUND", "KZ", "ru en")
        assert (made.letter_lines, made.keeps_rest_days_of) == ("Abay 1\n050000 Almaty", "KZ")
        entry = db.session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.entity_id, entry.after["code"]) == ("record", made.id, "FUND")

    def test_international_body_chooses_whose_rest_days_it_keeps(self) -> None:
        assert record(country="", rest_country="TR").keeps_rest_days_of == "TR"
        assert record("other", country="", rest_country="").keeps_rest_days_of is None

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"code": "Taken"}, "code"),
            ({"code": "ф1"}, "code"),
            ({"country": "QQ"}, "country"),
            ({"language": "xx"}, "language"),
            ({"letter_lines": "a\nb\nc\nd\ne"}, "letter_lines"),
            ({"country": "", "rest_country": "QQ"}, "rest_country"),
        ],
    )
    def test_refuses_at_the_field(self, changed: dict[str, Any], field: str) -> None:
        InstitutionFactory(code="TAKEN")

        with pytest.raises(DomainError) as refused:
            record(**changed)

        assert refused.value.field == field

    def test_is_for_the_operator_and_never_makes_a_second_one(self) -> None:
        administrator = Actor(person_id=1, grants=(Grant(InstitutionRole.ADMINISTRATOR, 1, "TR"),))

        for actor, kind in (
            (administrator, InstitutionKind.SME_AGENCY),
            (OPERATOR, InstitutionKind.OPERATOR),
        ):
            with pytest.raises(NotAllowed):
                record_institution(actor, code="new", kind=kind, country="TR", profile=FUND)


def test_of_two_who_record_one_code_at_once_one_is_told(
    app: Flask, concurrently: Callable[..., list[Any]]
) -> None:
    def deed() -> str:
        with unit_of_work():
            return record().code

    outcomes = concurrently(deed, deed)

    refused = [one for one in outcomes if isinstance(one, DomainError)]
    assert [one.field for one in refused] == ["code"]
    assert "FUND" in outcomes
    with app.app_context():
        assert db.session.scalar(select(func.count(Institution.id)).where(Institution.code == "FUND")) == 1


@pytest.mark.usefixtures("session")
class TestChange:
    def test_trail_holds_only_what_changed(self) -> None:
        made = record()

        record_services.change_institution(OPERATOR, made, replace(FUND, city="Astana"))
        record_services.change_institution(OPERATOR, made, replace(FUND, city="Astana"))

        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "change")).one()
        assert (entry.before, entry.after) == ({"city": "Алматы"}, {"city": "Astana"})

    def test_logo_is_set_and_taken_away(self) -> None:
        made, file = record(), stored_pdf()

        record_services.set_logo(OPERATOR, made, file)
        record_services.set_logo(OPERATOR, made, None)

        trail = db.session.scalars(select(AuditEntry.after).where(AuditEntry.action == "set_logo")).all()
        assert trail == [{"logo": file.id}, {"logo": None}]
        assert made.logo_id is None


def test_steps_are_done_one_by_one(app: Flask, session: scoped_session[Session]) -> None:
    made, other = record(), InstitutionFactory(country="RU")
    point = {"mou_id": mou_between(made, other).id, "institution_id": made.id}

    def done() -> list[bool]:
        with app.test_request_context():
            return [step.done for step in first_steps(made)]

    assert done() == [False] * 5
    official(made, InstitutionRole.ADMINISTRATOR)
    person = official(made, InstitutionRole.COMPLIANCE)
    MouContactPointFactory(**point, person_id=person.id, to_on=clock.today() - timedelta(days=1))
    assert done() == [True, False, True, False, False]
    MouContactPointFactory(**point, person_id=person.id, to_on=None)
    made.letter_lines = "Abay 1"
    official(made, InstitutionRole.COORDINATOR).disabled_at = clock.now()
    session.flush()
    assert done() == [True, False, True, True, True]


def test_letter_heads_stand_side_by_side_or_not_at_all(session: scoped_session[Session]) -> None:
    plain, made = InstitutionFactory(short_name="PLAIN"), record(letter_lines="Abay 1\nAlmaty")
    assert letter_heads((plain, None)) == []

    made.logo_id = stored_pdf().id
    found = letter_heads((made, plain, made))

    assert [(head.name, head.lines) for head in found] == [("FUND", ("Abay 1", "Almaty")), ("PLAIN", ())]
    assert [head.logo for head in found] == [b"%PDF-1.7\n", None]
