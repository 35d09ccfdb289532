"""Uploaded files: checked, kept under random names outside the web root, served after a permission check."""

import hashlib
import io
import secrets
import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from flask import Response, current_app, send_file
from flask_babel import gettext as _
from PIL import Image, UnidentifiedImageError
from sqlalchemy import Index, String, event, text
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column
from werkzeug.datastructures import FileStorage

from matchmaker.core.actor import Actor
from matchmaker.core.db import Entity, Name, db
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.requests import kept

DOCUMENT_TYPES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
}
OFFICE_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
KEPT, REMOVED = "files kept", "files removed"
LOGO_SIDE = 256
LOGO_PIXELS = 40_000_000


class StoredFile(Entity):
    """One stored file; its place on disk is its random token."""

    __tablename__ = "stored_file"
    token: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int | None] = mapped_column(index=True)


def index_of_files(name: str, column: str) -> Index:
    """An index of the rows that name a file, for a table of very many of which few do.

    Who removes a file makes the database look through every table that could name it.
    """
    named = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=named, postgresql_where=named)


def store_document(actor: Actor, upload: FileStorage, field: str) -> StoredFile:
    """Keep a document; raises DomainError at the field when its type, content or size will not do."""
    content = upload.read(_most_bytes() + 1)
    name = Path(upload.filename or "").name
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in DOCUMENT_TYPES:
        raise DomainError(_("Choose a PDF, PNG, JPEG, DOCX or XLSX file."), field)
    if not content:
        raise DomainError(_("This file is empty."), field)
    if len(content) > _most_bytes():
        raise DomainError(
            _("Choose a file of at most %(size)s MB.", size=current_app.config["MAX_UPLOAD_MB"]), field
        )
    media_type, start = DOCUMENT_TYPES[ending]
    if not content.startswith(start) or not _is_office_file(content, ending):
        raise DomainError(
            _("The content of this file is not what its name says. Save it again and retry."), field
        )
    return _keep(actor, name, media_type, content)


def store_logo(actor: Actor, upload: FileStorage, field: str) -> StoredFile:
    """Keep an image, drawn anew as a PNG that fits 256 x 256, without metadata; raises DomainError at the field."""
    content = upload.read(_most_bytes() + 1)
    if len(content) > _most_bytes():
        raise DomainError(
            _("Choose a file of at most %(size)s MB.", size=current_app.config["MAX_UPLOAD_MB"]), field
        )
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        if image.width * image.height > LOGO_PIXELS:
            raise DomainError(_("This image has too many pixels. Make it smaller."), field)
        drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise DomainError(_("Choose a PNG, JPEG or WebP image."), field) from error
    drawn.thumbnail((LOGO_SIDE, LOGO_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return _keep(actor, "logo.png", "image/png", out.getvalue())


def send_stored(stored: StoredFile, *, download: bool = True) -> Response:
    """Answer with the file; the caller has checked that the reader may have it. Raises NotFound when it is gone."""
    path = _folder() / stored.token
    if not path.is_file():
        raise NotFound
    response = send_file(path, mimetype=stored.media_type, as_attachment=download, download_name=stored.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store" if download else "private, max-age=3600"
    return response


def path_of(stored: StoredFile) -> Path:
    """Where the file lies, for jobs that read it."""
    return _folder() / stored.token


def remove_stored(stored: StoredFile) -> None:
    """Remove a file and its row; whoever named it has let it go. The content goes once this is committed."""
    remove_content(stored)
    db.session.delete(stored)


def remove_content(stored: StoredFile) -> None:
    """Remove what a file holds once this is committed; its row stays, for a job or a record names it."""
    _with_transaction(REMOVED, path_of(stored))


def stray_contents(known: Collection[str], before: datetime) -> Iterator[Path]:
    """Old files of the folder that no row stands for, as a crash between writing and committing leaves them."""
    for path in _folder().iterdir():
        if path.name not in known and path.stat().st_mtime < before.timestamp():
            yield path


def keep_upload(actor: Actor, upload: FileStorage, media_type: str) -> StoredFile:
    """Keep an import file of any size in steps, unchecked but for its size on disk; only for staff imports."""
    token = secrets.token_hex(24)
    digest, size = hashlib.sha256(), 0
    _with_transaction(KEPT, _folder() / token)
    with (_folder() / token).open("wb") as out:
        while chunk := upload.stream.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    stored = StoredFile(
        token=token,
        name=kept(Path(upload.filename or "import").name)[:200],
        media_type=media_type,
        size=size,
        sha256=digest.hexdigest(),
        uploaded_by_id=actor.person_id or None,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def keep_content(actor: Actor, name: str, media_type: str, content: bytes) -> StoredFile:
    """Keep what the product made itself."""
    return _keep(actor, name, media_type, content)


def _keep(actor: Actor, name: str, media_type: str, content: bytes) -> StoredFile:
    token = secrets.token_hex(24)
    _with_transaction(KEPT, _folder() / token)
    (_folder() / token).write_bytes(content)
    stored = StoredFile(
        token=token,
        name=kept(name)[-200:],
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=actor.person_id or None,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def _with_transaction(fate: str, path: Path) -> None:
    """Have a file share the fate of its row: what is KEPT goes with a rollback, what is REMOVED goes with the commit."""
    session = db.session()
    if fate not in session.info:
        session.info[KEPT], session.info[REMOVED] = [], []
        event.listen(session, "after_commit", _committed)
        event.listen(session, "after_transaction_end", _ended)
    session.info[fate].append(path)


def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info[KEPT].clear()
        _clear_away(session.info[REMOVED])


def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info[REMOVED].clear()
        _clear_away(session.info[KEPT])


def _clear_away(paths: list[Path]) -> None:
    while paths:
        paths.pop().unlink(missing_ok=True)


def _is_office_file(content: bytes, ending: str) -> bool:
    part = OFFICE_PART.get(ending)
    if part is None:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return part in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _most_bytes() -> int:
    return int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024


def _folder() -> Path:
    folder: Path = current_app.config["INSTANCE"] / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
