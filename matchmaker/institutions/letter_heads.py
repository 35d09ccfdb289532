"""The heads of papers that institutions send out."""

from collections.abc import Iterable

from matchmaker.core.files import path_of
from matchmaker.core.pdf import LetterHead
from matchmaker.institutions import queries, rules
from matchmaker.institutions.models import Institution


def letter_heads(institutions: Iterable[Institution | None]) -> list[LetterHead]:
    """The heads of those who issue a paper together, each once; none where nobody gave an address or a logo.

    As soon as one of them has a head the others stand beside it, by their short names at least.
    """
    issuers = {one.id: one for one in institutions if one is not None}.values()
    if not any(one.letter_lines or one.logo_id for one in issuers):
        return []
    return [
        LetterHead(one.short_name, tuple(rules.letter_lines(one.letter_lines)), _picture(one))
        for one in issuers
    ]


def _picture(institution: Institution) -> bytes | None:
    stored = queries.logo(institution)
    if stored is None or not path_of(stored).is_file():
        return None
    return path_of(stored).read_bytes()
