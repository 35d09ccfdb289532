"""Measures of rankings, and when one is shown to be better; points learned from decisions."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaker.engines.fit.numbers import flaws, numbers_of
from matchmaker.engines.fit.weights import WEIGHTS_2026_1
from matchmaker.matching.quality.calibration import Decision, calibrate, to_points
from matchmaker.matching.quality.measures import compare, counts, ndcg_at, precision_at

YES, NO = True, False


@pytest.mark.parametrize(
    ("k", "judged", "wanted"),
    [(5, [YES, NO, YES, NO, NO, YES], 0.4), (5, [YES, NO], 0.5), (10, [], 0.0), (1, [NO, YES], 0.0)],
)
def test_precision(k: int, judged: list[bool], wanted: float) -> None:
    assert precision_at(k, judged) == pytest.approx(wanted)


def test_ndcg_by_hand() -> None:
    # Gains 1/log2(2) and 1/log2(4) against the best order's 1/log2(2) and 1/log2(3).
    assert ndcg_at(10, [YES, NO, YES]) == pytest.approx(1.5 / (1 + 1 / np.log2(3)))
    assert ndcg_at(10, [YES, YES, NO]) == 1.0
    assert ndcg_at(2, [NO, NO, YES]) == 0.0
    assert ndcg_at(10, [NO]) == 0.0


def test_a_list_with_one_kind_of_answer_does_not_count() -> None:
    assert not counts([YES, YES])
    assert not counts([NO])
    one, other = {1: [YES], 2: [NO, YES]}, {1: [YES], 2: [YES, NO]}
    assert [(found.one, found.other) for found in compare(one, other)][2] == (
        pytest.approx(1 / np.log2(3)),
        1.0,
    )


def test_better_in_every_list_then_shown_worse_the_other_way_round() -> None:
    good, bad = [YES, YES, NO, NO, NO, NO], [NO, NO, NO, NO, YES, YES]
    one, other = dict.fromkeys(range(12), bad), dict.fromkeys(range(12), good)
    assert [found.shown for found in compare(one, other)] == [1, 0, 1]
    assert [found.shown for found in compare(other, one)] == [-1, 0, -1]


def test_as_often_worse_as_better_then_nothing_is_shown() -> None:
    good, bad = [YES, NO, NO], [NO, NO, YES]
    one = {owner: good if owner % 2 else bad for owner in range(20)}
    other = {owner: bad if owner % 2 else good for owner in range(20)}
    found = compare(one, other)[2]
    assert found.shown == 0
    assert found.least < 0 < found.most
    assert compare(one, other) == compare(one, other)
    assert [item.shown for item in compare({}, {})] == [0, 0, 0]


def drawn(count: int, taste: dict[str, float], seed: int = 3) -> list[Decision]:
    """Decisions by a known taste: the log of the odds is the sum of taste times share, less its mean."""
    chance = np.random.default_rng(seed)
    names = list(WEIGHTS_2026_1.most)
    shares = chance.random((count, len(names)))
    liking = shares @ np.asarray([taste.get(name, 0.0) for name in names])
    accepted = chance.random(count) < 1 / (1 + np.exp(liking.mean() - liking))
    return [
        Decision(at // 8, tuple(row), bool(yes))
        for at, (row, yes) in enumerate(zip(shares.tolist(), accepted, strict=True))
    ]


class TestCalibration:
    def test_finds_a_taste_that_is_there(self) -> None:
        found = calibrate(drawn(1200, {"products": 3.0, "certificates": 6.0}), WEIGHTS_2026_1, resamples=20)
        learned = {one.criterion: one for one in found.learned}
        assert learned["certificates"].then > learned["products"].then > 10
        assert learned["certificates"].least > learned["certificates"].now
        assert learned["partnership"].then < learned["partnership"].now
        assert not found.few
        assert flaws(found.numbers) == []

    def test_few_decisions_move_little_and_say_so(self) -> None:
        found = calibrate(drawn(24, {"certificates": 6.0}), WEIGHTS_2026_1, resamples=20)
        assert found.few
        assert (found.decisions, found.lists) == (24, 3)
        assert max(abs(one.then - one.now) for one in found.learned) <= 4
        assert flaws(found.numbers) == []

    def test_same_decisions_same_points(self) -> None:
        decisions = drawn(100, {"products": 2.0})
        assert calibrate(decisions, WEIGHTS_2026_1, 20) == calibrate(decisions, WEIGHTS_2026_1, 20)

    @pytest.mark.parametrize("accepted", [YES, NO])
    def test_answers_of_one_kind_teach_nothing(self, accepted: bool) -> None:
        one = Decision(1, (0.5,) * 7, accepted)
        with pytest.raises(ValueError, match="both kinds"):
            calibrate([one, one], WEIGHTS_2026_1)

    def test_a_criterion_without_points_can_be_learned(self) -> None:
        mute = replace(WEIGHTS_2026_1, name="mute", volume=(0, 0, 0), breadth=11)
        found = calibrate(drawn(600, {"volume": 5.0}), mute, resamples=10)
        assert found.numbers["volume_full"] > 0
        assert flaws(found.numbers) == []

    def test_points_are_whole_and_add_up(self) -> None:
        assert to_points(np.asarray([1.0, 1.0, 1.0])) == [17, 17, 16]
        assert sum(to_points(np.asarray([0.3, 7.1, 2.2, 0.0]))) == 50
        assert numbers_of(WEIGHTS_2026_1)["product_6"] == 17
