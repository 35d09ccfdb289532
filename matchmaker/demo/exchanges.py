"""Experts of both agencies of the demo, three calls, and exchanges at different stages."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.institutions.models import InstitutionMember
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import ProgrammeKind, SignUpState, SignUpVerb
from matchmaker.programmes.exchanges.agreement_services import Terms
from matchmaker.programmes.exchanges.enums import (
    AgreementParty,
    CostModel,
    ExchangeFormat,
    PaperKind,
    SendingDecision,
)
from matchmaker.programmes.exchanges.models import (
    ExchangeAgendaItem,
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeCall,
    ExchangeConfirmation,
    ExchangePaper,
    Expert,
)
from matchmaker.programmes.exchanges.rules import Window
from matchmaker.programmes.models import Delegate, Programme, SignUp, SignUpEvent

COLLEAGUES: Final = (
    ("Gülden Sazlıkaya", "Gulden Sazlikaya", "TR", "KOSGEB", "gulden.sazlikaya@kosgeb.example"),
    ("Тимур Берестов", "Timur Berestov", "RU", "RSMB", "timur.berestov@rsmb.example"),
)
"""Experts without a documented password, who can go instead of the two who have one."""
RECORDS: Final = {
    "expert.tr": ("KOBİ uzmanı", ["finance", "export"], 11, {"tr": "native", "en": "c1", "ru": "b1"}),
    "KOSGEB": ("Finansman uzmanı", ["finance", "grants"], 7, {"tr": "native", "en": "b2"}),
    "expert.ru": ("Главный эксперт", ["registers", "digital", "finance"], 14, {"ru": "native", "en": "c1"}),
    "RSMB": ("Эксперт отдела реестров", ["registers", "regulation"], 9, {"ru": "native", "tr": "b2"}),
}
CALLS: Final = (
    ("Guarantee funds for small firms", "KOSGEB", "RSMB", ExchangeFormat.MISSION, "finance"),
    ("Size classes from the register", "RSMB", "KOSGEB", ExchangeFormat.MISSION, "registers"),
    ("Export support centres at work", "KOSGEB", "RSMB", ExchangeFormat.STUDY_VISIT, "export"),
)
NEEDS: Final = {
    "KOSGEB": (
        "tr",
        "Sicil verisinden ölçek sınıfını kendimiz hesaplamak istiyoruz.",
        "Yöntem notu ve örnek hesap",
    ),
    "RSMB": (
        "ru",
        "Хотим перенять опыт и избежать ошибок первых лет.",
        "Отчёт с рекомендациями и план внедрения",
    ),
}
DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Side:
    """The people of an institution who have a part in the exchanges."""

    code: str
    expert: int
    colleague: int
    coordinator: int
    staff: int


def add_exchanges(people: dict[str, int], institutions: dict[str, int], morning: datetime) -> None:
    """Write experts, calls, an application that waits, an agreement half confirmed, and an exchange that is closed."""
    begun = morning - timedelta(days=120)
    colleagues = _colleagues(institutions, begun)
    sides = {
        code: Side(code, people[f"expert.{land}"], colleagues[code], people[f"coordinator.{land}"], people[f"staff.{land}"])
        for code, land in (("KOSGEB", "tr"), ("RSMB", "ru"))
    }  # fmt: skip
    experts = _experts(sides, institutions, begun)
    found = select(Programme).where(Programme.kind == ProgrammeKind.EXCHANGE)
    programmes = {row.title_en: row for row in db.session.scalars(found)}
    calls = [_call(line, programmes[line[0]], institutions) for line in CALLS]
    add_all(ExchangeCall, calls)
    waiting, agreeing, closed = ((programmes[line[0]], sides[line[1]], sides[line[2]]) for line in CALLS)
    _apply(waiting, experts, morning, expert=sides["KOSGEB"].colleague)
    _agree(_apply(agreeing, experts, morning, stage=SignUpState.ACCEPTED), agreeing, morning, confirmed=2)
    number = _apply(closed, experts, morning, stage=SignUpState.COMPLETED)
    _agree(number, closed, morning, confirmed=4)
    _close(number, closed)


def _colleagues(institutions: dict[str, int], moment: datetime) -> dict[str, int]:
    rows = [
        {
            "email": email,
            "email_key": email,
            "password_hash": "",
            "name": name,
            "name_romanised": romanised,
            "language": country.lower(),
            "country": country,
            "email_confirmed_at": moment,
            "recovery_hashes": [],
            "password_changed_at": moment,
            "created_at": moment,
        }
        for name, romanised, country, _code, email in COLLEAGUES
    ]
    numbers = add_numbered(Person, rows)
    found = {line[3]: number for line, number in zip(COLLEAGUES, numbers, strict=True)}
    add_all(
        InstitutionMember,
        [
            {
                "institution_id": institutions[code],
                "person_id": number,
                "role": InstitutionRole.EXPERT,
                "created_at": moment,
            }
            for code, number in found.items()
        ],
    )
    return found


def _experts(sides: dict[str, Side], institutions: dict[str, int], moment: datetime) -> dict[int, int]:
    """The records; answers their numbers by person."""
    people = [
        (person, side, RECORDS[key])
        for side in sides.values()
        for person, key in ((side.expert, _own_key(side)), (side.colleague, side.code))
    ]
    rows = [
        {
            "person_id": person,
            "institution_id": institutions[side.code],
            "position": position,
            "practice_areas": areas,
            "years": years,
            "languages": languages,
            "windows": [],
            "consent_at": moment + timedelta(days=2),
            "consent_by_id": side.coordinator,
            "created_at": moment,
            "updated_at": moment,
        }
        for person, side, (position, areas, years, languages) in people
    ]
    numbers = add_numbered(Expert, rows)
    return {person: number for (person, _side, _record), number in zip(people, numbers, strict=True)}


def _own_key(side: Side) -> str:
    return "expert.tr" if side.code == "KOSGEB" else "expert.ru"


def _call(line: tuple[Any, ...], programme: Programme, institutions: dict[str, int]) -> dict[str, Any]:
    _title, sender, host, kind, area = line
    language, need, deliverables = NEEDS[host]
    return {
        "programme_id": programme.id,
        "sending_institution_id": institutions[sender],
        "host_institution_id": institutions[host],
        "format": kind,
        "practice_area": area,
        "need": need,
        "deliverables": deliverables,
        "text_language": language,
        "windows": [window.stored() for window in _windows(programme)],
        "days": DAYS,
        "contact_name": "Deniz Akçaova" if host == "KOSGEB" else "Олег Ланской",
        "contact_address": "staff.tr@demo.example" if host == "KOSGEB" else "staff.ru@demo.example",
        "cost_model": CostModel.SHARED,
        "cost_note": "3 × ₺4.500" if host == "KOSGEB" else "3 × 9 000 ₽",
    }


def _windows(programme: Programme) -> tuple[Window, Window]:
    first = programme.first_day
    return (
        Window(first, first + timedelta(days=6)),
        Window(first + timedelta(days=10), programme.last_day),
    )


def _apply(
    exchange: tuple[Programme, Side, Side],
    experts: dict[int, int],
    morning: datetime,
    *,
    stage: SignUpState = SignUpState.APPLIED,
    expert: int = 0,
) -> int:
    programme, sender, host = exchange
    person = expert or sender.expert
    arrived = min(morning, programme.starts_at) - timedelta(days=12)
    living = stage in programme_rules.LIVING
    (number,) = add_numbered(
        SignUp,
        [
            {
                "programme_id": programme.id,
                "person_id": person,
                "state": stage,
                "living_key": programme_rules.living_key(programme.id, person, None) if living else None,
                "arrival": 1,
                "country": "TR" if sender.code == "KOSGEB" else "RU",
                "language": "tr" if sender.code == "KOSGEB" else "ru",
                "arrived_at": arrived,
                "decided_by_id": host.coordinator if stage is not SignUpState.APPLIED else None,
                "created_at": arrived,
                "updated_at": arrived,
            }
        ],
    )
    name = db.session.get_one(Person, person).name
    add_all(Delegate, [{"sign_up_id": number, "person_id": person, "name": name, "created_at": arrived}])
    add_all(
        SignUpEvent,
        [
            {
                "sign_up_id": number,
                "at": arrived,
                "verb": SignUpVerb.APPLY,
                "before": None,
                "after": SignUpState.APPLIED,
                "person_id": person,
            }
        ],
    )
    add_all(ExchangeApplication, [_application(number, exchange, experts, stage, person)])
    return number


def _application(
    number: int,
    exchange: tuple[Programme, Side, Side],
    experts: dict[int, int],
    stage: SignUpState,
    person: int,
) -> dict[str, Any]:
    programme, sender, host = exchange
    accepted, closed = stage is not SignUpState.APPLIED, stage is SignUpState.COMPLETED
    other = sender.expert if person == sender.colleague else sender.colleague
    first = programme.first_day
    return {
        "sign_up_id": number,
        "call_id": programme.id,
        "expert_id": experts[person],
        "replacement_id": experts[other],
        "motivation": "Ülkemizde bu sistemi kuran ekipteydim." if sender.code == "KOSGEB" else "Я создавала эту систему с первого дня.",
        "text_language": "tr" if sender.code == "KOSGEB" else "ru",
        "windows": [window.stored() for window in _windows(programme)],
        "sending": SendingDecision.ENDORSED if accepted else SendingDecision.PENDING,
        "sending_by_id": sender.coordinator if accepted else None,
        "host_person_id": host.staff if accepted else None,
        "agreed_from": first + timedelta(days=1) if accepted else None,
        "agreed_to": first + timedelta(days=DAYS) if accepted else None,
        "started_at": programme.starts_at + timedelta(days=1) if closed else None,
        "finished_at": programme.starts_at + timedelta(days=DAYS) if closed else None,
    }  # fmt: skip


def _agree(number: int, exchange: tuple[Programme, Side, Side], morning: datetime, *, confirmed: int) -> None:
    programme, sender, host = exchange
    moment = min(morning, programme.starts_at) - timedelta(days=3)
    turkish = host.code == "KOSGEB"
    terms = Terms(
        objectives=NEEDS[host.code][1],
        tasks_expert="Sunum, örnek hesap, soru-cevap" if turkish else "Знакомство с работой центра, итоговая записка",
        tasks_sender="Yol giderleri, sigorta" if turkish else "Проезд, страховка",
        tasks_host="Salon, tercüman, konaklama" if turkish else "Переводчик, проживание, сопровождение",
        deliverables=NEEDS[host.code][2],
        timetable="Üç gün, her gün 09:30–16:30" if turkish else "Три дня, ежедневно 09:30–16:30",
        money="Konaklama 3 × ₺4.500, ev sahibi öder" if turkish else "Проживание 3 × 9 000 ₽ за счёт принимающей стороны",
        insurance="Seyahat sağlık sigortası, gönderen yapar" if turkish else "Медицинская страховка от направляющей стороны",
    )  # fmt: skip
    add_all(ExchangeAgreement, [{"application_id": number, **asdict(terms), "changed_at": moment}])
    four = zip(AgreementParty, (sender.expert, host.staff, sender.coordinator, host.coordinator), strict=True)
    add_numbered(
        ExchangeConfirmation,
        [
            {
                "agreement_id": number,
                "party": party,
                "person_id": person,
                "agreement_version": 1,
                "created_at": moment + timedelta(hours=place),
            }
            for place, (party, person) in enumerate(list(four)[:confirmed])
        ],
    )
    add_numbered(ExchangeAgendaItem, _agenda(number, programme, turkish, moment))


def _agenda(number: int, programme: Programme, turkish: bool, moment: datetime) -> list[dict[str, Any]]:
    titles = (
        ("Tanışma ve ihtiyaçlar", "Sicil verisi ve hesap", "Sonuçlar ve sonraki adımlar")
        if turkish
        else ("Знакомство и вопросы", "День в центре поддержки экспорта", "Итоги и следующие шаги")
    )
    zone = ZoneInfo(programme.zone)

    def at(day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour, 30), tzinfo=zone)

    return [
        {
            "application_id": number,
            "starts_at": at(programme.first_day + timedelta(days=place), 9),
            "ends_at": at(programme.first_day + timedelta(days=place), 12),
            "title": title,
            "place": programme.place,
            "created_at": moment,
            "updated_at": moment,
        }
        for place, title in enumerate(titles, start=1)
    ]


def _close(number: int, exchange: tuple[Programme, Side, Side]) -> None:
    programme, sender, host = exchange
    arrived = programme.starts_at + timedelta(days=20)
    texts = {
        PaperKind.REPORT: (sender.expert, "Merkezin bir gününü baştan sona izledik; firmalar tek pencereden hizmet alıyor.", None),
        PaperKind.EXPERT_EVALUATION: (sender.expert, "Program yoğundu ve iyi hazırlanmıştı.", 5),
        PaperKind.HOST_EVALUATION: (host.staff, "Коллега задавала точные вопросы, мы тоже многое увидели заново.", 4),
    }  # fmt: skip
    add_numbered(
        ExchangePaper,
        [
            {
                "application_id": number,
                "kind": kind,
                "person_id": person,
                "text": text,
                "lessons": "Tek pencere, kayıtlı süreler, açık ölçütler." if kind is PaperKind.REPORT else "",
                "rating": rating,
                "text_language": "tr" if person == sender.expert else "ru",
                "created_at": arrived,
            }
            for kind, (person, text, rating) in texts.items()
        ],
    )
