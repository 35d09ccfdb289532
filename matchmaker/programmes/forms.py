"""Forms of the organiser around a programme."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core import zones
from matchmaker.core.errors import DomainError
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGES, language, show_date
from matchmaker.mous.models import Mou
from matchmaker.programmes import rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeMode
from matchmaker.programmes.models import Programme
from matchmaker.programmes.services import Plan
from matchmaker.programmes.words import MODES
from matchmaker.reference import countries, languages, nace, rest_days
from matchmaker.reference.rest_days import RestDay

MOST_PLACES = 100_000
TITLE, TEXT = 200, 4000
NUMBER = _l("Enter a whole number.")


class TickField(SelectMultipleField):
    """Several values of a list, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def whole(label: Any, least: int, most: int, **options: Any) -> IntegerField:
    """A whole number within bounds that the message names."""
    bounds = NumberRange(least, most, message=_l("Enter a number from %(min)s to %(max)s."))
    return IntegerField(label, validators=[InputRequired(NUMBER), bounds], **options)


def moment(label: Any, *, required: bool, description: Any = "") -> DateTimeLocalField:
    """A day and time at the venue."""
    first = InputRequired(_l("Enter day and time.")) if required else Optional()
    return DateTimeLocalField(
        label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], validators=[first], description=description
    )


def _title(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=TITLE, message=_l("Write at most %(max)d letters."))])


def _text(label: Any) -> TextAreaField:
    too_long = _l("Write at most %(max)d letters.")
    return TextAreaField(label, validators=[Length(max=TEXT, message=too_long)], render_kw={"rows": 3})


PARTS = (
    (
        _l("What it is about"),
        (
            "title_tr",
            "title_ru",
            "title_en",
            "summary_tr",
            "summary_ru",
            "summary_en",
            "goals_tr",
            "goals_ru",
            "goals_en",
            "sectors",
        ),
    ),
    (
        _l("When and where"),
        (
            "starts_at",
            "ends_at",
            "zone",
            "mode",
            "country",
            "city",
            "place",
            "link",
            "rest_days_known",
            "host_institution_id",
            "languages",
            "interpretation",
        ),
    ),
    (
        _l("Places and sign-up"),
        (
            "places",
            "minimum",
            "most_people",
            "opens_at",
            "closes_at",
            "approval",
            "decision_on",
            "offer_hours",
        ),
    ),
    (_l("Money and papers"), ("fee", "budget_line", "attendance_share")),
)
"""The parts of the plan with the fields of each, in the order of the page."""


