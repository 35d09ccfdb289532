"""Forms of expert exchanges."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField, TimeField
from wtforms.validators import Email, InputRequired, NumberRange, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGES, language, show_date
from matchmaker.programmes.exchanges import words
from matchmaker.programmes.exchanges.agreement_services import Terms
from matchmaker.programmes.exchanges.application_services import Hosting, Wish
from matchmaker.programmes.exchanges.call_services import CallPlan
from matchmaker.programmes.exchanges.enums import CostModel, ExchangeFormat
from matchmaker.programmes.exchanges.expert_services import Record
from matchmaker.programmes.exchanges.fields import (
    NEEDED,
    WindowsForm,
    day,
    lines,
    one_line,
    sent_file,
    tongues,
    typed,
    window_values,
)
from matchmaker.programmes.exchanges.models import (
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeCall,
    Expert,
)
from matchmaker.programmes.exchanges.paper_services import Paper
from matchmaker.programmes.exchanges.rules import Window
from matchmaker.programmes.forms import TickField
from matchmaker.programmes.models import Programme
from matchmaker.reference import practice_areas


class CallForm(WindowsForm):
    """What a call asks for."""

    direction = SelectField(
        _l("Direction"), description=_l("Which institution sends the expert, and which receives.")
    )
    format = RadioField(_l("Format"), choices=[(one.value, word) for one, word in words.FORMATS.items()])
    practice_area = SelectField(_l("Practice area"))
    text_language = SelectField(_l("Language in which you write"))
    need = lines(_l("What the host needs"))
    deliverables = lines(_l("Expected deliverables"))
    days = IntegerField(
        _l("Length in days"),
        validators=[
            InputRequired(NEEDED),
            NumberRange(1, 180, message=_l("Enter a number from %(min)s to %(max)s.")),
        ],
    )
    contact_name = one_line(_l("Contact at the host"))
    contact_address = one_line(_l("E-mail of the contact"), 254)
    cost_model = RadioField(
        _l("Costs"), choices=[(one.value, word) for one, word in words.COST_MODELS.items()]
    )
    cost_note = one_line(_l("What is paid, and how much"), 500, required=False)

    def __init__(self, *args: Any, programme: Programme, call: ExchangeCall | None, **kwargs: Any) -> None:
        super().__init__(*args, data=call_values(call), **kwargs)
        self.contact_address.validators = [
            *self.contact_address.validators,
            Email(message=_("Enter an e-mail address such as name@firm.com.")),
        ]
        spoken = language()
        parties = [party.institution for party in programme.mou.parties]
        self.direction.choices = [
            (
                f"{one.id}-{other.id}",
                _("%(one)s to %(other)s", one=one.name(spoken), other=other.name(spoken)),
            )
            for one in parties
            for other in parties
            if one.id != other.id
        ]
        self.practice_area.choices = practice_areas.choices(spoken)
        self.text_language.choices = tongues()

    def plan(self) -> CallPlan:
        """What was typed."""
        sender, host = self.direction.data.split("-")
        return CallPlan(
            sending_institution_id=int(sender),
            host_institution_id=int(host),
            format=ExchangeFormat(self.format.data),
            practice_area=self.practice_area.data,
            need=typed(self.need),
            deliverables=typed(self.deliverables),
            text_language=self.text_language.data,
            windows=self.windows(),
            days=self.days.data or 0,
            contact_name=typed(self.contact_name),
            contact_address=typed(self.contact_address),
            cost_model=CostModel(self.cost_model.data),
            cost_note=typed(self.cost_note),
        )


def call_values(call: ExchangeCall | None) -> dict[str, Any]:
    """What the form shows of a call."""
    if call is None:
        return {"text_language": language()}
    names = (
        "practice_area", "text_language", "need", "deliverables", "days", "contact_name", "contact_address", "cost_note",
    )  # fmt: skip
    return {
        **{name: getattr(call, name) for name in names},
        **window_values(call.windows),
        "direction": f"{call.sending_institution_id}-{call.host_institution_id}",
        "format": call.format.value,
        "cost_model": call.cost_model.value,
    }


class RecordForm(WindowsForm):
    """An expert's own record."""

    position = one_line(_l("Position"))
    practice_areas = TickField(_l("Practice areas"), description=_l("At most six."))
    years = IntegerField(
        _l("Years of work in these areas"),
        validators=[
            InputRequired(NEEDED),
            NumberRange(0, 60, message=_l("Enter a number from %(min)s to %(max)s.")),
        ],
    )
    summary = lines(_l("What you can share"), required=False)
    earlier_exchanges = lines(_l("Earlier exchanges elsewhere"), required=False, rows=2)
    level_tr = SelectField(_l("Turkish"))
    level_ru = SelectField(_l("Russian"))
    level_en = SelectField(_l("English"))
    cv = FileField(
        _l("Curriculum vitae"),
        description=_l("PDF or DOCX; your institution and the hosts you apply to read it."),
    )

    def __init__(self, *args: Any, expert: Expert | None, **kwargs: Any) -> None:
        super().__init__(*args, data=record_values(expert), **kwargs)
        self.practice_areas.choices = practice_areas.choices(language())
        levels = [
            ("", _("Not for work")),
            *((level.value, str(word)) for level, word in words.LEVELS.items()),
        ]
        for code in LANGUAGES:
            self[f"level_{code}"].choices = levels

    def record(self) -> Record:
        """What was typed."""
        return Record(
            position=typed(self.position),
            practice_areas=tuple(self.practice_areas.data or ()),
            years=self.years.data or 0,
            summary=typed(self.summary),
            earlier_exchanges=typed(self.earlier_exchanges),
            languages={code: self[f"level_{code}"].data for code in LANGUAGES if self[f"level_{code}"].data},
            windows=self.windows(),
            cv=sent_file(self.cv),
        )


