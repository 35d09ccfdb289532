"""What the pages of a firm answered, and what was kept of it."""

import re

from flask import Flask

from matchmaker.firms import queries
from matchmaker.firms.models import Firm


def errors(html: str) -> list[str]:
    """The messages of the error summary."""
    summary = html.partition('class="error-summary"')[2].partition("</section>")[0]
    return re.findall(r"<li>(?:<a [^>]*>)?([^<]+)", summary)


def stored(app: Flask, firm_id: int) -> Firm:
    """The firm as it is kept."""
    with app.app_context():
        return queries.firm(firm_id)
