"""Decisions about accounts: who may do what with them, which passwords and paths will do."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from matchmaker.core.actor import Actor

if TYPE_CHECKING:
    from matchmaker.accounts.models import SignedInSession

FEWEST_DIFFERENT_SIGNS = 5
OFTEN_USED = frozenset(
    {
        "0123456789", "1234567890", "12345678910", "1q2w3e4r5t", "1qaz2wsx3edc", "abcdefghij", "adminadmin",
        "baseball12", "changeme123", "football12", "iloveyou12", "letmein123", "parola12345", "passw0rd123",
        "password12", "password123", "password1234", "qwerty1234", "qwerty12345", "qwertyuiop", "sifre12345",
        "welcome123", "şifre12345", "пароль1234", "пароль12345", "йцукенгшщз",
    }
)  # fmt: skip


def may_end_session(actor: Actor, session: "SignedInSession") -> bool:
    """Everybody ends their own sessions only."""
    return actor.is_authenticated and session.person_id == actor.person_id


def may_do_without_second_factor(actor: Actor) -> bool:
    """People of an institution need the second factor; everybody else chooses."""
    return actor.is_authenticated and not actor.is_staff and not actor.needs_second_factor


def is_weak(password: str, email: str) -> bool:
    """Whether a password is among the first that somebody would guess: often used, few signs, or the address itself."""
    folded = password.casefold()
    name = email.casefold().split("@")[0]
    return (
        folded in OFTEN_USED
        or len(set(folded)) < FEWEST_DIFFERENT_SIGNS
        or folded in (email.casefold(), name, name * 2, name[::-1])
    )


def is_local_path(path: str) -> bool:
    """Whether an address to return to leads to a page of this site and nowhere else."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return False
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in path):
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc
