"""How long the tasks of an institution have waited, by kind and age, and who is told that some are overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.i18n import in_language, language
from matchmaker.core.sheets_out import Cell
from matchmaker.home import due_days, inbox
from matchmaker.home.assigning import notices, rules
from matchmaker.home.enums import TaskKind
from matchmaker.home.inbox import Task
from matchmaker.home.rules import OFFICERS
from matchmaker.home.task_labels import KIND_LABELS
from matchmaker.institutions.models import Institution
from matchmaker.institutions.queries import officers_of

BANDS: Final = (2, 7, 30)
"""The last day of each band of age but the oldest, which has no end."""

SHORTEST_LIST: Final = 20
"""Of no kind does an inbox show fewer; where there are so many, there may be more than are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """The tasks of one kind by age, and how many of them are past their last day."""

    kind: TaskKind
    bands: tuple[int, ...]
    late: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.bands)


@dataclass(frozen=True, slots=True)
class Ageing:
    """The report of one institution."""

    institution: Institution
    lines: list[Line]
    is_cut: bool


def band_of(since: datetime, now: datetime) -> int:
    """The place of the band into which a task falls that waits since then, in whole days."""
    days = (now - since).days
    return next((place for place, last in enumerate(BANDS) if days <= last), len(BANDS))


def lines_of(found: Sequence[Task], country: str) -> list[Line]:
    """One line for each kind of which there are tasks."""
    late, now = set(due_days.overdue(found, country)), clock.now()
    lines = []
    for kind in inbox.counts(found):
        own = [task for task in found if task.kind is kind]
        places = [band_of(task.since, now) for task in own]
        bands = tuple(places.count(place) for place in range(len(BANDS) + 1))
        lines.append(Line(kind, bands, sum(task in late for task in own)))
    return lines


def reports(actor: Actor) -> list[Ageing]:
    """The report of the actor's institution; of every one that has officers for those of the operator."""
    return [_report(institution) for institution in _institutions(actor)]


def _institutions(actor: Actor) -> list[Institution]:
    place = rules.workplace(actor)
    found = select(Institution).where(Institution.country.is_not(None)).order_by(Institution.id)
    if not actor.is_operator:
        found = found.where(Institution.id == (place.institution_id if place else 0))
    return [one for one in db.session.scalars(found) if officers_of(one.id, *OFFICERS)]


def _report(institution: Institution) -> Ageing:
    found = _open_tasks(institution)
    lines = lines_of(found, institution.country or "")
    return Ageing(institution, lines, any(line.total >= SHORTEST_LIST for line in lines))


def _open_tasks(institution: Institution) -> list[Task]:
    return inbox.tasks(rules.whole_institution(institution.id, institution.country or ""))


def band_names() -> list[str]:
    """The heads of the bands in the reader's language."""
    first = 0
    names = []
    for last in BANDS:
        names.append(_("%(first)s–%(last)s days", first=first, last=last))
        first = last + 1
    return [*names, ngettext("More than %(num)s day", "More than %(num)s days", BANDS[-1])]


def sheet(actor: Actor) -> tuple[list[str], list[list[Cell]]]:
    """The same as heads and rows of a file."""
    heads = [_("Institution"), _("Task"), *band_names(), _("Together"), _("Overdue")]
    rows: list[list[Cell]] = [
        [one.institution.name(language()), str(KIND_LABELS[line.kind]), *line.bands, line.total, line.late]
        for one in reports(actor)
        for line in one.lines
    ]
    return heads, rows


def tell_heads() -> int:
    """Tell who heads an institution of each task that is overdue, once, with one mail a day; returns how many were told."""
    told = 0
    found = select(Institution).where(Institution.country.is_not(None)).order_by(Institution.id)
    for institution in db.session.scalars(found).all():
        for head in _heads(institution):
            with in_language(head.language):
                late = due_days.overdue(_open_tasks(institution), institution.country)
                told += notices.tell_of_overdue(head, late)
    return told


def _heads(institution: Institution) -> list[Person]:
    """Its administrators, or its coordinators where it has none."""
    return officers_of(institution.id, InstitutionRole.ADMINISTRATOR) or officers_of(
        institution.id, InstitutionRole.COORDINATOR
    )
