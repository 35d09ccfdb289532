"""The words of expert exchanges."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.programmes.exchanges.enums import (
    AgreementParty,
    CostModel,
    ExchangeFormat,
    ExchangeStage,
    LanguageLevel,
    PaperKind,
)

FORMATS: dict[ExchangeFormat, LazyString] = {
    ExchangeFormat.MISSION: _l("Expert mission"),
    ExchangeFormat.STUDY_VISIT: _l("Study visit"),
    ExchangeFormat.ASSESSMENT: _l("Assessment mission"),
    ExchangeFormat.SECONDMENT: _l("Secondment"),
}
COST_MODELS: dict[CostModel, LazyString] = {
    CostModel.HOST: _l("The host bears the costs"),
    CostModel.SENDER: _l("The sending institution bears the costs"),
    CostModel.SHARED: _l("Travel by the sender, stay by the host"),
    CostModel.RECIPROCAL: _l("Without money, on a mutual basis"),
}
STAGES: dict[ExchangeStage, tuple[LazyString, str]] = {
    ExchangeStage.WITH_SENDER: (_l("With the sending institution"), "info"),
    ExchangeStage.WITH_HOST: (_l("With the host"), "info"),
    ExchangeStage.AGREEMENT: (_l("Agreement to be confirmed"), "warn"),
    ExchangeStage.READY: (_l("Ready to start"), "ok"),
    ExchangeStage.RUNNING: (lazy_pgettext("exchange", "Running"), "ok"),
    ExchangeStage.PAPERS: (_l("Papers due"), "warn"),
    ExchangeStage.CLOSED: (lazy_pgettext("exchange", "Closed"), ""),
    ExchangeStage.ENDED: (_l("Not continued"), "danger"),
}
PARTIES: dict[AgreementParty, LazyString] = {
    AgreementParty.EXPERT: _l("The expert"),
    AgreementParty.HOST_PERSON: _l("The person at the host"),
    AgreementParty.SENDING_INSTITUTION: _l("The sending institution"),
    AgreementParty.HOST_INSTITUTION: _l("The host institution"),
}
PAPERS: dict[PaperKind, LazyString] = {
    PaperKind.REPORT: _l("Report of the expert"),
    PaperKind.EXPERT_EVALUATION: _l("Evaluation by the expert"),
    PaperKind.HOST_EVALUATION: _l("Evaluation by the host"),
}
LEVELS: dict[LanguageLevel, LazyString] = {
    LanguageLevel.B1: _l("B1, everyday work"),
    LanguageLevel.B2: _l("B2, at ease in meetings"),
    LanguageLevel.C1: _l("C1, fluent"),
    LanguageLevel.C2: _l("C2, as a second mother tongue"),
    LanguageLevel.NATIVE: _l("Mother tongue"),
}
TERMS: dict[str, LazyString] = {
    "objectives": _l("Objectives"),
    "tasks_expert": _l("Tasks of the expert"),
    "tasks_sender": _l("Tasks of the sending institution"),
    "tasks_host": _l("Tasks of the host"),
    "deliverables": _l("Deliverables"),
    "timetable": _l("Timetable"),
    "money": _l("Money"),
    "insurance": _l("Insurance"),
}
"""The parts of an agreement, in the order of the page."""
