"""Forms of opportunities: what a firm writes, what institutions decide."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.compliance.rules import controlled
from matchmaker.core.errors import DomainError
from matchmaker.core.i18n import language
from matchmaker.core.versions import VersionedForm
from matchmaker.firms.fields import Between, DayField, QuantityField
from matchmaker.firms.list_forms import chosen_certificates, unit_choices, unknown_good
from matchmaker.mous.forms import cover_field
from matchmaker.opportunities import rules, words
from matchmaker.opportunities.enums import (
    OpportunityKind,
    OpportunityVerb,
    PartnerKind,
    PropertyState,
    Stage,
    Supply,
)
from matchmaker.opportunities.models import Opportunity
from matchmaker.opportunities.services import Incomplete
from matchmaker.opportunities.writing import LANGUAGES, Content, Words
from matchmaker.reference import countries, hs, languages, nace, partnerships
from matchmaker.reference.size_rules import SizeClass
from matchmaker.reference.wording import size_class_label

TOO_LONG = _l("Write at most %(max)d letters.")
SEPARATORS = re.compile(r"[,;\n]+")
SIZES = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM)
CODE_HINT = _l("Type a word or the first digits, then choose. Separate several codes by commas.")


def several(label: Any, **options: Any) -> SelectMultipleField:
    """A list of checkboxes."""
    return SelectMultipleField(
        label, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), **options
    )


def one_of(label: Any, named: Any, none: Any = None, **options: Any) -> SelectField:
    """A choice among the members of an enumeration, or nothing."""
    choices = [("", none or _l("Not stated")), *((one.value, word) for one, word in named.items())]
    return SelectField(label, choices=choices, **options)


def split_codes(text: str | None) -> list[str]:
    """The codes of a line, each once."""
    return list(dict.fromkeys(part.strip() for part in SEPARATORS.split(text or "") if part.strip()))


def line(rows: int, longest: int) -> dict[str, Any]:
    """A long text."""
    return {"validators": [Length(max=longest, message=TOO_LONG)], "render_kw": {"rows": rows}}


class FactsForm(VersionedForm):
    """What an opportunity says beside its words."""

    hs_codes = StringField(words.MISSING["hs_codes"], [Length(max=400)], description=CODE_HINT)
    sectors = StringField(words.MISSING["sectors"], [Length(max=400)], description=CODE_HINT)
    quantity = QuantityField(words.MISSING["quantity"], [Optional(), Between(0, 10**12)])
    unit = SelectField(_l("Unit"))
    supply = one_of(words.MISSING["supply"], words.SUPPLIES)
    stage = one_of(words.MISSING["stage"], words.STAGES)
    property_state = one_of(words.MISSING["property_state"], words.PROPERTY)
    partnerships = several(words.MISSING["partnerships"])
    partner_kind = one_of(words.MISSING["partner_kind"], words.PARTNERS)
    partner_sizes = several(_l("Size of the partner"))
    certificates = several(_l("Certificates"))
    languages = several(_l("Languages you can work in"))
    deadline = DayField(
        words.MISSING["deadline"],
        [Optional()],
        description=_l(
            "Day, month and year. It leaves the list the day after; without a day after twelve months."
        ),
    )
    anonymous = BooleanField(
        _l("Publish without our name"),
        description=_l(
            "Name, logo, town and page stay hidden until you accept an interest. Institutions see them."
        ),
    )
    countries = several(_l("Countries whose firms shall read it"))

    def validate_hs_codes(self, field: StringField) -> None:
        """Refuse an unknown code with the nearest ones."""
        typed = split_codes(field.data)
        unknown = next((text for text in typed if hs.get(hs.clean(text)) is None), None)
        if unknown is not None:
            raise ValidationError(unknown_good(unknown))
        _not_too_many(typed)

    def validate_sectors(self, field: StringField) -> None:
        """Refuse an unknown code."""
        typed = split_codes(field.data)
        if any(_sector(text) is None for text in typed):
            raise ValidationError(_("Choose codes from the list, such as 28.14."))
        _not_too_many(typed)


class OpportunityForm(FactsForm):
    """An opportunity of a kind; what the kind does not say is left out, and the words stand once for each language."""

    title_tr, title_ru, title_en = (
        StringField(words.MISSING["title"], [Length(max=rules.LONGEST_TITLE, message=TOO_LONG)])
        for _language in LANGUAGES
    )
    summary_tr, summary_ru, summary_en = (
        TextAreaField(words.MISSING["summary"], **line(3, rules.LONGEST_SUMMARY)) for _language in LANGUAGES
    )
    description_tr, description_ru, description_en = (
        TextAreaField(words.MISSING["description"], **line(6, rules.LONGEST_TEXT)) for _language in LANGUAGES
    )
    advantages_tr, advantages_ru, advantages_en = (
        TextAreaField(words.MISSING["advantages"], **line(3, rules.LONGEST_TEXT)) for _language in LANGUAGES
    )
    partner_role_tr, partner_role_ru, partner_role_en = (
        TextAreaField(
            words.MISSING["partner_role"],
            description=_l("What the partner does, and what you expect of it."),
            **line(3, rules.LONGEST_TEXT),
        )
        for _language in LANGUAGES
    )

    def __init__(self, kind: OpportunityKind, partners: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        spoken = language()
        self.kind = kind
        self.unit.choices = unit_choices()
        self.certificates.choices = chosen_certificates()
        self.languages.choices = list(languages.names(spoken).items())
        self.partner_sizes.choices = [(one.value, size_class_label(one)) for one in SIZES]
        self.countries.choices = [(code, countries.label(code, spoken)) for code in partners]
        self.partnerships.choices = [
            (f"{one.code}:{side}", one.side_label(side, spoken))
            for one in partnerships.all_types().values()
            for side in one.sides
        ]
        for name in rules.OMITTED[kind]:
            for field in (name, *(f"{name}_{code}" for code in LANGUAGES)):
                if field in self:
                    del self[field]
        for name in ("hs_codes", "sectors"):
            self[name].flags.required = self.is_required(self[name])
        if not self.is_submitted():
            self.countries.data = list(partners)

    def show(self, opportunity: Opportunity) -> None:
        """Fill in what is kept."""
        self.version.data = opportunity.version
        for name in (
            "partnerships",
            "certificates",
            "languages",
            "partner_sizes",
            "quantity",
            "unit",
            "deadline",
            "anonymous",
        ):
            self._fill(name, getattr(opportunity, name))
        for name in ("supply", "stage", "property_state", "partner_kind"):
            self._fill(name, getattr(opportunity, name) or "")
        goods = (hs.get(good.hs_code) for good in opportunity.goods)
        self.hs_codes.data = ", ".join(code.dotted for code in goods if code)
        self.sectors.data = ", ".join(sector.code for sector in opportunity.sectors)
        self.countries.data = [reach.country for reach in opportunity.reaches]
        for text in opportunity.texts:
            for name in rules.WORDS:
                self._fill(f"{name}_{text.language}", getattr(text, name))

    def _fill(self, name: str, value: Any) -> None:
        if name in self:
            self[name].data = value

    def _said(self, name: str) -> Any:
        return self[name].data if name in self else None

    def _word(self, name: str) -> str:
        return str(self._said(name) or "").strip()

    def content(self) -> Content:
        """What the service needs."""
        enums = {
            "supply": Supply,
            "stage": Stage,
            "property_state": PropertyState,
            "partner_kind": PartnerKind,
        }
        chosen: dict[str, Any] = {
            name: kind(self._said(name)) if self._said(name) else None for name, kind in enums.items()
        }
        texts = [
            Words(code, **{name: self._word(f"{name}_{code}") for name in rules.WORDS}) for code in LANGUAGES
        ]
        sectors = [_sector(text) or "" for text in split_codes(self.sectors.data)]
        return Content(
            texts=texts,
            countries=self.countries.data or (),
            hs_codes=list(dict.fromkeys(hs.clean(text) for text in split_codes(self.hs_codes.data))),
            sectors=list(dict.fromkeys(sectors)),
            partnerships=self.partnerships.data or (),
            certificates=self.certificates.data or (),
            languages=self.languages.data or (),
            partner_sizes=self.partner_sizes.data or (),
            quantity=self._said("quantity"),
            unit=self._said("unit") or "",
            deadline=self.deadline.data,
            anonymous=bool(self.anonymous.data),
            **chosen,
        )

    def refuse(self, error: DomainError) -> None:
        """Show what is missing beside each field; words are asked for in the language that was begun."""
        if not isinstance(error, Incomplete):
            super().refuse(error)
            return
        for name in error.lacking:
            where = f"{name}_{self.first_language}" if name in rules.WORDS else name
            super().refuse(DomainError(_("Fill this in before you send it."), where))

    @property
    def first_language(self) -> str:
        """The language whose words stand open: the first that was begun, else the reader's."""
        begun = (code for code in LANGUAGES if any(self._word(f"{name}_{code}") for name in rules.WORDS))
        spoken = language()
        return next(begun, spoken if spoken in LANGUAGES else LANGUAGES[-1])

    def words_in(self, code: str) -> list[Field]:
        """The fields of the words in one language."""
        return [self[f"{name}_{code}"] for name in rules.WORDS if f"{name}_{code}" in self]

    @property
    def written_languages(self) -> Iterator[str]:
        """The languages, the one that stands open first."""
        first = self.first_language
        yield from sorted(LANGUAGES, key=lambda code: code != first)

    def is_required(self, field: Field) -> bool:
        """Whether the kind asks for a field before it can be sent."""
        name = re.sub(r"_(tr|ru|en)$", "", field.short_name)
        return name in rules.REQUIRED[self.kind] or name == "countries"

    @property
    def chosen_goods(self) -> str:
        """What the typed codes stand for."""
        found = (hs.get(hs.clean(text)) for text in split_codes(self.hs_codes.data))
        return "; ".join(f"{one.dotted} {one.label(language())}" for one in found if one)

    @property
    def listed_goods(self) -> str:
        """Which of the typed codes touch the common high priority list."""
        typed = (hs.get(hs.clean(text)) for text in split_codes(self.hs_codes.data))
        found = (hs.get(good.code) for good in controlled(one.code for one in typed if one))
        return "; ".join(f"{one.dotted} {one.label(language())}" for one in found if one)

    @property
    def chosen_sectors(self) -> str:
        """What the typed codes stand for."""
        found = (nace.get(_sector(text) or "") for text in split_codes(self.sectors.data))
        return "; ".join(f"{one.code} {one.label(language())}" for one in found if one)


