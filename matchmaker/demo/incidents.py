"""Invented incidents with personal data: one open with running clocks, one closed, and a report that waits."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.reference.breach_clocks import notice_items
from matchmaker.rights.incidents.enums import ClockOutcome, EntryKind, IncidentState, ReportState
from matchmaker.rights.incidents.models import (
    Incident,
    IncidentClock,
    IncidentEntry,
    IncidentInstitution,
    IncidentReport,
)
from matchmaker.rights.incidents.rules import applying, deadline

OPEN: Final = {
    "title": "Katılımcı listesi yanlış firmaya gönderildi",
    "what": "Bir iş gezisinin katılımcı listesi, aynı adı taşıyan başka bir firmaya e-postayla gönderildi. Listede adlar, "
    "telefonlar ve e-posta adresleri vardı.",
    "zone": "Europe/Istanbul",
    "data_classes": ["mails"],
    "persons": {"TR": 38, "RU": 12},
}
MEASURE: Final = "Alıcı firma arandı; iletiyi sildiğini yazılı olarak bildirdi."
CLOSED: Final = {
    "title": "Утерян ноутбук сотрудника",
    "what": "Сотрудник оставил в поезде служебный ноутбук с выгрузкой заявок. Диск был зашифрован.",
    "zone": "Europe/Moscow",
    "data_classes": ["mails"],
    "persons": {"RU": 24},
}
STEPS: Final = (
    ("ru_first_notice", 9, "Д-0417 (демо)", "Первичное уведомление отправлено через личный кабинет."),
    ("ru_inquiry", 50, "Д-0431 (демо)", "Результаты внутреннего расследования отправлены."),
)
"""Clock, hours after the discovery, number at the authority, words."""
CONCLUSION: Final = "Диск был зашифрован, доступа к данным не было. Выгрузки на ноутбуки больше не делаются."
NOTICED: Final = "Bana gelen bildirim e-postasında başka bir firmanın irtibat kişisinin telefonu yazıyordu."


def add_incidents(people: dict[str, int], institutions: dict[str, int], morning: datetime) -> None:
    """Write them; the open one was discovered an hour before the morning of today."""
    _add_open(people["compliance.tr"], institutions, morning)
    _add_closed(people["compliance.ru"], institutions["RSMB"], morning - timedelta(days=60))
    report = {
        "person_id": people["editor.tr"],
        "country": "TR",
        "text": NOTICED,
        "noticed": "",
        "state": ReportState.OPEN,
        **_made(morning - timedelta(hours=14)),
    }
    add_all(IncidentReport, [report])


def _add_open(officer: int, institutions: dict[str, int], morning: datetime) -> None:
    discovered = morning - timedelta(hours=1)
    row = _row(OPEN, officer, discovered) | {"occurred_at": morning - timedelta(hours=15), "last_number": 2}
    (number,) = add_numbered(Incident, [row])
    concerned = (institutions["KOSGEB"], institutions["RSMB"])
    add_all(IncidentInstitution, [_joined(number, one, discovered) for one in concerned])
    add_all(IncidentClock, _clocks(number, ["TR", "RU"], discovered))
    entries = [
        _entry(number, 1, EntryKind.RECORDED, officer, discovered),
        _entry(number, 2, EntryKind.MEASURE, officer, morning, text=MEASURE),
    ]
    add_all(IncidentEntry, entries)


def _add_closed(officer: int, institution_id: int, discovered: datetime) -> None:
    closed = discovered + timedelta(days=6)
    row = _row(CLOSED, officer, discovered) | {
        "state": IncidentState.CLOSED,
        "closed_at": closed,
        "last_number": 4,
    }
    (number,) = add_numbered(Incident, [row])
    add_all(IncidentInstitution, [_joined(number, institution_id, discovered)])
    done = {key: discovered + timedelta(hours=hours) for key, hours, _number, _words in STEPS}
    clocks = [
        one
        | {"outcome": ClockOutcome.DONE, "done_at": done[one["rule"]], "checklist": _ready(one["rule"])}
        | {"soon_told_at": discovered, "late_told_at": discovered}
        for one in _clocks(number, ["RU"], discovered)
    ]
    add_all(IncidentClock, clocks)
    steps = [
        _entry(number, place, EntryKind.STEP, officer, done[key], text=words, rule=key, reference=reference)
        | {"checklist": _ready(key)}
        for place, (key, _hours, reference, words) in enumerate(STEPS, 2)
    ]
    first = _entry(number, 1, EntryKind.RECORDED, officer, discovered)
    last = _entry(number, 4, EntryKind.CLOSED, officer, closed, text=CONCLUSION)
    add_all(IncidentEntry, [first, *steps, last])


def _row(known: dict[str, Any], officer: int, discovered: datetime) -> dict[str, Any]:
    return {
        **known,
        "discovered_at": discovered,
        "occurred_at": None,
        "state": IncidentState.OPEN,
        "closed_at": None,
        "recorded_by_id": officer,
        "version": 1,
        **_made(discovered),
    }


def _clocks(number: int, countries: list[str], discovered: datetime) -> list[dict[str, Any]]:
    day: date = discovered.date()
    return [
        {
            "incident_id": number,
            "rule": one.rule.key,
            "area": one.rule.area,
            "step": one.rule.step,
            "law": one.rule.law,
            "hours": one.hours,
            "due_at": deadline(discovered, one.hours),
            "outcome": None,
            "done_at": None,
            "checklist": {},
            "soon_told_at": None,
            "late_told_at": None,
            "version": 1,
            **_made(discovered),
        }
        for one in applying(countries, [], day)
    ]


def _ready(rule: str) -> dict[str, Any]:
    return {item: {"done": True, "note": ""} for item in notice_items(rule)}


def _entry(
    incident: int, number: int, kind: EntryKind, officer: int, at: datetime, **said: str
) -> dict[str, Any]:
    words = {"rule": "", "reference": "", "text": ""} | said
    return {
        "incident_id": incident,
        "number": number,
        "kind": kind,
        "at": at,
        "checklist": {},
        "changed": {},
        "corrects_id": None,
        "by_id": officer,
        **words,
        **_made(at),
    }


def _joined(incident: int, institution: int, at: datetime) -> dict[str, Any]:
    return {"incident_id": incident, "institution_id": institution, **_made(at)}


def _made(at: datetime) -> dict[str, datetime]:
    return {"created_at": at, "updated_at": at}
