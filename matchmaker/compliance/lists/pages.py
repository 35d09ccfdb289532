"""What the page of a check shows, put together from its job."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.compliance.enums import ListForm
from matchmaker.compliance.lists import rules, services
from matchmaker.compliance.lists.labels import FLAWS, FORMS, list_problem
from matchmaker.compliance.lists.lines import REMARKS, Flaw
from matchmaker.core.jobs import Job, JobState
from matchmaker.firms.registers.pages import Running, running

MOST_SHOWN = 300


@dataclass(frozen=True)
class CheckPage:
    """One check of a file, or its taking in."""

    job: Job

    @property
    def running(self) -> Running | None:
        """The progress while it runs."""
        return running(self.job)

    @property
    def found(self) -> dict[str, Any]:
        """The report, empty until there is one."""
        return self.job.result

    @property
    def asked(self) -> dict[str, Any]:
        """The file and the list it is for."""
        return self.job.arguments

    @property
    def applying(self) -> bool:
        """Whether the file is being taken in; otherwise it is only checked."""
        return bool(self.job.arguments.get("applying"))

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self.job.state is JobState.CANCELLED

    @property
    def refused(self) -> str:
        """Why the file is no list that can be taken in, or was overtaken; empty when it can."""
        if "superseded" in self.found:
            return str(self.found["superseded"])
        problem = self.found.get("refused")
        return list_problem(problem, self.found.get("detail", "")) if problem else ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        """What the entries of the file are to the version in use."""
        names = {"new": _("New"), "changed": _("Changed"), "same": _("Unchanged"), "gone": _("Gone")}
        return [(str(name), int(self.found.get(key, 0))) for key, name in names.items()]

    @property
    def changes(self) -> list[tuple[str, str, list[list[str]], int]]:
        """The sorts of changes that occur: key, word, the first of them, and how many are not shown."""
        names = {"gone": _("Gone"), "changed": _("Changed"), "new": _("New")}
        shown = self.found.get("changes", {})
        return [
            (key, str(name), shown[key], int(self.found.get(key, 0)) - len(shown[key]))
            for key, name in names.items()
            if shown.get(key)
        ]

    @property
    def form(self) -> str:
        """The form of the file."""
        form = self.found.get("form")
        return str(FORMS[ListForm(form)]) if form else ""

    @property
    def version(self) -> str:
        """The version the file would be."""
        return services.version_of(self.job) if not self.applying else str(self.asked["version"])

    @property
    def dated(self) -> str:
        """The day of the file in ISO form, empty where it is not known."""
        return services.dated_of(self.job)

    @property
    def differs(self) -> bool:
        """Whether the file says anything else than the version in use."""
        return rules.differs(self.found)

    @property
    def many_gone(self) -> bool:
        """Whether many of the present entries are not in the file."""
        return rules.many_gone(self.found)

    @property
    def needs_word(self) -> bool:
        """Whether it is taken in only when the officer says so once more."""
        return rules.needs_word(self.found)

    @property
    def may_take_in(self) -> bool:
        """Whether the file of a good check can be taken in."""
        return services.may_take_in(self.job)

    @property
    def problems(self) -> list[tuple[int, str, str, bool]]:
        """Line, sentence, value, and whether it keeps the line out."""
        return [
            (line, str(FLAWS[Flaw(flaw)]), value, flaw not in REMARKS)
            for line, flaw, value in self.found.get("problems", [])[:MOST_SHOWN]
        ]

    @property
    def not_shown(self) -> int:
        """How many problems the page leaves out."""
        return int(self.found.get("problem_count", 0)) - len(self.problems)
