"""What the signed cookie of a browser holds: the session's token, a sign-in half done, the forms it signed up with."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import request, session

from matchmaker.accounts.models import Person
from matchmaker.accounts.secret_keys import lock, unlock
from matchmaker.accounts.services import start_session
from matchmaker.accounts.terms import SECOND_FACTOR_SECONDS
from matchmaker.core import clock

SESSION_KEY = "token"
PENDING, SIGNED_UP, SET_UP, SHOWN_ONCE = "pending", "signed_up", "second_factor_set_up", "recovery_codes"
KEPT_SIGN_UPS = 3
KEPT_AT_SIGN_IN = ("language", SIGNED_UP)


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who gave the right password and owes a code; `stamp` is void once the password changes."""

    person_id: int
    stamp: str
    next: str

    def is_for(self, person: Person) -> bool:
        """Whether the account is still as it was when the password was checked."""
        return person.disabled_at is None and self.stamp == _stamp(person)


def begin_session(person: Person, *, second_factor: bool) -> None:
    """Sign this browser in, with a cookie that keeps nothing a stranger may have planted in it."""
    _clear()
    session[SESSION_KEY] = start_session(person, second_factor, request.user_agent.string)


def forget_session() -> None:
    """Sign this browser out, as far as the cookie goes."""
    _clear()


def _clear() -> None:
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    session.clear()
    session.update(kept)


def begin_pending(person: Person, next_path: str) -> None:
    """Remember that the password was right; the code has to follow soon."""
    _clear()
    session[PENDING] = {
        "person": person.id,
        "stamp": _stamp(person),
        "at": int(clock.now().timestamp()),
        "next": next_path,
    }


def pending() -> Pending | None:
    """Who owes a code in this browser, unless the time is up."""
    kept = session.get(PENDING)
    if not kept or kept["at"] < clock.now().timestamp() - SECOND_FACTOR_SECONDS:
        return None
    return Pending(kept["person"], kept["stamp"], kept["next"])


def browser_tokens() -> list[str]:
    """The tokens of the sign-ups made in this browser."""
    return list(session.get(SIGNED_UP, ()))


def new_browser_token() -> str:
    """A token for one more sign-up of this browser."""
    token = secrets.token_urlsafe(24)
    session[SIGNED_UP] = [*browser_tokens(), token][-KEPT_SIGN_UPS:]
    return token


def keep_set_up(secret: str) -> None:
    """Keep the secret of a second factor, locked, until its first code is typed."""
    session[SET_UP] = lock(secret, SET_UP)


def set_up_secret() -> str | None:
    """The secret of a second factor that is being set up in this browser."""
    return unlock(session.get(SET_UP, ""), SET_UP)


def keep_shown_once(codes: list[str]) -> None:
    """Hand recovery codes over to the page that shows them."""
    session.pop(SET_UP, None)
    session[SHOWN_ONCE] = lock(" ".join(codes), SHOWN_ONCE)


def take_shown_once() -> list[str]:
    """The recovery codes to show now, and never again."""
    return (unlock(session.pop(SHOWN_ONCE, ""), SHOWN_ONCE) or "").split()


def _stamp(person: Person) -> str:
    changed: datetime = person.password_changed_at
    return changed.astimezone(UTC).isoformat()
