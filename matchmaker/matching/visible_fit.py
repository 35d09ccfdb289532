"""What of a fit one firm may read of the other: no reason tells a field that the other firm does not show it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from flask_babel import gettext as _

from matchmaker.engines.fit.facts import Fit
from matchmaker.firms.enums import FieldGroup
from matchmaker.matching.reasons import Half, ReasonRow

GROUP_OF: Final = {
    "products": FieldGroup.PRODUCTS,
    "volume": FieldGroup.PRODUCTS,
    "certificates": FieldGroup.CERTIFICATES,
    "partnership": FieldGroup.PARTNERSHIPS,
    "languages": FieldGroup.PARTNERSHIPS,
    "sector": FieldGroup.SECTOR,
}
"""Which field of the other firm a criterion's sentence tells about."""


def visible_part(fit: Fit, groups: frozenset[FieldGroup]) -> Fit:
    """A fit scored with the reader's firm first, without the reasons and hints that would tell a hidden field."""
    return replace(
        fit,
        rows=tuple(row for row in fit.rows if _is_told(row.criterion, groups)),
        missing=tuple(one for one in fit.missing if one.firm == "a" or _is_told(one.criterion, groups)),
    )


def shown_rows(rows: Iterable[ReasonRow], groups: frozenset[FieldGroup]) -> list[ReasonRow]:
    """All criteria with their points, and sentences only where the reader sees the field."""
    return [row if _is_told(row.code, groups) else _without_words(row) for row in rows]


def _is_told(criterion: str, groups: frozenset[FieldGroup]) -> bool:
    group = GROUP_OF.get(criterion)
    return group is None or group in groups


def _without_words(row: ReasonRow) -> ReasonRow:
    unsaid = _("The other firm does not show this field")
    return replace(row, own=Half(row.own.points, unsaid), other=Half(row.other.points, unsaid), raises=())
