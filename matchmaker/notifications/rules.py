"""Decisions about notices and mails."""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole

if TYPE_CHECKING:
    from matchmaker.core.mail import OutboxMail
    from matchmaker.notifications.models import Notice

KEEPERS = (InstitutionRole.STAFF, InstitutionRole.ADMINISTRATOR)


def may_read(actor: Actor, notice: "Notice") -> bool:
    """A notice is for one person only."""
    return actor.is_authenticated and notice.person_id == actor.person_id


def may_see_outbox(actor: Actor) -> bool:
    """Staff and administrators look after the mails that leave."""
    return actor.has(*KEEPERS)


def may_see_mail(actor: Actor, mail: "OutboxMail") -> bool:
    """The operator's administrators see every mail, keepers of the outbox those of their institution."""
    return actor.is_operator or (
        mail.institution_id is not None and actor.has(*KEEPERS, institution_id=mail.institution_id)
    )


def may_send(actor: Actor, mail: "OutboxMail") -> bool:
    """Who sees a mail may also let it go or send it again."""
    return may_see_mail(actor, mail)


def may_hold(actor: Actor, mail: "OutboxMail") -> bool:
    """Who sees a mail may also keep it from leaving."""
    return may_see_mail(actor, mail)


def may_edit(actor: Actor, mail: "OutboxMail") -> bool:
    """Who sees a mail may also change its words while it is a draft."""
    return may_see_mail(actor, mail)


def may_see_links(demo: bool) -> bool:
    """Nobody but its reader may see the links of a mail; in a demonstration, where no mail leaves, staff may."""
    return demo
