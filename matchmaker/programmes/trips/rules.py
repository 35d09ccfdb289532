"""Decisions about who may see and do what with business trips and their tables."""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole

if TYPE_CHECKING:
    from matchmaker.programmes.trips.models import EntryRule, SupportScheme

OFFICERS = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
LONGEST_TEXT = 4_000
LONGEST_REASON = 1_000


def is_officer(actor: Actor) -> bool:
    """Whether the actor is staff or coordinator of some institution."""
    return actor.has(*OFFICERS)


def officer_countries(actor: Actor) -> frozenset[str]:
    """The countries for whose institutions the actor is staff or coordinator."""
    return frozenset(grant.country for grant in actor.grants if grant.role in OFFICERS and grant.country)


def officer_institutions(actor: Actor) -> tuple[int, ...]:
    """The institutions whose staff or coordinator the actor is, each once."""
    return tuple(dict.fromkeys(grant.institution_id for grant in actor.grants if grant.role in OFFICERS))


def may_read_entry_rules(actor: Actor) -> bool:
    """The people of institutions read the rules of entry; firms see what follows from them on the page of a trip."""
    return actor.is_staff


def may_add_entry_rule(actor: Actor) -> bool:
    """Staff and coordinators record rules of entry that concern their country."""
    return bool(officer_countries(actor))


def may_change_entry_rule(actor: Actor, rule: "EntryRule") -> bool:
    """Staff of either of the two countries of a rule."""
    return bool(officer_countries(actor) & {rule.nationality, rule.destination})


def may_read_schemes(actor: Actor) -> bool:
    """Schemes are public information; anybody with an account reads them."""
    return actor.is_authenticated


def may_add_scheme(actor: Actor) -> bool:
    """Staff and coordinators record the schemes of their own institution."""
    return bool(officer_institutions(actor))


def may_change_scheme(actor: Actor, scheme: "SupportScheme") -> bool:
    """Staff of the institution whose money it is."""
    return actor.has(*OFFICERS, institution_id=scheme.institution_id)


def may_read_scheme(actor: Actor, scheme: "SupportScheme") -> bool:
    """Like the list of schemes."""
    return may_read_schemes(actor)
