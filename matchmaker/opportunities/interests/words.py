"""Words of interests, and the news they send."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.opportunities.interests.enums import Answer

ANSWERS: Final = {
    Answer.SUITABLE: (lazy_pgettext("interest", "Suitable"), "ok"),
    Answer.MORE_INFORMATION: (_l("More information needed"), "warn"),
    Answer.NOT_SUITABLE: (lazy_pgettext("interest", "Not suitable"), ""),
    Answer.NOT_ELIGIBLE: (_l("Not eligible"), ""),
}
WAITING: Final = (_l("Waits for an answer"), "info")
ANSWER_NOTES: Final = {
    Answer.SUITABLE: _l("Suitable: we want to be introduced"),
    Answer.MORE_INFORMATION: _l("More information needed: the firm may write again"),
    Answer.NOT_SUITABLE: _l("Not suitable: this does not fit what we look for"),
    Answer.NOT_ELIGIBLE: _l("Not eligible: the firm does not meet a condition"),
}

for _name, _category, _sentence, _news in (
    ("interest_expressed", NoticeCategory.MATCHES, _l("A firm is interested in your opportunity “%(subject)s”."), _l("A firm is interested in an opportunity of yours.")),
    ("interest_reminder", NoticeCategory.MATCHES, _l("A firm that is interested in “%(subject)s” waits for your answer."), _l("A firm waits for your answer.")),
    ("interest_answered", NoticeCategory.MATCHES, _l("There is an answer to your interest in “%(subject)s”."), _l("There is an answer to your interest.")),
    ("interest_escalated", NoticeCategory.WORK, _l("A firm of yours does not answer an interest in “%(subject)s”, in spite of two reminders."), _l("A firm of yours does not answer an interest.")),
):  # fmt: skip
    add_kind(_name, _category, _sentence, _news)