def record_values(expert: Expert | None) -> dict[str, Any]:
    """What the form shows of a record."""
    if expert is None:
        return {}
    names = ("position", "practice_areas", "years", "summary", "earlier_exchanges")
    levels = {f"level_{code}": level for code, level in expert.languages.items()}
    return {**{name: getattr(expert, name) for name in names}, **levels, **window_values(expert.windows)}


class ApplicationForm(WindowsForm):
    """An expert's application to a call."""

    motivation = lines(_l("Why you"))
    benefit = lines(_l("What your institution gains"), required=False)
    text_language = SelectField(_l("Language in which you write"))
    replacement = SelectField(
        _l("Who could go instead of you"),
        description=_l("A colleague whose record has the consent of your institution."),
    )

    def __init__(self, *args: Any, colleagues: Sequence[Expert], **kwargs: Any) -> None:
        super().__init__(*args, data={"text_language": language()}, **kwargs)
        self.text_language.choices = tongues()
        named = [(str(one.id), f"{one.person.name}, {one.position}") for one in colleagues]
        self.replacement.choices = named or [("", _("Nobody yet"))]

    def wish(self) -> Wish:
        """What was typed."""
        return Wish(
            motivation=typed(self.motivation),
            benefit=typed(self.benefit),
            text_language=self.text_language.data,
            windows=self.windows(),
            replacement_id=int(self.replacement.data or 0),
        )


