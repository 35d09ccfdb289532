"""What the addresses of the library's lists ask for; unknown values ask for nothing."""

from enum import StrEnum
from typing import TypeVar

from flask import request

from matchmaker.core.requests import asked_number
from matchmaker.library.enums import Instrument, TargetGroup
from matchmaker.library.note_queries import NoteFilter
from matchmaker.reference import practice_areas

LONGEST_QUERY = 200
MOST_ID = 2**31 - 1
Kind = TypeVar("Kind", bound=StrEnum)


def note_filter() -> NoteFilter:
    """The filter of the list of notes."""
    area = request.args.get("area", "")
    return NoteFilter(
        words=request.args.get("q", "")[:LONGEST_QUERY].strip(),
        practice_area=area if area in practice_areas.all_areas() else "",
        instrument=asked_kind(Instrument, "instrument"),
        target_group=asked_kind(TargetGroup, "group"),
        institution_id=asked_number("institution", least=0, most=MOST_ID),
        adopted="adopted" in request.args,
    )


def asked_kind(kinds: type[Kind], name: str) -> Kind | None:
    """The member of an enumeration that the query names; None where it names none."""
    value = request.args.get(name, "")
    return kinds(value) if value in {one.value for one in kinds} else None
