"""Opens contacts to both firms at the same moment, and writes down each disclosure.

Both coordinators' approval introduces two firms. Their contact persons are disclosed in the same transaction where a
basis for the transfer is recorded for both countries and each firm has a person who consented; where something of it
lacks, the firms are introduced and may write to each other here, their contacts stay closed on both sides, the page says
what is missing, and a round of the worker opens them to both at once as soon as nothing is missing any more. Somebody
who consents later is disclosed then, with a record of their own.
"""

from collections.abc import Sequence
from datetime import datetime

from matchmaker.compliance.services import record_transfer
from matchmaker.core import audit, clock
from matchmaker.core.db import db
from matchmaker.firms.models import ContactPerson
from matchmaker.matching import checks, gates, notices, queries, rules
from matchmaker.matching.gates import PairFacts
from matchmaker.matching.models import Match

FIELDS = ("name", "position", "email", "phone", "languages")


def open_contacts(match: Match, facts: PairFacts) -> bool:
    """Disclose the consenting contacts of both firms that are not disclosed yet; False where they have to wait."""
    if match.state not in rules.TOGETHER or not gates.contacts_can_open(facts):
        return False
    now = clock.now()
    fresh = _undisclosed(match)
    for person in fresh:
        _disclose(match, person, facts, now)
    if match.contacts_opened_at is None:
        match.contacts_opened_at = now
    audit.record(
        None, "open_contacts", "match", match.id, after={"contacts": [person.id for person in fresh]}
    )
    db.session.flush()
    return True


def open_contacts_due() -> int:
    """Open what had to wait for a basis or a consent and no longer has to; returns how many matches were opened."""
    opened = 0
    for number in queries.with_closed_contacts():
        match = queries.locked_match(number)
        waited = match.contacts_opened_at is None
        if open_contacts(match, checks.facts_of(match)):
            opened += 1
            if waited:
                notices.tell_firms(match, "match_contacts_open")
    return opened


def _undisclosed(match: Match) -> Sequence[ContactPerson]:
    records = queries.disclosures(match.id)
    return [
        person
        for person in queries.contacts([match.asker_id, match.answerer_id])
        if queries.standing_consent(person) and not queries.is_disclosed(person, records)
    ]


def _disclose(match: Match, person: ContactPerson, facts: PairFacts, now: datetime) -> None:
    own, other = facts.sides if person.firm_id == match.asker_id else reversed(facts.sides)
    record_transfer(
        None,
        contact_id=person.id,
        from_country=own.country,
        to_country=other.country,
        recipient_firm_id=other.firm_id,
        fields=[name for name in FIELDS if getattr(person, name)],
        basis=own.basis or "",
        cause=queries.CAUSE,
        cause_id=match.id,
        at=now,
    )
