"""Forms of notices."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.forms import BaseForm
from matchmaker.core.versions import VersionedForm
from matchmaker.notifications.enums import NewsCategory, NoticeCategory

CATEGORY_NAMES: dict[NoticeCategory, LazyString] = {
    NoticeCategory.MATCHES: _l("Requests, answers and introductions"),
    NoticeCategory.MESSAGES: _l("New messages"),
    NoticeCategory.FIRM: _l("My firm: verification and members"),
    NoticeCategory.WORK: _l("Work that waits at my institution"),
}


NEWS_NAMES: dict[NewsCategory, LazyString] = {
    NewsCategory.SAVED_SEARCHES: _l("New firms for my saved searches"),
}


class MailChoiceForm(BaseForm):
    """Of which categories mail is wanted."""

    categories = SelectMultipleField(
        _l("Send me a mail about"),
        choices=[(str(category), name) for category, name in CATEGORY_NAMES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    news = SelectMultipleField(
        _l("Mails that come only if you ask for them"),
        choices=[(str(category), name) for category, name in NEWS_NAMES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class DraftForm(VersionedForm):
    """The words of a draft."""

    subject = StringField(
        _l("Subject"),
        validators=[
            InputRequired(_l("Write the subject.")),
            Length(max=500, message=_l("Write at most %(max)d letters.")),
        ],
    )
    text = TextAreaField(
        _l("Text"),
        validators=[
            InputRequired(_l("Write the text.")),
            Length(max=20000, message=_l("Write at most %(max)d letters.")),
        ],
        render_kw={"rows": 14},
    )
