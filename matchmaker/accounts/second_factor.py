"""The second factor: one-time codes of an app (RFC 6238) and recovery codes."""

import secrets
from typing import cast

import pyotp
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import CursorResult, update

from matchmaker.accounts import queries, services
from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.accounts.passwords import password_matches
from matchmaker.accounts.rules import may_do_without_second_factor
from matchmaker.accounts.secret_keys import fingerprint, lock, unlock
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed

STEP_SECONDS = 30
STEPS_OFF = 1
"""How many steps the clock of a telephone may be off."""
RECOVERY_CODES = 10
RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_GROUPS = 4
SECRET, RECOVERY = "second factor secret", "recovery code"


def new_secret() -> str:
    """A secret for an app, base 32, 160 bits."""
    return pyotp.random_base32()


def app_address(person: Person, secret: str) -> str:
    """The otpauth address that the QR code holds."""
    issuer = current_app.config["PRODUCT_NAME"]
    return str(pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=issuer))


def turn_on(actor: Actor, person: Person, secret: str, code: str) -> list[str]:
    """Start to ask for codes of this secret, beginning with a right one; answers the recovery codes.

    Ends the person's other sessions, which knew no second factor. Raises DomainError at `code`.
    """
    step = _step_of(secret, code)
    if step is None:
        raise DomainError(_("This code is wrong or too old. Type the one your app shows now."), "code")
    give_secret(person, secret, step)
    services.end_all_sessions(person, but=actor.session_id)
    this = update(SignedInSession).where(SignedInSession.id == actor.session_id)
    db.session.execute(this.values(second_factor=True))
    audit.record(actor, "turn_on_second_factor", "person", person.id)
    return _new_recovery_codes(person)


def give_secret(person: Person, secret: str, step: int = 0) -> None:
    """Keep a secret, encrypted; `step` is the last time step whose code was used."""
    person.totp_secret = lock(secret, SECRET)
    person.totp_confirmed_at, person.totp_last_step = clock.now(), step
    db.session.flush()


def turn_off(actor: Actor, person: Person, password: str) -> None:
    """Ask for no codes any more; raises NotAllowed for people of an institution, DomainError at `password`."""
    if not may_do_without_second_factor(actor):
        raise NotAllowed(_("People of an institution need the second step."))
    _require_password(person, password)
    person.totp_secret, person.totp_confirmed_at, person.recovery_hashes = "", None, []
    audit.record(actor, "turn_off_second_factor", "person", person.id)
    db.session.flush()


def renew_recovery_codes(actor: Actor, person: Person, password: str) -> list[str]:
    """New recovery codes instead of the old ones; raises DomainError at `password`."""
    _require_password(person, password)
    audit.record(actor, "renew_recovery_codes", "person", person.id)
    return _new_recovery_codes(person)


def check_code(person: Person, typed: str) -> None:
    """Accept a code of the app or a recovery code, each once; raises DomainError at `code`."""
    code = "".join(typed.split())
    accepted = _accept_app_code(person, code) if code.isdigit() else _accept_recovery_code(person, code)
    if not accepted:
        raise DomainError(_("This code is wrong or was used already. Wait for the next one."), "code")


def _accept_app_code(person: Person, code: str) -> bool:
    secret = unlock(person.totp_secret, SECRET)
    step = _step_of(secret, code) if secret else None
    if step is None:
        return False
    unused = (
        update(Person).where(Person.id == person.id, Person.totp_last_step < step).values(totp_last_step=step)
    )
    return cast("CursorResult[tuple[()]]", db.session.execute(unused)).rowcount == 1


def _accept_recovery_code(person: Person, code: str) -> bool:
    locked = queries.person(person.id, locked=True)
    found = fingerprint(_plain(code), RECOVERY)
    if found not in locked.recovery_hashes:
        return False
    locked.recovery_hashes = [item for item in locked.recovery_hashes if item != found]
    audit.record(None, "use_recovery_code", "person", person.id, after={"left": len(locked.recovery_hashes)})
    db.session.flush()
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The time step to which a code belongs, near the present one."""
    code = "".join(code.split())
    present = int(clock.now().timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    steps = range(present - STEPS_OFF, present + STEPS_OFF + 1)
    found = [step for step in steps if secrets.compare_digest(app.generate_otp(step).encode(), code.encode())]
    return max(found, default=None)


def _new_recovery_codes(person: Person) -> list[str]:
    codes = [
        "-".join(
            "".join(secrets.choice(RECOVERY_ALPHABET) for _sign in range(4))
            for _group in range(RECOVERY_GROUPS)
        )
        for _code in range(RECOVERY_CODES)
    ]
    person.recovery_hashes = [fingerprint(_plain(code), RECOVERY) for code in codes]
    db.session.flush()
    return codes


def _plain(code: str) -> str:
    return code.replace("-", "").casefold()


def _require_password(person: Person, password: str) -> None:
    if not password_matches(person.password_hash, password):
        raise DomainError(_("This is not your present password."), "password")
