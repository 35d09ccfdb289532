"""Forms of practice notes."""

from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.actor import Actor
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGE_NAMES, language
from matchmaker.core.versions import VersionedForm
from matchmaker.firms.fields import DayField, QuantityField
from matchmaker.institutions.models import Institution
from matchmaker.library import words
from matchmaker.library.enums import Instrument, TargetGroup, Visibility
from matchmaker.library.models import NoteText, PracticeNote
from matchmaker.library.note_services import WORDS, NoteFacts
from matchmaker.library.rules import LONGEST_PROSE
from matchmaker.mous.models import Mou
from matchmaker.reference import practice_areas

CURRENCIES = ("TRY", "RUB", "KZT", "EUR", "USD")
NAME = Length(max=200, message=_l("Write at most %(max)d letters."))
LINE = Length(max=500, message=_l("Write at most %(max)d letters."))
PROSE = Length(max=LONGEST_PROSE, message=_l("Write at most %(max)d letters."))


def currency_choices() -> list[tuple[str, Any]]:
    """Currencies with their names in the reader's language, and the empty choice."""
    names = Locale.parse(language()).currencies
    return [("", _l("None")), *((code, names.get(code, code)) for code in CURRENCIES)]


class FactsForm(VersionedForm):
    """What a note says beside its words."""

    practice_area = SelectField(_l("Practice area"))
    instrument = SelectField(
        _l("Instrument"), choices=[(kind.value, label) for kind, label in words.INSTRUMENTS.items()]
    )
    target_group = SelectField(
        _l("For whom"), choices=[(group.value, label) for group, label in words.TARGET_GROUPS.items()]
    )
    budget = QuantityField(
        _l("Budget"), description=_l("Of the whole practice, or of one year if it goes on.")
    )
    currency = SelectField(_l("Currency of the budget"))
    starts_on = DayField(_l("Began on"))
    ends_on = DayField(_l("Ended on"), description=_l("Leave empty while it goes on."))
    visibility = SelectField(
        _l("Who may read it once it is approved"),
        choices=[(one.value, label) for one, label in words.VISIBILITIES.items()],
    )
    mou_id = SelectField(_l("Memorandum"), coerce=int)

    def __init__(self, *args: Any, mous: list[Mou], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice_area.choices = practice_areas.choices(language())
        self.currency.choices = currency_choices()
        self.mou_id.choices = [(0, _l("None")), *((mou.id, mou.title(language())) for mou in mous)]

    def show(self, note: PracticeNote) -> None:
        """Fill in what is kept."""
        for name in ("practice_area", "budget", "currency", "starts_on", "ends_on", "version"):
            self[name].data = getattr(note, name)
        self.instrument.data, self.target_group.data = note.instrument.value, note.target_group.value
        self.visibility.data, self.mou_id.data = note.visibility.value, note.mou_id or 0

    def facts(self) -> NoteFacts:
        """What the service needs."""
        return NoteFacts(
            practice_area=self.practice_area.data,
            instrument=Instrument(self.instrument.data),
            target_group=TargetGroup(self.target_group.data),
            budget=self.budget.data,
            currency=self.currency.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            visibility=Visibility(self.visibility.data),
            mou_id=self.mou_id.data or None,
        )


class NewNoteForm(FactsForm):
    """The beginning of a note: its title in the author's language, its institution and facts."""

    title = StringField(_l("Title"), [InputRequired(_l("Enter a title.")), NAME])
    source_language = SelectField(_l("Language of the original"), choices=list(LANGUAGE_NAMES.items()))
    institution_id = SelectField(_l("Institution"), coerce=int)

    def __init__(
        self, *args: Any, mous: list[Mou], institutions: list[Institution], actor: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, mous=mous, **kwargs)
        self.institution_id.choices = [(one.id, one.name(language())) for one in institutions]
        if not self.is_submitted():
            self.source_language.data, self.visibility.data = actor.language, Visibility.MOU.value
            self.mou_id.data = mous[0].id if len(mous) == 1 else 0


class TextForm(VersionedForm):
    """The words of a note in one language."""

    title = StringField(_l("Title"), [InputRequired(_l("Enter a title.")), NAME])
    problem = TextAreaField(words.PARTS["problem"], [PROSE], render_kw={"rows": 5})
    approach = TextAreaField(words.PARTS["approach"], [PROSE], render_kw={"rows": 6})
    results = TextAreaField(
        words.PARTS["results"],
        [PROSE],
        description=_l("Figures with their year and where they come from."),
        render_kw={"rows": 5},
    )
    cost_per_result = StringField(words.PARTS["cost_per_result"], [LINE])
    legal_basis = StringField(words.PARTS["legal_basis"], [LINE])
    conditions = TextAreaField(words.PARTS["conditions"], [PROSE], render_kw={"rows": 4})
    risks = TextAreaField(words.PARTS["risks"], [PROSE], render_kw={"rows": 4})

    @classmethod
    def of(cls, text: NoteText | None) -> "TextForm":
        """The form with the words that are kept."""
        return cls(data={name: getattr(text, name) for name in (*WORDS, "version")} if text else None)

    def words(self) -> dict[str, str]:
        """What the service needs."""
        return {name: self[name].data or "" for name in WORDS}

    def seen(self) -> int:
        """The version of the words that the reader saw; 0 where there were none yet."""
        return self.version.data or 0


class RemarkForm(BaseForm):
    """What the author has to change."""

    remark = TextAreaField(_l("What has to be changed"), [PROSE], render_kw={"rows": 3})


class FileForm(BaseForm):
    """One file for a note."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("PDF, PNG, JPEG, DOCX or XLSX. Readers of the note can download it."),
    )


class AdoptionForm(BaseForm):
    """What an institution took over."""

    institution_id = SelectField(_l("Institution that took it over"), coerce=int)
    what = TextAreaField(
        _l("What was taken over"),
        [InputRequired(_l("Say what was taken over.")), PROSE],
        description=_l("Which part, with which changes, and since when it works."),
        render_kw={"rows": 4},
    )
    adopted_on = DayField(_l("Since"), [InputRequired(_l("Enter the date, day first."))])

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution_id.choices = [(one.id, one.name(language())) for one in institutions]
