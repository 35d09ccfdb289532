"""Words for what the library holds, and the news it sends."""

from flask_babel import lazy_gettext as _l

from matchmaker.library.enums import (
    GuideState,
    GuideTopic,
    Instrument,
    NoteState,
    NoteVerb,
    QuestionStatus,
    TargetGroup,
    TextState,
    Visibility,
)
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind

NOTE_STATES = {
    NoteState.DRAFT: (_l("Draft"), ""),
    NoteState.IN_REVIEW: (_l("In review"), "info"),
    NoteState.APPROVED: (_l("Approved"), "ok"),
    NoteState.RETIRED: (_l("Withdrawn from use"), ""),
}
NOTE_VERBS = {
    NoteVerb.SUBMIT: _l("Send for review"),
    NoteVerb.RETURN: _l("Return to the author"),
    NoteVerb.APPROVE: _l("Approve this version"),
    NoteVerb.REVISE: _l("Begin a new version"),
    NoteVerb.RETIRE: _l("Withdraw from use"),
}
NOTE_DONE = {
    NoteVerb.SUBMIT: _l("The note is sent for review."),
    NoteVerb.RETURN: _l("The note is returned to its author."),
    NoteVerb.APPROVE: _l("The version is approved and can be read by the others."),
    NoteVerb.REVISE: _l("You can write the next version. The approved one stays readable."),
    NoteVerb.RETIRE: _l("The note is withdrawn from use."),
}
TEXT_STATES = {
    TextState.SOURCE: (_l("Original"), "info"),
    TextState.MISSING: (_l("Not translated"), ""),
    TextState.OUTDATED: (_l("Older than the original"), "warn"),
    TextState.UNCHECKED: (_l("Check needed"), "warn"),
    TextState.CHECKED: (_l("Checked"), "ok"),
}
VISIBILITIES = {
    Visibility.INSTITUTION: _l("Our institution only"),
    Visibility.MOU: _l("The parties of the memorandum"),
    Visibility.INSTITUTIONS: _l("All institutions"),
}
INSTRUMENTS = {
    Instrument.GRANT: _l("Grant"),
    Instrument.LOAN: _l("Loan"),
    Instrument.GUARANTEE: _l("Guarantee"),
    Instrument.TRAINING: _l("Training"),
    Instrument.CONSULTING: _l("Consulting"),
    Instrument.EXPORT_SUPPORT: _l("Export support"),
    Instrument.INCUBATION: _l("Incubation"),
    Instrument.DIGITAL: _l("Digital service"),
    Instrument.NETWORK: _l("Network of firms"),
}
TARGET_GROUPS = {
    TargetGroup.ENTREPRENEURS: _l("Entrepreneurs without a firm"),
    TargetGroup.MICRO: _l("Micro firms"),
    TargetGroup.SMES: _l("Small and medium-sized firms"),
    TargetGroup.EXPORTERS: _l("Exporting firms"),
    TargetGroup.MANUFACTURERS: _l("Manufacturing firms"),
    TargetGroup.WOMEN: _l("Firms led by women"),
    TargetGroup.YOUNG: _l("Young entrepreneurs"),
}
QUESTION_STATES = {
    QuestionStatus.OPEN: (_l("Waiting for an answer"), "info"),
    QuestionStatus.OVERDUE: (_l("Overdue"), "danger"),
    QuestionStatus.ANSWERED: (_l("Answered"), "ok"),
    QuestionStatus.ANSWERED_LATE: (_l("Answered late"), "warn"),
}
TOPICS = {
    GuideTopic.CERTIFICATES: _l("Certificates and conformity"),
    GuideTopic.CUSTOMS: _l("Customs"),
    GuideTopic.PAYMENTS: _l("Payments"),
    GuideTopic.VISAS: _l("Visas and stay"),
    GuideTopic.LOGISTICS: _l("Transport"),
    GuideTopic.CONTRACTS: _l("Contracts and disputes"),
}
GUIDE_STATES = {
    GuideState.DRAFT: (_l("Draft"), ""),
    GuideState.PUBLISHED: (_l("Published"), "ok"),
    GuideState.WITHDRAWN: (_l("Withdrawn"), ""),
}
PARTS = {
    "problem": _l("Problem"),
    "approach": _l("What is done"),
    "results": _l("Results and evidence"),
    "cost_per_result": _l("Cost per result"),
    "legal_basis": _l("Legal basis"),
    "conditions": _l("What another institution needs to take it over"),
    "risks": _l("Risks"),
}
"""The parts of a practice note after its title, in the order of reading."""

for _name, _sentence, _news in (
    ("note_to_review", _l("The practice note %(subject)s waits for your review."), _l("A practice note waits for your review.")),
    ("note_returned", _l("Your practice note %(subject)s was returned with a remark."), _l("There is an answer to your practice note.")),
    ("note_approved", _l("Your practice note %(subject)s is approved."), _l("There is an answer to your practice note.")),
    ("note_adopted", _l("Another institution took over your practice: %(subject)s."), _l("Another institution took over a practice of yours.")),
    ("question_asked", _l("There is a question for your institution: %(subject)s."), _l("There is a question for your institution.")),
    ("question_overdue", _l("The answer to a question is overdue: %(subject)s."), _l("The answer to a question is overdue.")),
    ("question_answered", _l("Your question is answered: %(subject)s."), _l("A question of yours is answered.")),
):  # fmt: skip
    add_kind(_name, NoticeCategory.WORK, _sentence, _news)
