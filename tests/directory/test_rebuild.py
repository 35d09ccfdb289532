"""A rebuild that is stopped while its crew is at work; on one database, because the crew is the same on both."""

from collections.abc import Callable, Sequence
from multiprocessing import active_children
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker.core import crew, jobs
from matchmaker.core.db import db
from matchmaker.directory import building, index, queries
from matchmaker.directory.tasks import REBUILD_JOB
from matchmaker.engines.search.query import SearchQuery
from tests.directory.given_firms import russian, turkish
from tests.sites import FORKS

Given = Callable[[], Any]


def found(app: Flask) -> list[int]:
    with app.app_context():
        return index.search_index().reader().ids(SearchQuery(), 100)


def test_a_rebuild_by_a_crew_that_is_stopped_leaves_the_old_index_alone(
    app: Flask, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed_after = queries.listed_after

    def ask_to_stop_after_the_first(last: int, most: int) -> Sequence[int]:
        if last:
            with db.engine.begin() as connection:
                connection.execute(update(jobs.Job).values(cancel_asked=True))
        return listed_after(last, most)

    with given():
        first = turkish().id
    with app.app_context():
        assert index.sync_now() == 1
    with given():
        other = russian().id
        job = jobs.enqueue(None, REBUILD_JOB)
    with monkeypatch.context() as crewed:
        crewed.setattr(queries, "listed_after", ask_to_stop_after_the_first)
        crewed.setattr(crew, "START", FORKS.get_start_method())
        for name, value in (("ALONE", 0), ("PROCESSES", 1), ("AT_ONCE", 1)):
            crewed.setattr(building, name, value)
        with app.app_context():
            jobs.run(job.id)

    with app.app_context():
        stopped = db.session.get_one(jobs.Job, job.id)
        assert (stopped.state, stopped.done, stopped.total) == (jobs.JobState.CANCELLED, 1, 2)
        assert [path.name for path in index.search_index().root.glob("generation-*")] == ["generation-000001"]
        assert not active_children()
        assert found(app) == [first]
        assert index.rebuild_index() == 2
    assert found(app) == [first, other]
