"""Opening the register's zip: what is refused before a byte is unpacked, and reading members in bounded pieces."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from matchmaker.firms.registers.entries import Reason

PIECE = 64 * 1024
MAX_RATIO = 250
MAX_MEMBERS = 100_000
MAX_UNPACKED = 200 * 1024**3
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class BadArchive(ValueError):
    """The file as a whole cannot be read as a register: not a zip, or one built to harm."""


class RefusedMember(Exception):
    """A member cannot be read any further; carries the reason and what was found."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open the zip; raises BadArchive for anything that is none, or whose sizes cannot be those of a register.

    The limits bound the work, not the register: the whole Russian one unpacks to some 20 GB in 6,000 members at a
    ratio of about 12. Members may not claim more packed bytes than the file has, which is how overlapping bombs look.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise BadArchive(f"not a zip file: {error}") from error
    members = archive.infolist()
    problem = ""
    if len(members) > MAX_MEMBERS:
        problem = f"{len(members)} members, at most {MAX_MEMBERS} are read"
    elif sum(member.compress_size for member in members) > path.stat().st_size:
        problem = "members overlap"
    elif sum(member.file_size for member in members) > MAX_UNPACKED:
        problem = f"unpacks to more than {MAX_UNPACKED} bytes"
    if problem:
        archive.close()
        raise BadArchive(problem)
    return archive


def check_member(member: zipfile.ZipInfo) -> None:
    """Raise RefusedMember for a member that is not to be unpacked."""
    if not member.filename.lower().endswith(".xml"):
        raise RefusedMember(Reason.NOT_XML, member.filename[:200])
    if member.flag_bits & 0x1:
        raise RefusedMember(Reason.ENCRYPTED, member.filename[:200])
    if member.compress_type not in METHODS:
        raise RefusedMember(Reason.COMPRESSION, f"method {member.compress_type}")
    if member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise RefusedMember(Reason.COMPRESSION, f"{member.file_size} bytes from {member.compress_size}")


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes in pieces of at most PIECE; raises RefusedMember where they are damaged.

    zipfile never gives more than the declared size and compares the checksum at the end, so a member that lies about
    either ends here too.
    """
    try:
        with archive.open(member) as stream:
            while piece := stream.read(PIECE):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise RefusedMember(Reason.DAMAGED, str(error)[:200]) from error
