"""Words of action plans."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.mous.plans.enums import ItemKind, ItemState

KINDS = {
    ItemKind.OBJECTIVE: _l("Objective"),
    ItemKind.MILESTONE: _l("Milestone"),
    ItemKind.TASK: lazy_pgettext("action plan", "Task"),
}
STATES = {
    ItemState.OPEN: (_l("To do"), ""),
    ItemState.RUNNING: (_l("Under way"), "info"),
    ItemState.DONE: (_l("Done"), "ok"),
    ItemState.DROPPED: (_l("Dropped"), ""),
}
