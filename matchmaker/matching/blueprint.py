"""The blueprint of matches, and their places in the navigation."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import Actor
from matchmaker.core.navigation import Place, add_place
from matchmaker.matching import queries, rules

bp = Blueprint("matching", __name__)


def waiting_answers(actor: Actor) -> int:
    """How many matches wait for an answer of the actor's firms."""
    return queries.waiting_answers([item.firm_id for item in actor.memberships])


def waiting_decisions(actor: Actor) -> int:
    """How many matches wait for coordinators of the actor's countries."""
    return queries.waiting_approvals(rules.approval_countries(actor))


add_place(
    Place(
        "matching.approvals",
        _l("Approvals"),
        "shield-check",
        rules.sees_approvals,
        10,
        badge=waiting_decisions,
    )
)
add_place(
    Place(
        "matching.index",
        _l("Matches"),
        "arrow-left-right",
        rules.has_matches,
        30,
        tab=True,
        badge=waiting_answers,
    )
)
