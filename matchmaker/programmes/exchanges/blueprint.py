"""The blueprint that the view modules of exchanges share."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from matchmaker.core.navigation import Place, add_place
from matchmaker.programmes.exchanges import rules

bp = Blueprint("exchanges", __name__)
add_place(Place("exchanges.index", _l("Expert exchanges"), "arrow-left-right", rules.has_exchanges, order=45))
