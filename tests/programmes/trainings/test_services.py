"""Sessions, attendance, certificates and surveys, on both databases."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import StoredFile
from matchmaker.programmes import queries as programmes
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.trainings import papers, queries, services
from matchmaker.programmes.trainings.models import SurveyAnswer, TrainingSession
from matchmaker.programmes.trainings.services import Opinion, SessionPlan
from tests.factories.accounts import PersonFactory
from tests.factories.institutions import official
from tests.factories.programmes import SignUpFactory, delegate_of
from tests.factories.trainings import CertificateFactory, TrainingSessionFactory, material_of
from tests.matching.world import actor_of
from tests.programmes.world import programme_with

S = SignUpState


def running(**settings: Any) -> Programme:
    """A training that began an hour ago."""
    begun = clock.now() - timedelta(hours=1)
    times = {"starts_at": begun, "ends_at": begun + timedelta(hours=6)}
    return programme_with(state=ProgrammeState.RUNNING, **{**times, **settings})


def staff_of(programme: Programme) -> Actor:
    return actor_of(official(programme.institution, InstitutionRole.STAFF))


def comes(programme: Programme, name: str = "Elif Kaya", arrival: int = 1, country: str = "TR") -> Delegate:
    """A confirmed participant with an account."""
    person = PersonFactory(country=country, name=name)
    sign_up = SignUpFactory(programme_id=programme.id, person_id=person.id, arrival=arrival, country=country)
    return delegate_of(sign_up, name)


def session_of(programme: Programme, **settings: Any) -> TrainingSession:
    return queries.training_session(TrainingSessionFactory(programme_id=programme.id, **settings).id)


@pytest.mark.parametrize(
    ("start", "end", "title", "field"),
    [
        (60, 30, "Customs", "ends_at"),
        (-60, 30, "Customs", "starts_at"),
        (30, 60 * 24, "Customs", "ends_at"),
        (0, 60, "", "title_en"),
    ],
)
def test_a_session_outside_its_training_is_refused_at_its_field(
    session: Any, start: int, end: int, title: str, field: str
) -> None:
    programme = running()
    at = programme.starts_at
    plan = SessionPlan(at + timedelta(minutes=start), at + timedelta(minutes=end), title_en=title)

    with pytest.raises(DomainError) as refused:
        services.add_session(staff_of(programme), programme, plan)

    assert refused.value.field == field


def test_staff_tick_the_list_and_correct_it(session: Any) -> None:
    programme = running()
    one, two = comes(programme), comes(programme, "Onur Ak", 2)
    meeting, staff = session_of(programme), staff_of(programme)

    assert services.mark(staff, meeting, [one.id, two.id, 999_999]) == 2
    assert services.mark(staff, meeting, [two.id]) == 1

    assert queries.present(meeting.id) == {two.id}
    with pytest.raises(NotAllowed):
        services.mark(actor_of(PersonFactory()), meeting, [one.id])


def test_a_session_is_taken_out_with_its_materials(session: Any) -> None:
    programme = running()
    meeting = session_of(programme)
    material_of(meeting)
    session.refresh(meeting, ("materials",))

    services.remove_session(staff_of(programme), queries.training_session(meeting.id))

    assert session.scalars(select(TrainingSession)).all() == []
    assert session.scalars(select(StoredFile)).all() == []


def test_a_participant_checks_in_with_the_code_once(session: Any) -> None:
    programme = running()
    own = comes(programme)
    meeting, actor = session_of(programme), actor_of(own.person_id or 0)

    with pytest.raises(DomainError) as refused:
        services.check_in(actor, meeting, "WRONG2")
    first = services.check_in(actor, meeting, f" {meeting.check_in_code.lower()} ")
    again = services.check_in(actor, meeting, meeting.check_in_code)

    assert (refused.value.field, first is not None, again) == ("code", True, None)
    assert queries.present(meeting.id) == {own.id}


def test_others_or_at_another_time_do_not_check_in(session: Any) -> None:
    programme = running()
    own = comes(programme)
    later = session_of(programme, starts_at=clock.now() + timedelta(hours=2))
    now = session_of(programme)

    with pytest.raises(Conflict):
        services.check_in(actor_of(PersonFactory()), now, now.check_in_code)
    with pytest.raises(Conflict):
        services.check_in(actor_of(own.person_id or 0), later, later.check_in_code)


def test_certificates_go_to_those_above_the_share_and_states_follow(session: Any) -> None:
    programme = running(attendance_share=60)
    people = [comes(programme, f"Person {at}", at + 1) for at in range(3)]
    meetings = [session_of(programme) for _ in range(3)]
    staff = staff_of(programme)
    for meeting, there in zip(meetings, ([0, 1], [0], []), strict=True):
        services.mark(staff, meeting, [people[at].id for at in there])

    assert services.issue(staff, programme) == 1
    states = [programmes.sign_up(one.sign_up_id).state for one in people]

    assert states == [S.COMPLETED, S.ATTENDED, S.NO_SHOW]
    assert {one.share for one in queries.certificates(programme.id).values()} == {66}
    services.mark(staff, meetings[1], [people[0].id, people[2].id])
    services.mark(staff, meetings[2], [people[2].id])
    assert services.issue(staff, programme) == 1
    assert programmes.sign_up(people[2].sign_up_id).state is S.COMPLETED


def test_before_it_runs_or_without_sessions_nothing_is_issued(session: Any) -> None:
    for programme in (running(), programme_with(state=ProgrammeState.CONFIRMED)):
        with pytest.raises(Conflict):
            services.issue(staff_of(programme), programme)


def test_the_paper_is_in_the_language_of_the_participant(session: Any) -> None:
    programme = running(title_ru="Контроль качества")
    made = CertificateFactory(
        programme_id=programme.id,
        delegate_id=comes(programme).id,
        name="Анна Лесная",
        name_romanised="Anna Lesnaia",
        language="ru",
        issued_at=clock.now(),
    )

    content = papers.certificate_pdf(queries.certificate(made.id))
    text = PdfReader(BytesIO(content)).pages[0].extract_text()

    assert all(part in text for part in ("Анна Лесная", "Anna Lesnaia", "Контроль качества", made.number))
    assert papers.certificate_pdf(queries.certificate(made.id)) == content


def test_the_survey_is_anonymous_once_and_for_those_who_came(session: Any) -> None:
    programme = running()
    one, two = comes(programme, country="RU"), comes(programme, "Onur Ak", 2)
    meeting = session_of(programme, ends_at=clock.now() - timedelta(minutes=5))
    services.mark(staff_of(programme), meeting, [one.id])
    opinion = Opinion(5, 4, 3, "More examples")

    services.answer_survey(actor_of(one.person_id or 0), meeting, opinion)

    for person in (one.person_id, two.person_id):
        with pytest.raises(Conflict):
            services.answer_survey(actor_of(person or 0), meeting, opinion)
    result = queries.survey_results(programme.id)[meeting.id]["RU"]
    assert (result.count, result.content, result.usefulness) == (1, 5.0, 3.0)
    row = session.scalars(select(SurveyAnswer)).one()
    assert not {"person_id", "delegate_id", "sign_up_id"} & set(row.__table__.columns.keys())
