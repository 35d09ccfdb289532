"""Goods of an opportunity on the common high priority list: found when it is sent, decided with a reason."""

from typing import Any

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.opportunities import rules
from matchmaker.opportunities.models import Opportunity


def record_found(actor: Actor, opportunity: Opportunity) -> None:
    """Write into the audit trail which goods are on the list as it was when the firm sent the opportunity."""
    found = _found(opportunity)
    if found:
        audit.record(actor, "find_listed_goods", "opportunity", opportunity.id, after=found)
        db.session.flush()


def require_reason(actor: Actor, opportunity: Opportunity, note: str) -> None:
    """Refuse to show an opportunity with listed goods without a reason, and keep the reason with the list's version.

    The goods are read from the locked record, so a change after the officer opened the page counts. Raises DomainError at
    `note` and logs the refusal.
    """
    found = _found(opportunity)
    if not found:
        return
    reason = note.strip()
    if not reason:
        audit.record_refusal(
            actor, "announce", "opportunity", opportunity.id, "listed goods without a reason"
        )
        raise DomainError(
            _(
                "Goods are on the common high priority list. Give the reason why it may be shown all the same."
            ),
            "note",
        )
    audit.record(actor, "pass_listed_goods", "opportunity", opportunity.id, after=found | {"reason": reason})
    db.session.flush()


def _found(opportunity: Opportunity) -> dict[str, Any]:
    listed = rules.listed_goods(opportunity)
    return {"goods": [good.code for good in listed], "list": listed[0].version} if listed else {}
