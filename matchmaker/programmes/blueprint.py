"""The blueprint that the view modules of programmes share."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from matchmaker.core.access import public
from matchmaker.core.navigation import Place, add_place

bp = Blueprint("programmes", __name__, url_prefix="/programmes")
add_place(Place("programmes.index", _l("Programmes"), "calendar", public, order=40, tab=True))
