"""What notices keep of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.notifications.models import MutedCategory, NewsOptIn, Notice

PART = Part(
    "notices",
    _l("Notices"),
    held=(
        Held(Notice, _l("Notices to you"), (Notice.person_id,), Fate.REMOVED),
        Held(MutedCategory, _l("Mails that you turned off"), (MutedCategory.person_id,), Fate.REMOVED),
        Held(
            NewsOptIn,
            _l("Mails that come only if you ask for them"),
            (NewsOptIn.person_id,),
            Fate.REMOVED,
            secret=frozenset({"digest", "locked_token"}),
        ),
    ),
)
