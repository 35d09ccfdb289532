"""What the worker does for memorandums by itself."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.jobs import loop
from matchmaker.mous import services
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind

EVERY_SECONDS = 3600

for _days, _sentence in (
    (180, _l("Memorandum %(subject)s ends in less than 180 days. Prepare its renewal.")),
    (90, _l("Memorandum %(subject)s ends in less than 90 days.")),
    (
        30,
        _l("Memorandum %(subject)s ends in less than 30 days. Afterwards nothing can be published under it."),
    ),
):
    add_kind(
        f"mou_ends_{_days}", NoticeCategory.WORK, _sentence, _l("A memorandum of your institution ends soon.")
    )


@loop("memorandum warnings", EVERY_SECONDS)
def warn_of_ending_memorandums() -> None:
    """Tell the owners once at 180, 90 and 30 days before the end."""
    services.warn_of_ends()
