"""Windows of days, due days and reminders."""

from datetime import date

import pytest

from matchmaker.programmes.exchanges.rules import Window, common_days, fits, is_free, reminder, windows


def day(number: int) -> date:
    return date(2027, 1, number)


def test_windows_come_back_in_order_as_they_were_stored() -> None:
    kept = [Window(day(10), day(12)), Window(day(1), day(3))]

    assert windows(window.stored() for window in kept) == sorted(kept)


@pytest.mark.parametrize(
    ("first", "last", "days", "meets"),
    [(1, 4, 0, False), (1, 5, 1, True), (6, 7, 2, True), (9, 20, 2, True), (11, 20, 0, False)],
)
def test_common_days_count_both_ends(first: int, last: int, days: int, meets: bool) -> None:
    frame, other = Window(day(5), day(10)), Window(day(first), day(last))

    assert common_days(frame, other) == days
    assert frame.meets(other) is meets


def test_an_exchange_fits_where_one_frame_holds_all_its_days() -> None:
    frames = [Window(day(1), day(3)), Window(day(4), day(6))]

    assert fits(Window(day(2), day(6)), frames, 3)
    assert not fits(Window(day(2), day(5)), frames, 3)


@pytest.mark.parametrize(
    ("today", "offset"), [(1, None), (6, -14), (16, -14), (17, -3), (20, -3), (21, 1), (28, 8), (31, 8)]
)
def test_the_latest_reminder_that_has_come_is_sent(today: int, offset: int | None) -> None:
    assert reminder(day(20), day(today)) == offset


def test_an_expert_is_free_within_an_offered_window_only() -> None:
    offered = [["2027-03-01", "2027-03-05"]]

    assert [is_free(offered, date(2027, 3, day)) for day in (1, 5, 6)] == [True, True, False]
