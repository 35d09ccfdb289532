"""The form of a programme warns of the rest days that its parties keep."""

from flask import Flask

from matchmaker.institutions.enums import InstitutionKind
from matchmaker.mous import queries as mous
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import PlanForm
from tests.factories.institutions import InstitutionFactory
from tests.factories.mous import mou_between


def test_an_international_body_is_warned_of_the_rest_days_that_it_chose(app: Flask) -> None:
    with app.test_request_context(
        method="POST", data={"starts_at": "2027-03-22T09:00", "ends_at": "2027-03-22T11:00"}
    ):
        body = InstitutionFactory(
            country=None, rest_country="KZ", kind=InstitutionKind.INTERNATIONAL, short_name="Body"
        )
        mou = mou_between(InstitutionFactory(country="TR"), body)
        form = PlanForm(mou=mous.mou(mou.id), kind=ProgrammeKind.TRAINING)

        assert {one.country for one in form.rest_days()} == {"KZ"}
