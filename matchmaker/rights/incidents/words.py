"""The words of incidents: states, steps, items of notices, laws and areas."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.core.i18n import language
from matchmaker.core.retention import data_classes
from matchmaker.reference import countries
from matchmaker.reference.breach_clocks import BreachStep
from matchmaker.rights.incidents.enums import ClockState, EntryKind, IncidentState, ReportState
from matchmaker.rights.incidents.models import IncidentClock
from matchmaker.rights.words import law_word

__all__ = ["law_word"]

STATES = {
    IncidentState.OPEN: (lazy_pgettext("incident", "Open"), "warn"),
    IncidentState.CLOSED: (lazy_pgettext("incident", "Closed"), "ok"),
}
CLOCK_STATES = {
    ClockState.RUNNING: (lazy_pgettext("clock", "Running"), "info"),
    ClockState.SOON: (lazy_pgettext("clock", "Ends soon"), "warn"),
    ClockState.LATE: (lazy_pgettext("clock", "Late"), "danger"),
    ClockState.NO_HOUR: (_l("Without delay"), "warn"),
    ClockState.DONE: (_l("Done in time"), "ok"),
    ClockState.DONE_LATE: (_l("Done late"), "danger"),
    ClockState.NOT_REQUIRED: (_l("Not required"), ""),
}
STEPS = {
    BreachStep.FIRST_NOTICE: _l("First notice to the authority"),
    BreachStep.INQUIRY: _l("Result of the inquiry to the authority"),
    BreachStep.PERSONS: _l("Telling the persons"),
}
ENTRIES = {
    EntryKind.RECORDED: _l("Incident recorded"),
    EntryKind.STEP: _l("Step taken"),
    EntryKind.NOT_REQUIRED: _l("Step not required"),
    EntryKind.MEASURE: _l("Measure taken"),
    EntryKind.FACTS: _l("Facts corrected"),
    EntryKind.VOID: _l("Entry withdrawn"),
    EntryKind.CLOSED: _l("Incident closed"),
    EntryKind.REOPENED: _l("Incident opened again"),
}
REPORT_STATES = {
    ReportState.OPEN: (_l("To be looked into"), "warn"),
    ReportState.TAKEN: (_l("Being handled"), "info"),
    ReportState.DISMISSED: (_l("No incident"), ""),
}
ITEMS = {
    "what": _l("What happened, in plain words"),
    "when": _l("When it happened and when it was discovered"),
    "data": _l("Which kinds of data and how many records"),
    "people": _l("Which groups of people and about how many"),
    "causes": _l("The presumed causes"),
    "effects": _l("The likely or presumed harm to the people"),
    "measures": _l("What was done and is planned against it and its effects"),
    "contact": _l("Who answers questions, and how to reach them"),
    "delay": _l("If the notice is late: the reasons for that"),
    "result": _l("What the inquiry found"),
    "culprits": _l("Whose acts caused it, where that is known"),
}
FACTS = {
    "title": _l("Name of the incident"),
    "text": _l("What happened"),
    "discovered": _l("Discovered"),
    "occurred": _l("Happened"),
    "zone": _l("Time zone"),
    "data_classes": _l("Kinds of data"),
    "persons": _l("People concerned"),
    "institutions": _l("Institutions concerned"),
}
UNION = "EU"


def area_word(area: str) -> str:
    """The country or union whose law it is."""
    return str(_("European Union")) if area == UNION else countries.label(area, language())


def clock_word(clock: IncidentClock) -> str:
    """Whose law, and which step."""
    return f"{area_word(clock.area)}: {STEPS[clock.step]}"


def class_words(keys: list[str]) -> list[str]:
    """The kinds of data in words, in the order of retention."""
    return [str(one.title) for one in data_classes() if one.key in keys]


def item_word(item: str) -> str:
    """One item of a notice."""
    return str(ITEMS.get(item, item))
