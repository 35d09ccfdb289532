"""The notices of trips."""

from flask_babel import lazy_gettext as _l

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.wordings import reword_notice

_FIRM, _WORK = NoticeCategory.FIRM, NoticeCategory.WORK
for _name, _category, _sentence, _news in (
    (
        "trip_short",
        _WORK,
        _l("%(subject)s has too few firms at its deadline. Decide what becomes of it."),
        _l("A business trip has too few firms at its deadline."),
    ),
    (
        "trip_extended",
        _FIRM,
        _l("The deadline of %(subject)s was extended, because too few firms had signed up."),
        _l("The deadline of a business trip was extended."),
    ),
    (
        "trip_merged",
        _FIRM,
        _l("%(subject)s was merged with another trip. Your application was taken over there."),
        _l("A business trip was merged with another."),
    ),
    (
        "trip_cancelled",
        _FIRM,
        _l("%(subject)s does not take place, because too few firms had signed up."),
        _l("A business trip does not take place."),
    ),
    (
        "trip_goes_ahead",
        _FIRM,
        _l("%(subject)s takes place, although fewer firms signed up than planned."),
        _l("A business trip takes place."),
    ),
):
    add_kind(_name, _category, _sentence, _news)
    if _category is _FIRM:
        reword_notice(_name)
