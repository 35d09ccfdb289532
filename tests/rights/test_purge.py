"""What is older than its time is gone from tables, index, files and logs; what is not stays, and a record tells it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.accounts.services import create_person
from matchmaker.compliance.models import Screening
from matchmaker.core import clock, jobs
from matchmaker.core.actor import Actor
from matchmaker.core.audit_chain import check
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile, keep_content, path_of
from matchmaker.core.forms import UsedFormToken
from matchmaker.core.jobs import Job, JobState, Progress
from matchmaker.core.mail import MailState, OutboxMail, queue_mail
from matchmaker.core.retention import DestructionRecord, RetentionTerm, data_classes
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.directory.index import sync_now
from matchmaker.matching.enums import MatchState
from matchmaker.meetings.plan.agenda_books import AGENDA_JOB
from matchmaker.messages.models import Message
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.models import Delegate, SignUp
from matchmaker.programmes.trips.models import TravelPapers, TripApplication
from matchmaker.rights.incidents.enums import ReportState
from matchmaker.rights.incidents.models import IncidentReport
from matchmaker.rights.retention import services, tasks
from matchmaker.rights.retention.tasks import PURGE_JOB
from tests.factories.accounts import PersonFactory, session_of
from tests.factories.files import stored_pdf
from tests.factories.firms import FirmFactory
from tests.factories.matching import MatchFactory
from tests.factories.messages import MessageFactory, attachment_of
from tests.factories.programmes import ProgrammeFactory, SignUpFactory
from tests.factories.rights import ready_export
from tests.factories.trips import TripFactory, traveller_of
from tests.rights.traces import values_anywhere

pytestmark = pytest.mark.data
VALUE = "Şebboy-Kervansarayı 20771"
LATIN = "sebboy20771@example.com"
VALUES = (VALUE, LATIN)
LATER = timedelta(days=5 * 365)


def plant() -> dict[str, int]:
    """Something to be found in each class that is purged, and how many pieces there are."""
    person = PersonFactory()
    session_of(person.id).browser = VALUE
    db.session.add(UsedFormToken(digest="d" * 64, location=f"/firms?q={VALUE}"))
    mail = queue_mail("reset", to=LATIN, language="tr", name=VALUE, token="t" * 43)
    assert mail is not None
    mail.state, mail.sent_at = MailState.SENT, clock.now()
    create_person(LATIN, name=VALUE, password="a long enough sentence")
    _conversation()
    _sign_up(person.id)
    _journey()
    _files(person.id)
    told = {"text": VALUE, "noticed": VALUE, "answer": VALUE, "state": ReportState.DISMISSED}
    db.session.add(IncidentReport(person_id=person.id, decided_at=clock.now(), **told))
    db.session.flush()
    return {one.key: 1 for one in data_classes() if one.is_purged and one.key != "index_changes"}


def _conversation() -> None:
    match = MatchFactory(state=MatchState.CLOSED, request_text=VALUE, end_note=VALUE, ended_at=clock.now())
    message = MessageFactory(match_id=match.id, text=f"Ask {VALUE} or {LATIN}.")
    _filled(attachment_of(message).file_id)


def _sign_up(person_id: int) -> None:
    stored = stored_pdf(f"{VALUE}.pdf")
    _filled(stored.id)
    sign_up = SignUpFactory(
        programme_id=TripFactory().id,
        person_id=person_id,
        state=SignUpState.REFUSED,
        note=VALUE,
        reason=VALUE,
        ended_at=clock.now(),
        answers={"1": VALUE, "2": {"file": stored.id, "name": f"{VALUE}.pdf"}},
    )
    delegate = Delegate(sign_up_id=sign_up.id, name=VALUE, email=f"not.{LATIN}")
    db.session.add(delegate)
    db.session.flush()
    compared = {"names": [VALUE], "numbers": []}
    db.session.add(Screening(firm_id=FirmFactory().id, delegate_id=delegate.id, lists=[], query=compared))
    db.session.add(TripApplication(sign_up_id=sign_up.id, objectives=VALUE))


def _journey() -> None:
    trip = TripFactory(state=ProgrammeState.DONE)
    db.session.add(TravelPapers(delegate_id=traveller_of(trip).id, hotel=VALUE))


def _files(person_id: int) -> None:
    actor = Actor(person_id=person_id)
    content = f"name\n{VALUE}\n".encode()
    keep_content(actor, f"{VALUE}.csv", "text/csv", content)
    book = keep_content(actor, "agendas.pdf", "application/pdf", content)
    db.session.add(
        Job(kind=AGENDA_JOB, arguments={"day_id": 1}, result={"file_id": book.id}, state=JobState.DONE)
    )
    archive = ready_export(person_id)
    assert archive.file_id is not None
    _filled(archive.file_id)


def _filled(file_id: int) -> None:
    stored = db.session.get_one(StoredFile, file_id)
    stored.name = f"{VALUE}.pdf"
    path_of(stored).write_bytes(f"%PDF-1.7 {VALUE}".encode())


def purge_now(app: Flask) -> Job:
    """Run the nightly job; answers it."""
    with app.app_context(), unit_of_work():
        number = jobs.enqueue_once(None, PURGE_JOB, single=PURGE_JOB).id
    with app.app_context():
        jobs.run(number)
        return db.session.get_one(Job, number)


def in_files(app: Flask) -> Iterator[str]:
    """The files of the instance in which a value stands, the database of SQLite with its log among them."""
    for path in app.config["INSTANCE"].rglob("*"):
        if path.is_file() and any(value.encode() in path.read_bytes() for value in VALUES):
            yield path.name


def test_purged_values_are_gone_from_tables_index_files_and_logs(
    app: Flask, given: Callable[[], Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("INFO")
    with given():
        planted = plant()
    with app.app_context():
        sync_now()
        assert len({table for table, _column, _value in values_anywhere(VALUES)}) >= 10
        assert list(in_files(app))

    with time_machine.travel(clock.now() + LATER):
        job = purge_now(app)
        assert (job.state, job.error) == (JobState.DONE, "")
        again = purge_now(app)

    with app.app_context():
        assert list(values_anywhere(VALUES)) == []
        sync_now()
        records = db.session.scalars(select(DestructionRecord).order_by(DestructionRecord.id)).all()
        assert check().broken is None
    assert list(in_files(app)) == []
    out = caplog.text + "".join(capfd.readouterr())
    assert [value for value in VALUES if value in out] == []
    told = {record.data_class: record for record in records}
    assert set(planted) <= set(told)
    assert all(record.job_id == job.id and record.records for record in told.values())
    assert told["messages"].oldest_at == told["messages"].newest_at is not None
    assert again.result == {"destroyed": {}}


def test_what_is_not_old_or_still_named_stays(app: Flask, given: Callable[[], Any]) -> None:
    with given():
        plant()
        living = MatchFactory(state=MatchState.IN_TALKS, request_text="Bearings")
        message = MessageFactory(match_id=living.id)
        attached = attachment_of(message).file_id
        logo = FirmFactory(logo_id=stored_pdf().id).logo_id
        confirmed = PersonFactory().id
        taken = SignUpFactory(programme_id=ProgrammeFactory().id, note="Wheelchair").id
        waiting = OutboxMail(
            notice="n", to_address="a@b.example", language="en", subject="s", text="t", html="h"
        )
        db.session.add(waiting)
        db.session.flush()
        number = waiting.id
    with app.app_context():
        before = set(values_anywhere(VALUES))
    assert purge_now(app).result == {"destroyed": {}}
    with app.app_context():
        assert set(values_anywhere(VALUES)) == before

    with time_machine.travel(clock.now() + LATER):
        purge_now(app)

    with app.app_context():
        assert db.session.get(Message, message.id) is not None
        assert db.session.get(StoredFile, attached) is not None
        assert db.session.get(StoredFile, logo) is not None
        assert db.session.get_one(Person, confirmed).erased_at is None
        assert db.session.get_one(SignUp, taken).note == "Wheelchair"
        assert db.session.get_one(OutboxMail, number).text == "t"


def test_batches_are_one_record_and_a_stopped_job_goes_on(
    app: Flask, given: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    with given():
        now = clock.now()
        for number in range(5):
            at = now - timedelta(days=60 + number)
            db.session.add(UsedFormToken(digest=f"{number:064d}", used_at=at))
    with app.app_context():
        with unit_of_work():
            number = jobs.enqueue(None, PURGE_JOB, single=PURGE_JOB).id
        tokens = next(one for one in data_classes() if one.key == "form_tokens")
        with unit_of_work():
            services.purge_batch(tokens, number)

        jobs.run(number)

        record = db.session.scalars(select(DestructionRecord)).one()
        assert (record.records, record.job_id, record.days, record.term_number) == (5, number, 1, 0)
        assert record.oldest_at is not None
        assert record.newest_at is not None
        assert (record.newest_at - record.oldest_at).days == 4


def test_a_cancelled_job_stops_between_batches(app: Flask, given: Callable[[], Any]) -> None:
    with given():
        db.session.add(UsedFormToken(digest="d" * 64, used_at=clock.now() - timedelta(days=60)))
    with app.app_context():
        with unit_of_work():
            job = Job(kind=PURGE_JOB, state=JobState.RUNNING, cancel_asked=True)
            db.session.add(job)
            db.session.flush()
            number = job.id
        with pytest.raises(jobs.Cancelled):
            tasks.purge(Progress(number))
        assert db.session.get(UsedFormToken, "d" * 64) is not None


def test_a_class_that_fails_stops_no_other_and_its_words_are_not_logged(
    app: Flask, given: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with given():
        db.session.add(UsedFormToken(digest="d" * 64, used_at=clock.now() - timedelta(days=60)))

    def fail(_due: object) -> None:
        raise OSError(VALUE)

    with app.app_context():
        broken = tuple(replace(one, purge=fail) if one.key == "sessions" else one for one in data_classes())
    monkeypatch.setitem(app.extensions, "tandem-retention", broken)

    job = purge_now(app)

    assert (job.state, job.error) == (JobState.FAILED, "RuntimeError: not purged: sessions")
    assert VALUE not in caplog.text
    with app.app_context():
        assert db.session.get(UsedFormToken, "d" * 64) is None


def test_a_time_set_by_administrators_holds_from_its_day_on(app: Flask, given: Callable[[], Any]) -> None:
    with given():
        set_by = PersonFactory().id
        for number, days, ahead in ((1, 90, -5), (2, 120, 30)):
            day = clock.today() + timedelta(days=ahead)
            db.session.add(
                RetentionTerm(
                    data_class="mails", number=number, days=days, valid_from=day, reason="r", set_by_id=set_by
                )
            )
        mail = OutboxMail(
            notice="n", to_address="a@b.example", language="en", subject="s", text="t", html="h",
            state=MailState.SENT, created_at=clock.now() - timedelta(days=100),
        )  # fmt: skip
        db.session.add(mail)

    purge_now(app)

    with app.app_context():
        assert db.session.scalar(select(OutboxMail.id)) is None
        record = db.session.scalars(select(DestructionRecord)).one()
        assert (record.data_class, record.term_number, record.days) == ("mails", 1, 90)
