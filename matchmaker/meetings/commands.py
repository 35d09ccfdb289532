"""The command that plans a day from a file, for comparison and for use without the product's pages."""

from pathlib import Path

import click

from matchmaker.engines.timetable.day import PROOF_SECONDS, DayError, Progress
from matchmaker.engines.timetable.dzn import read_dzn
from matchmaker.engines.timetable.form import read_day, write_plan


@click.command("plan-day")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", default=0, show_default=True, help="Another seed gives another plan.")
@click.option(
    "--moves", type=click.IntRange(1), help="Effort of the annealing; by default by the size of the day."
)
@click.option(
    "--least", type=click.IntRange(0), help="Meetings guaranteed to every firm, instead of each firm's own."
)
@click.option(
    "--prove", "proving", is_flag=True, help="Hold every meeting with the fewest breaks, and prove it."
)
@click.option(
    "--limit",
    type=click.FloatRange(0),
    default=PROOF_SECONDS,
    show_default=True,
    help="Seconds for the proof.",
)
@click.option("--quiet", is_flag=True, help="Tell nothing on the way.")
def plan_day_command(
    file: Path, seed: int, moves: int | None, least: int | None, proving: bool, limit: float, quiet: bool
) -> None:
    """Plan the B2B day of a JSON file, or of a .dzn file of the published benchmark, and print the plan as JSON."""
    # The engine brings two solvers; no other command and no page needs them.
    from matchmaker.engines.timetable.place import Effort  # noqa: PLC0415
    from matchmaker.engines.timetable.planning import plan_day  # noqa: PLC0415
    from matchmaker.engines.timetable.prover import prove, write_proof  # noqa: PLC0415
    from matchmaker.engines.timetable.together import named  # noqa: PLC0415

    try:
        text = file.read_text(encoding="utf-8")
        day = read_dzn(text) if file.suffix == ".dzn" else read_day(text)
        if proving:
            click.echo(write_proof(named(day, prove(day, limit=limit, seed=seed))), nl=False)
            return
        plan = plan_day(
            day,
            effort=Effort(moves) if moves else None,
            seed=seed,
            least=least,
            watch=None if quiet else _tell,
        )
    except (DayError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(write_plan(plan), nl=False)


def _tell(progress: Progress) -> bool:
    click.echo(
        f"\r{progress.held} of {progress.requested} held, {progress.breaks} breaks (at least {progress.breaks_bound}), "
        f"{progress.seconds_left:.0f} s left ",
        nl=False,
        err=True,
    )
    return True
