"""The form of a guide for exporters."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from matchmaker.core.i18n import language
from matchmaker.core.versions import VersionedForm
from matchmaker.firms.fields import DayField
from matchmaker.library import words
from matchmaker.library.enums import GuideTopic
from matchmaker.library.guide_services import GuideFacts
from matchmaker.library.models import Guide
from matchmaker.library.note_forms import LINE, NAME, PROSE
from matchmaker.reference import countries

TITLE = [DataRequired(_l("Enter the title in this language.")), NAME]
BODY = [DataRequired(_l("Enter the text in this language.")), PROSE]


class GuideForm(VersionedForm):
    """A guide in three languages."""

    from_country = SelectField(_l("For firms of"))
    to_country = SelectField(_l("Who sell to"), [InputRequired(_l("Choose a country."))])
    topic = SelectField(_l("Topic"), choices=[(topic.value, label) for topic, label in words.TOPICS.items()])
    title_tr = StringField(_l("Title in Turkish"), TITLE)
    body_tr = TextAreaField(_l("Text in Turkish"), BODY, render_kw={"rows": 8})
    title_ru = StringField(_l("Title in Russian"), TITLE)
    body_ru = TextAreaField(_l("Text in Russian"), BODY, render_kw={"rows": 8})
    title_en = StringField(_l("Title in English"), TITLE)
    body_en = TextAreaField(_l("Text in English"), BODY, render_kw={"rows": 8})
    source_note = StringField(
        _l("Source"),
        [DataRequired(_l("Say where this was read.")), LINE],
        description=_l("Document or page with its date, so that a colleague can check it."),
    )
    checked_on = DayField(
        _l("Facts checked on"),
        [InputRequired(_l("Enter the date, day first."))],
        description=_l("Firms see this day beside the guide."),
    )

    def __init__(self, *args: Any, own: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = language()
        self.from_country.choices = [(code, countries.label(code, spoken)) for code in own]
        self.to_country.choices = [("", _l("Choose a country")), *countries.names(spoken).items()]

    def show(self, guide: Guide) -> None:
        """Fill in what is kept."""
        for field in self:
            if hasattr(guide, field.short_name):
                field.data = getattr(guide, field.short_name)
        self.topic.data = guide.topic.value

    def facts(self) -> GuideFacts:
        """What the service needs."""
        texts = {
            f"{part}_{code}": self[f"{part}_{code}"].data.strip()
            for part in ("title", "body")
            for code in ("tr", "ru", "en")
        }
        return GuideFacts(
            **texts,
            from_country=self.from_country.data,
            to_country=self.to_country.data,
            topic=GuideTopic(self.topic.data),
            source_note=(self.source_note.data or "").strip(),
            checked_on=self.checked_on.data,
        )
