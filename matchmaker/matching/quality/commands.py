"""Commands: how good the points are, and which points the decisions speak for."""

import click
from flask.cli import with_appcontext

from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.matching.quality import services
from matchmaker.matching.quality.calibration import Calibration
from matchmaker.matching.quality.report import QualityReport, report, weights_of
from matchmaker.matching.weighing import queries
from matchmaker.matching.weighing.models import WeightSet

VERDICTS = {1: "is shown to be better", 0: "is not shown to be better or worse", -1: "is shown to be worse"}


@click.command("fit-quality")
@click.argument("number", type=int, required=False)
@with_appcontext
def fit_quality(number: int | None) -> None:
    """Compare the points in use with set NUMBER (or the open proposal) on held-out decisions."""
    other = db.session.get(WeightSet, number) if number else queries.proposed() or queries.in_use()
    if other is None:
        raise click.ClickException(f"There is no set {number}; the page of points shows their numbers.")
    for line in _lines(report(queries.weights_in_use(), weights_of(other))):
        click.echo(line)


def _lines(found: QualityReport) -> list[str]:
    head = (
        f"{found.decisions} held-out decisions, {found.accepted} accepted, in {found.lists} lists; "
        f"{found.told} lists hold both answers."
    )
    lines = [
        head,
        f"{'':14}{found.one.name:>10}{found.other.name:>10}{'difference':>12}{'95% interval':>20}",
    ]
    for one in found.measures:
        interval = f"{one.least:+.3f} to {one.most:+.3f}"
        lines.append(f"{one.measure:14}{one.one:10.3f}{one.other:10.3f}{one.difference:+12.3f}{interval:>20}")
    if found.few:
        lines.append("Too few lists to say anything.")
    lines.append(f"Set {found.other.name} {VERDICTS[found.verdict]}.")
    return lines


@click.command("fit-calibrate")
@click.option("--keep", is_flag=True, help="Keep the proposal as a draft for the simulation page.")
@with_appcontext
def fit_calibrate(keep: bool) -> None:
    """Propose points from decisions and say how sure they are; a person has to take the draft up."""
    with unit_of_work():
        try:
            found = services.learn()
        except ValueError as error:
            raise click.ClickException("Accepted and refused introductions are needed.") from error
        kept = services.keep_calibration(found).id if keep else None
    for line in _learned(found):
        click.echo(line)
    if kept is not None:
        click.echo(f"Kept as draft {kept}: open /fit/weights/{kept}, read the simulation, then propose it.")


def _learned(found: Calibration) -> list[str]:
    head = (
        f"{found.decisions} decisions, {found.accepted} accepted, in the lists of {found.lists} firms; "
        "the held-out half was not read."
    )
    meetings = [f"{found.meetings} of them were said after meetings of B2B days."] if found.meetings else []
    lines = [head, *meetings, f"{'criterion':14}{'now':>5}{'then':>6}{'90% interval':>16}"]
    for one in found.learned:
        interval = f"{one.least} to {one.most}"
        lines.append(f"{one.criterion:14}{one.now:5}{one.then:6}{interval:>16}")
    if found.few:
        lines.append("Too few decisions: these points say more about chance than about firms.")
    return lines
