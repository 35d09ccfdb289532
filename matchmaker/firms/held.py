"""What firms keep of a person: memberships, contact persons with their consents, invitations, requests to join."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import aliased, selectinload

from matchmaker.core import audit
from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.core.personal_data import Fate, Held, Obstacle, Part
from matchmaker.firms.declarations.models import DeclarationRequest, RecordedTerm, SizeDeclaration
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.enums import FirmState
from matchmaker.firms.merging.models import MergeRecord
from matchmaker.firms.models import (
    ContactConsent,
    ContactPerson,
    Firm,
    FirmIdentifier,
    FirmInvitation,
    FirmMarketChange,
    FirmMember,
    FirmReview,
    JoinRequest,
    ProfileChange,
    RegistrationCode,
)
from matchmaker.firms.services import index_later

CONTACT = Held(
    ContactPerson,
    _l("You as a contact person of a firm"),
    (ContactPerson.person_id,),
    Fate.REMOVED,
    address=ContactPerson.email,
    secret=frozenset({"consent_digest"}),
)
CONSENT = Held(
    ContactConsent,
    _l("Your consents, with the text you read"),
    (),
    Fate.REMOVED,
    below=((ContactConsent.contact_id, CONTACT),),
)
MEMBER = Held(FirmMember, _l("Firms that you belong to"), (FirmMember.person_id,), Fate.REMOVED)
LEFT_ALONE = (FirmState.ARCHIVED, FirmState.DRAFT)
"""A firm in one of these states needs no administrator."""


def only_administrator_of(person_id: int) -> list[Firm]:
    """The firms that have nobody else to decide for them."""
    other = aliased(FirmMember)
    another = exists().where(
        other.firm_id == FirmMember.firm_id,
        other.person_id != person_id,
        other.role == FirmRole.ADMINISTRATOR,
    )
    found = (
        select(Firm)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .where(FirmMember.person_id == person_id, FirmMember.role == FirmRole.ADMINISTRATOR)
        .where(~another, Firm.state.not_in(LEFT_ALONE))
        .order_by(Firm.id)
    )
    return list(db.session.scalars(found))


def obstacles(person_id: int) -> list[Obstacle]:
    """A firm is not left without an administrator."""
    return [
        Obstacle(
            _(
                "%(firm)s has no other administrator. Somebody else becomes one first, or the firm is archived.",
                firm=firm.name,
            ),
            f"/firms/{firm.id}/people",
        )
        for firm in only_administrator_of(person_id)
    ]


def before(person_id: int) -> None:
    """Have the firms of the person indexed anew, and empty drafts that nobody else is working on."""
    _keep_proof(person_id)
    mine = select(FirmMember.firm_id).where(FirmMember.person_id == person_id)
    named = select(ContactPerson.firm_id).where(ContactPerson.person_id == person_id)
    for firm_id in sorted({*db.session.scalars(mine), *db.session.scalars(named)}):
        index_later(firm_id)
    for firm in db.session.scalars(select(Firm).where(Firm.id.in_(mine), Firm.state == FirmState.DRAFT)):
        members = select(func.count(FirmMember.id)).where(FirmMember.firm_id == firm.id)
        if db.session.scalar(members) == 1:
            _empty(firm)


def _keep_proof(person_id: int) -> None:
    """Write down which consents there were and when, without a name: each transfer rests on one."""
    found = (
        select(ContactPerson)
        .where(ContactPerson.person_id == person_id)
        .options(selectinload(ContactPerson.consents))
    )
    for contact in db.session.scalars(found):
        consents = [
            [
                item.purpose.value,
                item.text_version,
                item.language,
                item.given_at.isoformat(),
                item.withdrawn_at.isoformat() if item.withdrawn_at else "",
            ]
            for item in contact.consents
        ]
        before = {"contact": contact.id, "consents": consents}
        audit.record(None, "remove_contact", "firm", contact.firm_id, before)
    db.session.flush()


def _empty(firm: Firm) -> None:
    firm.legal_name = firm.name_romanised = firm.trade_name = firm.name_key = ""
    firm.address = firm.postcode = firm.town = firm.website = ""
    db.session.execute(delete(FirmIdentifier).where(FirmIdentifier.firm_id == firm.id))
    db.session.flush()


PART = Part(
    "firms",
    _l("Firms"),
    held=(
        CONSENT,
        CONTACT,
        MEMBER,
        Held(JoinRequest, _l("Your requests to join a firm"), (JoinRequest.person_id,), Fate.REMOVED),
        Held(
            FirmInvitation,
            _l("Invitations to you to join a firm"),
            (),
            Fate.BLANKED,
            address=FirmInvitation.email,
            secret=frozenset({"digest"}),
            blank={"email": ""},
        ),
    ),
    named=(
        DeclarationRequest.asked_by_id,
        Firm.created_by_id,
        FirmInvitation.invited_by_id,
        FirmMarketChange.changed_by_id,
        FirmReview.officer_id,
        JoinRequest.decided_by_id,
        MergeRecord.person_id,
        MergeRecord.undone_by_id,
        ProfileChange.changed_by_id,
        RecordedTerm.recorded_by_id,
        RegistrationCode.issued_by_id,
        SizeDeclaration.declared_by_id,
        SuspectedPair.decided_by_id,
    ),
    obstacles=obstacles,
    before=before,
)
