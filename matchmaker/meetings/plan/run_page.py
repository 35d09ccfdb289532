"""What is shown of the search for a timetable: how far it is, what came of it, how good the plan is."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import zones
from matchmaker.core.i18n import show_number, show_percent
from matchmaker.core.jobs import Job, JobState
from matchmaker.meetings.models import B2bDay, TimetableRun
from matchmaker.meetings.plan import queries, reasons


@dataclass(frozen=True, slots=True)
class RunPage:
    """The last run: going on with its progress, or over with a notice; and the figures of the plan stored last."""

    running: int | None
    """Per cent of the effort spent; None where nothing is going on."""
    line: str
    left: str
    stopping: str
    """How it ends where somebody asked that; empty where nobody did."""
    notice: tuple[str, str] | None
    ended: str
    """What is said at the moment when a search ends with a plan; empty where it goes on or came to none."""
    figures: list[dict[str, str]]
    figures_of: str
    reason: str
    """Why no plan holds every wish, where that is known."""


def run_page(day: B2bDay) -> RunPage:
    """The search of a day as it stands."""
    run = queries.last_run(day.id)
    job = queries.job_of(run) if run else None
    stored = queries.stored_run(day.id)
    figures = figures_of(stored.bounds) if stored else []
    at = zones.show_at(stored.stored_at, day.zone) if stored else ""
    if run is None or job is None or job.is_over:
        ended = _ended(run) if run and run.stored_at else ""
        return RunPage(None, "", "", "", _notice(run, job), ended, figures, at, _reason(day, stored))
    percent = round(100 * job.done / job.total) if job.total else 0
    return RunPage(percent, _line(job), _left(job), _stopping(run, job), None, "", figures, at, "")


def _ended(run: TimetableRun) -> str:
    held, requested = run.bounds["held"], run.bounds["requested"]
    return str(
        _("The timetable is ready: %(held)s of %(requested)s meetings held.", held=held, requested=requested)
    )


def _reason(day: B2bDay, stored: TimetableRun | None) -> str:
    told = stored.bounds.get("reason") if stored else None
    return reasons.in_words(day, told) if told else ""


def _line(job: Job) -> str:
    """The best so far beside the bound."""
    told = job.detail
    if told.get("proving"):
        return str(
            _(
                "Proving: no plan has fewer than %(bound)s breaks, the best one has %(breaks)s.",
                bound=told["breaks_bound"],
                breaks="–" if told["breaks"] is None else told["breaks"],
            )
        )
    if "held" not in told:
        return str(_("The search begins."))
    return str(
        _(
            "Best so far: %(held)s of %(requested)s chosen meetings, %(breaks)s breaks; at least %(bound)s are needed.",
            held=told["held"],
            requested=told["requested"],
            breaks=told["breaks"],
            bound=told["breaks_bound"],
        )
    )


def _left(job: Job) -> str:
    seconds = job.detail.get("seconds_left")
    if seconds is None or job.detail.get("proving"):
        return ""
    return str(_("about %(seconds)s s left", seconds=max(1, round(seconds))))


def _stopping(run: TimetableRun, job: Job) -> str:
    if job.cancel_asked:
        return str(_("The search is being cancelled. The timetable stays as it is."))
    if run.stop_asked:
        return str(_("It ends at the next look and keeps the best plan so far."))
    return ""


def _notice(run: TimetableRun | None, job: Job | None) -> tuple[str, str] | None:
    """What the reader should know of a run that did not end in a stored plan."""
    if run is None or job is None or run.stored_at is not None:
        return None
    outcome = job.result.get("outcome")
    if job.state is JobState.CANCELLED:
        return str(_("The search was cancelled. The timetable is as it was.")), ""
    if outcome == "changed":
        return (
            str(
                _(
                    "The day was changed while the search went on, so its plan was not put over the change."
                    " Run it again."
                )
            ),
            "warn",
        )
    if outcome == "refused":
        return str(
            _("The day contradicts itself and cannot be planned. Look at its tables and locks.")
        ), "danger"
    return str(_("The search did not come to its end. Run it again.")), "danger"


def figures_of(bounds: dict[str, Any]) -> list[dict[str, str]]:
    """How good a plan is beside what no plan can beat, for ui.facts."""
    proven = _("proven: fewer is impossible") if bounds["proven"] else ""
    breaks = _("%(breaks)s, at least %(bound)s", breaks=bounds["breaks"], bound=bounds["breaks_bound"])
    shown = [
        (_("Meetings held"), _of(bounds["held"], bounds["requested"])),
        (_("Must-meets held"), _of(bounds["must_held"], bounds["must"]) if bounds["must"] else ""),
        (
            _("Weight"),
            _(
                "%(weight)s of at most %(bound)s",
                weight=show_number(bounds["weight"]),
                bound=show_number(bounds["weight_bound"]),
            ),
        ),
        (_("Breaks"), f"{breaks} ({proven})" if proven else breaks),
        (_("Most breaks of a firm"), str(bounds["most_breaks"])),
        (_("Changes of table"), str(bounds["table_changes"])),
        (_("Table places used"), show_percent(bounds["table_fill"])),
        (
            _("Firm with the smallest share"),
            _of(bounds["worst_held"], bounds["worst_wished"]) if bounds["worst_firm"] else "",
        ),
        (_("Firms below the guaranteed minimum"), str(len(bounds["below_least"]))),
    ]
    return [{"term": str(term), "value": str(value)} for term, value in shown if value]


def _of(part: int, whole: int) -> str:
    return str(_("%(part)s of %(whole)s", part=part, whole=whole))
