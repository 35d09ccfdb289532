"""The order in which countries stand in lists."""

from flask import Flask

from matchmaker.core.i18n import in_language, order_countries


def test_countries_stand_in_the_alphabet_of_the_reader(app: Flask) -> None:
    with app.app_context(), in_language("tr"):
        found = order_countries(["JO", "ES", "TR", "HR", "NL", "CZ", "BE"])

        assert found == ["TR", "BE", "CZ", "HR", "NL", "ES", "JO"], (
            "Çekya after Belçika, Hırvatistan before Hollanda"
        )
    with app.app_context(), in_language("ru"):
        assert order_countries(["TR", "RU", "BE"]) == ["RU", "BE", "TR"]
