"""Forms of sessions, attendance, check-in and the survey."""

from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.core.requests import key_of_record
from matchmaker.programmes.enums import ProgrammeMode
from matchmaker.programmes.forms import TickField, moment, required_at
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trainings.models import TrainingSession
from matchmaker.programmes.trainings.services import Opinion, SessionPlan
from matchmaker.programmes.words import MODES
from matchmaker.reference import languages

TOO_LONG = _l("Write at most %(max)d letters.")
MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


def _line(label: Any, most: int = 200, **options: Any) -> StringField:
    return StringField(label, validators=[Length(max=most, message=TOO_LONG)], **options)


class SessionForm(BaseForm):
    """One session; moments are typed as they are at the venue."""

    title_tr = _line(_l("Title in Turkish"))
    title_ru = _line(_l("Title in Russian"))
    title_en = _line(_l("Title in English"))
    starts_at = moment(_l("Begins"), required=True, description=_l("Day and time at the venue"))
    ends_at = moment(_l("Ends"), required=True, description=_l("Day and time at the venue"))
    trainer = _line(_l("Trainer"))
    mode = SelectField(_l("How people meet"), choices=[(one.value, word) for one, word in MODES.items()])
    place = _line(_l("Address and room"), 500)
    link = _line(
        _l("Link for those who take part online"),
        500,
        description=_l("Shown to confirmed participants only"),
    )
    language = SelectField(_l("Language"))
    interpretation = TickField(_l("Interpretation into"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongues = [(code, languages.title(code, language())) for code in LANGUAGES]
        self.language.choices = self.interpretation.choices = tongues

    def plan(self, programme: Programme) -> SessionPlan:
        """What was typed, moments in the zone of the venue."""
        zone = ZoneInfo(programme.zone)
        names = ("title_tr", "title_ru", "title_en", "trainer", "place", "link")
        return SessionPlan(
            starts_at=required_at(self.starts_at.data, zone),
            ends_at=required_at(self.ends_at.data, zone),
            mode=ProgrammeMode(self.mode.data),
            language=self.language.data,
            interpretation=tuple(self.interpretation.data or ()),
            **{name: (self[name].data or "").strip() for name in names},
        )


def values_of(programme: Programme, session: TrainingSession | None = None) -> dict[str, Any]:
    """What the form shows: a session as it is, or the beginning and place of the training for a new one."""
    zone, source = ZoneInfo(programme.zone), session or programme
    names = ["place", "link", "interpretation"]
    if session is not None:
        names += ["title_tr", "title_ru", "title_en", "trainer", "language"]
    found = {name: getattr(source, name) for name in names}
    for name in ("starts_at", "ends_at"):
        found[name] = getattr(source, name).astimezone(zone).replace(tzinfo=None)
    return {**found, "mode": source.mode.value}


class AttendanceForm(BaseForm):
    """Who was there, ticked on the list; nobody is an answer too."""

    present = SelectMultipleField(_l("Present"), coerce=key_of_record, validate_choice=False)


class CheckInForm(BaseForm):
    """The code of the session."""

    code = StringField(
        _l("Code of the session"),
        validators=[InputRequired(_l("Type the code that stands on the screen.")), Length(max=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class MaterialForm(BaseForm):
    """A file for the participants."""

    file = FileField(
        _l("File"),
        description=_l("PDF, PNG, JPEG, DOCX or XLSX"),
        validators=[InputRequired(_l("Choose a file."))],
    )


def _mark(label: Any) -> RadioField:
    return RadioField(
        label,
        choices=MARKS,
        description=_l("1 is bad, 5 is very good."),
        validators=[InputRequired(_l("Choose one."))],
    )


class SurveyForm(BaseForm):
    """What a participant thought of a session."""

    content = _mark(_l("The content"))
    trainer = _mark(_l("The trainer"))
    usefulness = _mark(_l("The use for your work"))
    comment = TextAreaField(
        _l("What should be different?"),
        description=_l("Do not write your name: the answers are anonymous."),
        validators=[Optional(), Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    def opinion(self) -> Opinion:
        """The marks and the comment."""
        content, trainer, usefulness = (
            int(field.data) for field in (self.content, self.trainer, self.usefulness)
        )
        return Opinion(content, trainer, usefulness, self.comment.data or "")
