"""What the page of the points after a day shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import show_date, show_number
from matchmaker.firms.names import ShownName
from matchmaker.matching.fit_words import CRITERIA
from matchmaker.matching.naming import shown_names
from matchmaker.matching.quality.calibration import FEW_DECISIONS, FEW_OF_A_KIND
from matchmaker.matching.weighing import queries as weighing
from matchmaker.matching.weighing.simulation import Change
from matchmaker.matching.weighing.words import name_of
from matchmaker.meetings.lessons import learning, next_day, rules
from matchmaker.meetings.lessons.learning import Checked, Learning
from matchmaker.meetings.lessons.next_day import NextDay
from matchmaker.meetings.lessons.rules import Finding
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.show_page import title

SHOWN_LISTS = 20
CHECKS = {
    1: _l("By these points the useful meetings stand higher than by those in use; that is more than chance."),
    0: _l("On them neither set is shown to be better."),
    -1: _l("By these points the useful meetings stand lower than by those in use; that is more than chance."),
}


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One criterion: points of one side in use, after the day, and the interval of what samples of firms give."""

    label: str
    now: int
    then: int
    least: int
    most: int

    @property
    def difference(self) -> int:
        """How many points more."""
        return self.then - self.now

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves the points in use out."""
        return not self.least <= self.now <= self.most


@dataclass(frozen=True, slots=True)
class ListRow:
    """Whose list of wishes changes, who enters its first places and who leaves them."""

    name: ShownName
    entered: list[tuple[ShownName, Change]]
    left: list[tuple[ShownName, Change]]


@dataclass(frozen=True, slots=True)
class NextPage:
    """The next day and what these points would change there."""

    title: str
    url: str
    when: str
    headline: str
    rows: list[ListRow]
    hidden: int


@dataclass(frozen=True, slots=True)
class PointsPage:
    """What a day says of the points, and what somebody may do about it."""

    day: B2bDay
    name: str
    in_use: str
    learning: Learning
    finding: str
    kind: str
    rows: Sequence[PointsRow]
    check: str
    next: NextPage | None
    stored: tuple[str, str] | None
    may_keep: bool

    @property
    def proposes(self) -> bool:
        """Whether other points are proposed."""
        return self.learning.finding is Finding.OTHERS


def points_page(actor: Actor, day: B2bDay) -> PointsPage:
    """Put the page together."""
    found = learning.learn(day)
    name = learning.name_of_day(day)
    stored = weighing.named_after(name)
    coming = next_day.next_day(day) if found.then else None
    return PointsPage(
        day=day,
        name=name,
        in_use=found.now.name,
        learning=found,
        finding=finding_text(found),
        kind={Finding.OTHERS: "info", Finding.AS_NOW: "ok"}.get(found.finding, "warn"),
        rows=_rows(found),
        check=_check_text(found.checked),
        next=_next(next_day.compare(coming, found.now, found.then)) if coming and found.then else None,
        stored=(name_of(stored), url_for("matching.weight_set", set_id=stored.id)) if stored else None,
        may_keep=rules.may_keep_points(actor, day),
    )


def finding_text(found: Learning) -> str:
    """The finding in words."""
    if found.finding is Finding.NOT_OVER:
        return str(_("The day is not over yet. Points are learned from it once it is."))
    if found.finding is Finding.TOO_FEW:
        return str(
            _(
                "Too few meetings to change the points: %(read)s answers can be learned from, %(useful)s of them useful. "
                "At least %(least)s are needed, with %(each)s useful and %(each)s not. Nothing is proposed.",
                read=found.ground.read,
                useful=found.ground.read_useful,
                least=FEW_DECISIONS,
                each=FEW_OF_A_KIND,
            )
        )
    if found.finding is Finding.ALIKE:
        return str(
            _("All answers are alike, so they do not tell one reason from another. Nothing is proposed.")
        )
    if found.finding is Finding.AS_NOW:
        return str(_("The day speaks for the points as they are. Nothing is proposed."))
    return str(_sure_text(found))


def _sure_text(found: Learning) -> str:
    rows = _rows(found)
    sure = [row.label for row in rows if row.is_sure]
    if not sure:
        return str(
            _("The day speaks for other points, but for no criterion is that more than chance could explain.")
        )
    text = _(
        "The day speaks for other points. More than chance explains it for: %(criteria)s.",
        criteria=", ".join(sure),
    )
    return str(text)


def _rows(found: Learning) -> list[PointsRow]:
    if found.found is None:
        return []
    return [
        PointsRow(str(CRITERIA[one.criterion]), one.now, one.then, one.least, one.most)
        for one in found.found.learned
    ]


def _check_text(checked: Checked | None) -> str:
    """What firms said that the calibration did not read says of the points that it found."""
    if checked is None:
        return ""
    if checked.few:
        return str(_("Too few firms are left to check these points by."))
    one = checked.measure
    figures = _(
        "Checked on the answers of %(lists)s firms that were kept for judging: nDCG %(now)s by the points in use, "
        "%(then)s by these.",
        lists=checked.lists,
        now=show_number(round(one.one, 3), 3),
        then=show_number(round(one.other, 3), 3),
    )
    return f"{figures} {CHECKS[one.shown]}"


def _next(found: NextDay) -> NextPage:
    shown = found.changes[:SHOWN_LISTS]
    numbers = {one.owner for one in shown}
    numbers |= {item.firm_id for one in shown for item in (*one.entered, *one.left)}
    named = shown_names(numbers)
    return NextPage(
        title=title(found.day),
        url=url_for("meetings.show", day_id=found.day.id),
        when=show_date(found.day.held_on),
        headline=_headline(found),
        rows=[
            ListRow(
                named[one.owner],
                [(named[item.firm_id], item) for item in one.entered],
                [(named[item.firm_id], item) for item in one.left],
            )
            for one in shown
        ],
        hidden=len(found.changes) - len(shown),
    )


def _headline(found: NextDay) -> str:
    if not found.changes:
        return str(_("No firm would see others in the first %(first)s places.", first=rules.FIRST_PLACES))
    places = ngettext("%(num)s place changes", "%(num)s places change", found.places)
    return str(
        _(
            "%(changed)s of %(lists)s firms would see others in the first %(first)s places of their wishes; %(places)s.",
            changed=len(found.changes),
            lists=found.lists,
            first=rules.FIRST_PLACES,
            places=places,
        )
    )
