"""The page on which two sets of points are judged by decisions, and learning from them."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import Conflict
from matchmaker.core.htmx import done, render
from matchmaker.core.requests import LARGEST_KEY, asked_number
from matchmaker.matching.blueprint import bp
from matchmaker.matching.quality import services
from matchmaker.matching.quality.pages import quality_page
from matchmaker.matching.staff_tabs import staff_tabs
from matchmaker.matching.weighing.rules import may_try, sees_weights


@bp.get("/fit/quality")
@access(sees_weights)
def quality() -> Response:
    """Two sets of points on the decisions that are held out."""
    one, other = (asked_number(name, least=0, most=LARGEST_KEY) for name in ("one", "other"))
    return render(
        "matching/quality.html", page=quality_page(current_actor(), one, other), staff_pages=staff_tabs()
    )


@bp.post("/fit/quality/calibrate")
@access(may_try)
def calibrate_weights() -> Response:
    """Learn points from decisions; they become a draft with its simulation."""
    try:
        draft = services.keep_calibration(services.learn())
    except ValueError as error:
        raise Conflict(
            _("Accepted and refused introductions are needed; there are not enough yet.")
        ) from error
    return done(
        _("The points learned are a draft. Nothing is changed."),
        to=url_for("matching.weight_set", set_id=draft.id),
    )
