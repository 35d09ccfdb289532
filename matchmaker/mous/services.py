"""Writes of memorandums."""

from datetime import date

from flask_babel import gettext as _

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.files import StoredFile, path_of
from matchmaker.institutions.models import Institution
from matchmaker.mous import importing, rules
from matchmaker.mous.cover import require_cover
from matchmaker.mous.drafts import clone, confirm, edit, sign, start
from matchmaker.mous.enums import TransferBasisKind
from matchmaker.mous.models import Mou, MouTransferBasis
from matchmaker.mous.records import add_document, amend, end, end_contact, name_contact, warn_of_ends
from matchmaker.mous.signals import transfer_basis_recorded

__all__ = [
    "add_document",
    "amend",
    "clone",
    "confirm",
    "edit",
    "end",
    "end_contact",
    "import_list",
    "name_contact",
    "record_transfer_basis",
    "require_cover",
    "sign",
    "start",
    "warn_of_ends",
]


def record_transfer_basis(
    actor: Actor,
    mou: Mou,
    *,
    from_country: str,
    kind: TransferBasisKind,
    reference: str,
    valid_from: date,
    notified_on: date | None,
) -> MouTransferBasis:
    """Record, or record anew, on what ground a country's contact data may be shown to the other side.

    Raises NotAllowed for another side's country and DomainError where the reference is empty.
    """
    if from_country not in rules.basis_countries(actor, mou):
        raise NotAllowed(_("Only the compliance officers of that country record this."))
    if not reference.strip():
        raise DomainError(_("Enter the number or title of the document."), "reference")
    basis = next((item for item in mou.transfer_bases if item.from_country == from_country), None)
    before = {} if basis is None else {"kind": basis.kind.value, "reference": basis.reference}
    if basis is None:
        basis = MouTransferBasis(from_country=from_country)
        mou.transfer_bases.append(basis)
    basis.kind, basis.reference = kind, reference.strip()
    basis.valid_from, basis.notified_on, basis.recorded_by_id = valid_from, notified_on, actor.person_id
    after = {
        "country": from_country,
        "kind": kind.value,
        "reference": basis.reference,
        "from": valid_from.isoformat(),
    }
    audit.record(actor, "record_transfer_basis", "mou", mou.id, before, after)
    db.session.flush()
    transfer_basis_recorded.send(mou)
    return basis


def import_list(actor: Actor, own: Institution, stored: StoredFile) -> int:
    """Write a list that was checked before; raises Conflict when a row is wrong by now. Nothing is written twice."""
    reading = importing.read(path_of(stored))
    if reading.missing or reading.wrong:
        raise Conflict(_("The list has errors. Mend them and upload it again."))
    return importing.apply(actor, own, reading)
