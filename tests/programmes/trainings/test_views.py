"""Pages of a training: the attendance list, and what staff read of the survey and may not be able to tell."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.institutions.models import Institution
from matchmaker.programmes.trainings.models import SurveyAnswer
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, delegate_of
from tests.factories.trainings import TrainingSessionFactory


def answered(session: Any, meeting: Any, country: str, *marks: int, comment: str = "") -> None:
    for mark in marks:
        session.add(
            SurveyAnswer(
                training_session_id=meeting.id,
                country=country,
                language="tr",
                content=mark,
                trainer=5,
                usefulness=4,
                comment=comment,
            )
        )


def test_marks_and_comments_are_shown_by_session_and_country_from_three_answers_on(
    client: Client, given: Callable[[], Any]
) -> None:
    with given() as session:
        programme = ProgrammeFactory()
        full, lonely = (
            TrainingSessionFactory(programme_id=programme.id, title_en=title) for title in ("One", "Two")
        )
        answered(session, full, "TR", 4, 5, 5, comment="Daha çok örnek")
        answered(session, full, "RU", 2, 3, 1)
        answered(session, lonely, "TR", 4, 4, 4)
        answered(session, lonely, "RU", 1, comment="Слишком быстро")
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
    client.sign_in(staff)

    page = client.get(f"/programmes/{programme.id}/survey?lang=en").text
    sheet = client.get(f"/programmes/{programme.id}/survey/csv?lang=en")

    assert sheet.text.lstrip("\ufeff").splitlines()[1:] == [
        "One,Türkiye,3,4.67,5.0,4.0",
        "One,Russia,3,2.0,5.0,4.0",
        "One,All countries,6,3.33,5.0,4.0",
        "Two,Türkiye,3,4.0,5.0,4.0",
        "Two,Russia,1,,,",
        "Two,All countries,4,,,",
    ]
    assert page.count("Daha çok örnek") == 3
    assert "Слишком быстро" not in page
    with given() as session:
        logged = session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).one()
        assert (logged.entity, logged.after["rows"]) == ("survey", 6)


def test_the_list_of_participants_is_logged_with_its_filters(
    client: Client, given: Callable[[], Any]
) -> None:
    with given() as session:
        programme = ProgrammeFactory()
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
    client.sign_in(staff)

    client.get(f"/programmes/{programme.id}/participants/csv?country=RU&state=confirmed")

    with given() as session:
        logged = session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).one()
        assert logged.after == {"filters": {"state": "confirmed", "country": "RU"}, "rows": 0}


def test_a_refused_attendance_list_names_the_error_and_keeps_the_ticks(
    client: Client, given: Callable[[], Any]
) -> None:
    with given() as session:
        programme = ProgrammeFactory()
        meeting = TrainingSessionFactory(programme_id=programme.id)
        one = delegate_of(SignUpFactory(programme_id=programme.id, person_id=PersonFactory().id))
        staff = official(session.get(Institution, programme.institution_id), InstitutionRole.STAFF)
    client.sign_in(staff)

    answer = client.submit(
        f"/training-sessions/{meeting.id}/attendance?lang=en", {"present": [str(one.id), "nonsense"]}
    )

    assert answer.status_code == 422
    assert 'id="present-error"' in answer.text
    assert f'value="{one.id}" checked' in answer.text
