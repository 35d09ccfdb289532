"""The words of outcomes, figures and lessons."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.meetings.enums import Outcome
from matchmaker.meetings.outcomes.benchmarks import Figure, Lesson, Standing

OUTCOMES: dict[Outcome, tuple[LazyString, str]] = {
    Outcome.NEXT_STEP_AGREED: (_l("Next step agreed"), "ok"),
    Outcome.COOPERATION_POSSIBLE: (_l("Cooperation possible"), "ok"),
    Outcome.USEFUL: (_l("Useful, no plan"), "info"),
    Outcome.NO_INTEREST: (_l("No interest"), ""),
    Outcome.NOT_HELD: (_l("Not held"), "danger"),
}
"""The best first, which is the order of the buttons."""
FIGURES: dict[Figure, tuple[LazyString, LazyString]] = {
    Figure.ACCEPTED: (_l("Requests accepted"), _l("usual: 40 to 60 per cent")),
    Figure.PER_FIRM: (_l("Meetings held a firm"), _l("usual: at least 2")),
    Figure.KEPT: (_l("Meetings kept"), _l("usual: 80 per cent and more")),
    Figure.SECOND: (_l("Lead to a second meeting"), _l("usual: 20 to 30 per cent")),
}
STANDINGS: dict[Standing, tuple[LazyString, str]] = {
    Standing.BELOW: (_l("Below the usual"), "warn"),
    Standing.WITHIN: (_l("As usual or better"), "ok"),
    Standing.ABOVE: (_l("Above the usual"), "info"),
    Standing.UNKNOWN: (_l("Not known yet"), ""),
}
LESSONS: dict[Lesson, LazyString] = {
    Lesson.TOO_FEW: _l(
        "Too few meetings of different fit have been judged to say whether fit tells good meetings from bad ones."
    ),
    Lesson.FIT_TELLS: _l(
        "The better fitting half of the meetings came out clearly better. The points in use tell good meetings from bad ones; "
        "choose the next day's meetings by them."
    ),
    Lesson.FIT_MISLEADS: _l(
        "The better fitting half of the meetings came out worse. Look at the points before the next day: what they count did "
        "not help here."
    ),
    Lesson.NO_DIFFERENCE: _l(
        "Meetings of better fit came out like the others. For the next day the wishes of the firms say more than the points."
    ),
}
