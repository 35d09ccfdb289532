"""Writes of registration codes: issued for a register entry, taken back, typed by a firm, and spent once."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from flask_babel import gettext as _

from matchmaker.accounts.secret_keys import lock, unlock
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.i18n import in_language
from matchmaker.firms import code_queries, notices, queries, services
from matchmaker.firms.code_rules import ISSUING, CodeState, may_issue, may_see_code, state_of
from matchmaker.firms.enums import FirmState, RegisterStatus, VerificationDecision, VerificationMethod
from matchmaker.firms.models import Firm, FirmReview, RegisterEntry, RegistrationCode
from matchmaker.firms.registers.rules import is_mapped
from matchmaker.firms.rules import is_region_mapped
from matchmaker.reference import identifiers

SIGNS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters and digits that are taken for each other on paper."""
LENGTH, GROUP = 12, 4
VALID: Final = timedelta(days=90)
PURPOSE: Final = "registration code"


def issue(actor: Actor, entry: RegisterEntry) -> RegistrationCode:
    """Make a code for the business of a register entry; an earlier one that was not used is taken back.

    Raises NotAllowed, DomainError for an entry whose region is not mapped, Conflict when the business is registered.
    """
    if not may_issue(actor, entry.country):
        audit.record_refusal(actor, "issue_code", "register_entry", entry.id, "not permitted")
        raise NotAllowed(_("You do not have permission for this."))
    if not is_mapped(entry):
        raise DomainError(
            _("The region of this entry is not mapped. Compliance decides before it is invited.")
        )
    if registered_firm(entry) is not None:
        raise Conflict(_("This business is registered already."))
    _replace_open(actor, entry)
    text = _new_text()
    code = RegistrationCode(
        country=entry.country,
        identifier=entry.identifier,
        addressee=(entry.short_name or entry.name)[:200],
        digest=digest_of(text),
        locked=lock(text, PURPOSE),
        open_key=f"{entry.country}:{entry.identifier}",
        institution_id=_institution_of(actor, entry.country),
        issued_by_id=actor.person_id,
        expires_at=clock.now() + VALID,
    )
    db.session.add(code)
    db.session.flush()
    after = {"country": code.country, "identifier": code.identifier, "expires": code.expires_at.isoformat()}
    audit.record(actor, "issue", "registration_code", code.id, after=after)
    return code


def registered_firm(entry: RegisterEntry) -> int | None:
    """The firm that has the number of an entry."""
    schemes = [one.code for one in identifiers.of_country(entry.country)]
    owners = (queries.identifier_owner(scheme, entry.identifier) for scheme in schemes)
    return next((owner for owner in owners if owner is not None), None)


def _replace_open(actor: Actor, entry: RegisterEntry) -> None:
    before = code_queries.open_code(entry.country, entry.identifier)
    if before is not None:
        _take_back(actor, before)


def _institution_of(actor: Actor, country: str) -> int:
    return next(one.institution_id for one in actor.grants if one.country == country and one.role in ISSUING)


def revoke(actor: Actor, code: RegistrationCode) -> None:
    """Take a code back that was not used; raises NotAllowed, Conflict."""
    if not may_see_code(actor, code):
        raise NotAllowed(_("You do not have permission for this."))
    code = code_queries.code_for_change(code.id)
    if code.open_key is None:
        raise Conflict(_("This code was used or taken back already."))
    _take_back(actor, code)


def _take_back(actor: Actor, code: RegistrationCode) -> None:
    code.revoked_at, code.open_key = clock.now(), None
    audit.record(actor, "revoke", "registration_code", code.id)
    db.session.flush()


def _new_text() -> str:
    signs = [secrets.choice(SIGNS) for _place in range(LENGTH)]
    return "-".join("".join(signs[start : start + GROUP]) for start in range(0, LENGTH, GROUP))


def digest_of(text: str) -> str:
    """Of the signs alone, so that spaces, hyphens and small letters do not matter."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum())
    return hashlib.sha256(f"{PURPOSE}:{plain}".encode()).hexdigest()


def text_of(code: RegistrationCode) -> str:
    """The code as it is printed; Conflict once it cannot be used any more or was locked with another key."""
    text = unlock(code.locked, PURPOSE)
    if text is None or state_of(code, clock.now()) is not CodeState.OPEN:
        raise Conflict(_("This code cannot be used any more. Issue a new one."))
    return text


def claim(actor: Actor, firm: Firm, typed: str, numbers: dict[str, str]) -> None:
    """Take the code that a firm typed beside its numbers; it is spent when the registration is sent.

    Raises DomainError at `code` for one that is unknown, of another number, used, taken back or expired.
    """
    code = code_queries.code_by_digest(digest_of(typed))
    fits = (
        code is not None
        and code.country == firm.country
        and code.identifier in numbers.values()
        and state_of(code, clock.now()) is CodeState.OPEN
    )
    if code is None or not fits:
        audit.record_refusal(actor, "claim_code", "firm", firm.id, "no such open code for these numbers")
        raise DomainError(
            _(
                "This code does not belong to this number, was used already or has ended. Check the letter, or leave the field empty."
            ),
            "code",
        )
    if code.firm_id != firm.id:
        code.firm_id = firm.id
        audit.record(actor, "claim", "registration_code", code.id, after={"firm": firm.id})
    db.session.flush()


def submit(actor: Actor, firm: Firm) -> bool:
    """Send a registration; with a code of its institution the firm is verified at once. Answers whether it was.

    Raises as services.submit does. A code is spent once: what is sent later is checked by hand.
    """
    services.submit(actor, firm)
    code = code_queries.claimed_by(firm.id)
    if code is None or not _counts(code, firm):
        return False
    code.used_at, code.open_key = clock.now(), None
    audit.record(actor, "use", "registration_code", code.id, after={"firm": firm.id})
    _verify(actor, firm, code)
    return True


def _counts(code: RegistrationCode, firm: Firm) -> bool:
    """Whether the code still vouches for what was sent: its number, its country, a mapped region, no doubt of a name."""
    doubts = (RegisterStatus.NAME_TO_CONFIRM, RegisterStatus.NAME_DIFFERS)
    return (
        state_of(code, clock.now()) is CodeState.OPEN
        and firm.state is FirmState.SUBMITTED
        and code.country == firm.country
        and any(row.value == code.identifier for row in firm.identifiers)
        and is_region_mapped(firm)
        and firm.register_status not in doubts
    )


def _verify(actor: Actor, firm: Firm, code: RegistrationCode) -> None:
    review = FirmReview(
        firm_id=firm.id,
        officer_id=code.issued_by_id,
        decision=VerificationDecision.VERIFIED,
        method=VerificationMethod.REGISTER,
        reason=_reason(code, firm.country.lower()),
    )
    db.session.add(review)
    services.verify_vouched(actor, firm)
    for row in firm.identifiers:
        row.verified_on = clock.today()
    db.session.flush()
    notices.tell_owners(firm, review.id, "")


def _reason(code: RegistrationCode, language: str) -> str:
    with in_language(language):
        return str(
            _(
                "Registered with invitation code no. %(number)s, which is bound to this number.",
                number=code.id,
            )
        )
