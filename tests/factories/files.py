"""Stored files."""

from factory import Sequence

from matchmaker.core.files import StoredFile, path_of
from tests.factories.base import EntityFactory


class StoredFileFactory(EntityFactory):
    """A small PDF as it lies on the disk; take it from `stored_pdf`."""

    class Meta:
        model = StoredFile

    token = Sequence(lambda count: f"{count + 1:048d}")
    name = "sheet.pdf"
    media_type = "application/pdf"
    size = 9
    sha256 = "0" * 64


def stored_pdf(name: str = "sheet.pdf") -> StoredFile:
    """A stored file with its content."""
    stored: StoredFile = StoredFileFactory(name=name)
    path_of(stored).write_bytes(b"%PDF-1.7\n")
    return stored
