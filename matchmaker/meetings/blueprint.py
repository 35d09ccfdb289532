"""The blueprint that the view modules of B2B days share."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from matchmaker.core.navigation import Place, add_place
from matchmaker.meetings import rules

bp = Blueprint("meetings", __name__)
add_place(Place("meetings.index", _l("B2B days"), "calendar", rules.may_list_days, order=45))
