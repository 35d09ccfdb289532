"""The long work of a run: a letter for each delegate, the list of scores, both in one locked archive."""

import io
import zipfile
from collections.abc import Callable

from matchmaker.accounts.models import Person
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.i18n import in_language
from matchmaker.core.unit_of_work import next_unit_of_work
from matchmaker.institutions.queries import grants
from matchmaker.programmes.models import Programme
from matchmaker.programmes.screening import OnHold
from matchmaker.programmes.trips import frame_queries, letter_queries, letter_services, paper_queries
from matchmaker.programmes.trips.letter_services import Order
from matchmaker.programmes.trips.letter_texts import number_of
from matchmaker.programmes.trips.locked_files import keep_locked, open_locked
from matchmaker.programmes.trips.models import LetterRun
from matchmaker.programmes.trips.score_sheet import score_rows, score_sheet

Report = Callable[[int, int], object]
CHUNK = 10


def write_letters(run_id: int, report: Report) -> LetterRun:
    """Write what is missing of a run, from where it stopped; `report` commits what is complete and may end the work.

    Delegates without a passport and those of a firm that waits for compliance are left out and named in the run.
    """
    run = letter_queries.run(run_id)
    everybody = [one.id for one in frame_queries.delegates(run.programme_id)]
    done = letter_queries.with_letter(run.batch)
    missing = [number for number in everybody if number not in done]
    left_out: list[int] = []
    for start in range(0, len(missing), CHUNK):
        with next_unit_of_work():
            left_out += _write_some(run_id, missing[start : start + CHUNK])
        report(len(done) + min(start + CHUNK, len(missing)), len(everybody))
    with next_unit_of_work():
        run = letter_queries.run(run_id)
        run.left_out = left_out
        _finish(_actor(run), run, frame_queries.trip(run.programme_id))
    return letter_queries.run(run_id)


def _write_some(run_id: int, numbers: list[int]) -> list[int]:
    """Letters for some delegates; answers those left out. Everything is read anew, for commits lie between."""
    run = letter_queries.run(run_id)
    actor, order = _actor(run), Order(run.kind, run.language, run.addressee)
    programme = frame_queries.trip(run.programme_id)
    frame = frame_queries.frame(programme)
    papers = paper_queries.papers_of(numbers)
    left_out = []
    for delegate in frame_queries.delegates_by_number(numbers):
        mine = papers.get(delegate.id)
        if mine is None or not mine.passport_locked:
            left_out.append(delegate.id)
            continue
        try:
            letter_services.issue(
                actor, programme, delegate, order, frame=frame, papers=mine, batch=run.batch
            )
        except OnHold:
            left_out.append(delegate.id)
    return left_out


def _finish(actor: Actor, run: LetterRun, programme: Programme) -> None:
    letters = letter_queries.letters_of_batch(run.batch)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter in letters:
            name = number_of(letter.institution, letter.year, letter.number).replace("/", "-")
            archive.writestr(f"{name}.pdf", open_locked(letter.file))
        with in_language(run.language):
            archive.writestr("scores.xlsx", score_sheet(programme, *score_rows(actor, programme)))
    stored = keep_locked(actor, "letters.zip", out.getvalue())
    run.file_id, run.letters, run.finished_at = stored.id, len(letters), clock.now()
    audit.record(
        actor, "finish_letters", "trip", programme.id, after={"run": run.id, "letters": len(letters)}
    )
    db.session.flush()


def _actor(run: LetterRun) -> Actor:
    person = db.session.get_one(Person, run.ordered_by_id)
    return Actor(person_id=person.id, name=person.name, language=person.language, grants=grants(person.id))
