"""Writes about the audit log: administrators are told when its chain is broken."""

from matchmaker.admin.words import BROKEN_LOG
from matchmaker.core.audit_chain import Broken
from matchmaker.institutions.queries import operators
from matchmaker.notifications.services import notify

PATH = "/audit-log"


def tell_administrators(broken: Broken) -> int:
    """Tell everybody who administers the installation what is wrong, once; answers how many."""
    place = broken.entry_id or broken.sequence or 0
    subject = f"{place}, {broken.fault.value}" + (f" ({broken.detail})" if broken.detail else "")
    key = f"audit log {broken.fault.value} {place}"
    told = [notify(one.id, BROKEN_LOG, subject, PATH, key) for one in operators()]
    return len([one for one in told if one is not None])
