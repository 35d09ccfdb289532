"""Keys derived from SECRET_KEY, one for each purpose, and what is locked with them."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def derived_key(purpose: str) -> bytes:
    """32 bytes that only this installation can compute; SECRET_KEY itself is never used twice."""
    return hmac.digest(
        current_app.config["SECRET_KEY"].encode(), f"tandem {purpose}".encode(), hashlib.sha256
    )


def lock(text: str, purpose: str) -> str:
    """Encrypt a text."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unlock(locked: str, purpose: str) -> str | None:
    """The text of a locked one; None when it was not locked here for this purpose."""
    try:
        return _cipher(purpose).decrypt(locked.encode()).decode()
    except InvalidToken:
        return None


def lock_bytes(content: bytes, purpose: str) -> bytes:
    """Encrypt a file."""
    return _cipher(purpose).encrypt(content)


def unlock_bytes(locked: bytes, purpose: str) -> bytes | None:
    """The content of a locked file; None when it was not locked here for this purpose."""
    try:
        return _cipher(purpose).decrypt(locked)
    except InvalidToken:
        return None


def fingerprint(text: str, purpose: str) -> str:
    """A keyed digest: whoever has only the database cannot try guesses against it."""
    return hmac.digest(derived_key(purpose), text.encode(), hashlib.sha256).hex()


def _cipher(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key(purpose)))
