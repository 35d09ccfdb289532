"""Names of browsers, so that people recognise their own sessions."""

import re

from flask_babel import gettext as _

from matchmaker.accounts.blueprint import bp

# The order counts: most browsers name others too.
BROWSERS = (
    ("YaBrowser", "Yandex Browser"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@bp.app_template_filter("browser_name")
def browser_name(agent: str) -> str:
    """The browser and the system of a user agent line, such as `Firefox, Windows`."""
    found = [_first(agent, BROWSERS), _first(agent, SYSTEMS)]
    return ", ".join(name for name in found if name) or _("Unknown browser")


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if re.search(rf"\b{sign}", agent)), "")
