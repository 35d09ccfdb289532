"""The figures of a day beside the benchmarks, and what outcomes say about fit."""

import pytest

from matchmaker.meetings.enums import MeetingState, Outcome
from matchmaker.meetings.outcomes import benchmarks, rules
from matchmaker.meetings.outcomes.benchmarks import Counts, Judged, Lesson, Standing

NOT_HELD, NONE, USEFUL, POSSIBLE, AGREED = (
    Outcome.NOT_HELD,
    Outcome.NO_INTEREST,
    Outcome.USEFUL,
    Outcome.COOPERATION_POSSIBLE,
    Outcome.NEXT_STEP_AGREED,
)


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ((), False),
        ((NONE,), False),
        ((NOT_HELD, NOT_HELD), False),
        ((NOT_HELD, USEFUL), True),
        ((POSSIBLE, AGREED), False),
        ((USEFUL, AGREED), True),
        ((NONE, POSSIBLE), True),
        ((NONE, USEFUL), False),
    ],
)
def test_sides_disagree_when_they_contradict_each_other(said: tuple[Outcome, ...], apart: bool) -> None:
    assert rules.disagree(said) is apart


def test_a_meeting_was_held_as_soon_as_one_side_says_so() -> None:
    assert rules.state_after([NOT_HELD]) is MeetingState.NOT_HELD
    assert rules.state_after([NOT_HELD, USEFUL]) is MeetingState.HELD


def test_a_next_step_counts_unless_the_other_side_contradicts() -> None:
    assert [rules.leads_on(one) for one in ([AGREED], [AGREED, POSSIBLE], [AGREED, USEFUL], [POSSIBLE])] == [
        True,
        True,
        False,
        False,
    ]


def test_figures_stand_beside_their_benchmarks() -> None:
    found = benchmarks.measured(
        Counts(asked=10, accepted=5, firms=4, promised=10, held=7, seats_held=14, second=3)
    )

    assert [(one.value, one.standing) for one in found] == [
        (0.5, Standing.WITHIN),
        (3.5, Standing.WITHIN),
        (0.7, Standing.BELOW),
        (pytest.approx(3 / 7), Standing.ABOVE),
    ]


def test_a_day_without_meetings_has_no_figures() -> None:
    found = benchmarks.measured(Counts(0, 0, 0, 0, 0, 0, 0))

    assert {one.standing for one in found} == {Standing.UNKNOWN}


def test_bands_count_the_judged_only() -> None:
    found = benchmarks.bands([Judged(85, (AGREED, POSSIBLE)), Judged(80, ()), Judged(40, (NONE,))])

    assert [(one.least, one.judged, one.mean, one.second) for one in found] == [
        (80, 1, 2.5, 1),
        (60, 0, None, 0),
        (40, 1, 0.0, 0),
        (0, 0, None, 0),
    ]


@pytest.mark.parametrize(
    ("low", "high", "pairs", "lesson"),
    [
        (NONE, POSSIBLE, 8, Lesson.FIT_TELLS),
        (POSSIBLE, NONE, 8, Lesson.FIT_MISLEADS),
        (USEFUL, USEFUL, 8, Lesson.NO_DIFFERENCE),
        (NONE, POSSIBLE, 7, Lesson.TOO_FEW),
    ],
)
def test_a_lesson_needs_enough_meetings_and_a_difference(
    low: Outcome, high: Outcome, pairs: int, lesson: Lesson
) -> None:
    judged = [Judged(40, (low,))] * pairs + [Judged(90, (high,))] * pairs

    assert benchmarks.lesson(judged) is lesson


def test_many_of_the_middling_fit_do_not_hide_the_difference() -> None:
    judged = [Judged(40, (NONE,))] * 8 + [Judged(70, (USEFUL,))] * 9 + [Judged(90, (AGREED,))] * 8

    assert benchmarks.lesson(judged) is Lesson.FIT_TELLS
    assert benchmarks.lesson([]) is Lesson.TOO_FEW


def test_equal_fit_teaches_nothing() -> None:
    assert benchmarks.lesson([Judged(70, (AGREED,))] * 40) is Lesson.TOO_FEW
