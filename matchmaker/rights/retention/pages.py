"""What the pages of retention show: each class with its time in words, each destruction record as a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock
from matchmaker.core.retention import DataClass, DestructionRecord, RetentionTerm, data_classes
from matchmaker.core.sheets_out import Cell
from matchmaker.programmes.trips.words import DESTROYED
from matchmaker.rights.erasure_services import WHAT
from matchmaker.rights.retention import queries
from matchmaker.rights.retention.rules import Term, term_of
from matchmaker.rights.retention.services import METHOD


@dataclass(frozen=True, slots=True)
class Line:
    """One class with the time in force and the one that comes next."""

    data_class: DataClass
    term: Term
    next: RetentionTerm | None

    @property
    def kept(self) -> str:
        """The time in words."""
        if not self.data_class.is_purged:
            return str(_("Kept for proof, not destroyed by the clock"))
        if self.data_class.own_terms:
            return str(_("As each trip says, at most %(days)s days", days=self.data_class.most))
        return days_word(self.term.days)


def days_word(days: int) -> str:
    """A number of days in words."""
    return str(ngettext("%(num)s day", "%(num)s days", days) if days else _("Until the next night"))


def lines() -> list[Line]:
    """All classes of data, in the order in which they are destroyed."""
    terms = queries.terms()
    return [_line(one, terms) for one in data_classes()]


def line_of(data_class: DataClass) -> Line:
    """One class."""
    return _line(data_class, queries.terms())


def _line(data_class: DataClass, terms: Sequence[RetentionTerm]) -> Line:
    today = clock.today()
    term = term_of(data_class, terms, today)
    coming = [
        one
        for one in terms
        if one.data_class == data_class.key and one.valid_from > today and one.number > term.number
    ]
    # A time set later for an earlier day takes the place of one set before for a later day.
    return Line(data_class, term, min(coming, key=lambda one: one.valid_from) if coming else None)


def what_of(record: DestructionRecord) -> str:
    """What was destroyed, in words."""
    for one in data_classes():
        if one.key == record.data_class:
            return str(one.title)
    return str(_("Data of one person, on request")) if record.what == WHAT else record.what


def method_of(record: DestructionRecord) -> str:
    """How it was destroyed, in words."""
    if record.method == METHOD:
        return str(_("Rows deleted or emptied in the database, files removed from the disk"))
    return str(DESTROYED.get(record.method, record.method))


def rule_of(record: DestructionRecord) -> str:
    """By which rule it was destroyed, in words."""
    if record.days is None:
        return "–"
    time = days_word(record.days)
    if record.term_number is None:
        return str(_("%(time)s, set by the trip", time=time))
    if record.term_number:
        return str(_("%(time)s, rule no. %(number)s", time=time, number=record.term_number))
    return str(_("%(time)s, as delivered", time=time))


def columns() -> list[str]:
    """The heads of the file."""
    return [
        _("No."), _("When"), _("What was destroyed"), _("Rule"), _("Records"), _("People"), _("Files"),
        _("Date of the oldest"), _("Date of the newest"), _("Method of destruction"), _("Job no."),
    ]  # fmt: skip


def sheet(records: Sequence[DestructionRecord]) -> list[list[Cell]]:
    """The records as rows of the file."""
    return [
        [
            one.id, one.destroyed_at, what_of(one), rule_of(one), one.records, one.people, one.files,
            one.oldest_at, one.newest_at, method_of(one), one.job_id,
        ]
        for one in records
    ]  # fmt: skip
