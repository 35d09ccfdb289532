"""What the pages of imports show, put together from stored rows."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.i18n import show_number
from matchmaker.core.jobs import Job, JobState
from matchmaker.firms.models import RegisterImport, RegisterImportError
from matchmaker.firms.registers import labels
from matchmaker.firms.registers.columns import Column
from matchmaker.firms.registers.entries import SizeCategory
from matchmaker.firms.registers.labels import COLUMNS, FLAWS, OUTCOMES, SHEET_PROBLEMS
from matchmaker.firms.registers.lists import Outcome
from matchmaker.firms.registers.queries import ERRORS_SHOWN
from matchmaker.firms.registers.sheets import SheetProblem
from matchmaker.firms.registers.tables import REMARKS, Flaw

MOST_SHOWN = 500


@dataclass(frozen=True)
class Running:
    """The progress of a job that is not over: words and per cent."""

    words: str
    percent: int
    remaining: str


def running(job: Job | None) -> Running | None:
    """The progress while a job waits or runs; None when nothing runs."""
    if job is None or job.is_over:
        return None
    if job.state is JobState.QUEUED:
        return Running(_("Waiting for the worker"), 0, "")
    percent = round(100 * job.done / job.total) if job.total else 0
    rate = int(job.detail.get("rate", 0))
    words = _("%(rate)s entries a second", rate=show_number(rate)) if rate else _("Running")
    return Running(words, percent, left(int(job.detail.get("remaining", 0))) if rate else "")


def left(seconds: int) -> str:
    """The remaining time in words, minutes rounded up."""
    if seconds < 60:
        return str(_("less than a minute left"))
    minutes = -(-seconds // 60)
    return str(ngettext("about %(num)s minute left", "about %(num)s minutes left", minutes))


@dataclass(frozen=True)
class RegisterPage:
    """One import of a register as its page shows it."""

    imported: RegisterImport
    job: Job | None
    errors: list[RegisterImportError]

    @property
    def running(self) -> Running | None:
        """The progress while it runs."""
        return running(self.job)

    @property
    def may_go_on(self) -> bool:
        """Whether it stopped before its end and nothing runs."""
        return self.imported.finished_at is None and self.job is not None and self.job.is_over

    @property
    def failed(self) -> bool:
        """Whether the job ended with an error."""
        return self.job is not None and self.job.state is JobState.FAILED

    @property
    def totals(self) -> list[tuple[str, int]]:
        """Entries read and what became of them; the first number is the sum of the others."""
        one = self.imported
        return [
            (_("Entries read"), one.read),
            (_("New"), one.added),
            (_("Changed"), one.changed),
            (_("Unchanged"), one.unchanged),
            (_("Malformed"), one.malformed),
        ]

    @property
    def kinds(self) -> list[tuple[str, list[int]]]:
        """Entries by kind, and in each by size category."""
        names = {"company": _("Companies"), "sole_trader": _("Sole traders")}
        return [
            (name, [int(self.imported.counts.get(f"{kind}.{category}", 0)) for category in SizeCategory])
            for kind, name in names.items()
        ]

    @property
    def not_mapped(self) -> int:
        """Entries whose region lies outside ISO 3166-2."""
        return int(self.imported.counts.get("not_mapped", 0))

    @property
    def findings(self) -> list[tuple[str, str, str, str]]:
        """Member, place, sentence and detail of what could not be taken."""
        return [(row.member, row.place, *labels.finding(row.reason)) for row in self.errors]

    @property
    def next_after(self) -> int | None:
        """From where the next page of errors begins, if there is one."""
        return self.errors[-1].id if len(self.errors) == ERRORS_SHOWN else None


@dataclass(frozen=True)
class ListPage:
    """One run over an agency's list as its page shows it."""

    job: Job

    @property
    def running(self) -> Running | None:
        """The progress while it runs."""
        return running(self.job)

    @property
    def result(self) -> dict[str, Any]:
        """The report, empty until there is one."""
        return self.job.result

    @property
    def applied(self) -> bool:
        """Whether this run takes the list over; otherwise it only checks."""
        return bool(self.job.arguments.get("applying"))

    @property
    def file_name(self) -> str:
        """The name of the uploaded file."""
        return str(self.job.arguments.get("file_name", ""))

    @property
    def refused(self) -> str:
        """Why the file cannot be read, empty when it can."""
        problem = self.result.get("refused")
        return str(SHEET_PROBLEMS[SheetProblem(problem)]) if problem else ""

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """What the rows do or did."""
        counts = self.result.get("outcomes", {})
        return [(str(OUTCOMES[outcome]), int(counts.get(outcome.value, 0))) for outcome in Outcome]

    @property
    def to_do(self) -> int:
        """How many rows would make or change a firm."""
        counts = self.result.get("outcomes", {})
        return int(counts.get("created", 0)) + int(counts.get("updated", 0))

    @property
    def may_apply(self) -> bool:
        """Whether there is something to take over."""
        return not self.applied and self.job.state is JobState.DONE and self.to_do > 0 and not self.refused

    @property
    def columns(self) -> str:
        """The columns that were understood, in one line."""
        return ", ".join(str(COLUMNS[Column(name)]) for name in self.result.get("columns", []))

    @property
    def unknown(self) -> str:
        """The headings that were not understood, in one line."""
        return ", ".join(self.result.get("unknown", []))

    @property
    def problems(self) -> list[tuple[int, str, str, str, bool]]:
        """Row, column, sentence, value, and whether it keeps the row out."""
        return [
            (
                row,
                str(COLUMNS[Column(column)]) if column else "",
                str(FLAWS[Flaw(flaw)]),
                value,
                flaw not in REMARKS,
            )
            for row, column, flaw, value in self.result.get("problems", [])[:MOST_SHOWN]
        ]

    @property
    def not_shown(self) -> int:
        """How many problems the page leaves out."""
        return int(self.result.get("problem_count", 0)) - len(self.problems)
