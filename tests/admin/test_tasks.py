"""Sealing and the nightly check of the audit log, the command, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from matchmaker.admin.tasks import CHECK_JOB, check_at_night
from matchmaker.core import audit, clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.audit_guards import POSTGRESQL, SQLITE
from matchmaker.core.db import db
from matchmaker.core.jobs import Job, enqueue
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.notifications.models import Notice
from tests.factories.institutions import InstitutionFactory, official


def checked(app: Flask, *options: str) -> tuple[int, str]:
    """The command's exit code and output."""
    result = app.test_cli_runner().invoke(args=["check-audit", *options])
    return result.exit_code, result.output


def change_behind_the_back(app: Flask) -> int:
    """Change one sealed row as somebody who owns the database may; answers its number."""
    with app.app_context():
        connection = db.session.connection()
        table = "" if connection.dialect.name == "sqlite" else " ON audit_entry"
        connection.exec_driver_sql(f"DROP TRIGGER audit_entry_guard_update{table}")
        entry = db.session.scalars(select(AuditEntry.id).where(AuditEntry.sequence == 2)).one()
        db.session.execute(text("UPDATE audit_entry SET actor_id = 99 WHERE id = :id"), {"id": entry})
        guards = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
        connection.exec_driver_sql(guards["audit_entry_guard_update"])
        db.session.commit()
        return entry


def test_a_changed_row_is_found_by_command_and_job_and_told(
    app: Flask, given: Callable[[], Any], work_off: Callable[[], int]
) -> None:
    with given():
        operator = InstitutionFactory(kind=InstitutionKind.OPERATOR)
        admin = official(operator, InstitutionRole.ADMINISTRATOR).id
        official(InstitutionFactory(), InstitutionRole.ADMINISTRATOR)
        for number in range(3):
            audit.record(None, "change", "firm", number)
    work_off()
    code, whole = checked(app)
    assert (code, "3 sealed entries" in whole) == (0, True)
    head = whole.split("Head: ")[1].strip()
    assert checked(app, "--noted", head)[0] == 0
    assert "made anew" in checked(app, "--noted", "2:beef")[1]
    assert checked(app, "--noted", "no")[0] == 2

    entry = change_behind_the_back(app)

    assert checked(app) == (1, f"Error: Entry {entry} (place 2) was changed after it was sealed.\n")
    with given():
        enqueue(None, CHECK_JOB)
    work_off()
    with app.app_context():
        job = db.session.scalars(select(Job).where(Job.kind == CHECK_JOB)).one()
        assert job.result["broken"]["entry_id"] == entry
        notices = db.session.scalars(select(Notice).where(Notice.kind == "audit_log_broken")).all()
        assert [(one.person_id, one.subject) for one in notices] == [(admin, f"{entry}, changed")]


@pytest.mark.parametrize(
    ("hour", "last", "due"),
    [(1, None, True), (4, None, False), (2, 1, False), (1, 24, True), (9, 24, False), (9, 37, True)],
)
def test_the_chain_is_checked_each_night(
    session: Any, monkeypatch: pytest.MonkeyPatch, hour: int, last: int | None, due: bool
) -> None:
    now = clock.now().replace(hour=hour, minute=0)
    if last is not None:
        session.add(Job(kind=CHECK_JOB, created_at=now - timedelta(hours=last)))
        session.flush()
    monkeypatch.setattr(clock, "now", lambda: now)

    check_at_night()

    assert len(session.scalars(select(Job).where(Job.kind == CHECK_JOB)).all()) == due + (last is not None)