class PlanForm(BaseForm):
    """The plan of a programme; moments are typed as they are at the venue."""

    title_tr = _title(_l("Title in Turkish"))
    title_ru = _title(_l("Title in Russian"))
    title_en = _title(_l("Title in English"))
    summary_tr = _text(_l("Summary in Turkish"))
    summary_ru = _text(_l("Summary in Russian"))
    summary_en = _text(_l("Summary in English"))
    goals_tr = _text(_l("Goals in Turkish"))
    goals_ru = _text(_l("Goals in Russian"))
    goals_en = _text(_l("Goals in English"))
    zone = SelectField(_l("Time zone of the venue"))
    starts_at = moment(_l("Begins"), required=True, description=_l("Day and time at the venue"))
    ends_at = moment(_l("Ends"), required=True, description=_l("Day and time at the venue"))
    mode = SelectField(_l("How people meet"), choices=[(one.value, word) for one, word in MODES.items()])
    country = SelectField(_l("Country"))
    city = StringField(_l("City"), validators=[Length(max=200)])
    place = StringField(_l("Address and room"), validators=[Length(max=500)])
    link = StringField(
        _l("Link for those who take part online"),
        validators=[Length(max=500)],
        description=_l("Shown to confirmed participants only"),
    )
    host_institution_id = SelectField(_l("Host institution"))
    languages = TickField(_l("Languages"))
    interpretation = TickField(_l("Interpretation into"))
    sectors = SelectMultipleField(
        _l("Sectors"), description=_l("Leave all unmarked for every sector."), render_kw={"size": 8}
    )
    rest_days_known = BooleanField(
        _l("Save also when the dates touch holidays or rest days"),
        description=_l(
            "Holidays and rest days of the countries of the memorandum are looked up when you save."
        ),
    )
    places = whole(_l("Places"), 1, MOST_PLACES, description=_l("Each person takes one place."))
    minimum = whole(_l("Smallest number of firms"), 0, MOST_PLACES, default=0)
    most_people = whole(_l("Most people of one firm"), 1, 100, default=1)
    opens_at = moment(_l("Sign-up from"), required=False)
    closes_at = moment(_l("Sign-up until"), required=False)
    decision_on = DateField(_l("Decision by"), validators=[Optional()])
    approval = BooleanField(
        _l("Staff decide on every sign-up"),
        description=_l("Otherwise a place is confirmed at once while there is one."),
    )
    offer_hours = whole(
        _l("Hours that a place offered from the waiting list is held"), 1, 24 * 30, default=24
    )
    fee = StringField(_l("Fee"), validators=[Length(max=200)], description=_l("Leave empty when it is free."))
    budget_line = StringField(_l("Budget line"), validators=[Length(max=200)])
    attendance_share = whole(
        _l("Attendance for the certificate, per cent of the sessions"), 0, 100, default=80
    )

    def __init__(self, *args: Any, mou: Mou, kind: ProgrammeKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is not ProgrammeKind.TRIP:
            # Only a trip stands or falls with the number of its firms.
            del self.minimum
        spoken = language()
        countries_of_parties = [
            party.institution.country for party in mou.parties if party.institution.country
        ]
        names = Locale.parse(spoken).territories
        kept = (party.institution.keeps_rest_days_of for party in mou.parties)
        self.resting = [country for country in dict.fromkeys(kept) if country]
        self.zone.choices = zones.choices(countries_of_parties, spoken)
        self.country.choices = [(code, names.get(code, code)) for code in countries_of_parties]
        self.host_institution_id.choices = [
            ("", _l("The organiser itself")),
            *((str(party.institution_id), party.institution.name(spoken)) for party in mou.parties),
        ]
        tongues = [(code, languages.title(code, spoken)) for code in LANGUAGES]
        self.languages.choices = tongues
        self.interpretation.choices = tongues
        self.sectors.choices = [(one.code, f"{one.code} {one.label(spoken)}") for one in nace.at_level(2)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also warn, once, of holidays and rest days that the parties keep and the dates touch."""
        if not super().validate(extra_validators):
            return False
        found = self.rest_days()
        if found and not self.rest_days_known.data:
            self.rest_days_known.errors = [rest_day_words(found)]
            return False
        return True

    def rest_days(self) -> list[RestDay]:
        """The rest days that the typed dates touch."""
        first, last = self.starts_at.data, self.ends_at.data
        if first is None or last is None:
            return []
        return rest_days.between(first.date(), last.date(), self.resting, language())

    def plan(self) -> Plan:
        """What was typed, moments in the zone of the venue."""
        zone = ZoneInfo(self.zone.data)
        typed = {
            name: (field.data or "").strip()
            for name, field in self._fields.items()
            if isinstance(field, StringField)
        }
        return Plan(
            **typed,
            zone=self.zone.data,
            starts_at=required_at(self.starts_at.data, zone),
            ends_at=required_at(self.ends_at.data, zone),
            opens_at=_at(self.opens_at.data, zone),
            closes_at=_at(self.closes_at.data, zone),
            decision_on=self.decision_on.data,
            mode=ProgrammeMode(self.mode.data),
            country=self.country.data,
            host_institution_id=int(self.host_institution_id.data) if self.host_institution_id.data else None,
            languages=tuple(self.languages.data or ()),
            interpretation=tuple(self.interpretation.data or ()),
            sectors=tuple(self.sectors.data or ()),
            places=self.places.data or 0,
            minimum=(self.minimum.data or 0) if "minimum" in self else 0,
            most_people=self.most_people.data or 0,
            approval=self.approval.data,
            offer_hours=self.offer_hours.data or 0,
            attendance_share=self.attendance_share.data or 0,
        )


def rest_day_words(found: Sequence[RestDay]) -> str:
    """What to tell of rest days: each with its country and name."""
    shown = [
        f"{show_date(one.day, 'medium')} {countries.label(one.country, language())}"
        + (f" ({one.name})" if one.name else "")
        for one in found
    ]
    return str(
        _(
            "The dates touch holidays or rest days: %(days)s. Tick this to save all the same.",
            days="; ".join(shown),
        )
    )


def _at(typed: datetime | None, zone: ZoneInfo) -> datetime | None:
    return typed.replace(tzinfo=zone) if typed is not None else None


def required_at(typed: datetime | None, zone: ZoneInfo) -> datetime:
    """A typed moment in the zone of the venue; raises ValueError where there is none, which validation excludes."""
    if typed is None:
        raise ValueError("a form that was validated has this moment")
    return typed.replace(tzinfo=zone)


def values_of(programme: Programme) -> dict[str, Any]:
    """What the form shows of a programme: moments as they are at the venue."""
    zone = ZoneInfo(programme.zone)
    found = {name: getattr(programme, name) for name in Plan.__dataclass_fields__}
    for name in ("starts_at", "ends_at", "opens_at", "closes_at"):
        if found[name] is not None:
            found[name] = found[name].astimezone(zone).replace(tzinfo=None)
    found["host_institution_id"] = str(programme.host_institution_id or "")
    found["mode"] = programme.mode.value
    return found


class PublishForm(BaseForm):
    """Publishing, with a reason where the memorandum does not cover the programme."""

    override_reason = TextAreaField(
        _l("Reason to publish without the cover of the memorandum"),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE)],
        render_kw={"rows": 2},
    )


class CancelForm(BaseForm):
    """Calling a programme off."""

    reason = TextAreaField(
        _l("Why it is cancelled"),
        description=_l("Everybody who signed up reads this."),
        validators=[InputRequired(_l("Say why the programme is cancelled.")), Length(max=rules.LONGEST_NOTE)],
        render_kw={"rows": 3},
    )


def unless_conflict(error: DomainError) -> DomainError:
    """What a form can show; a conflict or a missing right becomes a page of its own."""
    if error.status != DomainError.status:
        raise error
    return error
