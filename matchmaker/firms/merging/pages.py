"""What the pages of merges show."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.merging import queries
from matchmaker.firms.merging.models import MergeRecord
from matchmaker.firms.merging.parts import parts
from matchmaker.firms.merging.planning import Plan, plan
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name


def called(firm: Firm) -> str:
    """The name of a firm with its numbers, since the names of the two may be the same."""
    numbers = ", ".join(one.value for one in firm.identifiers)
    name = reader_name(firm) or _("Firm without a name")
    return f"{name} ({numbers})" if numbers else name


@dataclass(frozen=True, slots=True)
class Preview:
    """A merge before it is done."""

    pair: SuspectedPair
    kept: Firm
    merged: Firm
    plan: Plan

    @property
    def names(self) -> tuple[str, str]:
        """The kept and the merged firm, told apart."""
        return called(self.kept), called(self.merged)


def preview(pair: SuspectedPair, keep: int) -> Preview:
    """What merging does when the firm of this number stays."""
    kept, merged = (pair.first, pair.second) if keep == pair.first_id else (pair.second, pair.first)
    return Preview(pair, kept, merged, plan(kept.id, merged.id))


@dataclass(frozen=True, slots=True)
class Result:
    """A merge that was done: rows moved by kind, and those that the undoing could not put back."""

    merge: MergeRecord
    moved: list[tuple[str, int]]
    kept_back: list[tuple[str, int]]


def result(merge: MergeRecord) -> Result:
    """What a merge did."""
    titles = {
        str(moving.table.__tablename__): str(moving.title) for part in parts() for moving in part.moving
    }
    moved, back = queries.moved_tables(merge.id), queries.moved_tables(merge.id, kept_back=True)
    return Result(
        merge,
        [(titles.get(name, name), count) for name, count in moved],
        [(titles.get(name, name), count) for name, count in back],
    )
