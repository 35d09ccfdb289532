"""The words of criteria."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.programmes.trips.enums import Criterion

CRITERIA: dict[Criterion, LazyString] = {
    Criterion.SUITABILITY: _l("Suitability of the product for the market"),
    Criterion.POTENTIAL: _l("Potential of the firm in the market"),
    Criterion.GOALS: _l("Fit of the firm's goals with those of the trip"),
    Criterion.EXPERIENCE: _l("Experience abroad and past trips"),
    Criterion.SIZE: _l("Size and location of the firm"),
}
