"""Writes of accounts: signing up and in, sessions, passwords, settings."""

import secrets
from datetime import datetime
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, delete, update
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts import queries
from matchmaker.accounts.addresses import Address, key_of, parse_address
from matchmaker.accounts.enums import LinkPurpose
from matchmaker.accounts.models import OneTimeLink, Person, SignedInSession
from matchmaker.accounts.passwords import hash_password, is_outdated, password_matches
from matchmaker.accounts.terms import LINK_TERMS, session_term
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.mail import draft_mail, queue_mail


def create_person(
    email: str,
    *,
    name: str,
    password: str = "",
    password_hash: str = "",
    language: str = "en",
    country: str | None = None,
    name_romanised: str = "",
    confirmed: bool = False,
) -> Person:
    """Make an account, or take over one that was never confirmed; raises DomainError at `email` when it is taken."""
    address = parse_address(email)
    person = _new_person(address, name, password_hash or hash_password(password), language, country)
    if person is None:
        raise DomainError(_("There is already an account with this address."), "email")
    person.name_romanised = name_romanised
    if confirmed:
        person.email_confirmed_at = clock.now()
    db.session.flush()
    return person


def sign_up(
    address: Address, *, name: str, password: str, language: str, country: str | None, browser_token: str
) -> None:
    """Make an account that waits for its confirmation; the owner of a known address gets a mail that says so.

    The answer and the work are the same either way. `browser_token` is what the browser keeps to be known again.
    """
    hashed = hash_password(password)
    person = _new_person(address, name, hashed, language, country)
    if person is None:
        known = queries.person_by_key(address.key)
        if known is not None:
            queue_mail("already_have_account", to=known.email, language=known.language, name=known.name)
        return
    audit.record(None, "sign_up", "person", person.id, after={"language": language, "country": country})
    _void_links(person, LinkPurpose.CONFIRM_EMAIL)
    token = _new_link(person, LinkPurpose.CONFIRM_EMAIL, browser=queries.digest(browser_token))
    queue_mail("confirm", to=person.email, language=person.language, name=person.name, token=token)
    db.session.flush()


def _new_person(
    address: Address, name: str, hashed: str, language: str, country: str | None
) -> Person | None:
    """A new row, or the unconfirmed one of the address with its data replaced; None when somebody has the address.

    Nobody has proved to own an unconfirmed address, so whoever typed it last decides its data.
    """
    person = queries.person_by_key(address.key, locked=True)
    if person is None:
        person = Person(email=address.shown, email_key=address.key, name=name, password_hash=hashed)
        try:
            with db.session.begin_nested():
                db.session.add(person)
        except IntegrityError:
            person = queries.person_by_key(address.key, locked=True)
    if person is None or person.email_confirmed_at is not None or person.disabled_at is not None:
        return None
    person.email, person.name, person.password_hash = address.shown, name, hashed
    person.language, person.country, person.password_changed_at = language, country, clock.now()
    return person


def confirm(link: OneTimeLink, *, browser_tokens: list[str], password: str) -> Person:
    """Use up a confirmation link; raises DomainError at `password` for a browser that neither signed up nor knows it.

    So nobody confirms, by a click on a mail, an account that a stranger made with a password of the stranger's.
    """
    person = queries.person(link.person_id, locked=True)
    if not is_from_browser(link, browser_tokens) and not password_matches(person.password_hash, password):
        raise DomainError(_("This is not the password you chose when you signed up."), "password")
    _use(link)
    person.email_confirmed_at = person.email_confirmed_at or clock.now()
    audit.record(None, "confirm_email", "person", person.id)
    db.session.flush()
    return person


def is_from_browser(link: OneTimeLink, browser_tokens: list[str]) -> bool:
    """Whether the link was asked for in a browser that holds one of these tokens."""
    return bool(link.browser) and link.browser in {queries.digest(token) for token in browser_tokens}


def check_password(email: str, password: str) -> Person:
    """The person of a typed address and password; raises DomainError, the same for every way of being wrong."""
    person = queries.person_by_key(key_of(email), locked=True)
    right = password_matches(person.password_hash if person else None, password)
    if person is None or not right or person.disabled_at is not None:
        raise DomainError(_("The e-mail address or the password is wrong."))
    if person.email_confirmed_at is None:
        raise DomainError(
            _("Open the link in the mail we sent you first. For a new link, sign up again with this address.")
        )
    if is_outdated(person.password_hash):
        person.password_hash = hash_password(password)
    return person


def ask_reset(email: str) -> None:
    """Mail a link by which a new password can be set; an unknown address gets nothing, after the same work."""
    person = queries.person_by_key(key_of(email))
    if person is None or person.disabled_at is not None:
        _write_and_undo_reset()
        return
    token = _new_link(person, LinkPurpose.RESET)
    queue_mail("reset", to=person.email, language=person.language, name=person.name, token=token)
    db.session.flush()


