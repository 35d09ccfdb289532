"""Password hashes: argon2id, with the cost that the application runs with."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import current_app

SHORTEST, LONGEST = 10, 200


@cache
def _hasher(cheap: bool) -> PasswordHasher:
    # 32 MiB and three passes are above OWASP's least (19 MiB, two passes); kibibytes.
    cost = (1, 8, 1) if cheap else (3, 32 * 1024, 1)
    return PasswordHasher(time_cost=cost[0], memory_cost=cost[1], parallelism=cost[2])


@cache
def _nobodys_hash(cheap: bool) -> str:
    return _hasher(cheap).hash("nobody has this password")


def _cheap() -> bool:
    return bool(current_app.config["TESTING"])


def hash_password(password: str) -> str:
    """The hash to keep of a password."""
    return _hasher(_cheap()).hash(password)


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password has this hash; without a hash the same work is done in vain, so that the answer takes as long."""
    hasher = _hasher(_cheap())
    try:
        hasher.verify(kept or _nobodys_hash(_cheap()), password)
    except (Argon2Error, InvalidHashError):
        return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with another cost than is used now."""
    return _hasher(_cheap()).check_needs_rehash(kept)