class DecisionForm(BaseForm):
    """Yes or no of the sending coordinator."""

    decision = RadioField(
        _l("Decision"),
        choices=[("endorse", _l("Endorse the application")), ("decline", _l("Decline"))],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    note = lines(
        _l("Note"), required=False, rows=2, description=_l("Needed where you decline; the expert reads it.")
    )


class HostingForm(BaseForm):
    """Yes or no of the host, and with a yes the days and who looks after the expert."""

    decision = RadioField(
        _l("Decision"),
        choices=[("accept", _l("Accept the expert")), ("decline", _l("Decline"))],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    agreed_from = day(_l("First day"))
    agreed_to = day(_l("Last day"))
    host_person = SelectField(_l("Who looks after the expert"), validators=[Optional()])
    note = lines(
        _l("Note"), required=False, rows=2, description=_l("Needed where you decline; the expert reads it.")
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host_person.choices = [("", _("Choose")), *((str(person.id), person.name) for person in people)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A yes needs the days."""
        fine: bool = super().validate(extra_validators=extra_validators)
        if self.decision.data != "accept" or not fine:
            return fine
        first, last = self.agreed_from.data, self.agreed_to.data
        for field in (self.agreed_from, self.agreed_to):
            if field.data is None:
                field.errors = [_("Enter a day.")]
                fine = False
        if first and last and last < first:
            self.agreed_to.errors = [_("The last day lies before the first.")]
            fine = False
        return fine

    def hosting(self) -> Hosting:
        """What was typed."""
        first, last = self.agreed_from.data, self.agreed_to.data
        if first is None or last is None:
            raise ValueError("a form that was validated has both days")
        return Hosting(Window(first, last), int(self.host_person.data or 0))


class TermsForm(BaseForm):
    """The agreement."""

    objectives = lines(words.TERMS["objectives"])
    tasks_expert = lines(words.TERMS["tasks_expert"])
    tasks_sender = lines(words.TERMS["tasks_sender"])
    tasks_host = lines(words.TERMS["tasks_host"])
    deliverables = lines(words.TERMS["deliverables"])
    timetable = lines(words.TERMS["timetable"])
    money = lines(words.TERMS["money"], description=_l("Who pays what, and how much."))
    insurance = lines(words.TERMS["insurance"], description=_l("Which cover, by whom, for which days."))

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(**{name: typed(self[name]) for name in Terms.__dataclass_fields__})


def terms_values(agreement: ExchangeAgreement) -> dict[str, str]:
    """What the form shows of an agreement."""
    return {name: getattr(agreement, name) for name in Terms.__dataclass_fields__}


class AgendaForm(BaseForm):
    """One item of the agenda, in the time of the venue."""

    day = SelectField(_l("Day"))
    starts = TimeField(
        lazy_pgettext("time", "From"), validators=[InputRequired(_l("Enter a time such as 09:30."))]
    )
    ends = TimeField(
        lazy_pgettext("time", "Until"), validators=[InputRequired(_l("Enter a time such as 09:30."))]
    )
    title = one_line(_l("What"))
    place = one_line(_l("Place"), 500, required=False)
    people = one_line(_l("With whom"), 500, required=False)

    def __init__(self, *args: Any, application: ExchangeApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = application.agreed_from, application.agreed_to
        days = (
            [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
            if first and last
            else []
        )
        self.day.choices = [(one.isoformat(), show_date(one, "full")) for one in days]
        self.zone = ZoneInfo(application.sign_up.programme.zone)

    def values(self) -> dict[str, Any]:
        """What was typed, as moments."""
        return {
            "starts_at": self._at(self.starts.data),
            "ends_at": self._at(self.ends.data),
            "title": typed(self.title),
            "place": typed(self.place),
            "people": typed(self.people),
        }

    def _at(self, clock_time: time | None) -> datetime:
        if clock_time is None:
            raise ValueError("a form that was validated has both times")
        return datetime.combine(date.fromisoformat(self.day.data), clock_time, tzinfo=self.zone)


class PaperForm(BaseForm):
    """A report or an evaluation."""

    rating = RadioField(
        _l("How useful was the exchange?"),
        choices=[
            ("5", _l("5, very useful")), ("4", "4"), ("3", _l("3, partly")), ("2", "2"), ("1", _l("1, not useful")),
        ],
        validators=[Optional()],
    )  # fmt: skip
    text = lines(_l("What was done and found"), rows=8)
    lessons = lines(_l("What others can learn from it"), required=False)
    text_language = SelectField(_l("Language in which you write"))
    file = FileField(_l("File"), validators=[Optional()])

    def __init__(self, *args: Any, rated: bool, **kwargs: Any) -> None:
        super().__init__(*args, data={"text_language": language()}, **kwargs)
        self.text_language.choices = tongues()
        if not rated:
            del self.rating

    def paper(self) -> Paper:
        """What was typed."""
        rating = self._fields.get("rating")
        return Paper(
            text=typed(self.text),
            lessons=typed(self.lessons),
            rating=int(rating.data) if rating is not None and rating.data else None,
            text_language=self.text_language.data,
            file=sent_file(self.file),
        )
