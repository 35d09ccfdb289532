"""The words of checks."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.enums import CheckRule
from matchmaker.meetings.presence.enums import Refusal

RULES: dict[CheckRule, LazyString] = {
    CheckRule.ONCE: _l("Everybody passes once"),
    CheckRule.ONCE_A_DAY: _l("Everybody passes once a day"),
    CheckRule.FREE: _l("As often as they like"),
}
REFUSALS: dict[Refusal, LazyString] = {
    Refusal.UNKNOWN: _l("No badge of this day has this code. Search for the name."),
    Refusal.REPLACED: _l("Somebody else came in this person's place. Search for the name."),
    Refusal.CANCELLED: _l("This firm cancelled. Ask whoever runs the day."),
    Refusal.PASSED: _l("This badge has passed already."),
    Refusal.NOT_OPEN: _l("Check-in opens when the timetable is published."),
}
