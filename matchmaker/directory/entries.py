"""What the database says of some firms at this moment, and of which of them the index says something else."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.directory.documents import documents_of
from matchmaker.directory.reading import listed_firms
from matchmaker.engines.search.document import FirmDocument
from matchmaker.engines.search.entry import digests_of
from matchmaker.engines.search.reader import Reader


def entries_now(ids: Collection[int]) -> list[FirmDocument]:
    """The entries of those of some firms that are listed, as they are committed at this moment.

    In a session of its own: the caller's may have begun before somebody else committed, and whoever writes to the index
    must not put an older entry in a newer one's place.
    """
    with Session(db.engine) as session:
        return list(documents_of(listed_firms(ids, session), clock.today()))


def told_otherwise(reader: Reader, ids: Collection[int], entries: Sequence[FirmDocument]) -> set[int]:
    """Those of some firms of which the index says something else than these entries, their listed ones."""
    digests = zip((one.firm_id for one in entries), digests_of(entries), strict=True)
    now, known = dict(digests), reader.digests(ids)
    return {number for number in ids if now.get(number) != known.get(number)}