def _write_and_undo_reset() -> None:
    """The work of a reset, of which nothing stays, so that the time of the answer tells no address."""
    undone = db.session.begin_nested()
    token = secrets.token_urlsafe(32)
    db.session.add(draft_mail("reset", to="nobody@example.org", language="en", name="", token=token))
    db.session.flush()
    undone.rollback()


def reset_password(link: OneTimeLink, password: str) -> Person:
    """Set a new password by a link, end all sessions; the link also proves that the address is the person's."""
    person = queries.person(link.person_id, locked=True)
    _use(link)
    _set_password(person, password)
    person.email_confirmed_at = person.email_confirmed_at or clock.now()
    audit.record(None, "reset_password", "person", person.id)
    db.session.flush()
    return person


def change_password(actor: Actor, person: Person, *, old: str, new: str) -> None:
    """Set a new password and end all sessions; raises DomainError at `old_password` when the old one is wrong."""
    if not password_matches(person.password_hash, old):
        raise DomainError(_("This is not your present password."), "old_password")
    _set_password(person, new)
    audit.record(actor, "change_password", "person", person.id)
    db.session.flush()


def change_settings(actor: Actor, person: Person, *, name: str, name_romanised: str, language: str) -> None:
    """Change what a person decides about themselves."""
    before = {"name": person.name, "name_romanised": person.name_romanised, "language": person.language}
    person.name, person.name_romanised, person.language = name, name_romanised, language
    after = {"name": name, "name_romanised": name_romanised, "language": language}
    audit.record(actor, "change_settings", "person", person.id, before, after)
    db.session.flush()


def disable(actor: Actor, person: Person) -> None:
    """Close an account: nobody signs in with it any more, and whoever is signed in is out; raises Conflict when closed."""
    if person.disabled_at is not None:
        raise Conflict(_("This account is disabled already."))
    person.disabled_at = clock.now()
    end_all_sessions(person)
    audit.record(actor, "disable", "person", person.id)
    db.session.flush()


def enable(actor: Actor, person: Person) -> None:
    """Open a disabled account again; raises Conflict when it is open."""
    if person.disabled_at is None:
        raise Conflict(_("This account is not disabled."))
    person.disabled_at = None
    audit.record(actor, "enable", "person", person.id)
    db.session.flush()


def start_session(person: Person, second_factor: bool, browser: str = "") -> str:
    """Sign a person in; the answer is the token for the cookie, of which only a digest is kept."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignedInSession(
            digest=queries.digest(token),
            person_id=person.id,
            second_factor=second_factor,
            browser=browser[:200],
            expires_at=clock.now() + session_term(),
        )
    )
    db.session.flush()
    return token


def extend_session(session: SignedInSession) -> None:
    """Let a session that is in use last on; written at most once in a tenth of its term."""
    expires = clock.now() + session_term()
    if expires - session.expires_at > session_term() / 10:
        session.expires_at = expires


def end_session(session_id: int) -> None:
    """Sign one browser out."""
    db.session.execute(delete(SignedInSession).where(SignedInSession.id == session_id))


def end_all_sessions(person: Person, *, but: int = 0) -> None:
    """Sign a person out of every browser, where given but one."""
    others = (SignedInSession.person_id == person.id, SignedInSession.id != but)
    db.session.execute(delete(SignedInSession).where(*others))


def _set_password(person: Person, password: str) -> None:
    person.password_hash, person.password_changed_at = hash_password(password), clock.now()
    _void_links(person, LinkPurpose.RESET)
    end_all_sessions(person)


def _new_link(person: Person, purpose: LinkPurpose, browser: str = "") -> str:
    db.session.flush()
    token = secrets.token_urlsafe(32)
    expires = clock.now() + LINK_TERMS[purpose]
    db.session.add(
        OneTimeLink(
            purpose=purpose,
            digest=queries.digest(token),
            person_id=person.id,
            expires_at=expires,
            browser=browser,
        )
    )
    return token


def _void_links(person: Person, purpose: LinkPurpose) -> None:
    still_open = (
        OneTimeLink.person_id == person.id,
        OneTimeLink.purpose == purpose,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > clock.now(),
    )
    db.session.execute(update(OneTimeLink).where(*still_open).values(expires_at=clock.now()))


def _use(link: OneTimeLink) -> None:
    """Mark a link as used; raises Conflict when somebody was faster: the database decides who."""
    now: datetime = clock.now()
    still_open = (OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    used = cast(
        "CursorResult[tuple[()]]",
        db.session.execute(update(OneTimeLink).where(*still_open).values(used_at=now)),
    )
    if used.rowcount != 1:
        raise Conflict(_("This link was used already or is too old."))
