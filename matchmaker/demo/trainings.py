"""Sessions of the demo's trainings; the one that is over has attendance and certificates."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.demo.tables import dice
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.programmes import rules
from matchmaker.programmes.enums import ProgrammeKind, ProgrammeState, SignUpState
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.queries import next_arrival
from matchmaker.programmes.trainings.enums import AttendanceWay
from matchmaker.programmes.trainings.models import (
    Attendance,
    Certificate,
    SurveyAnswer,
    SurveyMark,
    TrainingSession,
)

PARTS: Final = (
    ("Temel bilgiler", "Основы", "The basics"),
    ("Örnekler ve sorular", "Примеры и вопросы", "Cases and questions"),
)
COMMENTS: Final = {
    "tr": (
        "Örnekler iyiydi; gümrük kısmına daha çok zaman ayrılabilir.",
        "Sunumlar önceden paylaşılsa daha iyi hazırlanırdık.",
        "Çeviri çok iyiydi, soru-cevap süresi kısa kaldı.",
    ),
    "ru": (
        "Хорошие примеры; на таможенную часть стоит отвести больше времени.",
        "Хотелось бы получить материалы заранее.",
        "Перевод отличный, но на вопросы осталось мало времени.",
    ),
    "en": ("Good cases; the part on customs could take more time.",),
}
TRAINERS: Final = {"TR": "Bora Yelken", "RU": "Вера Озёрная"}


def add_trainings(programme_ids: Sequence[int], people: dict[str, int]) -> None:
    """Divide each training into two sessions; have the person without a firm take part in two; settle what is over."""
    wanted = select(Programme).where(
        Programme.id.in_(programme_ids), Programme.kind == ProgrammeKind.TRAINING
    )
    alone = people["person.tr"]
    _take_part(open_trainings(programme_ids)[1], alone, SignUpState.CONFIRMED)
    for programme in db.session.scalars(wanted.order_by(Programme.id)):
        sessions = add_numbered(TrainingSession, [_session(programme, part) for part in range(len(PARTS))])
        if programme.state is ProgrammeState.DONE:
            _take_part(programme, alone, SignUpState.ATTENDED)
            officer_id = people["staff.ru" if programme.country == "RU" else "staff.tr"]
            _settle(programme, sessions, officer_id, alone)


def open_trainings(programme_ids: Sequence[int]) -> list[Programme]:
    """The trainings of the demo that one can sign up for, the first to begin first."""
    wanted = select(Programme).where(
        Programme.id.in_(programme_ids),
        Programme.kind == ProgrammeKind.TRAINING,
        Programme.state == ProgrammeState.OPEN,
    )
    return list(db.session.scalars(wanted.order_by(Programme.starts_at, Programme.id)))


def _take_part(programme: Programme, person_id: int, state: SignUpState) -> None:
    """Sign somebody without a firm up, the last to arrive."""
    person = db.session.get_one(Person, person_id)
    arrived = (programme.opens_at or programme.starts_at) + timedelta(days=3)
    row = {
        "programme_id": programme.id,
        "person_id": person.id,
        "state": state,
        "living_key": rules.living_key(programme.id, person.id, None),
        "arrival": next_arrival(programme.id),
        "country": person.country,
        "language": person.language,
        "arrived_at": arrived,
        "confirmed_at": arrived,
        "created_at": arrived,
        "updated_at": arrived,
    }
    sign_up_id = add_numbered(SignUp, [row])[0]
    name = {"name": person.name, "name_romanised": person.name_romanised, "language": person.language}
    add_all(Delegate, [{"sign_up_id": sign_up_id, "person_id": person.id, "created_at": arrived, **name}])


def _session(programme: Programme, part: int) -> dict[str, Any]:
    length = (programme.ends_at - programme.starts_at) / len(PARTS)
    turkish, russian, english = PARTS[part]
    return {
        "programme_id": programme.id,
        "title_tr": turkish,
        "title_ru": russian,
        "title_en": english,
        "starts_at": programme.starts_at + part * length,
        "ends_at": programme.starts_at + (part + 1) * length,
        "trainer": TRAINERS[programme.country],
        "place": programme.place,
        "link": programme.link,
        "mode": programme.mode,
        "language": programme.languages[0],
        "interpretation": programme.interpretation,
        "check_in_code": f"DEMO{programme.id % 10}{part + 2}",
        "created_at": programme.created_at,
    }


def _settle(programme: Programme, sessions: Sequence[int], officer_id: int, sure_id: int) -> None:
    """Everybody came to the first session, most to the second; certificates went to those who came to both.

    The person with the number sure_id came to both.
    """
    chance = dice("attendance", programme.title_en)
    came = db.session.scalars(
        select(Delegate)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(SignUp.programme_id == programme.id, SignUp.state.in_(rules.SETTLED))
        .options(joinedload(Delegate.sign_up))
        .order_by(Delegate.id)
    ).all()
    both = [one for one in came if chance.random() < 0.8 or one.person_id == sure_id]
    there = [(sessions[0], one) for one in came] + [(sessions[1], one) for one in both]
    add_all(
        Attendance,
        [
            {
                "training_session_id": session,
                "delegate_id": one.id,
                "way": AttendanceWay.LIST,
                "marked_by_id": officer_id,
                "created_at": programme.ends_at,
            }
            for session, one in there
        ],
    )
    _add_opinions(programme, there, chance)
    issued = programme.ends_at + timedelta(hours=2)
    add_all(Certificate, [_certificate(programme, one, issued, officer_id) for one in both])
    whole = {one.sign_up_id for one in both} - {one.sign_up_id for one in came if one not in both}
    for sign_up in db.session.scalars(select(SignUp).where(SignUp.id.in_(sorted(whole)))):
        sign_up.state = SignUpState.COMPLETED


def _add_opinions(programme: Programme, there: Sequence[tuple[int, Delegate]], chance: Random) -> None:
    """Two of three answered the survey of each session they came to, well on the whole; a few wrote a sentence."""
    answered = [(session, one) for session, one in there if chance.random() < 0.67]
    add_all(
        SurveyMark,
        [
            {"training_session_id": session, "delegate_id": one.id, "created_at": programme.ends_at}
            for session, one in answered
        ],
    )
    add_all(
        SurveyAnswer,
        [
            {
                "training_session_id": session,
                "country": one.sign_up.country,
                "language": one.language,
                **{part: chance.choice((3, 4, 4, 5, 5)) for part in ("content", "trainer", "usefulness")},
                "comment": chance.choice(("", "", "", *COMMENTS[one.language])),
                "created_at": programme.ends_at,
            }
            for session, one in answered
        ],
    )


def _certificate(programme: Programme, one: Delegate, issued: datetime, officer_id: int) -> dict[str, Any]:
    return {
        "number": f"{issued.year}-{programme.id:04}-DEMO{one.id:04}",
        "programme_id": programme.id,
        "delegate_id": one.id,
        "name": one.name,
        "name_romanised": one.name_romanised,
        "language": one.language,
        "share": 100,
        "issued_at": issued,
        "issued_by_id": officer_id,
        "created_at": issued,
    }
