"""Who reads the audit log."""

from matchmaker.core.actor import Actor, InstitutionRole


def may_read_log(actor: Actor) -> bool:
    """Who heads an institution reads what concerns it, who administers the installation reads everything."""
    return actor.has(InstitutionRole.ADMINISTRATOR)


def headed(actor: Actor) -> tuple[tuple[int, str | None], ...]:
    """The institutions that an actor heads, with their countries."""
    return tuple(
        (grant.institution_id, grant.country)
        for grant in actor.grants
        if grant.role is InstitutionRole.ADMINISTRATOR
    )
