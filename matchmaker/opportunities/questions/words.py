"""Words of questions about opportunities, and the news they send."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.opportunities.questions.enums import HiddenPart, QuestionState

STATES: Final = {
    QuestionState.OPEN: (_l("Waits for an answer"), "info"),
    QuestionState.ANSWERED: (lazy_pgettext("opportunity question", "Answered"), "ok"),
    QuestionState.DECLINED: (lazy_pgettext("opportunity question", "Not answered"), ""),
    QuestionState.WITHDRAWN: (lazy_pgettext("opportunity question", "Withdrawn"), ""),
}
CLOSED: Final = (lazy_pgettext("opportunity question", "Closed with the opportunity"), "")
HIDDEN: Final = {
    HiddenPart.QUESTION: (_l("Question hidden"), "danger"),
    HiddenPart.ANSWER: (_l("Answer hidden"), "danger"),
}
PARTS: Final = {
    HiddenPart.QUESTION: _l("The question, and with it the answer"),
    HiddenPart.ANSWER: _l("The answer: the firm may write it again"),
}
_M, _W = NoticeCategory.MATCHES, NoticeCategory.WORK

for _name, _category, _sentence, _news in (
    ("opportunity_question_asked", _M, _l("A firm has a question about your opportunity “%(subject)s”."), _l("A firm has a question about an opportunity of yours.")),
    ("opportunity_question_answered", _M, _l("Your question about “%(subject)s” is answered."), _l("There is an answer to your question about an opportunity.")),
    ("opportunity_question_shared", _M, _l("A question about “%(subject)s” is answered; the answer is for all interested firms."), _l("There is a new answer about an opportunity that interests you.")),
    ("opportunity_question_corrected", _M, _l("An answer about “%(subject)s” was corrected."), _l("An answer about an opportunity that interests you was corrected.")),
    ("opportunity_question_declined", _M, _l("The firm does not answer your question about “%(subject)s”. Read the reason."), _l("There is an answer to your question about an opportunity.")),
    ("opportunity_question_hidden", _M, _l("An institution has hidden what you wrote about “%(subject)s”. Read the reason."), _l("An institution has hidden something that your firm wrote.")),
    ("opportunity_question_rewritten", _W, _l("A hidden answer about the opportunity “%(subject)s” was written again. Decide whether firms see it."), _l("A hidden answer was written again.")),
):  # fmt: skip
    add_kind(_name, _category, _sentence, _news)
