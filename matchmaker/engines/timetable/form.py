"""The JSON form of days and plans; docs/timetable.md describes every member, docs/b2b-day.schema.json formally."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any, Final, TypeVar

from matchmaker.engines.timetable.day import (
    Bounds,
    Cause,
    Day,
    DayError,
    Firm,
    Meeting,
    Place,
    Placement,
    Plan,
    Pool,
    Slot,
    Table,
)

FORM: Final = "tandem-b2b-day/1"
"""The name that a file carries; a new layout gets a new number."""

Record = TypeVar("Record", Firm, Meeting, Table, Pool, Slot)


def read_day(text: str) -> Day:
    """The day of a JSON text; DayError with code ``not_json``, ``unknown_form`` or ``bad_record`` and the place."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise DayError("not_json") from error
    if not isinstance(data, dict) or data.get("form") != FORM:
        raise DayError("unknown_form")
    unknown = data.keys() - {"form", "fairness", "firms", "meetings", "slots", "tables", "pools"}
    if unknown:
        raise DayError(f"unknown_member {min(unknown)}")
    fairness = data.get("fairness", 2)
    if fairness is not None and not _whole(fairness):
        raise DayError("bad_record fairness")
    return Day(
        firms=_records(data, "firms", Firm),
        meetings=_records(data, "meetings", Meeting),
        slots=_records(data, "slots", Slot),
        tables=_records(data, "tables", Table),
        pools=_records(data, "pools", Pool),
        fairness=fairness,
    )


def write_day(day: Day) -> str:
    """The day as JSON text, the same bytes for the same day; members that say nothing are left out."""
    lists = {
        name: [_told(record) for record in getattr(day, name)]
        for name in ("firms", "meetings", "slots", "tables", "pools")
    }
    return json.dumps({"form": FORM, "fairness": day.fairness, **lists}, ensure_ascii=False, indent=1) + "\n"


def write_plan(plan: Plan) -> str:
    """The plan as JSON text: placements, causes of wishes not placed, bounds, seed, engine, moves."""
    data = {
        "form": "tandem-b2b-plan/1",
        "placements": [asdict(placement) for placement in plan.placements],
        "causes": [
            {name: value for name, value in asdict(cause).items() if value not in ((), [])}
            for cause in plan.causes
        ],
        "bounds": asdict(plan.bounds),
        "seed": plan.seed,
        "engine": plan.engine,
        "moves": plan.moves,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_plan(text: str) -> Plan:
    """A plan that ``write_plan`` wrote."""
    data = json.loads(text)
    if data.get("form") != "tandem-b2b-plan/1":
        raise DayError("unknown_form")
    causes = [{name: _tupled(value) for name, value in cause.items()} for cause in data["causes"]]
    bounds = {name: _tupled(value) for name, value in data["bounds"].items()}
    return Plan(
        tuple(Placement(**placement) for placement in data["placements"]),
        tuple(Cause(**cause) for cause in causes),
        Bounds(**bounds),
        data["seed"],
        data["engine"],
        data["moves"],
    )


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _told(record: Firm | Meeting | Table | Pool | Slot) -> dict[str, Any]:
    """The members of a record that differ from their default."""
    told: dict[str, Any] = {}
    for member in fields(record):
        value = getattr(record, member.name)
        if member.default is not MISSING and value == member.default:
            continue
        if isinstance(value, Place):
            value = {"slot": value.slot, "table": value.table}
        elif isinstance(value, frozenset):
            value = sorted(value)
        told[member.name] = value
    return told


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole_or_none(value: Any) -> bool:
    return value is None or _whole(value)


def _wholes(value: Any) -> bool:
    return isinstance(value, list) and all(map(_whole, value))


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _place(value: Any) -> Place | None:
    return None if value is None else Place(value["slot"], value.get("table"))


def _is_place(value: Any) -> bool:
    return value is None or (
        isinstance(value, dict)
        and value.keys() <= {"slot", "table"}
        and _whole(value.get("slot"))
        and _whole_or_none(value.get("table"))
    )


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _same(value: Any) -> Any:
    return value


_SHAPES: Final[Mapping[str, tuple[Callable[[Any], bool], Callable[[Any], Any]]]] = {
    "int": (_whole, _same),
    "str": (_text, _same),
    "bool": (_flag, _same),
    "int | None": (_whole_or_none, _same),
    "frozenset[int]": (_wholes, frozenset),
    "frozenset[str]": (_words, frozenset),
    "tuple[int, ...]": (_wholes, tuple),
    "Place | None": (_is_place, _place),
}


def _records(data: Mapping[str, Any], name: str, kind: type[Record]) -> tuple[Record, ...]:
    """The records of one list, each member checked by the type it is declared with."""
    given = data.get(name, [])
    if not isinstance(given, list):
        raise DayError(f"bad_record {name}")
    return tuple(_record(item, kind, f"{name}[{at}]") for at, item in enumerate(given))


def _record(item: Any, kind: type[Record], where: str) -> Record:
    if not isinstance(item, dict):
        raise DayError(f"bad_record {where}")
    members = {member.name: member for member in fields(kind)}
    if item.keys() - members.keys():
        raise DayError(f"unknown_member {where}.{min(item.keys() - members.keys())}")
    values: dict[str, Any] = {}
    for name, member in members.items():
        if name not in item:
            if member.default is MISSING:
                raise DayError(f"missing_member {where}.{name}")
            continue
        fits, made = _SHAPES[_shape(member.type)]
        if not fits(item[name]):
            raise DayError(f"bad_record {where}.{name}")
        values[name] = made(item[name])
    return kind(**values)


def _shape(declared: Any) -> str:
    """The name of a declared type as it is written."""
    return (
        declared.__name__
        if isinstance(declared, type) and not hasattr(declared, "__args__")
        else str(declared).replace("matchmaker.engines.timetable.day.", "")
    )
