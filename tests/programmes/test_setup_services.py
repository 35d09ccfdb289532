"""Conditions, kept places, questions and copies."""

from datetime import timedelta
from typing import Any

import pytest

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.programmes import queries
from matchmaker.programmes import setup_services as services
from matchmaker.programmes.eligibility import Eligibility
from matchmaker.programmes.enums import ProgrammeState, QuestionKind, QuestionStage, QuotaDimension
from matchmaker.programmes.models import Programme
from matchmaker.programmes.setup_services import Kept, NewQuestion
from tests.factories.institutions import official
from tests.factories.programmes import SignUpFactory, question_of, quota_of
from tests.matching.world import actor_of
from tests.programmes.world import person_alone, programme_with

TR, RU = (Kept(QuotaDimension.COUNTRY, code, 4) for code in ("TR", "RU"))


def staff_of(programme: Programme) -> Actor:
    return actor_of(official(programme.institution, InstitutionRole.STAFF))


@pytest.mark.parametrize(
    ("kept", "late", "field"),
    [
        ([Kept(QuotaDimension.COUNTRY, "TR", 11)], False, "quotas"),
        ([TR, RU, Kept(QuotaDimension.WOMEN_LED, "", 3)], False, "quotas"),
        ([TR, TR], False, "quotas"),
        ([Kept(QuotaDimension.SIZE, "micro", 0)], False, "quotas"),
        ([TR], True, "release_on"),
    ],
)
def test_more_kept_than_there_is_or_too_late_is_refused_at_its_field(
    session: Any, kept: list[Kept], late: bool, field: str
) -> None:
    programme = programme_with(places=10)
    day = programme.first_day + timedelta(days=1) if late else None

    with pytest.raises(DomainError) as refused:
        services.set_quotas(staff_of(programme), programme, kept, day)

    assert refused.value.field == field


def test_a_quota_that_stays_keeps_who_is_counted_under_it(session: Any) -> None:
    programme = programme_with(places=10)
    staff = staff_of(programme)
    services.set_quotas(staff, programme, [TR, RU], None)
    first = next(one for one in programme.quotas if one.value == "TR")
    found = SignUpFactory(programme_id=programme.id, quota_id=first.id)

    services.set_quotas(staff, programme, [Kept(QuotaDimension.COUNTRY, "TR", 6)], None)

    assert [(one.id, one.places) for one in programme.quotas] == [(first.id, 6)]
    assert found.quota_id == first.id


def test_conditions_are_kept_and_for_the_organiser_alone(session: Any) -> None:
    programme = programme_with()
    asked = Eligibility(countries=("TR",), declared=True)

    services.set_conditions(staff_of(programme), programme, asked)

    assert Eligibility.read(programme.eligibility) == asked
    with pytest.raises(NotAllowed):
        services.set_conditions(person_alone(), programme, asked)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (NewQuestion(QuestionStage.SIGN_UP, QuestionKind.TEXT), "text_en"),
        (NewQuestion(QuestionStage.SIGN_UP, QuestionKind.CHOICE, text_en="Diet?"), "options_en"),
    ],
)
def test_an_empty_question_is_refused_at_its_field(session: Any, question: NewQuestion, field: str) -> None:
    programme = programme_with()

    with pytest.raises(DomainError) as refused:
        services.add_question(staff_of(programme), programme, question)

    assert refused.value.field == field


def test_an_answered_question_stays(session: Any) -> None:
    programme = programme_with()
    question = question_of(programme)
    session.expire(programme)
    programme = queries.programme(programme.id)
    SignUpFactory(programme_id=programme.id, answers={str(question.id): "Much"})

    with pytest.raises(Conflict):
        services.remove_question(staff_of(programme), programme, question.id)


@pytest.mark.parametrize("carried", [services.CARRIED, ()])
def test_a_copy_takes_over_what_was_chosen_and_never_people(session: Any, carried: tuple[str, ...]) -> None:
    made = programme_with(eligibility={"verified": True}, summary_en="About quality")
    quota_of(made, QuotaDimension.COUNTRY, "TR", 2)
    question_of(made)
    SignUpFactory(programme_id=made.id)
    session.expire(made)
    programme = queries.programme(made.id)

    copy = services.clone(staff_of(programme), programme, 364, carried)

    taken = [bool(copy.eligibility), bool(copy.summary_en), len(copy.quotas), len(copy.questions)]
    assert taken == ([True, True, 1, 1] if carried else [False, False, 0, 0])
    assert (copy.state, copy.published_at) == (ProgrammeState.DRAFT, None)
    assert copy.starts_at - programme.starts_at == timedelta(days=364)
    assert queries.sign_ups_of(copy.id) == []
