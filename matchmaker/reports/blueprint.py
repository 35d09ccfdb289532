"""The blueprint that the views of reports share."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from matchmaker.core.navigation import Place, add_place
from matchmaker.reports import rules

bp = Blueprint("reports", __name__, url_prefix="/reports")
add_place(Place("reports.funnel", _l("Reports"), "file-text", rules.sees_figures, order=64))
