"""What the pages of a trip tell about it: facts, warnings of entry, the reader's own delegates, who is expected where."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, show_date
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import Side
from matchmaker.firms.names import place_name
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.trips import entry, frame_queries, table_queries, words
from matchmaker.programmes.trips.models import TripFrame, TripItem
from matchmaker.reference import countries, hs


def facts(programme: Programme, frame: TripFrame) -> list[dict[str, str]]:
    """Direction, cities, goods, costs, insurance, least number of firms; what is not set is left out."""
    spoken = language()
    cities = [
        f"{place_name(one.city)} ({show_date(one.from_on, 'medium')} – {show_date(one.to_on, 'medium')})"
        for one in frame.destinations
    ]
    direction = (
        f"{countries.label(frame.from_country, spoken)} → {countries.label(programme.country, spoken)}"
        if programme.country
        else ""
    )
    cost = [str(words.COST_MODELS[frame.cost_model]) if frame.cost_model else "", frame.cost_note]
    insured = _("Needed by every delegate") if frame.insurance_required else ""
    found = (
        (_("Direction"), direction),
        (_("Cities"), ", ".join(cities)),
        (_("Goods"), ", ".join(f"{code} {hs.label(code, spoken)}" for code in frame.hs_codes)),
        (_("Costs"), ", ".join(part for part in cost if part)),
        (_("Co-financing"), frame.scheme.name(spoken) if frame.scheme_id and frame.scheme else ""),
        (_("Travel insurance"), ", ".join(part for part in (insured, frame.insurance_note) if part)),
        (_("Takes place with"), _least(programme.minimum)),
        (_("Decision by"), show_date(programme.decision_on)),
    )
    return [{"term": term, "value": value} for term, value in found if value]


def _least(minimum: int) -> str:
    if not minimum:
        return ""
    return str(ngettext("at least %(num)s firm", "at least %(num)s firms", minimum))


def entry_warnings(programme: Programme, frame: TripFrame) -> list[str]:
    """What the rules of entry say against the dates of the trip, for nationals of the sending country."""
    if not programme.country or not frame.from_country:
        return []
    today, first, last = clock.today(), programme.first_day, programme.last_day
    rule = table_queries.rules_towards(programme.country, [frame.from_country], first).get(frame.from_country)
    found = entry.warnings(rule, first_day=first, last_day=last, today=today)
    return [
        words.entry_sentence(one, rule, frame.from_country, programme.country, (first, last)) for one in found
    ]


def own_delegates(actor: Actor, programme: Programme) -> list[Delegate]:
    """The delegates of the reader's own sign-up who travel."""
    own = programme_queries.own_sign_up(actor, programme.id)
    if own is None or own.state not in frame_queries.TRAVELLING:
        return []
    return [one for one in own.delegates if one.left_at is None]


@dataclass(frozen=True, slots=True)
class Expected:
    """A delegate who is expected at an item, and what was recorded."""

    delegate: Delegate
    attended: bool | None


def expected(item: TripItem) -> list[Expected]:
    """The delegates who are expected at an item, by arrival."""
    seats = {seat.delegate_id: seat for seat in item.seats}
    found = frame_queries.delegates(item.programme_id)
    return [
        Expected(one, seats[one.id].attended if one.id in seats else None)
        for one in found
        if item.capacity is None or one.id in seats
    ]


def goods_of(sign_up: SignUp) -> list[tuple[str, list[str]]]:
    """What the firm offers and seeks, as its profile says it."""
    if sign_up.firm_id is None:
        return []
    products = firms.firm(sign_up.firm_id).products
    spoken = language()
    return [
        (
            str(label),
            [
                f"{one.hs_code} {one.name or hs.label(one.hs_code, spoken)}"
                for one in products
                if one.side is side
            ],
        )
        for label, side in ((_("Offers"), Side.OFFERED), (_("Looks for"), Side.SOUGHT))
    ]
