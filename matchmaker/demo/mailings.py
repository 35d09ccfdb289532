"""Messages, reminders and a list of the demo: a message that was sent, a draft, and what the clock still sends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.schedules import Rhythm
from matchmaker.demo.trainings import open_trainings
from matchmaker.demo.writing import add_all
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.lists.enums import ListFormat
from matchmaker.programmes.lists.models import ScheduledList
from matchmaker.programmes.mailings.enums import ReminderAnchor
from matchmaker.programmes.mailings.models import ProgrammeMessage, ProgrammeReminder
from matchmaker.programmes.models import Delegate, SignUp

Words = tuple[str, str, str]
"""In Turkish, Russian and English."""
SENT: Final[tuple[Words, Words]] = (
    ("Bağlantı ve çalışma dosyası", "Ссылка и рабочие материалы", "The link and the working file"),
    (
        "Bağlantı, eğitim sayfasında yalnızca yeri kesinleşenlere görünür. Lütfen son sözleşme taslağınızı yanınızda bulundurun.",
        "Ссылка на странице обучения видна только тем, чья запись подтверждена. Пожалуйста, держите под рукой последний проект договора.",
        "The link on the page of the training is shown to confirmed participants only. Please have your last draft contract at hand.",
    ),
)
DRAFT: Final[tuple[Words, Words]] = (
    ("Yedek listedeki firmalara", "Фирмам в листе ожидания", "To the firms on the waiting list"),
    (
        "Yer açıldığında sıradaki firmaya yazacağız; teklif 24 saat geçerlidir.",
        "Как только место освободится, мы напишем следующей фирме; предложение действует 24 часа.",
        "When a place becomes free, we write to the next firm; the offer stands for 24 hours.",
    ),
)
REMINDERS: Final[tuple[tuple[ReminderAnchor, int, Words, Words], ...]] = (
    (
        ReminderAnchor.BEFORE_START,
        2,
        ("Eğitim iki gün sonra", "Обучение через два дня", "The training is in two days"),
        (
            "Sizi bekliyoruz. Katılamayacaksanız lütfen yerinizi sıradaki firmaya bırakın.",
            "Ждём вас. Если вы не сможете участвовать, пожалуйста, освободите место для следующей фирмы.",
            "We expect you. If you cannot come, please give your place to the next firm.",
        ),
    ),
    (
        ReminderAnchor.AFTER_END,
        1,
        ("Anket ve katılım sertifikası", "Опрос и сертификат", "The survey and the certificate"),
        (
            "Lütfen ankete iki dakikanızı ayırın. Sertifikanız eğitim sayfasındadır.",
            "Пожалуйста, уделите две минуты опросу. Сертификат находится на странице обучения.",
            "Please take two minutes for the survey. Your certificate is on the page of the training.",
        ),
    ),
)


def add_mailings(programme_ids: Sequence[int], people: dict[str, int], morning: datetime) -> None:
    """Write what the organiser of the first open training has sent, drafted and planned."""
    training = open_trainings(programme_ids)[0]
    common = {"programme_id": training.id, "created_by_id": training.created_by_id}
    sent_at = morning - timedelta(days=2)
    sent = {"sent_at": sent_at, "sent_by_id": people["staff.tr"], "recipients": _people(training.id)}
    draft = {"sent_at": None, "sent_by_id": None, "recipients": 0}
    to_confirmed, to_waiting = ({"state": one.value} for one in (SignUpState.CONFIRMED, SignUpState.WAITING))
    add_all(
        ProgrammeMessage,
        [
            {**common, **_worded(*SENT), **sent, "filters": to_confirmed, "created_at": sent_at},
            {**common, **_worded(*DRAFT), **draft, "filters": to_waiting, "created_at": morning},
        ],
    )
    _add_list({**common, "filters": to_waiting, "created_at": morning}, people["staff.tr"])
    states = [SignUpState.CONFIRMED.value, SignUpState.ATTENDED.value, SignUpState.COMPLETED.value]
    add_all(
        ProgrammeReminder,
        [
            {
                **common,
                **_worded(*words),
                "anchor": anchor,
                "days": days,
                "states": states,
                "filters": {"country": "TR"} if anchor is ReminderAnchor.AFTER_END else {},
                "created_at": morning,
            }
            for anchor, days, *words in REMINDERS
        ],
    )


def _add_list(common: dict[str, Any], reader_id: int) -> None:
    """The waiting list goes out on Mondays."""
    weekly = {"format": ListFormat.XLSX, "rhythm": Rhythm.WEEKLY, "weekday": 0, "clock_time": "09:00"}
    add_all(ScheduledList, [{**common, **weekly, "readers": [reader_id]}])


def _people(programme_id: int) -> int:
    """How many confirmed people have an account of their own, and hence an address."""
    found = (
        select(Delegate.person_id)
        .join(SignUp, SignUp.id == Delegate.sign_up_id)
        .where(
            SignUp.programme_id == programme_id,
            SignUp.state == SignUpState.CONFIRMED,
            Delegate.person_id.is_not(None),
        )
    )
    return len(db.session.scalars(found).all())


def _worded(subjects: Words, texts: Words) -> dict[str, Any]:
    languages = ("tr", "ru", "en")
    return {
        f"{part}_{code}": words[place]
        for part, words in (("subject", subjects), ("text", texts))
        for place, code in enumerate(languages)
    }
