"""Who has which home page."""

from matchmaker.core.actor import Actor, InstitutionRole

OFFICERS = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR, InstitutionRole.COMPLIANCE)


def has_inbox(actor: Actor) -> bool:
    """Officers who verify, approve or screen have an inbox."""
    return actor.has(*OFFICERS)


def own_countries(actor: Actor, *roles: InstitutionRole) -> tuple[str, ...]:
    """The countries for which the actor holds one of the roles, in order of the giving."""
    found = (grant.country for grant in actor.grants if grant.role in roles and grant.country)
    return tuple(dict.fromkeys(found))
