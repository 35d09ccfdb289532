"""Words of the stages and of what figures are split by."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _l

from matchmaker.reports.enums import Cut, Stage

STAGES: dict[Stage, tuple[LazyString, LazyString]] = {
    Stage.REGISTERED: (
        lazy_pgettext("funnel", "Registered"),
        _l("Sent to its institution for the first time. Drafts do not count."),
    ),
    Stage.VERIFIED: (
        lazy_pgettext("funnel", "Verified"),
        _l("Verified by its institution for the first time."),
    ),
    Stage.MATCHED: (
        lazy_pgettext("funnel", "Matched"),
        _l("Both firms of a match said yes for the first time."),
    ),
    Stage.INTRODUCED: (
        lazy_pgettext("funnel", "Introduced"),
        _l("Introduced to another firm for the first time, after both coordinators approved."),
    ),
    Stage.MET: (
        lazy_pgettext("funnel", "Met"),
        _l("Took part in a meeting of a B2B day that was held. It counts on the day of the meeting."),
    ),
    Stage.COOPERATING: (
        lazy_pgettext("funnel", "Cooperating"),
        _l("Recorded a partnership with another firm for the first time."),
    ),
    Stage.DEAL: (
        lazy_pgettext("funnel", "Deal"),
        _l("Has a deal that the other firm confirmed, on the day of the first confirmation."),
    ),
}
"""What a stage is called, and what makes a firm count in it."""
CUTS: dict[Cut, LazyString] = {
    Cut.COUNTRY: _l("Country"),
    Cut.REGION: _l("Region"),
    Cut.SECTOR: _l("Sector"),
    Cut.MONTH: _l("Month"),
}
HOW: tuple[LazyString, ...] = (
    _l("The unit is the firm. Each stage counts a firm once, on the first day it reached the stage."),
    _l(
        "A stage once reached stays reached: a firm that is archived or leaves a match later goes on counting. "
        "Only a meeting that is later recorded as not held drops out."
    ),
    _l("Stages are counted each by its own records. A deal without a B2B meeting counts as a deal alone."),
    _l("A firm counts in the region and in the main sector that it had at the end of the day of the report."),
    _l(
        "Under a memorandum firms count as registered, verified and matched by their countries, and from the introduction on by the memorandum recorded with it."
    ),
    _l(
        "As of a past day only what was recorded by the end of that day counts, so the figures of that day come out again."
    ),
)
"""How the figures are counted, sentence by sentence."""
