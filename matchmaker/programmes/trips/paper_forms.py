"""Forms of travellers' papers: passport, journey, needs, consent, visas, officers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.fields import DayField
from matchmaker.institutions.models import InstitutionMember
from matchmaker.programmes.trips import travel_secrets, words
from matchmaker.programmes.trips.enums import VisaState
from matchmaker.programmes.trips.models import TravelPapers
from matchmaker.programmes.trips.travel_secrets import Emergency, Needs, Passport
from matchmaker.reference import countries

TOO_LONG = _l("Write at most %(max)d letters.")
NAME = Length(max=200, message=TOO_LONG)
LINE = Length(max=500, message=TOO_LONG)
DAY = _l("Enter the date, day first.")
PRINTED = _l("As in the passport, in Latin letters")
NOT_STORED = {"autocomplete": "off"}


class PassportForm(BaseForm):
    """The page of a passport; it is never shown again to those who type it."""

    surname = StringField(
        _l("Surname"),
        [DataRequired(_l("Enter the surname.")), NAME],
        description=PRINTED,
        render_kw=NOT_STORED,
    )
    given_names = StringField(
        _l("Given names"),
        [DataRequired(_l("Enter the given names.")), NAME],
        description=PRINTED,
        render_kw=NOT_STORED,
    )
    nationality = SelectField(_l("Nationality"), [InputRequired(_l("Choose a country."))])
    number = StringField(
        _l("Passport number"),
        [DataRequired(_l("Enter the number.")), Length(max=20, message=TOO_LONG)],
        render_kw=NOT_STORED,
    )
    expires_on = DayField(_l("Valid until"), [InputRequired(DAY)])
    born_on = DayField(_l("Date of birth"), [InputRequired(DAY)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nationality.choices = [("", _l("Choose a country")), *countries.names(language()).items()]

    def passport(self) -> Passport:
        """What the service needs."""
        return Passport(
            surname=(self.surname.data or "").strip(),
            given_names=(self.given_names.data or "").strip(),
            nationality=self.nationality.data,
            number="".join((self.number.data or "").split()).upper(),
            expires_on=_day(self.expires_on.data),
            born_on=_day(self.born_on.data),
        )


def _day(value: date | None) -> date:
    if value is None:
        raise ValueError("a form that was validated has the day")
    return value


class JourneyForm(BaseForm):
    """Insurance, arrival and departure, whom to call."""

    insurer = StringField(_l("Insurer of the travel insurance"), [NAME])
    insured_until = DayField(_l("Insured until"))
    arrival = StringField(_l("Arrival"), [LINE], description=_l("Day, time, flight or train"))
    departure = StringField(_l("Departure"), [LINE])
    hotel = StringField(_l("Hotel"), [LINE])
    emergency_name = StringField(_l("Whom to call in an emergency"), [NAME], render_kw=NOT_STORED)
    emergency_phone = StringField(
        _l("Telephone of that person"), [Length(max=40, message=TOO_LONG)], render_kw=NOT_STORED
    )

    @classmethod
    def of(cls, papers: TravelPapers) -> "JourneyForm":
        """The form with what is kept."""
        contact = travel_secrets.open_emergency(papers.emergency_locked)
        kept = {
            name: getattr(papers, name)
            for name in ("insurer", "insured_until", "arrival", "departure", "hotel")
        }
        return cls(data=kept | {"emergency_name": contact.name, "emergency_phone": contact.phone})

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        found: dict[str, Any] = {
            name: (self[name].data or "").strip() for name in ("insurer", "arrival", "departure", "hotel")
        }
        contact = Emergency(
            (self.emergency_name.data or "").strip(), (self.emergency_phone.data or "").strip()
        )
        return found | {"insured_until": self.insured_until.data, "emergency": contact}


class NeedsForm(BaseForm):
    """Diet and access needs, each person's own, with a consent of its own."""

    diet = StringField(_l("Diet"), [LINE], render_kw=NOT_STORED)
    access = StringField(_l("Help that you need on the way"), [LINE], render_kw=NOT_STORED)
    needs_consent = BooleanField(
        _l("I consent that these health data are kept for this trip"),
    )

    @classmethod
    def of(cls, papers: TravelPapers, *, consented: bool) -> "NeedsForm":
        """The form with what is kept."""
        needs = travel_secrets.open_needs(papers.needs_locked)
        return cls(data={"diet": needs.diet, "access": needs.access, "needs_consent": consented})

    def needs(self) -> Needs:
        """What the service needs."""
        return Needs((self.diet.data or "").strip(), (self.access.data or "").strip())


class VisaForm(BaseForm):
    """How far a visa is."""

    visa = SelectField(_l("Visa"), choices=[(one.value, label) for one, label in words.VISA_STATES.items()])

    @property
    def state(self) -> VisaState:
        """The chosen state."""
        return VisaState(self.visa.data)


class OfficerForm(BaseForm):
    """Who may read passports."""

    person_id = SelectField(_l("Person"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[InstitutionMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {one.person_id: f"{one.person.name}, {one.institution.short_name}" for one in people}
        self.person_id.choices = list(named.items())
