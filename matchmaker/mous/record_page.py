"""What the page of one memorandum shows, by reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.audit import AuditEntry
from matchmaker.core.i18n import order_countries
from matchmaker.mous import queries, rules
from matchmaker.mous.enums import MouStatus
from matchmaker.mous.models import (
    Mou,
    MouAmendment,
    MouDocument,
    MouOverride,
    MouParty,
    MouTransferBasis,
)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the template needs; what only the parties may see is empty for others."""

    status: MouStatus
    last_day: date | None
    parties: Sequence[MouParty]
    bases: Mapping[str, MouTransferBasis | None]
    lacks: Sequence[str]
    mine: frozenset[int]
    confirmed: bool
    documents: Sequence[MouDocument]
    amendments: Sequence[MouAmendment]
    overrides: Sequence[MouOverride]
    history: Sequence[tuple[AuditEntry, str]]


def record(actor: Actor, mou: Mou) -> Record:
    """Gather it; the parties stand in the order of the alternat."""
    today = clock.today()
    inside = rules.is_party(actor, mou)
    sides = order_countries(sorted(rules.countries(mou)))
    absent = queries.absent(mou) if rules.is_draft(mou) else frozenset()
    return Record(
        status=rules.status(mou, today),
        last_day=rules.last_day(mou, today),
        parties=sorted(mou.parties, key=lambda party: _place(party, sides)),
        bases={code: rules.transfer_basis(mou, code, today) for code in sides},
        lacks=rules.lacks(mou) if rules.is_draft(mou) else (),
        mine=frozenset(
            party.institution_id
            for party in mou.parties
            if rules.speaks_for(actor, mou, party.institution_id, absent)
        ),
        confirmed=rules.is_confirmed(mou),
        documents=queries.documents(mou.id) if inside else (),
        amendments=queries.amendments(mou.id),
        overrides=queries.overrides(mou.id) if inside else (),
        history=queries.history(mou.id) if inside else (),
    )


def _place(party: MouParty, sides: Sequence[str]) -> int:
    country = party.institution.country
    return sides.index(country) if country else len(sides)
