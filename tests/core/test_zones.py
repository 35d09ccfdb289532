"""The clock of a reader beside that of a venue."""

from datetime import UTC, datetime

from flask import Flask

from matchmaker.core import zones
from matchmaker.core.i18n import in_language

EVENING = datetime(2026, 11, 27, 15, 50, tzinfo=UTC)
NIGHT = datetime(2026, 11, 27, 21, 30, tzinfo=UTC)
VENUE, HOME = "Asia/Kamchatka", "Europe/Istanbul"


def test_the_own_clock_says_its_day_only_where_that_is_another_than_at_the_start(app: Flask) -> None:
    with app.app_context(), in_language("en"):
        assert zones.own_start(EVENING, VENUE, HOME) == "Istanbul, UTC+3, 27 November"
        assert zones.own_clock(EVENING, VENUE, EVENING, HOME) == "18:50"
        assert zones.own_clock(NIGHT, VENUE, EVENING, HOME) == "28 November, 00:30"
        assert zones.own_start(NIGHT, VENUE, HOME) == "Istanbul, UTC+3"
    with app.app_context(), in_language("ru"):
        assert zones.own_clock(NIGHT, VENUE, EVENING, HOME) == "28 ноября, 00:30"


def test_a_moment_names_the_zone_of_the_reader(app: Flask) -> None:
    with app.app_context(), in_language("tr"):
        assert zones.show_datetime(NIGHT) == "28 Kasım 2026 00:30 (UTC+3)"
        assert zones.show_datetime(NIGHT, VENUE) == "28 Kasım 2026 09:30 (UTC+12)"
        assert zones.show_datetime(None) == ""
    with app.app_context(), in_language("en"):
        assert zones.show_datetime(NIGHT) == "27 November 2026 21:30 (UTC+0)"


def test_equal_clocks_say_nothing(app: Flask) -> None:
    with app.app_context(), in_language("tr"):
        assert zones.own_start(EVENING, "Europe/Moscow", HOME) == ""
        assert zones.own_clock(EVENING, "Europe/Moscow", EVENING, HOME) == ""