class ReviewForm(VersionedForm):
    """What the firm's institution decides."""

    decision = RadioField(_l("Decision"), validators=[InputRequired(_l("Choose one."))])
    note = TextAreaField(
        _l("Comment or reason"),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE, message=TOO_LONG)],
        description=_l(
            "The firm and the institutions concerned read it. Needed where you return or refuse, or where goods are on the "
            "common high priority list or the check found sensitive words."
        ),
        render_kw={"rows": 3},
    )
    override_reason = cover_field()

    def __init__(self, verbs: Sequence[OpportunityVerb], **options: Any) -> None:
        super().__init__(**options)
        labels = {
            OpportunityVerb.ANNOUNCE: _l("Approve and show it to the other institution"),
            OpportunityVerb.RETURN: _l("Return it to the firm with a comment"),
            OpportunityVerb.REFUSE: _l("Refuse it, or take it out of the list"),
        }
        self.decision.choices = [(verb.value, labels[verb]) for verb in verbs]


class AnswerForm(VersionedForm):
    """What the institution of a country reached says."""

    decision = RadioField(
        _l("Your answer"),
        choices=[
            (OpportunityVerb.CLEAR.value, _l("No objection: firms may see it now")),
            (OpportunityVerb.OBJECT.value, _l("We object")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    note = TextAreaField(
        _l("Reason for an objection"),
        validators=[Optional(), Length(max=rules.LONGEST_NOTE, message=TOO_LONG)],
        description=_l("The other institution and the firm read it."),
        render_kw={"rows": 3},
    )


def _sector(text: str) -> str | None:
    return nace.sector_of(text, nace.NaceRevision.NACE_2)


def _not_too_many(typed: Sequence[str]) -> None:
    if len(typed) > rules.MOST_CODES:
        raise ValidationError(_("Enter at most %(n)s codes.", n=rules.MOST_CODES))
