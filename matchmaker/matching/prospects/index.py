"""The search index of register entries, one for companies and one for sole traders, apart from that of the directory.

Nothing of it can reach a page for firms: no page of theirs opens these folders. It is made anew once, and after each
finished import takes in what that import wrote; its position is the moment up to which imports are taken in.
"""

import logging
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask import Flask, current_app

from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.storage import (
    IndexMissing,
    IndexMoved,
    RebuildBusy,
    WriterBusy,
    needs_rebuild,
    usable_generation,
)
from matchmaker.engines.search.writer import Rebuild, Writer, rebuild
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr
from matchmaker.firms.enums import RegisterKind
from matchmaker.firms.models import RegisterEntry
from matchmaker.matching.prospects import queries
from matchmaker.reference import nace
from matchmaker.reference.nace import NaceRevision
from matchmaker.reference.tables import LABEL_LANGUAGES

log = logging.getLogger(__name__)

KEY: Final = "tandem-prospects"
MADE_AT_ONCE: Final = 5_000
"""Up to so many entries a missing index is made by whoever needs it; with more, readers wait for the worker."""


class ProspectIndex:
    """The readers of one application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._readers: dict[RegisterKind, Reader] = {}

    def root(self, kind: RegisterKind) -> Path:
        """The folder of the index of a kind."""
        return self._folder / kind.value

    def reader(self, kind: RegisterKind) -> Reader:
        """The reader of a kind with the newest commits; raises IndexMissing."""
        if kind in self._readers:
            self._readers[kind].refresh(now=True)
        else:
            self._readers[kind] = Reader(self.root(kind))
        return self._readers[kind]


def init_prospects(app: Flask) -> None:
    """Know where the indexes are; nothing is opened or made yet."""
    app.extensions[KEY] = ProspectIndex(app.config["INSTANCE"] / "prospects")


def prospect_index() -> ProspectIndex:
    """The indexes of the running application."""
    found: ProspectIndex = current_app.extensions[KEY]
    return found


def reader_for(kind: RegisterKind) -> Reader | None:
    """The reader of a kind; a missing index of few entries is made on the spot, else None until the worker has."""
    try:
        return prospect_index().reader(kind)
    except IndexMissing:
        if queries.count_entries() > MADE_AT_ONCE:
            return None
    try:
        rebuild_prospects()
    except RebuildBusy:
        return None
    return prospect_index().reader(kind)


def rebuild_prospects() -> int:
    """Make both indexes anew; answers how many entries. Raises RebuildBusy while another process does it."""
    found = prospect_index()
    finished = queries.finished_imports(None)
    position = _position(finished[-1].finished_at if finished else None)
    with ExitStack() as stack:
        builds: dict[RegisterKind, Rebuild] = {
            kind: stack.enter_context(rebuild(found.root(kind), position)) for kind in RegisterKind
        }
        for rows in queries.all_entries():
            for kind, build in builds.items():
                build.add(document_of(row) for row in rows if row.kind is kind)
    return sum(build.firms for build in builds.values())


def sync_prospects() -> int:
    """Bring both indexes up to date; answers how many entries were taken in."""
    found = prospect_index()
    if any(needs_rebuild(found.root(kind)) for kind in RegisterKind):
        return rebuild_prospects()
    done = 0
    for kind in RegisterKind:
        try:
            done += _catch_up(found.root(kind), kind)
        except (WriterBusy, IndexMoved):
            log.info("another process takes in the %s of the registers", kind)
    return done


def _catch_up(root: Path, kind: RegisterKind) -> int:
    waiting = queries.finished_imports(_moment(usable_generation(root).position))
    # What is loaded step by step below forgets these objects, so only plain values are kept.
    plain = [(one.id, one.finished_at) for one in waiting]
    if not plain:
        return 0
    done = 0
    with Writer(root) as writer:
        for import_id, finished_at in plain:
            for rows in queries.all_entries(import_id):
                # An entry whose kind has changed leaves the other index.
                here = [row for row in rows if row.kind is kind]
                writer.apply(
                    (document_of(row) for row in here), (row.id for row in rows if row.kind is not kind)
                )
                done += len(here)
            writer.apply(position=_position(finished_at))
    return done


def _position(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1_000_000)


def _moment(position: int) -> datetime | None:
    return datetime.fromtimestamp(position / 1_000_000, tz=UTC) if position else None


def document_of(entry: RegisterEntry) -> FirmDocument:
    """What is searched of an entry: its names in both spellings, its numbers and place, its branch in three languages."""
    names = [entry.name, *([entry.short_name] if entry.short_name else [])]
    return FirmDocument(
        firm_id=entry.id,
        names=(*names, romanise_tr(romanise_ru(names[-1]))),
        texts=_texts(entry),
        name_language=entry.country.lower(),
        country=entry.country,
        region=entry.region_code,
        size=entry.size_class,
        nace=classes_of(entry),
    )


def classes_of(entry: RegisterEntry) -> tuple[str, ...]:
    """The NACE classes of an entry, its main one first; none where the register uses an edition that has no bridge."""
    if entry.sector_revision not in set(NaceRevision):
        return ()
    codes = dict.fromkeys((entry.main_sector, *map(str, entry.sectors)))
    found = (nace.sector_of(code, entry.sector_revision) for code in codes if code)
    return tuple(dict.fromkeys(code for code in found if code and len(code) == len("28.14")))


def _texts(entry: RegisterEntry) -> dict[str, str]:
    main = next((found for code in classes_of(entry)[:1] if (found := nace.get(code))), None)
    texts = {language: main.labels.own(language) if main else "" for language in LABEL_LANGUAGES}
    own = entry.country.lower()
    texts[own] = " ".join((texts.get(own, ""), entry.place, entry.identifier, entry.second_identifier))
    return texts
