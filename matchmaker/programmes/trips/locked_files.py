"""Files that are encrypted on disk: letters with passport data, archives of them."""

from matchmaker.accounts.secret_keys import lock_bytes, unlock_bytes
from matchmaker.core.actor import Actor
from matchmaker.core.errors import existing
from matchmaker.core.files import StoredFile, keep_content, path_of
from matchmaker.programmes.trips.travel_secrets import FILES

MEDIA_TYPE = "application/octet-stream"


def keep_locked(actor: Actor, name: str, content: bytes) -> StoredFile:
    """Keep a file so that its place on disk reveals nothing; its stored hash is that of the locked form."""
    return keep_content(actor, name, MEDIA_TYPE, lock_bytes(content, FILES))


def open_locked(stored: StoredFile | None) -> bytes:
    """The content of a locked file; raises NotFound where it was destroyed or is none of ours."""
    path = path_of(stored) if stored is not None else None
    return existing(unlock_bytes(path.read_bytes(), FILES) if path is not None and path.is_file() else None)
