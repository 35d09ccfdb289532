"""Input of the pages of incidents: facts, steps, measures, corrections, closing, reports, hours."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core import clock, zones
from matchmaker.core.countries import all_countries
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language, order_countries
from matchmaker.core.retention import data_classes
from matchmaker.core.versions import VersionedForm
from matchmaker.firms.fields import Between, WholeNumberField
from matchmaker.programmes.forms import TickField, moment
from matchmaker.reference import countries
from matchmaker.reference.breach_clocks import notice_items
from matchmaker.rights.incidents import queries, rules
from matchmaker.rights.incidents.enums import ClockOutcome, EntryKind
from matchmaker.rights.incidents.models import Incident, IncidentClock, IncidentEntry, IncidentReport
from matchmaker.rights.incidents.services import Facts
from matchmaker.rights.incidents.step_services import Step
from matchmaker.rights.incidents.words import item_word

TOO_LONG = _l("Write at most %(max)d letters.")
NO_SUCH_HOUR = _l("The clocks were put forward then: this hour did not exist.")
LINES = 4


def prose(
    label: Any, required: Any = None, description: Any = "", most: int = rules.LONGEST_TEXT
) -> TextAreaField:
    """A longer text; `required` is the refusal of an empty one."""
    first = InputRequired(required) if required else Optional()
    return TextAreaField(
        label,
        [first, Length(max=most, message=TOO_LONG)],
        description=description,
        render_kw={"rows": 4},
    )


class PersonsLine(Form):
    """About how many people of one country."""

    country = SelectField(_l("Country"), validators=[Optional()])
    people = WholeNumberField(_l("About how many"), validators=[Optional(), Between(0, 100_000_000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [("", "–"), *countries.names(language()).items()]


class FactsForm(VersionedForm):
    """What is known of an incident."""

    title = StringField(
        _l("Name of the incident"),
        [InputRequired(_l("Give the incident a name.")), Length(max=rules.LONGEST_TITLE, message=TOO_LONG)],
        description=_l("Such as: list of participants sent to the wrong firm. Name no person."),
    )
    what = prose(
        _l("What happened"), _l("Write what happened."), _l("Name no person whose data are concerned.")
    )
    discovered_at = moment(
        _l("Discovered"), required=True, description=_l("The clocks of the laws run from this moment.")
    )
    occurred_at = moment(_l("Happened"), required=False, description=_l("If that is known."))
    zone = SelectField(_l("Time zone of both moments"))
    data_classes = TickField(_l("Kinds of data"), description=_l("As in the register of retention."))
    persons = FieldList(FormField(PersonsLine), min_entries=LINES, max_entries=60)
    institution_ids = TickField(
        _l("Institutions concerned"),
        [InputRequired(_l("Choose your own institution, and others where it concerns them too."))],
        description=_l("Their compliance officers and administrators see the incident."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        codes = order_countries(list(all_countries()))
        offered = [*zones.choices(codes, language()), ("UTC", "UTC")]
        if self.zone.data in available_timezones() - {zone for zone, _label in offered}:
            offered.append((self.zone.data, zones.named(self.zone.data)))
        self.zone.choices = offered
        kept_by = queries.with_officers()
        self.data_classes.choices = [(one.key, str(one.title)) for one in data_classes()]
        self.institution_ids.choices = [
            (str(one.id), one.name(language()))
            for one in queries.institutions()
            if str(one.id) in (self.institution_ids.data or ()) or one.id in kept_by
        ]

    def validate_discovered_at(self, field: Any) -> None:
        """An hour that the change to summer time leaves out is no moment."""
        check_hour(field, self.zone.data)

    def validate_occurred_at(self, field: Any) -> None:
        """The same for the moment of the occurrence."""
        check_hour(field, self.zone.data)

    @classmethod
    def new(cls, institution_ids: list[int], report: IncidentReport | None) -> "FactsForm":
        """The form of an incident that is not recorded yet, discovered now or when somebody reported it."""
        zone = zones.reader_zone() or "UTC"
        found_at = report.created_at if report else clock.now()
        data = {
            "what": report.text if report else "",
            "discovered_at": wall(found_at, zone),
            "zone": zone,
            "institution_ids": [str(number) for number in institution_ids],
        }
        return cls(data=data)

    @classmethod
    def of(cls, incident: Incident) -> "FactsForm":
        """The form with what is recorded, moments as they were at the place of the discovery."""
        zone = incident.zone
        lines = [
            {"country": country, "people": people} for country, people in sorted(incident.persons.items())
        ]
        data = {
            "title": incident.title,
            "what": incident.what,
            "discovered_at": wall(incident.discovered_at, zone),
            "occurred_at": wall(incident.occurred_at, zone) if incident.occurred_at else None,
            "zone": zone,
            "data_classes": incident.data_classes,
            "persons": [*lines, {}, {}] if len(lines) >= LINES else lines,
            "institution_ids": [str(one.id) for one in incident.institutions],
            "version": incident.version,
        }
        return cls(data=data)

    def facts(self) -> Facts:
        """What the service needs."""
        zone = self.zone.data
        return Facts(
            title=self.title.data or "",
            what=self.what.data or "",
            discovered_at=typed_moment(self.discovered_at.data, zone),
            occurred_at=typed_moment(self.occurred_at.data, zone) if self.occurred_at.data else None,
            zone=zone,
            data_classes=tuple(self.data_classes.data or ()),
            persons={
                line.form.country.data: line.form.people.data
                for line in self.persons
                if line.form.country.data
            },
            institution_ids=tuple(int(number) for number in self.institution_ids.data or ()),
        )


class CorrectFactsForm(FactsForm):
    """The same with the reason of the correction."""

    reason = prose(_l("Why the facts are corrected"), _l("Write why."), most=rules.LONGEST_NOTE)


class MomentForm(VersionedForm):
    """Something that was done at a moment, typed on the clock of the place where the incident was discovered."""

    at = moment(_l("When"), required=True)

    def __init__(self, *, zone: str, **values: Any) -> None:
        super().__init__(**values)
        self.zone = zone
        self.at.description = _("On the clock of %(zone)s.", zone=zones.named(zone, clock.now()))

    def validate_at(self, field: Any) -> None:
        """An hour that the change to summer time leaves out is no moment."""
        check_hour(field, self.zone)

    @property
    def done_at(self) -> datetime:
        """What was typed, as a moment."""
        return typed_moment(self.at.data, self.zone)


class MeasureForm(MomentForm):
    """One measure."""

    text = prose(
        _l("What was done"), _l("Write what was done."), _l("Name no person whose data are concerned.")
    )


class StepForm(MomentForm):
    """How a clock was stopped."""

    outcome = RadioField(
        _l("Outcome"),
        choices=[
            (ClockOutcome.DONE.value, _l("It was done")),
            (ClockOutcome.NOT_REQUIRED.value, _l("It is not required")),
        ],
        default=ClockOutcome.DONE.value,
        validators=[InputRequired(_l("Choose the outcome."))],
    )
    reference = StringField(
        _l("Number of the notice"),
        [Optional(), Length(max=200, message=TOO_LONG)],
        description=_l("The number or mark under which the authority received it."),
    )
    text = prose(_l("Note"), None, _l("If it is not required: why. Name no person whose data are concerned."))

    def step(self, checklist: dict[str, Any]) -> Step:
        """What the service needs."""
        return Step(
            outcome=ClockOutcome(self.outcome.data),
            at=self.done_at,
            reference=self.reference.data or "",
            text=self.text.data or "",
            checklist=checklist,
        )


class CorrectionForm(StepForm):
    """What takes the place of an entry that was wrong."""

    wrong = RadioField(
        _l("What is wrong?"),
        choices=[
            ("as", _l("It was as written below")),
            ("void", _l("It did not happen: withdraw the entry")),
        ],
        default="as",
        validators=[InputRequired(_l("Choose what is wrong."))],
    )
    reason = prose(_l("Reason for the correction"), _l("Write why."), most=rules.LONGEST_NOTE)

    @classmethod
    def of(cls, entry: IncidentEntry) -> "CorrectionForm":
        """The form with what the entry says."""
        zone = entry.incident.zone
        is_not = entry.kind is EntryKind.NOT_REQUIRED
        data = {
            "at": wall(entry.at, zone),
            "outcome": (ClockOutcome.NOT_REQUIRED if is_not else ClockOutcome.DONE).value,
            "reference": entry.reference,
            "text": entry.text,
            "wrong": "as",
        }
        form = cls(zone=zone, data=data)
        if entry.kind is EntryKind.MEASURE:
            form.outcome.data = ClockOutcome.DONE.value
        return form


class ClosingForm(VersionedForm):
    """The words with which an incident is closed."""

    text = prose(
        _l("Conclusion"),
        _l("Write the conclusion."),
        _l("What it was, what came of it, what is done so that it does not come again."),
    )


class ReopenForm(BaseForm):
    """Why a closed incident is opened again."""

    text = prose(_l("Reason"), _l("Write why."), most=rules.LONGEST_NOTE)


class ReportForm(BaseForm):
    """What anybody noticed."""

    text = prose(
        _l("What did you notice?"),
        _l("Write what you noticed."),
        _l("Such as: I received a list of people that is not meant for me. You need not be sure."),
        2000,
    )
    noticed = StringField(
        _l("When was that?"),
        [Optional(), Length(max=200, message=TOO_LONG)],
        description=_l("As exactly as you know it."),
    )


class DismissForm(BaseForm):
    """The answer to a report that was no incident."""

    text = prose(_l("Answer to the person"), _l("Write why it is no incident."), most=1000)


class HoursForm(BaseForm):
    """Hours for a clock, from a day on; `seen` is the number of the last ones that the reader knew."""

    hours = IntegerField(_l("Hours"), validators=[InputRequired(_l("Enter a whole number of hours."))])
    valid_from = DateField(
        _l("Valid from"),
        validators=[InputRequired(_l("Enter the date, day first."))],
        description=_l("For incidents discovered from this day on."),
    )
    reason = prose(_l("Reason"), _l("Write why the time changes."), most=rules.LONGEST_NOTE)
    seen = HiddenField()


def checklist_form(one: IncidentClock) -> BaseForm:
    """A tick and a note for each item that the notice of a clock has to hold, with what was kept of it."""
    fields: dict[str, Any] = {}
    for item in notice_items(one.rule):
        kept = one.checklist.get(item, {})
        fields[f"done_{item}"] = BooleanField(item_word(item), default=bool(kept.get("done")))
        fields[f"note_{item}"] = StringField(
            _("Note: %(item)s", item=item_word(item)),
            [Optional(), Length(max=rules.LONGEST_NOTE, message=TOO_LONG)],
            default=kept.get("note", ""),
        )
    made: BaseForm = type("ChecklistForm", (BaseForm,), fields)()
    return made


def ticked(one: IncidentClock, form: BaseForm) -> dict[str, Any]:
    """What was ticked and noted."""
    return {
        item: {
            "done": bool(form[f"done_{item}"].data),
            "note": (form[f"note_{item}"].data or "").strip(),
        }
        for item in notice_items(one.rule)
    }


def wall(at: datetime, zone: str) -> datetime:
    """A moment as the clock of a place shows it."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def typed_moment(typed: datetime | None, zone: str) -> datetime:
    """A typed moment of a form that was validated."""
    found = rules.moment_of(typed, zone) if typed else None
    if found is None:
        raise ValueError("a form that was validated has its moment")
    return found


def check_hour(field: Any, zone: str) -> None:
    """Refuse an hour that did not exist at the place."""
    known = zone in available_timezones()
    if field.data is not None and known and rules.moment_of(field.data, zone) is None:
        raise ValueError(str(NO_SUCH_HOUR))
