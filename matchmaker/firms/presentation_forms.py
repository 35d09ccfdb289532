"""Forms of the steps that present a firm: texts, logo, and who sees what."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Form, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.core.actor import Actor
from matchmaker.core.files import store_logo
from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.firms import profile_services, rules, words
from matchmaker.firms.enums import FieldGroup, TextSource, Visibility
from matchmaker.firms.forms import StepForm
from matchmaker.firms.models import Firm
from matchmaker.firms.profile_services import Text

SUMMARY, DESCRIPTION, ADVANTAGES = 250, 4000, 2000


class TextForm(Form):
    """The texts in one language."""

    summary = StringField(
        _l("Summary"), [Length(max=SUMMARY)], description=_l("One sentence that a partner reads first.")
    )
    description = TextAreaField(_l("Description"), [Length(max=DESCRIPTION)], render_kw={"rows": 7})
    advantages = TextAreaField(_l("Advantages"), [Length(max=ADVANTAGES)], render_kw={"rows": 4})
    source = RadioField(
        _l("This text is"),
        choices=[(item.value, text) for item, text in words.TEXT_SOURCES.items()],
        default=TextSource.AUTHOR.value,
    )


class TextsForm(StepForm):
    """The texts of the three languages side by side."""

    tr = FormField(TextForm, _l("Turkish"))
    ru = FormField(TextForm, _l("Russian"))
    en = FormField(TextForm, _l("English"))

    def values(self, firm: Firm) -> dict[str, Any]:
        return {
            item.language: {
                "summary": item.summary,
                "description": item.description,
                "advantages": item.advantages,
                "source": item.source.value,
            }
            for item in firm.texts
        }

    @property
    def texts(self) -> "list[tuple[str, FormField[TextForm]]]":
        """The three languages, the reader's own first."""
        codes = sorted(LANGUAGES, key=lambda code: code != language())
        return [(code, self[code]) for code in codes]

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one language has a summary."""
        valid = bool(super().validate(extra_validators))
        if not any((part.form.summary.data or "").strip() for _code, part in self.texts):
            first = self.texts[0][1].form.summary
            first.errors = [*first.errors, _("Write a summary in at least one language.")]
            return False
        return valid

    def apply(self, actor: Actor) -> None:
        texts = {
            code: Text(
                summary=(part.form.summary.data or "").strip(),
                description=(part.form.description.data or "").strip(),
                advantages=(part.form.advantages.data or "").strip(),
                source=TextSource(part.form.source.data or TextSource.AUTHOR),
            )
            for code, part in self.texts
        }
        profile_services.set_texts(actor, self.firm, self.version.data, texts)


class LogoForm(StepForm):
    """The logo, or its removal."""

    logo = FileField(_l("Logo"), description=_l("PNG, JPEG or WebP. It is shown at most 256 pixels wide."))
    remove = BooleanField(_l("Remove the present logo"))

    def prepare(self) -> None:
        if self.firm.logo_id is None:
            del self.remove

    def apply(self, actor: Actor) -> None:
        if self.logo.data:
            stored = store_logo(actor, self.logo.data, "logo")
            profile_services.set_logo(actor, self.firm, self.version.data, stored)
        elif self.data.get("remove"):
            profile_services.set_logo(actor, self.firm, self.version.data, None)


class VisibilityForm(StepForm):
    """One choice for every field group that the firm may open or close."""

    def values(self, firm: Firm) -> dict[str, Any]:
        return {group.value: rules.visibility_of(firm, group).value for group in open_groups()}

    def apply(self, actor: Actor) -> None:
        levels = {group: Visibility(self[group.value].data) for group in open_groups()}
        profile_services.set_visibility(actor, self.firm, self.version.data, levels)


def open_groups() -> list[FieldGroup]:
    """The groups whose visibility a firm chooses."""
    return [group for group in FieldGroup if group not in rules.FIXED_GROUPS]


for _group in open_groups():
    setattr(
        VisibilityForm,
        _group.value,
        SelectField(
            words.GROUPS[_group],
            [InputRequired(_l("Choose who sees this."))],
            choices=[(level.value, text) for level, text in words.LEVELS.items()],
        ),
    )
