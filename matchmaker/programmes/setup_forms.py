"""Forms of the organiser: conditions, places kept for some, questions, a copy."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.programmes.eligibility import Eligibility
from matchmaker.programmes.enums import QuestionKind, QuestionStage, QuotaDimension
from matchmaker.programmes.forms import TickField, whole
from matchmaker.programmes.models import Programme
from matchmaker.programmes.setup_services import CARRIED, Kept, NewQuestion
from matchmaker.programmes.words import CARRIED_WORDS, QUESTION_KINDS, QUESTION_STAGES, WOMEN_LED
from matchmaker.reference import countries, nace, regions
from matchmaker.reference.size_rules import SizeClass
from matchmaker.reference.wording import size_class_label

SIZES = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM)
SPARE_LINES = 3


def party_countries(programme: Programme) -> list[str]:
    """The countries of the memorandum, in order of its parties."""
    return [party.institution.country for party in programme.mou.parties if party.institution.country]


class ConditionsForm(BaseForm):
    """Who may sign up."""

    firms_only = BooleanField(_l("Firms only"))
    countries = TickField(_l("Countries"), description=_l("Leave all unmarked for every country."))
    sizes = TickField(_l("Sizes"), description=_l("Leave all unmarked for every size."))
    sectors = TickField(_l("Sectors"), description=_l("Leave all unmarked for every sector."))
    verified = BooleanField(_l("Verified by its institution"))
    exports = BooleanField(_l("Has exported already"))
    declared = BooleanField(_l("Declaration of size that counts"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        kept = Eligibility.read(programme.eligibility).keep()
        super().__init__(*args, data=kept, **kwargs)
        spoken = language()
        self.countries.choices = [
            (code, countries.label(code, spoken)) for code in party_countries(programme)
        ]
        self.sizes.choices = [(size.value, size_class_label(size)) for size in SIZES]
        wanted = programme.sectors or [one.code for one in nace.at_level(2)]
        self.sectors.choices = [(code, f"{code} {nace.label(code, spoken)}") for code in wanted]

    def eligibility(self) -> Eligibility:
        """The conditions as typed."""
        return Eligibility(
            firms_only=self.firms_only.data,
            countries=tuple(self.countries.data or ()),
            sizes=tuple(self.sizes.data or ()),
            sectors=tuple(self.sectors.data or ()),
            verified=self.verified.data,
            exports=self.exports.data,
            declared=self.declared.data,
        )


def quota_choices(programme: Programme) -> list[tuple[str, str]]:
    """Everything that places can be kept for, as dimension:value."""
    spoken, codes = language(), party_countries(programme)
    found = [(f"country:{code}", countries.label(code, spoken)) for code in codes]
    found += [(f"size:{size.value}", size_class_label(size)) for size in SIZES]
    found += [("women_led:", str(WOMEN_LED))]
    wanted = programme.sectors or [one.code for one in nace.at_level(2)]
    found += [(f"sector:{code}", f"{code} {nace.label(code, spoken)}") for code in wanted]
    for code in codes:
        found += [(f"region:{one.code}", one.label(spoken)) for one in regions.of_country(code, spoken)]
    return found


class QuotaLine(Form):
    """Places kept for one group."""

    group = SelectField(_l("Kept for"), validators=[Optional()])
    places = IntegerField(
        _l("Places"),
        validators=[
            Optional(),
            NumberRange(1, 100_000, message=_l("Enter a number from %(min)s to %(max)s.")),
        ],
    )


class QuotasForm(BaseForm):
    """Places kept for groups of applicants."""

    quotas = FieldList(FormField(QuotaLine, _l("Kept places")), label=_l("Kept places"))
    release_on = DateField(_l("Unused places are free for everybody from"), validators=[Optional()])

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        kept = [
            {"group": f"{one.dimension.value}:{one.value}", "places": one.places} for one in programme.quotas
        ]
        data = {
            "quotas": [*kept, *({} for _ in range(SPARE_LINES))],
            "release_on": programme.quotas_release_on,
        }
        super().__init__(*args, data=data, **kwargs)
        choices = [("", _l("Nobody in particular")), *quota_choices(programme)]
        for line in self.quotas:
            line.form.group.choices = choices

    def kept(self) -> list[Kept]:
        """The lines that name a group."""
        lines = [line.form for line in self.quotas if line.form.group.data]
        return [
            Kept(
                QuotaDimension(line.group.data.partition(":")[0]),
                line.group.data.partition(":")[2],
                line.places.data or 0,
            )
            for line in lines
        ]


def _words(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=500, message=_l("Write at most %(max)d letters."))])


def _options(label: Any) -> TextAreaField:
    return TextAreaField(label, validators=[Optional(), Length(max=2000)], render_kw={"rows": 3})


class QuestionForm(BaseForm):
    """One more question."""

    stage = SelectField(
        _l("When it is asked"), choices=[(one.value, word) for one, word in QUESTION_STAGES.items()]
    )
    kind = SelectField(
        _l("Kind of answer"), choices=[(one.value, word) for one, word in QUESTION_KINDS.items()]
    )
    text_tr = _words(_l("Question in Turkish"))
    text_ru = _words(_l("Question in Russian"))
    text_en = _words(_l("Question in English"))
    options_tr = _options(_l("Options in Turkish, one a line"))
    options_ru = _options(_l("Options in Russian, one a line"))
    options_en = _options(_l("Options in English, one a line"))
    required = BooleanField(_l("Has to be answered"), default=True)

    def question(self) -> NewQuestion:
        """The question as typed; the options of the languages belong together line by line."""
        lines = {
            code: [line.strip() for line in (self[f"options_{code}"].data or "").splitlines() if line.strip()]
            for code in ("tr", "ru", "en")
        }
        count = max(len(words) for words in lines.values())
        options = tuple(
            {code: words[place] for code, words in lines.items() if place < len(words)}
            for place in range(count)
        )
        texts = {f"text_{code}": (self[f"text_{code}"].data or "").strip() for code in ("tr", "ru", "en")}
        kind = QuestionKind(self.kind.data)
        return NewQuestion(
            QuestionStage(self.stage.data),
            kind,
            options=options if kind is QuestionKind.CHOICE else (),
            required=self.required.data,
            **texts,
        )


class CloneForm(BaseForm):
    """The same programme again."""

    days = whole(_l("How many days later"), 1, 3650, default=364)
    carried = TickField(
        _l("What the copy takes over"),
        choices=[(name, CARRIED_WORDS[name]) for name in CARRIED],
        default=list(CARRIED),
    )
